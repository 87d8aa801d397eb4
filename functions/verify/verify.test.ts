import { createPublicKey, verify as isSignatureOf } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Issued } from '../issued/model.ts';
import { digestOf, issuePaper } from '../issued/paper.ts';
import { type IssuedStore, issuedStore } from '../issued/store.ts';
import { testSealer } from '../issued/test/seal.ts';
import { keysFrom } from '../kernel/keys.ts';
import { drawing } from '../pdf/draw.ts';
import { a5 } from '../pdf/layout.ts';
import { writePdf } from '../pdf/write.ts';
import { operations } from './operations.ts';

let tables: TestTables;
let issued: IssuedStore;
beforeAll(async () => {
  tables = await testTables();
  issued = issuedStore(tables.cases);
});
afterAll(() => tables.stop());

const city = testCity();
const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'a root key' }));
const sealer = testSealer();
const cases = new Map<string, Partial<CaseRecord>>();
let now = '2026-11-23T02:00:00Z';

const all = () =>
  operations({
    table: tables.cases,
    issued,
    store: { read: async (code) => cases.get(code) as CaseRecord | undefined },
    city: async () => city,
    keys: async () => keys,
    publicKey: async () => ({ key: 'test-key', pem: sealer.pem }),
    now: () => now,
  });

const call = <I>(input: I, address = '203.0.113.7') => ({
  input,
  actor: { kind: 'anonymous', id: 'anonymous' } as const,
  language: 'id' as const,
  idempotencyKey: '',
  ifMatch: -1,
  address,
  requestId: 'r1',
});
const byNumber = async (number: string) =>
  (await all().verifyNumber(call({ params: { number }, query: undefined, body: undefined }))).body;
const byFile = async (file: Uint8Array) =>
  (await all().verifyFile(call({ params: undefined, query: undefined, body: file }))).body;
const byDigest = async (digest: string, number?: string) =>
  (
    await all().verifyDigest(
      call({
        params: undefined,
        query: undefined,
        body: number === undefined ? { digest } : { digest, number },
      }),
    )
  ).body;

const printed = async (id: string) => {
  const { record, pdf } = await issuePaper(
    { issued, seal: sealer.seal, keys: async () => keys, publicUrl: 'https://lapau.example' },
    {
      command: { id, fingerprint: 'f' },
      kind: 'receipt',
      name: { id: 'Tanda terima permohonan', en: 'Receipt of an application' },
      case: 'ABCDEFGHJ',
      service: null,
      unit: 'pupr',
      zone: 'Asia/Jakarta',
      by: 'reporter',
      now,
      draw: ({ number, at, url }) => {
        const on = drawing(a5.height);
        on.qr(30, 30, 90, url);
        on.text(30, 200, 'Tanda terima');
        return writePdf({ ...a5, title: 'Tanda terima', pages: [on.content()], at, number });
      },
    },
  );
  return { record, pdf: Buffer.from(pdf) };
};

/** A document of the ministry, noted without being drawn here. */
const noted = async (number: string, more: Partial<Issued>): Promise<Issued> => {
  const record: Issued = {
    v: 1,
    rev: 1,
    number,
    command: { id: number, fingerprint: 'f' },
    kind: 'siak',
    way: 'siakFile',
    name: { id: 'Akta kelahiran', en: 'Birth certificate' },
    case: 'ABCDEFGHJ',
    service: 'akta-kelahiran',
    unit: 'dukcapil',
    issuedAt: now,
    state: 'issued',
    history: [{ at: now, what: 'issued', by: 's1' }],
    ...more,
  };
  expect(await issued.create(record, true)).toEqual({ done: true });
  return record;
};

