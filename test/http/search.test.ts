import { beforeAll, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { file, good, take } from './desk.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const search = async (as: string, q: string, more = '') =>
  (await good(ask('GET', `/v1/desk/search?q=${encodeURIComponent(q)}${more}`, { as }))).body as {
    readonly cases: readonly { readonly code: string; readonly unit: { readonly id: string } | null }[];
    readonly next: string | null;
    readonly narrow: boolean;
  };
const codes = async (as: string, q: string, more = ''): Promise<readonly string[]> =>
  (await search(as, q, more)).cases.map(({ code }) => code).sort();

/** Words are indexed behind the answer; whoever waits for them waits for these alone. */
const until = async (as: string, q: string, found: readonly string[], more = ''): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (JSON.stringify(await codes(as, q, more)) === JSON.stringify([...found].sort())) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect([q, await codes(as, q, more)]).toEqual([q, found]);
};

let trafo = '';
let secret = '';
beforeAll(async () => {
  trafo = (await file(ask, { text: 'Trafo meledak dekat mesjid, jln gelap gulita', category: 'road-damage' }))
    .code;
  secret = (
    await file(ask, { text: 'Trafo di kantor diambil orang', category: 'road-damage', confidential: true })
  ).code;
  for (const code of [trafo, secret]) await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
  await until('kepala-pupr', 'trafo', [trafo, secret]);
}, 120_000);

test('what was filed is found by its words in any form, by those who see it and by nobody else', async () => {
  const both = [trafo, secret].sort();
  expect(await codes('koordinator', 'trafonya')).toEqual(both);
  expect(await codes('kepala-pupr', 'trafo')).toEqual(both);
  expect(await codes('penghubung-pupr', 'trafo')).toEqual([trafo]);
  expect(await codes('walikota', 'trafo')).toEqual([trafo]);
  expect(await codes('penghubung-perkim-lh', 'trafo')).toEqual([]);
  expect(await codes('koordinator', 'trafo jalan')).toEqual([trafo]);
  expect(await codes('koordinator', 'gelap traf*')).toEqual([trafo]);
  expect(await codes('koordinator', 'trafo', '&unit=kesehatan')).toEqual([]);
});

test('a note is found too, and a case that moved is found where it is', async () => {
  await take(ask, 'penghubung-pupr', trafo, 'note', { text: 'Sudah berkoordinasi dengan PLN Bukittinggi' });
  await take(ask, 'koordinator', trafo, 'assign', { unit: 'perhubungan' });
  await until('koordinator', 'trafo', [trafo], '&unit=perhubungan');
  expect(await codes('penghubung-pupr', 'trafo')).toEqual([]);
  expect(await codes('koordinator', 'bukittinggi trafo')).toEqual([trafo]);
  expect(await codes('koordinator', 'trafo', '&unit=perhubungan')).toEqual([trafo]);
});

test('a tracking code finds its case for those who see it, as people type it', async () => {
  const typed = `${trafo.slice(0, 3)}-${trafo.slice(3, 6)} ${trafo.slice(6)}`.toLowerCase();
  expect(await codes('koordinator', typed)).toEqual([trafo]);
  expect(await codes('penghubung-perkim-lh', secret)).not.toContain(secret);
});

test('pages follow each other; a cursor is the caller’s alone', async () => {
  const first = await search('koordinator', 'trafo', '&size=1');
  expect(first).toMatchObject({ cases: [expect.anything()], narrow: false });
  const cursor = `&size=1&cursor=${encodeURIComponent(first.next ?? '')}`;
  const second = await search('koordinator', 'trafo', cursor);
  expect(second.next).toBeNull();
  expect([first, second].flatMap(({ cases }) => cases.map(({ code }) => code)).sort()).toEqual(
    [trafo, secret].sort(),
  );
  const other = await ask('GET', `/v1/desk/search?q=trafo${cursor}`, { as: 'inspektur' });
  expect([other.status, other.body['code']]).toEqual([400, 'badCursor']);
});

test.each([
  ['q=yang%20di', 'searchWords'],
  ['q=trafo&from=2026-05&to=2026-04', 'monthsReversed'],
  ['q=trafo&from=2026-13', 'invalidInput'],
  ['q=t', 'invalidInput'],
  ['', 'invalidInput'],
  ['q=trafo&unit=nothing', 'unknownUnit'],
])('%s is refused by name: %s', async (query, code) => {
  expect((await ask('GET', `/v1/desk/search?${query}`, { as: 'koordinator' })).body['code']).toBe(code);
});

test('who may not see a unit may not name it', async () => {
  const { body } = await ask('GET', '/v1/desk/search?q=trafo&unit=kesehatan', { as: 'penghubung-pupr' });
  expect(body['code']).toBe('unknownUnit');
});
