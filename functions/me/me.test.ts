import { expect, it } from 'vitest';
import { staffOperationsOf } from '../../scripts/operations.ts';
import { smallCity } from '../../test/small-city.ts';
import { anyone, type Role, staff } from '../kernel/contract.ts';
import { staffActorOf } from '../people/actors.ts';
import { operations } from './operations.ts';

const city = smallCity();
const staffOperations = staffOperationsOf([
  {
    feature: 'x',
    operations: Object.fromEntries(
      Object.entries({ forAll: staff(), keeping: staff('coordinator'), open: anyone }).map(([id, who]) => [
        id,
        {
          method: 'GET',
          path: `/v1/${id}`,
          who,
          summary: { id: 'Contoh', en: 'Example' },
          status: 204,
          errors: [],
        },
      ]),
    ),
  },
]);
const run = operations({ city: async () => city, staffOperations });
const ask = (role: Role, unit: string) =>
  run.whoAmI({
    actor: staffActorOf({ id: 'p1', name: 'Rina', role, unit }, city),
    language: 'id',
    idempotencyKey: '',
    ifMatch: -1,
    address: '',
    requestId: '',
    input: { params: undefined, query: undefined, body: undefined },
  });

it('says who somebody is, with the units and areas below', async () => {
  const { body } = await ask('areaHead', 'utara');
  expect(body).toMatchObject({
    role: 'areaHead',
    position: null,
    unit: { id: 'utara', kind: 'kecamatan' },
    root: { id: 'utara' },
    city: { app: 'Lapau Contoh', zone: 'Asia/Jayapura' },
  });
  expect(body.units.map((u) => u.id)).toEqual(['utara', 'gurabesi']);
  expect(body.areas.map((a) => a.code)).toEqual(['91.71.01', '91.71.01.1001']);
});

it('lists what the role may call, from the contracts', async () => {
  expect((await ask('officer', 'pupr')).body.operations).toEqual([
    { id: 'forAll', method: 'GET', path: '/v1/forAll', summary: 'Contoh' },
  ]);
  expect((await ask('coordinator', 'kominfo')).body.operations.map((o) => o.id)).toEqual([
    'forAll',
    'keeping',
  ]);
});
