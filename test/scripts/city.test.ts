import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { StaffActor } from '../../functions/cases/actor.ts';
import type { SettingBodies } from '../../functions/city/schema.ts';
import { isProblem } from '../../functions/kernel/errors.ts';
import { tableOf } from '../../functions/kernel/table.ts';
import { apply, compare } from '../../scripts/city/apply.ts';
import { differences, readable } from '../../scripts/city/differences.ts';
import type { Answered, SettingsApi } from '../../scripts/city/settings-api.ts';
import { createTables, type TestTables, testTables } from '../engine.ts';
import { type SettingsWorld, settingsWorld } from '../settings.ts';
import { smallBodies } from '../small-city.ts';

describe('differences', () => {
  const paths = (was: unknown, now: unknown) => differences(was, now).map(({ path }) => path);

  it.each<[string, unknown, unknown, string[]]>([
    ['none', { a: [{ id: 'x', n: 1 }] }, { a: [{ id: 'x', n: 1 }] }, []],
    ['a field', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
    [
      'an entry by its name, not its place',
      [{ id: 'x' }, { id: 'y', n: 1 }],
      [{ id: 'y', n: 2 }],
      ['[x]', '[y].n'],
    ],
    [
      'an area by its code',
      { areas: [{ code: '1', name: 'A' }] },
      { areas: [{ code: '1', name: 'B' }] },
      ['areas[1].name'],
    ],
    ['a word in a list', { keywords: ['a', 'b'] }, { keywords: ['a', 'c'] }, ['keywords[b]', 'keywords[c]']],
    ['the order of rules', [{ id: 'x' }, { id: 'y' }], [{ id: 'y' }, { id: 'x' }], [', order']],
    ['lists without names as a whole', { week: [[1, 2]] }, { week: [[1, 3]] }, ['week']],
    ['equal lists without names', { week: [[1, 2]] }, { week: [[1, 2]] }, []],
    ['a field that is gone', { a: 1, b: 2 }, { a: 1 }, ['b']],
  ])('%s', (_, was, now, expected) => {
    expect(paths(was, now)).toEqual(expected);
  });

  it('are read line by line, and no more of them than a screen holds', () => {
    const all = differences({ a: 1, gone: 'x' }, { a: 2, fresh: 'y'.repeat(200) });
    const lines = readable(all);
    expect(lines.slice(0, 2)).toEqual(['  ~ a: 1 → 2', '  - gone: "x"']);
    expect(lines[2]).toMatch(/^ {2}\+ fresh: "y{88}.*…$/);
    expect(readable(all, 1)).toEqual(['  ~ a: 1 → 2', '  … dan 2 lagi · and 2 more']);
  });
});

describe('applying a pack', () => {
  let tables: TestTables;
  let world: SettingsWorld;
  let made = 0;
  beforeAll(async () => {
    tables = await testTables();
  });
  afterAll(() => tables.stop());
  beforeEach(async () => {
    made += 1;
    const names = { cases: `cases${made}`, identities: `identities${made}` };
    await createTables(tables.client, inject('tables'), names);
    world = await settingsWorld(tableOf(tables.client, names.cases));
  });

  /** The operations themselves, answering as the script hears them over HTTP. */
  const apiOf = (actor: StaffActor): SettingsApi => {
    const answered = async <T>(run: () => Promise<T>): Promise<Answered<T>> => {
      try {
        return { ok: true, body: await run() };
      } catch (e) {
        if (!isProblem(e)) throw e;
        return { ok: false, code: e.code, title: '', errors: e.fields };
      }
    };
    return {
      live: (kind) => answered(() => world.read(kind)),
      draft: (kind, body, reason, key) =>
        answered(async () => (await world.draft(kind, body, actor, key, reason)).body),
      preview: (kind, version) => answered(async () => (await world.preview(kind, version, actor)).body),
      activate: (kind, version) => answered(async () => (await world.activate(kind, version, actor)).body),
    };
  };
  const applied = async (bodies: SettingBodies, over: string[] = [], actor = world.rina) => {
    const api = apiOf(actor);
    return apply(api, await compare(api, bodies), { city: 'contoh', over, log: () => {} });
  };
  const renamed = (name: string): SettingBodies => ({
    outside: { bodies: smallBodies().outside.bodies.map((body) => ({ ...body, name })) },
  });

  it('of what is live already does nothing', async () => {
    expect(await compare(apiOf(world.rina), smallBodies())).toEqual([]);
  });

  it('makes live what holds together only in a certain order', async () => {
    const { routing, units } = smallBodies();
    const [first] = units.units;
    if (first === undefined) throw new Error('no unit');
    const grown = { ...units, units: [...units.units, { ...first, id: 'baru', name: 'Dinas Baru' }] };
    const rules = routing.rules.map((r) => (r.id === 'ktp' ? { ...r, to: { unit: 'baru' } } : r));
    const ended = grown.units.map((u) => (u.id === 'dukcapil' ? { ...u, validTo: '2030-12-31' } : u));
    expect(await applied({ units: { ...grown, units: ended }, routing: { rules } })).toEqual([
      expect.stringContaining('units'),
      expect.stringContaining('routing'),
    ]);
    expect(await applied({ units: grown, routing: { rules } })).toEqual([]);
    expect(await applied({ units: { ...grown, units: ended }, routing: { rules } })).toEqual([]);
    expect((await world.read('routing')).live?.body).toMatchObject({ rules });
  });

  it('leaves clocks to a second person, as one draft however often it is applied', async () => {
    const { clocks } = smallBodies();
    const rules = clocks.rules.map((r) => (r.id === 'janji' ? { ...r, amount: 10 } : r));
    for (let again = 0; again < 2; again += 1) {
      expect(await applied({ clocks: { rules } })).toEqual([expect.stringContaining('activate clocks 2')]);
    }
    expect((await world.read('clocks')).versions).toHaveLength(2);
  });

  it('does not overwrite what a person changed, unless told to', async () => {
    const { body } = await world.draft('outside', renamed('Diubah').outside);
    await world.activate('outside', body.version);
    expect(await applied(renamed('Dari paket'))).toEqual([expect.stringContaining('--over outside')]);
    expect((await world.read('outside')).live?.body).toMatchObject({ bodies: [{ name: 'Diubah' }] });
    expect(await applied(renamed('Dari paket'), ['outside'])).toEqual([]);
    expect((await world.read('outside')).live?.body).toMatchObject({ bodies: [{ name: 'Dari paket' }] });
  });

  it('drafts anew what was discarded', async () => {
    const api = apiOf(world.rina);
    const changed = await compare(api, renamed('Baru'));
    const draft = {
      ...api,
      activate: async () => ({ ok: false, code: 'busy', title: '', errors: [] }) as const,
    };
    await apply(draft, changed, { city: 'contoh', over: [], log: () => {} });
    await world.discard('outside', 2);
    expect(await applied(renamed('Baru'))).toEqual([]);
    expect((await world.read('outside')).live).toMatchObject({
      version: 3,
      body: { bodies: [{ name: 'Baru' }] },
    });
  });

  it('that does not hold together stays a draft and says why', async () => {
    const rules = [{ id: 'x', when: {}, to: { unit: 'nirwana' }, reason: { id: 'x', en: 'x' } }];
    const left = await applied({ routing: { rules } });
    expect(left).toEqual([expect.stringContaining('unknown unit "nirwana"')]);
  });
});