describe('by number', () => {
  test('a paper is told as issued, with what checks it elsewhere, and with nothing of its case', async () => {
    const { record } = await printed('v1');
    const said = await byNumber(record.number.toLowerCase());
    expect(said).toMatchObject({
      state: 'issued',
      file: 'notCompared',
      document: { number: record.number, official: false, issuedOn: '2026-11-23', unit: { id: 'pupr' } },
    });
    expect(said.says).toContain('bukan dokumen resmi');
    expect(JSON.stringify(said)).not.toContain('ABCDEFGHJ');
    const { statement = '', signature = '' } = said.document?.seal ?? {};
    const { pem } = (await all().paperKey()).body;
    const given = Buffer.from(signature, 'base64');
    expect(isSignatureOf('sha256', Buffer.from(statement), createPublicKey(pem), given)).toBe(true);
    expect(statement).toContain(`sha256: ${record.digest}`);
  });

  test('a number that nobody issued is unknown, a mistyped one is refused', async () => {
    const { record } = await printed('v2');
    await tables.cases.remove({ pk: `PROD#${record.number}`, sk: 'PROD' });
    expect(await byNumber(record.number)).toMatchObject({ state: 'unknown', document: null });
    const wrong = `${record.number.slice(0, -1)}${record.number.endsWith('2') ? '3' : '2'}`;
    await expect(byNumber(wrong)).rejects.toMatchObject({ code: 'wrongNumber' });
  });

  test('a revoked one names its successor', async () => {
    const { record } = await printed('v3');
    const next = await printed('v4');
    const { number } = record;
    await issued.change({
      ...record,
      rev: 2,
      state: 'revoked',
      revokedAt: '2026-11-23T18:00:00Z',
      successor: next.record.number,
      reason: 'Nama ibu keliru',
    });
    const said = await byNumber(number);
    expect(said).toMatchObject({
      state: 'revoked',
      document: { revokedOn: '2026-11-24', successor: next.record.number },
    });
    expect(said.says).toContain(`DICABUT dan tidak berlaku. Penggantinya: ${next.record.number}`);
    expect(JSON.stringify(said)).not.toContain('Nama ibu');
  });

  test('one that is prepared counts from the moment at which its case says so', async () => {
    const { number } = (await printed('v5')).record;
    await tables.cases.remove({ pk: `PROD#${number}`, sk: 'PROD' });
    await noted(number, { state: 'prepared', case: 'PREPAREDX' });
    cases.set('PREPAREDX', { data: {} });
    expect(await byNumber(number)).toMatchObject({ state: 'unknown', document: null });
    cases.set('PREPAREDX', { data: { product: number } });
    expect(await byNumber(number)).toMatchObject({ state: 'issued' });
  });
});

describe('by file', () => {
  test('the very bytes are as issued', async () => {
    const { pdf, record } = await printed('f1');
    for (const said of [await byFile(pdf), await byDigest(digestOf(pdf))])
      expect(said).toMatchObject({ state: 'issued', file: 'asIssued', document: { number: record.number } });
  });

  test('one changed byte is never as issued, wherever it is', async () => {
    const { pdf } = await printed('f2');
    const places = fc.tuple(fc.nat({ max: pdf.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(places, async ([at, by]) => {
        now = `2026-11-24T0${at % 10}:00:00Z`;
        const changed = Buffer.from(pdf);
        changed[at] = ((changed[at] ?? 0) + by) % 256;
        const said = await byFile(changed);
        expect(said.file).not.toBe('asIssued');
        if (said.document !== null) expect(said).toMatchObject({ file: 'altered' });
      }),
      { numRuns: 60 },
    );
    now = '2026-11-23T02:00:00Z';
  });

  test('a changed paper is altered by the number in it; a page computes the same with the number it bears', async () => {
    const { pdf, record } = await printed('f3');
    const changed = Buffer.concat([pdf, Buffer.from(' ')]);
    for (const said of [await byFile(changed), await byDigest(digestOf(changed), record.number)]) {
      expect(said).toMatchObject({ file: 'altered', document: { number: record.number } });
      expect(said.says).toContain('TIDAK SAMA');
    }
  });

  test('a file of the ministry, which bears no number of ours, is known by its bytes', async () => {
    const file = Buffer.from('%PDF-1.7 akta');
    const { number } = (await printed('f4')).record;
    await tables.cases.remove({ pk: `PROD#${number}`, sk: 'PROD' });
    await noted(number, { digest: digestOf(file) });
    expect(await byFile(file)).toMatchObject({
      file: 'asIssued',
      document: { kind: 'siak', official: true },
    });
    expect(await byFile(Buffer.from('%PDF-1.7 lain'))).toMatchObject({ state: 'unknown', document: null });
  });
});

describe('the page of a QR code', () => {
  const page = async (number: string) =>
    (await all().verifyPage(call({ params: { number }, query: undefined, body: undefined }, '203.0.113.9')))
      .body;

  test('says what the number is, and shows nothing that was typed', async () => {
    const { record } = await printed('p1');
    expect(await page(record.number)).toContain('Tanda terima permohonan');
    expect(await page('<script>alert(1)</script>')).not.toContain('<script');
  });
});

test('one address asks so often an hour, and others go on', async () => {
  const asked = (address: string) =>
    all().verifyDigest(
      call({ params: undefined, query: undefined, body: { digest: 'a'.repeat(64) } }, address),
    );
  for (let i = 0; i < 240; i += 1) await asked('198.51.100.1');
  await expect(asked('198.51.100.1')).rejects.toMatchObject({ code: 'tooManyRequests' });
  expect((await asked('198.51.100.2')).body.state).toBe('unknown');
});
