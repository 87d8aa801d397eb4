import { beforeAll, describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { file, good, take } from './desk.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);

let codes: readonly string[] = [];
beforeAll(async () => {
  const content = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };
  // More than one page of a citizen's own list.
  codes = await Promise.all(
    Array.from({ length: 28 }, async () => (await file(ask, content, { as: 'warga-1' })).code),
  );
  await Promise.all(
    codes.slice(0, 4).map((code) => take(ask, 'koordinator', code, 'assign', { unit: 'pupr' })),
  );
  await city().local.idle(60);
}, 60_000);

interface Walk {
  readonly name: string;
  readonly as: string;
  readonly path: () => string;
  /** The same list for another person who may read it, and lists of other things for the same person. */
  readonly other?: string;
  readonly elsewhere: () => readonly string[];
}

const walks: readonly Walk[] = [
  {
    name: 'triage',
    as: 'koordinator',
    path: () => '/v1/desk/cases?queue=triage&size=2',
    other: 'koordinator-2',
    elsewhere: () => [
      '/v1/desk/cases?queue=unit&unit=pupr&size=2',
      '/v1/desk/cases?queue=triage&overdue=false&size=2',
      '/v1/staff?size=2',
    ],
  },
  {
    name: 'a unit’s cases',
    as: 'penghubung-pupr',
    path: () => '/v1/desk/cases?queue=unit&unit=pupr&size=2',
    other: 'petugas-pupr',
    elsewhere: () => [
      '/v1/desk/cases?queue=unit&size=2',
      '/v1/desk/cases?queue=unit&unit=pupr-bina-marga&size=2',
      '/v1/desk/cases?queue=mine&size=2',
      `/v1/desk/cases/${codes[0]}/receipts?size=2`,
    ],
  },
  {
    name: 'who was told',
    as: 'koordinator',
    path: () => `/v1/desk/cases/${codes[0]}/receipts?size=1`,
    other: 'inspektur',
    elsewhere: () => [
      `/v1/desk/cases/${codes[1]}/receipts?size=1`,
      '/v1/desk/cases?queue=triage&size=2',
      '/v1/staff?size=2',
    ],
  },
  {
    name: 'the staff',
    as: 'koordinator',
    path: () => '/v1/staff?size=2',
    other: 'koordinator-2',
    elsewhere: () => ['/v1/staff?unit=pupr&size=2', '/v1/desk/cases?queue=triage&size=2'],
  },
  {
    name: 'a citizen’s own',
    as: 'warga-1',
    path: () => '/v1/me/cases',
    other: 'warga-2',
    elsewhere: () => [],
  },
];

const follow = (path: string, as: string, cursor: string) =>
  ask('GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`, { as });

/** One sign of a text changed into another of the same alphabet. */
const changed = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

describe.each(walks)('the cursor of $name', ({ as, path, other, elsewhere }) => {
  let next = '';
  beforeAll(async () => {
    next = String((await good(ask('GET', path(), { as }))).body['next']);
    expect(next.length).toBeGreaterThan(20);
  });
  const refused = async (where: string, whose: string, cursor: string) => {
    const { status, body } = await follow(where, whose, cursor);
    expect([where, cursor, status, body['code']]).toEqual([where, cursor, 400, 'badCursor']);
    expect(Object.keys(body)).not.toContain('next');
  };

  test('leads on for whom it was made', async () => {
    expect((await follow(path(), as, next)).status).toBe(200);
  });

  test('is refused when changed, cut or made up', async () => {
    const key = next.slice(0, next.indexOf('.'));
    const made = Buffer.from(JSON.stringify('2000-01-01T00:00:00Z#22222222Y')).toString('base64url');
    const forgeries = [
      ...[0.1, 0.3, 0.5, 0.7, 0.9].map((part) => changed(next, Math.floor(next.length * part))),
      changed(next, 0),
      next.slice(0, -4),
      next.slice(0, next.lastIndexOf('.') + 1),
      `${key}.${made}`,
      `${key}.${made}.${made.slice(0, 22)}`,
      `other${next.slice(key.length)}`,
      `${next}.x`,
      `${next}${next}`,
      'x',
    ].filter((forged) => forged !== next);
    for (const forged of forgeries) await refused(path(), as, forged);
  });

  test('is refused for another person and another list', async () => {
    if (other !== undefined) await refused(path(), other, next);
    for (const where of elsewhere()) await refused(where, as, next);
  });
});
