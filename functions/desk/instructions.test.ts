import { afterAll, beforeAll, expect, test } from 'vitest';
import { taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { instructionPartition } from '../figures/keys.ts';
import { projector } from '../figures/project.ts';
import { figureStore } from '../figures/store.ts';
import { zeroRemover } from '../figures/zeros.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';
import { assigned, callOf, deskCity, deskDeps } from './test/world.ts';

const city = deskCity();
const mayor = staffOf(city, 'executive', 'setda', 'mayor', 'mayor');
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const head = staffOf(city, 'head', 'pupr');
const officer = staffOf(city, 'officer', 'perkim');

let tables: FigureTables;
let table: Table;
beforeAll(async () => {
  tables = await figureTables();
  ({ table } = await tables.fresh());
});
afterAll(() => tables.stop());

const project = (records: readonly CaseRecord[]) =>
  projector({ store: figureStore(table), city: async () => city })(records);
const instructed = (code: string, unit: string, ...dues: readonly string[]) =>
  dues.reduce(
    (record, due) => taken(city, record, mayor, 'instruct', { text: 'Segera.', due }),
    assigned(city, code, unit, { category: unit === 'pupr' ? 'jalan' : 'sampah' }),
  );
const listed = async (actor: StaffActor, size = 2, unit?: string) => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { body }: { body: { instructions: { code: string; due: string }[]; next: string | null } } =
      await operations(deskDeps(table, city)).listInstructions(
        callOf(actor, { query: { size, unit, cursor } }),
      );
    found.push(...body.instructions.map(({ code, due }) => `${code} ${due}`));
    cursor = body.next ?? undefined;
  } while (cursor !== undefined);
  return found;
};

test('unanswered instructions stand in the order of their days, for whoever may know the case, and no longer', async () => {
  const roads = instructed('ROADS', 'pupr', '2026-11-30', '2026-11-25');
  const waste = instructed('WASTE', 'perkim', '2026-11-27');
  // Images come twice and in any order.
  await project([roads, waste]);
  await project([waste, instructed('ROADS', 'pupr', '2026-11-30'), roads]);
  const all = ['ROADS 2026-11-25', 'WASTE 2026-11-27', 'ROADS 2026-11-30'];
  expect(await listed(mayor)).toEqual(all);
  expect(await listed(coordinator, 1)).toEqual(all);
  expect(await listed(head)).toEqual(['ROADS 2026-11-25', 'ROADS 2026-11-30']);
  expect(await listed(officer)).toEqual(['WASTE 2026-11-27']);
  expect(await listed(mayor, 2, 'perkim')).toEqual(['WASTE 2026-11-27']);
  await expect(listed(officer, 2, 'pupr')).rejects.toMatchObject({ code: 'unknownUnit' });

  const seq = roads.instructions?.[1]?.seq;
  const answered = taken(city, roads, head, 'answerInstruction', { seq, text: 'Sudah.' });
  const secret = taken(city, waste, coordinator, 'mark', { confidential: true, text: '-' });
  await project([answered, secret]);
  expect(await listed(mayor)).toEqual(['ROADS 2026-11-30']);
  const store = figureStore(table);
  const before = await store.rows(instructionPartition);
  await zeroRemover({ store, city: async () => city })();
  expect([before.length, (await store.rows(instructionPartition)).length]).toEqual([4, 2]);
  expect(await listed(coordinator)).toEqual(['WASTE 2026-11-27', 'ROADS 2026-11-30']);
});

test('labels of a unit are those of its open cases, the most used first', async () => {
  const labelled = (code: string, unit: string, ...add: readonly string[]) =>
    taken(city, assigned(city, code, unit), coordinator, 'label', { add });
  await project([
    labelled('L1', 'pupr', 'banjir', 'dak'),
    labelled('L2', 'pupr-jalan', 'banjir'),
    labelled('L3', 'perkim', 'pohon'),
  ]);
  const labels = async (actor: StaffActor, unit?: string) =>
    (await operations(deskDeps(table, city)).listLabels(callOf(actor, { query: { unit } }))).body.labels.map(
      ({ label, open }) => `${label} ${open}`,
    );
  expect(await labels(head)).toEqual(['banjir 2', 'dak 1']);
  expect(await labels(head, 'pupr-jalan')).toEqual(['banjir 1']);
  expect(await labels(coordinator, 'perkim')).toEqual(['pohon 1']);
});
