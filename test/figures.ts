import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { inject } from 'vitest';
import { type Figures, sum } from '../functions/figures/contribution.ts';
import { counter } from '../functions/figures/keys.ts';
import { type Table, tableOf } from '../functions/kernel/table.ts';
import { createTables, startEngine } from './engine.ts';

export interface FigureTables {
  /** An empty case table as the template declares it. */
  readonly fresh: () => Promise<{ readonly name: string; readonly table: Table }>;
  /** What a table's counters say, zeros left out. */
  readonly counters: (name: string) => Promise<Figures>;
  readonly engine: Awaited<ReturnType<typeof startEngine>>;
  readonly stop: () => Promise<void>;
}

/** Any number of case tables on one engine, so that each run of a property starts with none counted. */
export const figureTables = async (): Promise<FigureTables> => {
  const engine = await startEngine();
  let made = 0;
  return {
    engine,
    stop: engine.stop,
    fresh: async () => {
      made += 1;
      const name = `cases-${made}`;
      await createTables(engine.client, inject('tables'), { cases: name, identities: `identities-${made}` });
      return { name, table: tableOf(engine.client, name) };
    },
    counters: async (name) => {
      const { Items: items = [] } = await engine.client.send(new ScanCommand({ TableName: name }));
      return sum(
        items.map((item): Figures => {
          const { pk, sk, ...counts } = unmarshall(item);
          return String(pk).startsWith('M#') ? { [counter(pk, sk)]: counts } : {};
        }),
      );
    },
  };
};
