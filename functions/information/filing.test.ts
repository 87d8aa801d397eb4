import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { testKeys } from '../../test/identities.ts';
import { holderOf } from '../cases/actor.ts';
import { trackingCode } from '../kernel/code.ts';
import { code as codeOf } from './shapes.ts';
import { city, pelaksana, secretariat, sekda, utama, words } from './test/city.ts';
import { asks, desk, rina, who } from './test/desk.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const key = (name: string) => name.padEnd(24, 'k');
/** Every attribute of every item of both tables, as text: what somebody would read who got hold of them. */
const everything = async (): Promise<string> => {
  const { client, names } = tables;
  const all = await Promise.all(
    [names.cases, names.identities].map((TableName) => client.send(new ScanCommand({ TableName }))),
  );
  return JSON.stringify(all.map(({ Items: items }) => items));
};

describe('a request for information', () => {
  test('has a number of the year, a limit, a PIN; a retry days later gets the same', async () => {
    const { call, at } = desk(tables);
    const body = asks('Dokumen anggaran pembangunan jalan kota tahun 2025');
    const first = await call('askForInformation', rina, { body }, { key: key('first') });
    expect(first).toMatchObject({
      number: '001/PPID/2026',
      state: 'received',
      due: '2026-12-07T09:00:00Z',
      identityKnown: true,
      from: null,
    });
    expect(codeOf.safeParse(first.code).success).toBe(true);
    at('2027-01-11T02:00:00Z');
    expect(await call('askForInformation', rina, { body }, { key: key('first') })).toEqual(first);
    const next = await call('askForInformation', rina, { body }, { key: key('next') });
    expect(next.number).toBe('001/PPID/2027');
  });

  test('with the same key and other words is another request, and refused', async () => {
    const { call, refused } = desk(tables);
    await call(
      'askForInformation',
      rina,
      { body: asks('Daftar aset tanah pemerintah kota') },
      { key: key('reused') },
    );
    const other = { body: asks('Daftar kendaraan dinas pemerintah kota') };
    expect(await refused('askForInformation', rina, other, { key: key('reused') })).toBe('keyReused');
  });

  test('names no one in any item in the clear', async () => {
    const { call } = desk(tables);
    await call('askForInformation', rina, { body: asks('Laporan keuangan rumah sakit daerah') });
    const clear = await everything();
    for (const secret of ['Marker', 'marker.example', 'Rahasia 12', '81234567890', 'Guru', 'skripsi'])
      expect([secret, clear.includes(secret)]).toEqual([secret, false]);
  });

  test('cut off between case and register, the retry gets the number that was missing', async () => {
    const broken = desk(tables, {
      books: {
        ...desk(tables).deps.books,
        enter: () => Promise.reject(new Error('cut off')),
      },
    });
    const body = asks('Rencana kerja dinas pendidikan tahun depan');
    await expect(broken.call('askForInformation', rina, { body }, { key: key('cut') })).rejects.toThrow(
      'cut off',
    );
    const { call } = desk(tables);
    const filed = await call('askForInformation', rina, { body }, { key: key('cut') });
    expect(filed.number).toMatch(/^\d{3}\/PPID\/2026$/);
    expect((await call('readMyRequest', rina, { params: { code: filed.code } })).number).toBe(filed.number);
  });

  test.each([
    ['nobody can be told', { requester: { ...who, phone: undefined, email: undefined } }, 'invalidInput'],
    [
      'a proxy shows no power of attorney',
      { requester: { ...who, proxy: { name: 'Budi', address: 'Jalan' } } },
      'proxyUnproved',
    ],
    ['a file is somebody else’s', { files: ['x'.repeat(40)] }, 'unknownFile'],
  ])('is refused where %s', async (_, more, problem) => {
    const body = asks('Perjanjian kerja sama pengelolaan pasar', more);
    expect(await desk(tables).refused('askForInformation', rina, { body })).toBe(problem);
  });

  test('needs a city that has a PPID', async () => {
    const { refused } = desk(tables, { city: async () => ({ ...city, ppid: undefined }) });
    expect(await refused('askForInformation', rina, { body: asks('Peraturan wali kota') })).toBe(
      'noInformationOfficer',
    );
  });

  test('at the counter runs from when it was said, at most ninety days ago', async () => {
    const { call, refused } = desk(tables);
    const body = {
      ...asks('Salinan izin lingkungan pabrik'),
      origin: 'letter' as const,
      saidAt: '2026-11-19T02:00:00Z',
    };
    const filed = await call('recordRequest', secretariat, { body });
    expect(filed).toMatchObject({ filedAt: '2026-11-19T02:00:00Z', due: '2026-12-03T09:00:00Z' });
    for (const saidAt of ['2026-11-24T02:00:00Z', '2026-08-01T02:00:00Z'])
      expect(await refused('recordRequest', secretariat, { body: { ...body, saidAt } })).toBe(
        'dateOutOfRange',
      );
  });

  test('is its requester’s, the PPID’s and nobody else’s to read; who asks is opened with a reason, which stays', async () => {
    const { call, refused, kms } = desk(tables);
    const { code } = await call('askForInformation', rina, { body: asks('Notulen rapat tata ruang') });
    const params = { code };
    const seen = await call('readRequest', utama, { params });
    expect([seen.information, JSON.stringify(seen).includes('Marker')]).toEqual([
      'Notulen rapat tata ruang',
      false,
    ]);
    const budi = { ...rina, id: 'budi', scope: 'issuer|budi' };
    expect(await refused('readMyRequest', budi, { params })).toBe('notFound');
    const stranger = staffOf(city, 'head', 'perkim');
    expect(await refused('readRequest', stranger, { params })).toBe('notFound');
    expect(await refused('readRequest', pelaksana, { params })).toBe('notFound');
    const reveal = { params, body: { reason: 'Menulis jawaban' } };
    expect(await refused('revealRequester', staffOf(city, 'head', 'kominfo'), reveal)).toBe('forbidden');
    expect(kms.opened).toEqual([]);
    const shown = await call('revealRequester', utama, reveal);
    expect(shown).toMatchObject({ name: who.name, address: who.address, purpose: who.purpose, proxy: null });
    expect(kms.opened).toEqual(['answers']);
    const { deps } = desk(tables);
    const record = await deps.store.read(code);
    expect(record?.events.at(-1)).toMatchObject({
      type: 'revealed',
      audience: 'staff',
      actor: { id: 'utama' },
    });
  });
});

