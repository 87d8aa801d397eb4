import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/identities.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { holderOf, type StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { type TakeDeps, taking } from '../../desk/take.ts';
import { unreachableMessage } from '../../events/unreachable.ts';
import { isProblem } from '../../kernel/errors.ts';
import { seatKey, staffReader } from '../../people/staff.ts';
import { workflows } from '../../workflows.ts';

let tables: TestTables;
let world: World;
let people: Readonly<Record<'kominfo' | 'head' | 'inspector', StaffActor>>;
let validators: readonly StaffActor[];
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  people = {
    kominfo: await world.staff('coordinator', 'kominfo'),
    head: await world.staff('head', 'pupr'),
    inspector: await world.staff('inspector', 'inspektorat'),
  };
  const ids = ['pertama', 'kedua', 'ketiga'];
  validators = await Promise.all(ids.map((id) => world.staff('validator', 'pemerintahan', { id })));
});
afterAll(() => tables.stop());

/** Disputed a third time. */
const disputed = async (): Promise<CaseRecord> => {
  const { kominfo, head } = people;
  let record = await world.act(await world.file(), kominfo, 'assign', { unit: 'pupr' });
  record = await world.act(record, head, 'accept');
  const reporter = holderOf({ code: record.code, pinVersion: 1 });
  for (const validator of validators) {
    record = await world.act(record, head, 'followUp', { outcome: 'fixed', text: 'Sudah.' });
    record = await world.act(record, validator, 'approve');
    record = await world.act(record, reporter, 'dispute', { text: 'Belum.' });
  }
  return record;
};
const seat = (staffId: string | null) => world.table.put({ ...seatKey('sekda'), v: 1, staffId });
const told = async ({ code, seq }: CaseRecord) => {
  await world.runRelay();
  expect(await world.runDeliver()).toBe(0);
  const receipts = (await world.receipts(code)).filter((receipt) => receipt.seq === seq);
  const alarms = world.lines.filter(({ event }) => event === unreachableMessage);
  return {
    people: receipts.map(({ recipient, via }) => `${recipient} ${via}`).sort(),
    alarms: alarms.length,
  };
};
const decide = async (record: CaseRecord, actor: StaffActor, key: string): Promise<string> => {
  const { store, city, now, table } = world;
  const deps: TakeDeps = {
    ...{ store, now, workflows, city: async () => city, keys: async () => testKeys },
    staff: staffReader(table),
  };
  return taking(deps)(actor, {
    ...{ code: record.code, action: 'decideDispute', body: { decision: 'redo', text: 'Ulangi.' } },
    ...{ idempotencyKey: key, ifMatch: record.seq, language: 'id' },
  }).then(
    () => 'done',
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );
};

describe('a third dispute', () => {
  test('is told to the Sekda, who alone decides it', async () => {
    const sekda = await world.staff('executive', 'setda', { id: 'sekda', position: 'sekda' });
    await seat('sekda');
    const record = await disputed();
    expect(await told(record)).toEqual({ people: ['head-pupr unit', 'sekda sekda'], alarms: 0 });
    expect(await decide(record, people.inspector, 'kunci-satu')).toBe('sekdaDecides');
    expect(await decide(record, people.kominfo, 'kunci-dua')).toBe('forbidden');
    expect(await decide(record, sekda, 'kunci-tiga')).toBe('done');
  });

  test.each([
    undefined,
    null,
  ])('while nobody is Sekda rings, and inspectors hear of it and decide (%s)', async (seated) => {
    if (seated !== undefined) await seat(seated);
    const record = await disputed();
    const { people: heard, alarms } = await told(record);
    expect(heard).toEqual(['head-pupr unit', 'inspector-inspektorat sekda']);
    expect(alarms).toBe(1);
    expect(await decide(record, people.inspector, 'kunci-satu')).toBe('done');
  });
});
