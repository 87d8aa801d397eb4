import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filedAt, filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { complaint } from '../complaints/kind.ts';
import { keysFrom } from '../kernel/keys.ts';
import { printable, widthOf, wrapped } from '../pdf/letters.ts';
import { wordsOf } from '../pdf/test/words.ts';
import { operations } from './operations.ts';

const city = testCity();
const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'a root key' }));
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');
const stranger = staffOf(city, 'officer', 'perkim');
const body = 'Jalan berlubang di depan pasar. Hubungi 081234567890, Pak Budi.';

const told: unknown[] = [];
const papersOf = (record: CaseRecord, words = body, now = '2026-11-23T02:10:00Z') => {
  const text: CaseText = {
    v: 1,
    id: record.filing.id,
    fingerprint: 'f',
    audience: 'reporter',
    body: words,
    place: { address: 'Jl. Sutan Syahrir 12, telp 0752 82345', rt: '002' },
    at: filedAt,
  };
  const store = {
    read: async (code: string) => (code === record.code ? record : undefined),
    texts: async () => new Map([[text.id, text]]),
    archivedEvents: async () => [],
  } as unknown as CaseStore;
  const log = { info: (...line: unknown[]) => told.push(line), warn: () => {}, error: () => {} };
  const all = operations({
    store,
    staff: { byId: async () => undefined },
    city: async () => city,
    keys: async () => keys,
    now: () => now,
    kinds: { complaint },
    publicUrl: 'https://lapau.example',
    log,
  });
  const call = (actor: StaffActor) => ({
    input: { params: { code: record.code }, query: undefined, body: undefined },
    actor,
    language: 'id' as const,
    idempotencyKey: '',
    ifMatch: -1,
    address: '',
    requestId: 'r1',
  });
  return {
    sheet: async (actor: StaffActor) => (await all.printSheet(call(actor))).body,
    receipt: async (actor: StaffActor) => (await all.printReceipt(call(actor))).body,
    summary: async (actor: StaffActor) => (await all.groupText(call(actor))).body,
  };
};

