import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { Asked, Register } from '../registers/model.ts';
import { objectionsHead, requestsHead } from './columns.ts';
import { objectionsRegister, requestsRegister } from './register.ts';
import { workingDays } from './statistics.ts';
import { city, pelaksana, sekda, utama } from './test/city.ts';
import { asks, desk, rina, who } from './test/desk.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const asked = (more: Partial<Asked> = {}): Asked => ({
  period: { from: '2026-01-01', to: '2027-12-31' },
  from: '2025-12-31T17:00:00Z',
  until: '2027-12-31T17:00:00Z',
  units: 'all',
  zone: 'Asia/Jakarta',
  language: 'id',
  ...more,
});
const rowsOf = async (register: Register, more: Partial<Asked> = {}, after?: string) => {
  const { total, rows } = await register.open(asked(more), after);
  const all = [];
  for await (const entry of rows) all.push(entry);
  return { total, all };
};

describe('a request that is extended, refused in part, objected to and answered in time', () => {
  test('stands in both registers with every column, and in the figures of its year', async () => {
    const d = desk(tables);
    const at = (moment: string) => d.at(moment);
    const { code } = await d.call('askForInformation', rina, { body: asks('Dokumen kontrak jalan lingkar') });
    const params = { code };
    const staff = (actor: unknown, action: string, body: object, ifMatch: number) =>
      d.call('actOnRequest', actor, { params: { code, action }, body }, { ifMatch });
    at('2026-11-24T02:00:00Z');
    await staff(utama, 'distribute', { unit: 'pupr' }, 1);
    at('2026-12-04T02:00:00Z');
    await staff(pelaksana, 'extend', { text: 'Arsip lama perlu dicari di gudang.' }, 2);
    at('2026-12-14T02:00:00Z');
    const partly = { text: 'Nilai kontrak diberikan.', letters: ['h', 'b'], test: 'UK-03/2026' };
    await staff(pelaksana, 'partlyGrant', partly, 3);
    await staff(pelaksana, 'charge', { rupiah: 3000, text: 'Sepuluh lembar fotokopi.' }, 4);
    at('2026-12-15T02:00:00Z');
    await staff(utama, 'recordPayment', { rupiah: 3000 }, 5);
    await staff(utama, 'give', { form: 'hard', way: 'copy' }, 6);
    at('2026-12-21T02:00:00Z');
    const mine = await d.call('readMyRequest', rina, { params });
    expect(mine.limits.map(({ name, until }) => [name, until])).toEqual([['object', '2027-01-26T09:00:00Z']]);
    expect(mine.grounds.map(({ id }) => id)).toEqual([
      'exempted',
      'periodicMissing',
      'notAsRequested',
      'notFulfilled',
      'unreasonableCost',
    ]);
    expect(mine.decision).toMatchObject({
      as: 'partlyGranted',
      late: false,
      letters: [{ letter: 'b' }, { letter: 'h' }],
    });
    const how = { ifMatch: 7, key: 'object'.padEnd(24, '0') };
    const object = {
      params: { code, action: 'object' },
      body: { ground: 'exempted', text: 'Nama pejabat bukan rahasia.' },
    };
    const objected = await d.call('actOnMyRequest', rina, object, how);
    expect(await d.call('actOnMyRequest', rina, object, how)).toEqual(objected);
    at('2027-01-11T02:00:00Z');
    await staff(
      sekda,
      'answerObjection',
      { decision: 'upheld', text: 'Data pribadi tetap dikecualikan.' },
      8,
    );
    const answered = await d.call('readMyRequest', rina, { params });
    expect(answered).toMatchObject({
      state: 'upheld',
      objectionNumber: '001/KBR-PPID/2026',
      limits: [{ name: 'dispute', until: '2027-01-29T09:00:00Z', reference: 'UU 14/2008' }],
      commission: { name: 'Komisi Informasi Uji' },
    });
    await d.call(
      'actOnMyRequest',
      rina,
      { params: { code, action: 'react' }, body: { reaction: 'dispute' } },
      { ifMatch: 9 },
    );

    const deps = { ...d.deps, nameOf: async () => 'Drs. Sekda' };
    const requests = await rowsOf(requestsRegister(deps));
    expect(requests).toEqual({
      total: 1,
      all: [
        {
          place: '2026#000001',
          cells: {
            number: '001/PPID/2026',
            date: '2026-11-23',
            name: who.name,
            address: who.address,
            contact: '081234567890, rina@marker.example',
            occupation: 'Guru',
            information: 'Dokumen kontrak jalan lingkar',
            purpose: who.purpose,
            held: 'Dikuasai',
            form: 'Salinan tercetak',
            type: 'Meminta salinan',
            decision: 'Dikabulkan sebagian',
            reason: 'Pasal 17 huruf b, h; uji konsekuensi UK-03/2026',
            notice: '2026-12-14',
            giving: '2026-12-15',
            cost: 3000,
            payment: 'dibayar 2026-12-15',
          },
        },
      ],
    });
    const objections = await rowsOf(objectionsRegister(deps));
    expect(objections.all.map(({ cells }) => cells)).toEqual([
      {
        number: '001/KBR-PPID/2026',
        date: '2026-12-21',
        identity: `${who.name}, ${who.address}, 081234567890, rina@marker.example`,
        request: '001/PPID/2026',
        information: 'Dokumen kontrak jalan lingkar',
        purpose: who.purpose,
        ground: 'Ditolak dengan alasan pengecualian',
        decision: 'Keberatan ditolak',
        response: '2027-01-11',
        superior: 'Drs. Sekda, Sekretaris Daerah selaku Atasan PPID',
        reaction: 'Mengajukan sengketa ke Komisi Informasi',
      },
    ]);
    for (const [head, { all }] of [
      [requestsHead, requests],
      [objectionsHead, objections],
    ] as const)
      expect(Object.keys(all[0]?.cells ?? {})).toEqual(head.columns.map(({ id }) => id));

    expect(await d.call('informationStatistics', {}, { query: { year: '2026' } })).toMatchObject({
      requests: 1,
      open: 0,
      decisions: { granted: 0, partlyGranted: 1, refused: 0, notHeld: 0 },
      extended: 1,
      late: 0,
      average: { workingDays: 15, calendarDays: 21 },
      objections: { total: 1, byGround: { exempted: 1 }, open: 0, upheld: 1, overturned: 0, disputes: 1 },
    });
  });
});