describe('a request from a report', () => {
  const report = async (code: string, more: object = {}) => {
    const { deps } = desk(tables);
    const record = {
      ...filedCase(city, {}, { code, at: '2026-11-20T02:00:00Z' }),
      reporter: 'rina',
      ...more,
    };
    await deps.store.create(record);
    return record;
  };
  const body = { ...asks('Kontrak pengaspalan jalan pasar'), requester: undefined };

  test('has its own code and number and the time of the report, and each says the other', async () => {
    const { call, deps } = desk(tables);
    await report('RCMPTABCD');
    const how = { key: key('linked') };
    const filed = await call('requestFromReport', secretariat, { params: { code: 'RCMPTABCD' }, body }, how);
    expect(filed).toMatchObject({
      filedAt: '2026-11-20T02:00:00Z',
      due: '2026-12-04T09:00:00Z',
      from: 'RCMPTABCD',
      identityKnown: false,
    });
    const linked = await deps.store.read('RCMPTABCD');
    expect(linked?.events.at(-1)).toMatchObject({
      type: 'informationRequested',
      audience: 'code',
      facts: { request: filed.code },
    });
    const request = await deps.store.read(filed.code);
    expect([request?.origin, request?.reporter, request?.events[0]?.facts]).toEqual([
      'web',
      'rina',
      { from: 'RCMPTABCD' },
    ]);
    expect(
      await call('requestFromReport', secretariat, { params: { code: 'RCMPTABCD' }, body }, how),
    ).toEqual(filed);
    expect((await deps.store.read('RCMPTABCD'))?.seq).toBe(2);
  });

  test('once, by those who handle the report, and never of a secret one', async () => {
    const { call, refused } = desk(tables);
    await report('RCMPTABCE');
    const params = { code: 'RCMPTABCE' };
    expect(await refused('requestFromReport', staffOf(city, 'head', 'perkim'), { params, body })).toBe(
      'notFound',
    );
    await call('requestFromReport', secretariat, { params, body });
    expect(await refused('requestFromReport', secretariat, { params, body })).toBe('informationLinked');
    const flags = { anonymous: false, confidential: true, oversight: false, emergency: false };
    await report('RCMPTABCF', { flags });
    expect(await refused('requestFromReport', secretariat, { params: { code: 'RCMPTABCF' }, body })).toBe(
      'secretCase',
    );
  });

  test('is one request, however many open it at the same moment', async () => {
    const { call, deps } = desk(tables);
    await report('RCMPTABCG');
    const params = { code: 'RCMPTABCG' };
    const registered = async (): Promise<number> =>
      (await call('listRequests', secretariat, { query: {} })).requests.length;
    const before = await registered();
    const opened = await Promise.allSettled(
      [1, 2, 3, 4].map((n) =>
        call('requestFromReport', secretariat, { params, body }, { key: key(`at-once-${n}`) }),
      ),
    );
    const codes = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.code] : []));
    expect(codes).toHaveLength(1);
    for (const one of opened)
      if (one.status === 'rejected') expect(String(one.reason)).toContain('informationLinked');
    expect((await deps.store.read('RCMPTABCG'))?.data['information']).toBe(codes[0]);
    expect(await registered()).toBe(before + 1);
  });

  test('opens for whoever holds the report, who completes who asks; only then it is decided', async () => {
    const { call, refused } = desk(tables);
    const code = trackingCode(testKeys.first('code'), 'report', 0);
    await report(code, { reporter: undefined });
    const filed = await call('requestFromReport', secretariat, { params: { code }, body });
    const token = { code, pinVersion: 1 };
    const linked = await call('openLinkedRequest', token, { params: { code } });
    expect(linked).toEqual({
      code: filed.code,
      pin: filed.pin,
      number: filed.number,
      filedAt: filed.filedAt,
    });
    const params = { code: filed.code };
    const accept = { params: { ...params, action: 'accept' }, body: {} };
    await call('actOnRequest', utama, accept, { ifMatch: 1 });
    const grant = { params: { ...params, action: 'grant' }, body: words };
    expect(await refused('actOnRequest', utama, grant, { ifMatch: 2 })).toBe('identityMissing');
    const own = holderOf({ code: filed.code, pinVersion: 1 });
    const { kind: _, ...opened } = own;
    await call('identifyOwn', opened, { params, body: who });
    expect(await refused('identifyOwn', opened, { params, body: who })).toBe('identityKnown');
    expect((await call('actOnRequest', utama, grant, { ifMatch: 3 })).state).toBe('granted');
    expect((await call('revealRequester', sekda, { params, body: { reason: 'Keberatan' } })).name).toBe(
      who.name,
    );
  });
});
