import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key, testKeys } from '../../test/staff.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/kind.ts';
import type { Table } from '../kernel/table.ts';
import { toSeconds } from '../kernel/time.ts';
import { joinRef, joinRefSeconds } from '../people/join-ref.ts';
import { type Supporter, supporter, supporterStore } from '../people/supporters.ts';
import { operations } from './operations.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const code = 'ABCDEFGHJ';
const at = '2026-11-23T03:00:00Z';

let engine: FigureTables;
let table: Table;
let name: string;
const identified: string[] = [];
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table, name } = await engine.fresh());
  identified.splice(0);
  await caseStore(table).create(filedCase(city, {}, { code }));
});

const run = (now = at) =>
  operations({
    table,
    store: caseStore(table),
    supporters: supporterStore(table),
    keys: async () => testKeys,
    now: () => now,
    kinds: { complaint },
    identify: async (ref) => {
      identified.push(ref);
    },
    quota: { limit: 50, seconds: 3600 },
  });

const frame = { language: 'id', ifMatch: -1, address: '203.0.113.7', requestId: '' } as const;
const ref = (of = code, seconds = toSeconds(at)) => joinRef(testKeys, of, seconds);
let sent = 0;
const join = (body: { ref: string; contact?: { phone?: string; email?: string } }, id?: string, now = at) => {
  sent += 1;
  return run(now).joinReport({
    ...frame,
    actor: { kind: 'anonymous', id: 'anonymous' },
    idempotencyKey: key(id ?? `join${sent}`),
    input: { params: undefined, query: undefined, body },
  });
};
const citizen = (id: string) => ({ kind: 'citizen', id, scope: `issuer|${id}` }) as const;
const joinAs = (id: string) =>
  run().joinMyReport({
    ...frame,
    actor: citizen(id),
    idempotencyKey: key(id),
    input: { params: undefined, query: undefined, body: { ref: ref() } },
  });
const leave = (id: string) =>
  run().leaveReport({
    ...frame,
    actor: citizen(id),
    idempotencyKey: '',
    input: { params: { code }, query: undefined, body: undefined },
  });
const mine = async (id: string) =>
  (
    await run().myJoins({
      ...frame,
      actor: citizen(id),
      idempotencyKey: '',
      input: { params: undefined, query: {}, body: undefined },
    })
  ).body.reports;

/** Supporters as they lie in the table. */
const supporters = async (): Promise<readonly Supporter[]> => {
  const { items } = await table.query({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sup)',
    values: { ':pk': `C#${code}`, ':sup': 'SUP#' },
    ConsistentRead: true,
  });
  return items.map((item) => supporter.parse(item));
};
const counted = async (): Promise<number> => (await supporterStore(table).counts([code])).get(code) ?? 0;
const countAll = async (): Promise<void> => {
  for (const one of await supporters()) await supporterStore(table).count(one);
};

describe('joining a report', () => {
  test('answers its code, and counts each person once', async () => {
    const { body } = await join({ ref: ref() });
    expect(body).toMatchObject({
      code,
      state: 'received',
      stateName: 'Diterima',
      track: `/v1/track/${code}`,
    });
    await countAll();
    await countAll();
    expect(await counted()).toBe(1);
  });

  test('by a retry, by the same phone in another spelling, by the same account: one supporter', async () => {
    await join({ ref: ref() }, 'same');
    await join({ ref: ref() }, 'same');
    expect(await supporters()).toHaveLength(1);
    await join({ ref: ref(), contact: { phone: '081234567890' } });
    await join({ ref: ref(), contact: { phone: '+6281234567890', email: 'a@b.id' } });
    expect(await supporters()).toHaveLength(2);
    await joinAs('siti');
    await joinAs('siti');
    expect(await supporters()).toHaveLength(3);
    expect(new Set(identified).size).toBe(1);
  });

  test('a key that said something else before is refused', async () => {
    await join({ ref: ref() }, 'once');
    await expect(join({ ref: ref(), contact: { phone: '081234567890' } }, 'once')).rejects.toMatchObject({
      code: 'keyReused',
    });
    expect(await supporters()).toHaveLength(1);
  });

  test('keeps neither phone nor address with the case', async () => {
    await join({ ref: ref(), contact: { phone: '081234567890', email: 'siti@contoh.id' } });
    expect(JSON.stringify(await supporters())).not.toMatch(/1234567890|contoh/);
  });

  test('with a reference that is too old, or not ours, is refused', async () => {
    const old = ref(code, toSeconds(at) - joinRefSeconds);
    await expect(join({ ref: old })).rejects.toMatchObject({ code: 'joinExpired' });
    const [keyId, sealed = ''] = ref().split('.');
    const tampered = `${keyId}.${sealed.slice(0, -8)}${sealed.slice(-8) === 'AAAAAAAA' ? 'B' : 'A'}${sealed.slice(-7)}`;
    await expect(join({ ref: tampered })).rejects.toMatchObject({ code: 'joinExpired' });
    await expect(join({ ref: code })).rejects.toMatchObject({ code: 'joinExpired' });
    expect(await supporters()).toEqual([]);
  });

  test('that has ended, or has become secret since it was shown, is refused', async () => {
    const store = caseStore(table);
    await store.save(
      taken(city, filedCase(city, {}, { code }), kominfo, 'mark', { confidential: true, text: 'rahasia' }),
    );
    await expect(join({ ref: ref() })).rejects.toMatchObject({ code: 'notJoinable' });
    await store.create(filedCase(city, {}, { code: 'ENDED2222' }));
    await store.save(
      taken(city, filedCase(city, {}, { code: 'ENDED2222' }), kominfo, 'archive', {
        reason: 'abuse',
        text: 'kasar',
      }),
    );
    await expect(join({ ref: ref('ENDED2222') })).rejects.toMatchObject({ code: 'notJoinable' });
    await expect(join({ ref: ref('GONE22222') })).rejects.toMatchObject({ code: 'notJoinable' });
  });

  test('of one’s own is refused', async () => {
    const own = { ...filedCase(city, {}, { code: 'MINE22222' }), reporter: 'siti' };
    await caseStore(table).create(own);
    const asSiti = run().joinMyReport({
      ...frame,
      actor: citizen('siti'),
      idempotencyKey: key('own'),
      input: { params: undefined, query: undefined, body: { ref: ref('MINE22222') } },
    });
    await expect(asSiti).rejects.toMatchObject({ code: 'ownReport' });
  });
});

