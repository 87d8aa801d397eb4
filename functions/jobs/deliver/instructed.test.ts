import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';

let tables: TestTables;
let world: World;
let kominfo: StaffActor;
let head: StaffActor;
let mayor: StaffActor;
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  kominfo = await world.staff('coordinator', 'kominfo');
  head = await world.staff('head', 'pupr');
  mayor = await world.staff('executive', 'setda', { id: 'wali-kota', position: 'mayor' });
  await world.staff('executive', 'setda', { id: 'sekda', position: 'sekda' });
});
afterAll(() => tables.stop());

const text = 'Kata-kata Marker';
const instructed = async (by: StaffActor): Promise<CaseRecord> => {
  const assigned = await world.act(await world.file(), kominfo, 'assign', { unit: 'pupr' });
  return world.act(assigned, by, 'instruct', { text, due: '2026-11-30' });
};
const answered = (record: CaseRecord, seq = record.seq) =>
  world.act(record, head, 'answerInstruction', { seq, text });
const tell = async ({ code, seq }: CaseRecord): Promise<readonly string[]> => {
  await world.runRelay();
  expect(await world.runDeliver()).toBe(0);
  return (await world.receipts(code))
    .filter((receipt) => receipt.seq === seq)
    .map(({ recipient, via }) => `${recipient} ${via}`);
};

test('the answer to an instruction is told to the executive who gave it, and to no other', async () => {
  const given = await instructed(mayor);
  expect(await tell(await answered(given))).toEqual(['wali-kota instructor']);
  const [mail] = world.mails.filter(({ to }) => to.startsWith('wali-kota'));
  expect(mail?.text).toMatch(/^Arahan pimpinan dijawab\./);
  expect(mail?.text).not.toContain('Marker');
});

test('of two instructions to whoever gave the one that is answered', async () => {
  const first = await instructed(mayor);
  const sekda = { ...mayor, id: 'sekda', position: 'sekda' } as const;
  const both = await world.act(first, sekda, 'instruct', { text, due: '2026-11-30' });
  const one = await answered(both, first.seq);
  expect(await tell(one)).toEqual(['wali-kota instructor']);
  expect(await tell(await answered(one, both.seq))).toEqual(['sekda instructor']);
});

test('to nobody who left, nor of a case that turned secret', async () => {
  const gone = await instructed({ ...mayor, id: 'pensiun' });
  expect(await tell(await answered(gone))).toEqual([]);
  const given = await instructed(mayor);
  const secret = await world.act(given, kominfo, 'mark', { confidential: true, text });
  expect(await tell(await answered(secret, given.seq))).toEqual([]);
});