describe('the case sheet', () => {
  test('says what whoever passes the case on needs, and names nobody who reports', async () => {
    const record = taken(city, filedCase(city), coordinator, 'assign', { unit: 'pupr' });
    const said = (await wordsOf(await papersOf(record).sheet(liaison))).join('\n');
    for (const part of [
      'ABCD-EFGH-J',
      'PEMERINTAH KOTA UJI',
      'Lembar Disposisi Laporan Warga',
      '23 November 2026 pukul 09.00 WIB',
      'Jalan berlubang di depan pasar.',
      'Ganting',
      'Koordinator · kominfo · ke pupr',
      'Nama, NIP, tanda tangan',
      'bukan dokumen resmi',
      '1 / 1',
      `oleh ${liaison.name}`,
    ])
      expect(said).toContain(part);
  });

  test('is for those who see the case', async () => {
    const record = taken(city, filedCase(city), coordinator, 'assign', { unit: 'pupr' });
    await expect(papersOf(record).sheet(stranger)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('of a secret case says so first', async () => {
    const record = filedCase(city, { confidential: true });
    expect(await wordsOf(await papersOf(record).sheet(coordinator))).toContain('RAHASIA');
  });

  test('goes on over as many pages as the words take, and cuts nothing', async () => {
    const long = Array.from({ length: 900 }, (_, i) => `kata${i}`).join(' ');
    const said = wordsOf(await papersOf(filedCase(city), long).sheet(coordinator));
    expect(said.join(' ')).toContain('1 / 3');
    for (const i of [0, 450, 899]) expect(said.join(' ')).toContain(`kata${i}`);
  });

  test('is the same for the same case at the same moment', async () => {
    const once = await papersOf(filedCase(city)).sheet(coordinator);
    expect(Buffer.from(await papersOf(filedCase(city)).sheet(coordinator)).equals(once)).toBe(true);
  });

  test('is logged by paper, role and unit, without code or person', async () => {
    told.length = 0;
    await papersOf(filedCase(city)).sheet(coordinator);
    expect(told).toEqual([
      ['printed', { paper: 'sheet', role: 'coordinator', unit: 'kominfo', requestId: 'r1' }],
    ]);
  });

  test('every place in the table of its objects is right', async () => {
    const pdf = Buffer.from(await papersOf(filedCase(city)).sheet(coordinator)).toString('latin1');
    const xref = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
    expect(pdf.slice(xref, xref + 4)).toBe('xref');
    const places = [...pdf.slice(xref).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => Number(at));
    expect(places.length).toBeGreaterThan(6);
    places.forEach((at, i) => {
      expect(pdf.slice(at).startsWith(`${i + 1} 0 obj`)).toBe(true);
    });
  });
});

describe('the receipt', () => {
  const counter = staffOf(city, 'liaison', 'perkim');
  const filed = () => filedCase(city, {}, { actor: counter });
  const pinLike = /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;
  const pinOn = (pdf: Uint8Array) => wordsOf(pdf).filter((word) => pinLike.test(word));

  test('has code and PIN for whoever has just recorded the report, and no word of it', async () => {
    const pdf = await papersOf(filed(), body, '2026-11-23T02:20:00Z').receipt(counter);
    expect(pinOn(pdf)).toHaveLength(1);
    const said = wordsOf(pdf).join('\n');
    expect(said).toContain('ABCD-EFGH-J');
    expect(said).toContain('BUKAN DOKUMEN RESMI');
    expect(said).not.toMatch(/berlubang|0812|Budi|Syahrir/);
  });

  test('half an hour later has no PIN, and only for those who see the case', async () => {
    const late = papersOf(filed(), body, '2026-11-23T02:30:00Z');
    await expect(late.receipt(counter)).rejects.toMatchObject({ code: 'notFound' });
    expect(pinOn(await late.receipt(coordinator))).toEqual([]);
  });

  test('has no PIN that was renewed since: that one is for whoever asked for it', async () => {
    const renewed = { ...filed(), pin: { version: 2, key: 'k1' } };
    expect(pinOn(await papersOf(renewed, body, '2026-11-23T02:20:00Z').receipt(counter))).toEqual([]);
  });

  test('has no PIN for another one, at any time', async () => {
    const now = papersOf(filed(), body, '2026-11-23T02:01:00Z');
    expect(pinOn(await now.receipt(coordinator))).toEqual([]);
    await expect(now.receipt(stranger)).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('the copy for the group', () => {
  test('masks what leads to a person, in text and place', async () => {
    const said = await papersOf(filedCase(city)).summary(coordinator);
    expect(said).toContain('Hubungi [nomor telepon]');
    expect(said).toContain('Tempat: Ganting (Jl. Sutan Syahrir, telp [nomor telepon])');
    expect(said).toContain('Pak [nama]');
    expect(said).not.toMatch(/0812|82345|Budi|Syahrir 12|RT/);
    expect(said).toContain('https://lapau.example/v1/track/ABCDEFGHJ');
  });

  test.each([
    ['confidential', { confidential: true }, coordinator],
    ['oversight', { oversight: true }, staffOf(city, 'inspector', 'inspektorat')],
  ] as const)('of a %s case there is none', async (_, filing, actor) => {
    await expect(papersOf(filedCase(city, filing)).summary(actor)).rejects.toMatchObject({
      code: 'secretCase',
    });
  });

  test('is short, and not cut within what was masked', async () => {
    const said = await papersOf(filedCase(city), `${'panjang '.repeat(74)}081234567890 lagi`).summary(
      coordinator,
    );
    expect(said.length).toBeLessThan(1100);
    expect(said).not.toContain('0812');
  });
});

describe('letters', () => {
  test.each([
    ['Kelurahan Guguak – “patokan” é ± ½ €', 'Kelurahan Guguak – “patokan” é ± ½ €'],
    ['ảẽő ł đ', 'aeo l d'],
    ['baik 😀👍🏽 sekali', 'baik ¤ sekali'],
    ['سلام 你好', '¤ ¤'],
    ['a\u200bb\u00a0c\td\u00ad', 'ab c  d'],
    ['e\u0301', 'é'],
  ])('%s is printed as %s', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('lines are never wider than they may be, and lose no word', () => {
    const widths = fc.integer({ min: 40, max: 500 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), widths, (text, width) => {
        const lines = wrapped(text, 'regular', 10, width);
        for (const line of lines) expect(widthOf(line, 'regular', 10)).toBeLessThanOrEqual(width + 1e-6);
        const bare = (all: string) => all.replace(/\s/g, '');
        expect(bare(lines.join(''))).toBe(bare(printable(text)));
      }),
    );
  });
});