describe('an account', () => {
  test('lists what it joined, leaves, and comes back', async () => {
    await joinAs('siti');
    await joinAs('budi');
    await countAll();
    expect(await counted()).toBe(2);
    expect(await mine('siti')).toEqual([{ code, joinedAt: at, state: 'received', stateName: 'Diterima' }]);
    await leave('siti');
    await leave('siti');
    await countAll();
    expect([await counted(), await mine('siti')]).toEqual([1, []]);
    await joinAs('siti');
    await countAll();
    expect(await counted()).toBe(2);
    expect(await mine('siti')).toHaveLength(1);
  });

  test('sees nothing more of a report that became secret', async () => {
    await joinAs('siti');
    const record = taken(city, filedCase(city, {}, { code }), kominfo, 'mark', {
      oversight: true,
      text: 'pungli',
    });
    await caseStore(table).save(record);
    expect(await mine('siti')).toEqual([{ code, joinedAt: at, state: null, stateName: null }]);
  });

  test('cannot leave what it never joined', async () => {
    await expect(leave('wati')).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('the number of supporters', () => {
  const people = ['a', 'b', 'c'];
  /** Every image that the stream would carry: each write of a supporter, in order. */
  const imagesOf = async (
    steps: readonly { who: string; leaves: boolean }[],
  ): Promise<readonly Supporter[]> => {
    const images: Supporter[] = [];
    for (const { who, leaves } of steps) {
      await (leaves ? leave(who).catch(() => undefined) : joinAs(who));
      images.push(...(await supporters()));
    }
    return images;
  };
  const steps = fc.array(fc.record({ who: fc.constantFrom(...people), leaves: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  });
  const orders = fc.array(fc.nat(), { minLength: 30, maxLength: 30 });
  const shuffled = (images: readonly Supporter[], picks: readonly number[]): readonly Supporter[] =>
    picks.flatMap((pick) => images[pick % Math.max(1, images.length)] ?? []);

  /** Images in any order, repeated, two counters at once; then, as the night does, each as it stands. */
  const hostile = (count: (of: Table) => (one: Supporter) => Promise<unknown>, runs: number) =>
    fc.check(
      fc.asyncProperty(steps, orders, async (taken, picks) => {
        ({ table, name } = await engine.fresh());
        await caseStore(table).create(filedCase(city, {}, { code }));
        const images = await imagesOf(taken);
        const counting = count(table);
        for (const one of shuffled(images, picks)) await Promise.all([counting(one), counting(one)]);
        for (const one of await supporters()) await counting(one);
        const staying = (await supporters()).filter(({ leftAt }) => leftAt === undefined).length;
        return (await counted()) === staying;
      }),
      { numRuns: runs, seed: 7 },
    );

  test('is exact whatever the order, the repeats and who counts beside', async () => {
    const result = await hostile((of) => supporterStore(of).count, 12);
    expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
  });

  test('of a twin that counts without looking at the mark is wrong, and this property sees it', async () => {
    const careless = (of: Table) => async (one: Supporter) =>
      of.update(
        { pk: `C#${one.code}`, sk: 'SUPPORTERS' },
        { UpdateExpression: 'ADD n :more', values: { ':more': one.leftAt === undefined ? 1 : -1 } },
      );
    expect((await hostile(careless, 12)).failed).toBe(true);
    expect(name).not.toBe('');
  });
});