describe('the registers', () => {
  test('go on after a place, and hold a unit’s own requests alone', async () => {
    const d = desk(tables);
    d.at('2027-03-01T02:00:00Z');
    for (let i = 0; i < 45; i += 1)
      await d.call(
        'askForInformation',
        { ...rina, id: `c${i}`, scope: `c${i}` },
        { body: asks(`Informasi nomor ${i} tentang aset`) },
      );
    const register = requestsRegister({ ...d.deps, nameOf: async () => undefined });
    const march = {
      period: { from: '2027-03-01', to: '2027-03-31' },
      from: '2027-02-28T17:00:00Z',
      until: '2027-03-31T17:00:00Z',
    };
    const whole = await rowsOf(register, march);
    expect([whole.total, whole.all.length]).toEqual([45, 45]);
    const numbers = whole.all.map(({ cells }) => cells['number']);
    expect(numbers).toEqual(numbers.toSorted());
    const rest = await rowsOf(register, march, whole.all[29]?.place);
    expect(rest.all.map(({ place }) => place)).toEqual(whole.all.slice(30).map(({ place }) => place));
    expect((await rowsOf(register, { ...march, units: new Set(['pupr']) })).all).toEqual([]);
    const listed = await d.call('listRequests', utama, { query: { year: '2027' } });
    expect([listed.requests.length, listed.next]).toEqual([45, null]);
    expect((await d.call('listRequests', pelaksana, { query: { year: '2027' } })).requests).toEqual([]);
  });
});

test.each([
  ['the same day', '2026-11-23T08:00:00Z', 1],
  ['the next morning', '2026-11-24T02:00:00Z', 1],
  ['closing time of the tenth day', '2026-12-07T09:00:00Z', 10],
  ['a second later', '2026-12-07T09:00:01Z', 11],
])('an answer on %s came on working day %s', (_, to, days) => {
  expect(workingDays(city, '2026-11-23T02:00:00Z', to)).toBe(days);
});
