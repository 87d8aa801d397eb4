import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { AnonymousActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { caseStore } from '../cases/store.ts';
import { trackingCode } from '../kernel/code.ts';
import { isProblem } from '../kernel/errors.ts';
import { keysFrom } from '../kernel/keys.ts';
import { entries } from './entry.ts';
import type { Deps } from './file.ts';
import { operations } from './operations.ts';

const city = testCity();
const keys = keysFrom('{"current":"k1","k1":"test"}');
const nobody: AnonymousActor = { kind: 'anonymous', id: 'anonymous' };

let tables: TestTables;
let now: string;
let identified: string[];
let deps: Deps;
let files = 0;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  now = '2026-11-23T02:00:00Z';
  identified = [];
  files += 1;
  deps = {
    table: tables.cases,
    store: caseStore(tables.cases),
    city: async () => city,
    keys: async () => keys,
    now: () => now,
    workflows: entries,
    suggest: () => ({ category: null, confidence: 0, reasons: [], candidates: [] }),
    identify: async (code) => {
      identified.push(code);
    },
    quota: { limit: 50, seconds: 3600 },
  };
});

const body = (text: string, more: object = {}) => ({
  text,
  kind: 'complaint' as const,
  confidential: false,
  oversight: false,
  anonymous: false,
  category: 'jalan',
  ...more,
});

const file = (what: object, key = `key-${files}-${'0'.repeat(20)}`, using = deps) =>
  operations(using)
    .fileComplaint({
      input: { params: undefined, query: undefined, body: what as ReturnType<typeof body> },
      actor: nobody,
      language: 'id',
      idempotencyKey: key,
      ifMatch: -1,
      address: `address-${files}`,
      requestId: 'r',
    })
    .then(
      (answer) => answer.body,
      (error: unknown) => (isProblem(error) ? error.code : Promise.reject(error)),
    );

describe('filing', () => {
  test('a retry days later gets the first answer, to the letter', async () => {
    const first = await file(body('Jalan berlubang di depan pasar.'));
    now = '2026-11-30T02:00:00Z';
    expect(await file(body('Jalan berlubang di depan pasar.'))).toEqual(first);
    expect(first).toMatchObject({ due: '2026-12-11T09:00:00Z', limits: { outer: '2027-01-22T02:00:00Z' } });
  });

  test('cut off after its words, a retry with other words is refused and loses none', async () => {
    const broken: Deps = {
      ...deps,
      store: { ...deps.store, create: () => Promise.reject(new Error('cut off')) },
    };
    await expect(file(body('Lampu jalan mati semua.'), undefined, broken)).rejects.toThrow('cut off');
    expect(await file(body('Sampah menumpuk di pasar.'))).toBe('keyReused');
    const filed = (await file(body('Lampu jalan mati semua.'))) as { code: string };
    const texts = [...(await deps.store.texts(filed.code)).values()];
    expect(texts.map((t) => t.body)).toEqual(['Lampu jalan mati semua.']);
    expect((await deps.store.read(filed.code))?.excerpt).toBe('Lampu jalan mati semua.');
  });

  test('a code that another case holds is passed over, and the retry walks the same way', async () => {
    const key = `key-${files}-${'0'.repeat(20)}`;
    const what = body('Selokan tersumbat lumpur.');
    const { id } = identify(keys, nobody, key, {});
    const taken = trackingCode(keys.first('code'), id, 0);
    const next = trackingCode(keys.first('code'), id, 1);
    const other = (await file(body('Kasus lain yang lebih dulu.'), `other-${'1'.repeat(22)}`)) as {
      code: string;
    };
    const holder = await deps.store.read(other.code);
    if (holder === undefined) throw new Error('gone');
    await deps.store.create({ ...holder, code: taken });
    expect(await file(what, key)).toMatchObject({ code: next });
    expect(await file(what, key)).toMatchObject({ code: next });
  });

  test('a retry is answered even when the quota is used up; a new one is not', async () => {
    const tight: Deps = { ...deps, quota: { limit: 1, seconds: 3600 } };
    const first = await file(body('Pohon tumbang menutup jalan.'), undefined, tight);
    expect(await file(body('Pohon tumbang menutup jalan.'), undefined, tight)).toEqual(first);
    expect(await file(body('Yang lain lagi sama sekali.'), `new-${'2'.repeat(22)}`, tight)).toBe(
      'tooManyRequests',
    );
  });

  test('an identity that failed is written by the retry', async () => {
    const what = body('Air keruh dari sumur umum.', { contact: { phone: '081234567890' } });
    const failing: Deps = { ...deps, identify: () => Promise.reject(new Error('KMS is away')) };
    await expect(file(what, undefined, failing)).rejects.toThrow('KMS is away');
    const filed = (await file(what)) as { code: string };
    expect(identified).toEqual([filed.code]);
  });

  test('what smells of misconduct but is not sure enough is kept from the unit and the area’s head', async () => {
    const unsure: Deps = {
      ...deps,
      suggest: () => ({
        category: null,
        confidence: 0.4,
        reasons: [],
        candidates: [{ category: 'pungli', score: 1 }],
      }),
    };
    const { category: _, ...open } = body('Ada yang minta uang di kantor lurah.');
    const filed = (await file(open, undefined, unsure)) as { code: string; state: string };
    expect(filed.state).toBe('received');
    expect((await deps.store.read(filed.code))?.flags).toMatchObject({
      confidential: true,
      oversight: false,
    });
  });
});
