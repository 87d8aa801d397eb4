import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { testKeys } from '../../../test/staff.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import type { City, Unit } from '../../city/schema.ts';
import { aspiration, complaint, question } from '../../complaints/workflow.ts';
import { figureStore } from '../../figures/store.ts';
import type { Operation } from '../../kernel/contract.ts';
import type { Call } from '../../kernel/http.ts';
import type { Table } from '../../kernel/table.ts';
import { staffItem, staffReader } from '../../people/staff.ts';
import { handoverStore } from '../handover-store.ts';
import type { Deps } from '../operations.ts';

const team: Unit = {
  id: 'regu-jalan',
  name: 'Regu Jalan',
  short: 'Regu Jalan',
  kind: 'team',
  parent: 'pupr-jalan',
  validFrom: '2020-01-01',
  contacts: {},
};

/** The test city with a team. */
export const deskCity = (): City => {
  const city = testCity();
  return { ...city, units: [...city.units, team] };
};

/** Somebody of every role, and of every sort of unit. */
export const everybody = (city: City): readonly StaffActor[] => [
  staffOf(city, 'coordinator', 'kominfo'),
  staffOf(city, 'inspector', 'inspektorat'),
  staffOf(city, 'head', 'inspektorat'),
  staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
  staffOf(city, 'executive', 'setda', 'sekda', 'sekda'),
  staffOf(city, 'validator', 'pemerintahan'),
  staffOf(city, 'head', 'pupr'),
  staffOf(city, 'liaison', 'pupr'),
  staffOf(city, 'officer', 'pupr-jalan'),
  staffOf(city, 'officer', 'regu-jalan'),
  staffOf(city, 'officer', 'perkim'),
  staffOf(city, 'head', 'perkim'),
  staffOf(city, 'areaHead', 'ganting'),
  staffOf(city, 'areaHead', 'timur'),
];

const coordinator = (city: City) => staffOf(city, 'coordinator', 'kominfo');
export const now = '2026-11-23T03:00:00Z';

/** A case of a category in a unit, with a person if one is named. */
export const assigned = (
  city: City,
  code: string,
  unit: string,
  { person, category = 'jalan' }: { readonly person?: string; readonly category?: string } = {},
): CaseRecord =>
  taken(
    city,
    filedCase(city, { category }, { code }),
    coordinator(city),
    'assign',
    { unit, ...(person === undefined ? {} : { person }) },
    now,
    person === undefined ? {} : { person: { id: person, unit } },
  );

export const stored = async (table: Table, records: readonly CaseRecord[]): Promise<void> => {
  const store = caseStore(table);
  for (const record of records) await store.create(record);
};

export const depsOf = (table: Table, city: City, at = now) => ({
  table,
  store: caseStore(table),
  city: async () => city,
  keys: async () => testKeys,
  now: () => at,
});

/** A call as the HTTP layer makes it. */
export const callOf = <O extends Operation>(
  actor: StaffActor,
  input: Partial<Call<O, StaffActor>['input']>,
  more: Partial<Call<O, StaffActor>> = {},
): Call<O, StaffActor> =>
  ({
    input: { params: undefined, query: undefined, body: undefined, ...input },
    actor,
    language: 'id',
    idempotencyKey: '',
    ifMatch: -1,
    address: '',
    requestId: '',
    ...more,
  }) as Call<O, StaffActor>;

/** Everything that the desk's operations take, on a real table. */
export const deskDeps = (table: Table, city: City, at = now): Deps => ({
  ...depsOf(table, city, at),
  figures: figureStore(table),
  handovers: handoverStore(table),
  workflows: { complaint, aspiration, question },
  staff: staffReader(table),
  clock: () => 0,
});

/** A staff record, so that somebody can be found by id. */
export const hired = async (table: Table, { id, role, unit }: StaffActor): Promise<void> => {
  await table.put(
    staffItem({
      v: 1,
      id,
      name: `Nama ${id}`,
      email: `${id}@kota.go.id`,
      role,
      unit,
      status: 'active',
      channels: {},
      rev: 1,
      invitedBy: 'test',
      invitedAt: now,
      changedAt: now,
    }),
  );
};
