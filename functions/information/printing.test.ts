import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { Ppid } from '../city/ppid.ts';
import { digestOf } from '../issued/paper.ts';
import { issuedStore } from '../issued/store.ts';
import { wordsOf } from '../pdf/test/words.ts';
import { numberIn } from '../pdf/write.ts';
import { operations as verifying } from '../verify/operations.ts';
import { receiptOf } from './receipt.ts';
import { city, filed, pelaksana, secretariat, taken, utama, words } from './test/city.ts';
import { asks, desk, rina, who } from './test/desk.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const information = 'Anggaran jalan lingkar tahun lalu';
const saidOn = (pdf: Uint8Array): string => wordsOf(pdf).join('\n');

/** A city with one request that was filed on Monday morning. */
const asked = async () => {
  const d = desk(tables);
  const { code, pin, number } = await d.call('askForInformation', rina, { body: asks(information) });
  return { d, code, pin, number, params: { code } };
};

describe('the receipt of a request for information', () => {
  test('says number, code, dates, limits and the way on, and nothing of who asks or what', async () => {
    const { d, code, pin, number, params } = await asked();
    const body = await d.call('myRequestReceipt', rina, { params });
    const paper = numberIn(body) ?? '';
    const said = saidOn(body);
    for (const stands of [
      'BUKAN DOKUMEN RESMI',
      number,
      code.slice(0, 4),
      '23 November 2026 pukul 09.00 WIB',
      '7 Desember 2026 pukul 16.00 WIB',
      paper,
      '7 hari kerja',
      '30 hari kerja',
      'Komisi Informasi Uji',
    ])
      expect(said).toContain(stands);
    const { name, address, phone, email, occupation, purpose } = who;
    for (const never of [name, address, phone, email, occupation, purpose, information, pin])
      expect(said).not.toContain(never);
    const record = await issuedStore(tables.cases).read(paper);
    expect(record).toMatchObject({ kind: 'receipt', digest: digestOf(body) });
  });

  test('asked for again with its key it is the same, until the request says something else', async () => {
    const { d, code, params } = await asked();
    const key = 'the-receipt-once-and-again';
    const print = () => d.call('myRequestReceipt', rina, { params }, { key });
    const first = await print();
    // Long after the limit, when an objection may be made: the paper says what held when it was printed.
    d.at('2026-12-20T02:00:00Z');
    expect(Buffer.from(await print()).equals(first)).toBe(true);
    expect(saidOn(await d.call('myRequestReceipt', rina, { params }))).toContain('Keberatan sampai dengan');
    d.at('2026-11-24T02:00:00Z');
    const act = (action: string, body: object, ifMatch: number) =>
      d.call('actOnRequest', utama, { params: { code, action }, body }, { ifMatch });
    await act('distribute', { unit: 'pupr' }, 1);
    expect(Buffer.from(await print()).equals(first)).toBe(true);
    await act('extend', { text: 'Arsip lama perlu dicari.' }, 2);
    expect(await d.refused('myRequestReceipt', rina, { params }, { key })).toBe('paperChanged');
  });

  test('is as issued to anybody who checks it, and altered with one byte changed', async () => {
    const { d, params } = await asked();
    const body = await d.call('printRequestReceipt', secretariat, { params });
    const verify = verifying({
      ...d.deps,
      issued: issuedStore(tables.cases),
      publicKey: async () => ({ key: 'test-key', pem: '' }),
    });
    const checked = async (file: Uint8Array) =>
      (
        await verify.verifyFile({
          input: { params: undefined, query: undefined, body: file },
          actor: { kind: 'anonymous', id: 'anonymous' },
          language: 'id',
          idempotencyKey: '',
          ifMatch: -1,
          address: '203.0.113.7',
          requestId: 'r1',
        })
      ).body;
    expect(await checked(body)).toMatchObject({
      state: 'issued',
      file: 'asIssued',
      document: {
        kind: 'receipt',
        official: false,
        name: 'Tanda terima permohonan informasi',
        unit: { id: 'kominfo' },
        digest: digestOf(body),
      },
    });
    const changed = Buffer.from(body);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    expect(await checked(changed)).toMatchObject({ file: 'altered' });
  });

  test('is printed for its requester and for who works with it, and for nobody else', async () => {
    const { d, code, params } = await asked();
    const holder = { code, pinVersion: 1 };
    expect(numberIn(await d.call('ownRequestReceipt', holder, { params }))).toBeDefined();
    const refusals = [
      ['ownRequestReceipt', { code, pinVersion: 2 }, 'caseTokenInvalid'],
      ['ownRequestReceipt', { code: 'KMNPQRSTU', pinVersion: 1 }, 'caseTokenInvalid'],
      ['myRequestReceipt', { ...rina, id: 'budi', scope: 'issuer|budi' }, 'notFound'],
      // It lies with PPID Utama, and is no other unit's business yet.
      ['printRequestReceipt', pelaksana, 'notFound'],
      ['printRequestReceipt', staffOf(city, 'officer', 'perkim'), 'notFound'],
    ] as const;
    for (const [name, actor, code] of refusals) expect(await d.refused(name, actor, { params })).toBe(code);
    const mistyped = { params: { code: 'ABCDEFGHI' } };
    expect(await d.refused('myRequestReceipt', rina, mistyped)).toBe('wrongCode');
    expect(await d.refused('printRequestReceipt', utama, { params: { code: 'KMNPQRSTU' } })).toBe('notFound');
  });

  test('gives a number to a request whose filing was cut off before the register', async () => {
    const d = desk(tables);
    const record = filed();
    await d.deps.store.create(record);
    const print = () => d.call('printRequestReceipt', utama, { params: { code: record.code } });
    const [first, second] = [saidOn(await print()), saidOn(await print())];
    const number = /\d{3}\/PPID\/2026/.exec(first)?.[0];
    expect(number).toBeDefined();
    expect(second).toContain(number);
  });

  test('of one request there are so many a day', async () => {
    const { d, params } = await asked();
    for (let i = 0; i < 10; i += 1) await d.call('myRequestReceipt', rina, { params });
    expect(await d.refused('myRequestReceipt', rina, { params })).toBe('tooManyRequests');
  });
});

const extended = taken(taken(filed(), utama, 'distribute', { unit: 'pupr' }), pelaksana, 'extend', words);
const objected = taken(
  taken(extended, utama, 'grant', words),
  { kind: 'citizen', id: 'rina', scope: 'rina' },
  'object',
  {
    ground: 'notAsRequested',
    ...words,
  },
);

test.each([
  ['received', filed(), ['Dijawab paling lambat', 'dapat diperpanjang'], ['Register keberatan']],
  ['extended', extended, ['Dijawab paling lambat'], ['dapat diperpanjang']],
  [
    'objected to',
    objected,
    ['Register keberatan', 'Keberatan dijawab', 'Komisi Informasi Uji'],
    ['Dijawab paling lambat', 'Tidak dijawab'],
  ],
])('a request that is %s says what holds then', (_, record, stands, not) => {
  const pdf = receiptOf(
    {
      city,
      ppid: city.ppid as Ppid,
      record,
      number: { year: 2026, n: 12 },
      objectionNumber: record.state === 'objected' ? { year: 2026, n: 3 } : undefined,
    },
    'https://lapau.example',
    { number: 'kominfo-2026-7K2M9QXAB', url: 'https://lapau.example/v/x', at: '2026-11-25T03:00:00Z' },
  );
  const said = saidOn(pdf);
  for (const one of ['012/PPID/2026', ...stands]) expect(said).toContain(one);
  for (const one of not) expect(said).not.toContain(one);
});
