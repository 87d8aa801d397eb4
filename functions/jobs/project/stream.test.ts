import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../../test/cases.ts';
import { testCity } from '../../../test/city.ts';
import { type FigureTables, figureTables } from '../../../test/figures.ts';
import { figuresOf } from '../../figures/contribution.ts';
import { projector } from '../../figures/project.ts';
import { figureStore } from '../../figures/store.ts';
import type { Log } from '../../kernel/log.ts';
import type { Table } from '../../kernel/table.ts';
import { supporterStore } from '../../people/supporters.ts';
import { streamHandler } from './stream.ts';

const city = testCity();
const [first, second, third] = [
  filedCase(city, {}, { code: 'A' }),
  filedCase(city, {}, { code: 'B' }),
  filedCase(city, {}, { code: 'C' }),
];

let tables: FigureTables;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());

const image = (item: object, sequence: string): DynamoDBRecord => ({
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: sequence,
    NewImage: marshall(item, { removeUndefinedValues: true }) as NonNullable<
      NonNullable<DynamoDBRecord['dynamodb']>['NewImage']
    >,
  },
});

const handling = (table: Table) => {
  const errors: string[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (event) => errors.push(event) };
  const project = projector({ store: figureStore(table), city: async () => city });
  return { handle: streamHandler({ project, support: supporterStore(table).count, log }), errors };
};

describe('a batch of the stream', () => {
  test('is counted, and nothing is asked for again', async () => {
    const { name, table } = await tables.fresh();
    const { handle } = handling(table);
    const batch = { Records: [image({ pk: 'C#A', sk: 'CASE', ...first }, '1'), image(second, '2')] };
    expect(await handle(batch)).toEqual({ batchItemFailures: [] });
    expect(await handle(batch)).toEqual({ batchItemFailures: [] });
    expect(await tables.counters(name)).toEqual(figuresOf([first, second], city));
  });

  test('is repeated from an image that cannot be read; all others are counted', async () => {
    const { name, table } = await tables.fresh();
    const { handle, errors } = handling(table);
    const batch = [image(first, '1'), image({ ...second, seq: 'two' }, '2'), image(third, '3')];
    expect(await handle({ Records: batch })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(errors).toEqual(['unreadable image']);
    expect(await tables.counters(name)).toEqual(figuresOf([first, third], city));
  });

  test('is repeated whole when the table fails', async () => {
    const { table } = await tables.fresh();
    const { handle, errors } = handling({
      ...table,
      transact: async () => {
        throw new Error('the table is away');
      },
    });
    const batch = [image(first, '1'), image(second, '2')];
    expect(await handle({ Records: batch })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(errors).toEqual(['not projected']);
  });
});
