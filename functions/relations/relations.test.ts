import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/workflow.ts';
import { parts } from '../jobs/parts/parts.ts';
import type { Log } from '../kernel/log.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const pupr = staffOf(city, 'liaison', 'pupr');
const now = '2026-11-23T05:00:00Z';
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [A, B, C] = ['AAAAAAAAA', 'BBBBBBBBB', 'CCCCCCCCC'] as const;

let engine: FigureTables;
let table: Table;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table } = await engine.fresh());
  for (const code of [A, B, C]) await store().create(filedCase(city, {}, { code }));
});

const store = () => caseStore(table);
const read = async (code: string): Promise<CaseRecord> => {
  const record = await store().read(code);
  if (record === undefined) throw new Error(`no ${code}`);
  return record;
};
const run = () =>
  operations({
    store: store(),
    city: async () => city,
    keys: async () => testKeys,
    now: () => now,
    workflows: { complaint },
  });

let commands = 0;
const frame = async (code: string, actor: StaffActor, id?: string) => {
  commands += 1;
  const { seq } = await read(code);
  return {
    language: 'id',
    actor,
    idempotencyKey: key(id ?? `rel${commands}`),
    ifMatch: seq,
    address: '',
    requestId: '',
  } as const;
};
const merge = async (code: string, into: string, actor = kominfo, id?: string) =>
  run().mergeCase({
    ...(await frame(code, actor, id)),
    input: { params: { code }, query: undefined, body: { into, text: 'lubang yang sama' } },
  });
const unmerge = async (code: string) =>
  run().unmergeCase({
    ...(await frame(code, kominfo)),
    input: { params: { code }, query: undefined, body: { text: 'ternyata lain' } },
  });
const split = async (code: string, unit: string, actor = kominfo) =>
  (
    await run().splitCase({
      ...(await frame(code, actor)),
      input: { params: { code }, query: undefined, body: { unit, text: 'perbaiki bagiannya' } },
    })
  ).body.part;

/** One step on a case as it stands, saved. */
const act = async (code: string, ...how: [StaffActor | { kind: 'system'; id: string }, string, object?]) => {
  const [actor, action, input = {}] = how;
  const next = taken(city, await read(code), actor, action, input as Record<string, unknown>, now);
  expect(await store().save(next)).toBeUndefined();
  return next;
};
const close = (code: string, outcome = 'fixed') => {
  const validator = staffOf(city, 'validator', city.profile.validatingUnit);
  return (async () => {
    const { unit } = await read(code);
    const officer = staffOf(city, 'officer', unit ?? '');
    await act(code, officer, 'accept');
    await act(code, officer, 'followUp', { outcome, text: 'sudah dikerjakan' });
    return act(code, validator, 'approve');
  })();
};
const passOn = (...codes: readonly string[]) =>
  parts({ store: store(), city: async () => city, workflows: { complaint }, now: () => now, log })(
    codes.map((code, n) => ({ id: String(n), body: JSON.stringify({ v: 1, code }) })),
  );

describe('merging', () => {
  test('ends the duplicate and tells the other report, in one write', async () => {
    expect((await merge(A, B)).body).toMatchObject({ code: A, state: 'merged' });
    expect(await read(A)).toMatchObject({ state: 'merged', mergedInto: B, closedAt: now });
    const other = await read(B);
    expect(other).toMatchObject({ state: 'received', absorbed: [A] });
    expect(other.events.at(-1)).toMatchObject({
      type: 'absorbed',
      actor: { kind: 'system' },
      facts: { from: A },
    });
  });

  test('a repeated key gets the first answer and merges nothing again', async () => {
    const first = await merge(A, B, kominfo, 'same');
    expect((await merge(A, B, kominfo, 'same')).body).toEqual(first.body);
    expect((await read(B)).absorbed).toEqual([A]);
  });

  test('into itself, an ended report, a merged one, or one of another nature is refused', async () => {
    await expect(merge(A, A)).rejects.toMatchObject({ code: 'notMergeable' });
    await expect(merge(A, 'GQNE22222')).rejects.toMatchObject({ code: 'notMergeable' });
    await act(C, kominfo, 'mark', { confidential: true, text: 'rahasia' });
    await expect(merge(A, C)).rejects.toMatchObject({ code: 'notMergeable' });
    await act(B, kominfo, 'archive', { reason: 'abuse', text: 'kasar' });
    await expect(merge(A, B)).rejects.toMatchObject({ code: 'notMergeable' });
    expect(await read(A)).toMatchObject({ state: 'received' });
  });

  test('A into B and B into A at once: one of them', async () => {
    const both = await Promise.allSettled([merge(A, B), merge(B, A)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const states = [(await read(A)).state, (await read(B)).state].sort();
    expect(states).toEqual(['merged', 'received']);
  });

  test('no chains: what took others in is not merged itself', async () => {
    await merge(A, B);
    await expect(merge(B, C)).rejects.toMatchObject({ code: 'hasOthers' });
    await expect(merge(C, A)).rejects.toMatchObject({ code: 'notMergeable' });
    await merge(C, B);
    expect((await read(B)).absorbed).toEqual([A, C]);
  });

  test('is the coordinator’s alone', async () => {
    await act(A, kominfo, 'assign', { unit: 'pupr' });
    await expect(merge(A, B, pupr)).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden|notMergeable/),
    });
    expect((await read(A)).state).toBe('assigned');
  });

  test('whoever reported first keeps the promise for both', async () => {
    const older = filedCase(city, {}, { code: 'DDDDDDDDD', at: '2026-11-10T02:00:00Z' });
    await store().create(older);
    await merge('DDDDDDDDD', A);
    expect((await read(A)).clocks['promise']?.due).toBe(older.clocks['promise']?.due);
    const kept = (await read(B)).clocks['promise']?.due;
    await merge(C, B);
    expect((await read(B)).clocks['promise']?.due).toBe(kept);
  });

  test('undone, the report is verified anew, with the promise that it had', async () => {
    const promised = (await read(A)).clocks['promise']?.due;
    await merge(A, B);
    await unmerge(A);
    const again = await read(A);
    expect(again).toMatchObject({ state: 'verifying', unit: null });
    expect(again.mergedInto).toBeUndefined();
    expect(again.clocks['promise']).toMatchObject({ due: promised });
    expect(again.clocks['promise']?.doneAt).toBeUndefined();
    expect((await read(B)).absorbed).toBeUndefined();
  });

  test('undone after the other report ended', async () => {
    await merge(A, B);
    await act(B, kominfo, 'archive', { reason: 'notAComplaint', text: 'bukan laporan' });
    await unmerge(A);
    expect(await read(A)).toMatchObject({ state: 'verifying' });
    expect(await read(B)).toMatchObject({ state: 'archived' });
  });

  test.each([
    ['withdrawn', undefined],
    ['archived', undefined],
    ['notOurAuthority', 'outside'],
  ])('a survivor that ends as %s sets free what was merged into it', async (state, outcome) => {
    await merge(A, B);
    await merge(C, B);
    const gone = await read(B);
    const ended = { ...gone, state, closedAt: now, rev: gone.rev + 1 };
    await store().save(outcome === undefined ? ended : { ...ended, outcome });
    expect(await passOn(B)).toEqual([]);
    expect(await passOn(B)).toEqual([]);
    for (const code of [A, C]) {
      const free = await read(code);
      expect(free).toMatchObject({ state: 'verifying', unit: null });
      expect(free.mergedInto).toBeUndefined();
      expect(free.events.filter(({ type }) => type === 'unmerged')).toHaveLength(1);
    }
  });

  test('a survivor that is closed with a result keeps them', async () => {
    await merge(A, B);
    const done = await read(B);
    await store().save({ ...done, state: 'closed', outcome: 'fixed', closedAt: now, rev: done.rev + 1 });
    await passOn(B);
    expect(await read(A)).toMatchObject({ state: 'merged', mergedInto: B });
  });

  test('cannot be taken as a usual action, which would write one half', () => {
    const record = filedCase(city, {}, { code: A });
    expect(take(city, record, kominfo, 'merge', { into: B, text: 'sama' })).toMatchObject({
      refuse: 'notMergeable',
    });
    expect(take(city, record, kominfo, 'absorb', { from: B })).toMatchObject({ refuse: 'forbidden' });
  });
});

describe('parts', () => {
  test('are cases of their own with the whole’s promise, and nothing of what the reporter wrote', async () => {
    const code = await split(A, 'pupr');
    const [whole, part] = [await read(A), await read(code)];
    expect(whole).toMatchObject({ state: 'inProgress', unit: 'kominfo', children: [code] });
    expect(part).toMatchObject({ state: 'assigned', unit: 'pupr', parent: A, excerpt: 'perbaiki bagiannya' });
    // The citizen is promised one thing, once.
    expect(Object.keys(part.clocks).sort()).toEqual(['firstResponse', 'resolution']);
    expect(part.events[0]?.facts).toMatchObject({ whole: A, due: whole.clocks['promise']?.due });
    expect(part.clocks['firstResponse']).toMatchObject({ owner: 'pupr' });
    expect(part).not.toHaveProperty('reporter');
    const texts = [...(await store().texts(code)).values()];
    expect(texts.map(({ body, audience }) => [body, audience])).toEqual([['perbaiki bagiannya', 'staff']]);
  });

  test('of parts there are none, nor of a unit that has the whole', async () => {
    const code = await split(A, 'pupr');
    await expect(split(code, 'perkim')).rejects.toMatchObject({ code: 'partOfOther' });
    await expect(split(A, 'kominfo')).rejects.toMatchObject({ code: 'unknownUnit' });
    await expect(split(A, 'nowhere')).rejects.toMatchObject({ code: 'unknownUnit' });
  });

  test('the whole waits for the last of them, and ends by it; each is approved by itself', async () => {
    const [one, two] = [await split(A, 'pupr'), await split(A, 'perkim')];
    const lead = staffOf(city, 'officer', 'kominfo');
    expect(take(city, await read(A), lead, 'followUp', { outcome: 'fixed', text: 'beres' })).toMatchObject({
      refuse: 'partsOpen',
    });
    expect(await close(one)).toMatchObject({ state: 'closed' });
    expect(await passOn(one)).toEqual([]);
    expect(await read(A)).toMatchObject({ state: 'inProgress', data: { ended: { [one]: 'fixed' } } });
    await close(two, 'cannot');
    await passOn(two, two, one);
    const whole = await read(A);
    expect(whole).toMatchObject({ state: 'followedUp', outcome: 'cannot' });
    expect(whole.events.at(-1)).toMatchObject({
      type: 'followedUp',
      tells: ['unit', 'reporter', 'supporters'],
    });
    expect(whole.clocks['confirmation']?.doneAt).toBeUndefined();
    expect(whole.clocks['promise']?.doneAt).toBe(now);
  });

  test('the last two end at once, four times over: the whole ends once', async () => {
    const [one, two] = [await split(A, 'pupr'), await split(A, 'perkim')];
    await close(one);
    await close(two);
    expect(await Promise.all([passOn(one), passOn(two), passOn(two, one), passOn(one)])).toEqual([
      [],
      [],
      [],
      [],
    ]);
    const whole = await read(A);
    expect(whole.state).toBe('followedUp');
    expect(whole.events.filter(({ type }) => type === 'followedUp')).toHaveLength(1);
    expect(whole.events.filter(({ type }) => type === 'partEnded')).toHaveLength(1);
  });

  test('a twin that saves without its condition loses a part, and this is seen', async () => {
    const [one, two] = [await split(A, 'pupr'), await split(A, 'perkim')];
    await close(one);
    await close(two);
    let reads = 0;
    let go: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    const careless = {
      read: async (code: string) => {
        const record = await store().read(code);
        reads += code === A ? 1 : 0;
        if (reads === 2) go();
        if (code === A) await both;
        return record;
      },
      save: async (record: CaseRecord) => {
        await store().save({ ...record, rev: (await read(record.code)).rev + 1 });
        return undefined;
      },
    };
    const run = parts({
      store: careless,
      city: async () => city,
      workflows: { complaint },
      now: () => now,
      log,
    });
    await Promise.all([one, two].map((code) => run([{ id: code, body: JSON.stringify({ code }) }])));
    expect((await read(A)).state).toBe('inProgress');
  });

  test('beside which the unit in charge works itself do not end the whole over its head', async () => {
    await act(A, kominfo, 'assign', { unit: 'pupr' });
    const officer = staffOf(city, 'liaison', 'pupr');
    const code = await split(A, 'perkim', officer);
    await close(code);
    await passOn(code);
    const whole = await read(A);
    expect(whole).toMatchObject({ state: 'inProgress', unit: 'pupr' });
    expect(whole.events.at(-1)).toMatchObject({ type: 'partEnded', tells: ['unit', 'coordinators'] });
    expect(
      take(city, whole, officer, 'followUp', { outcome: 'fixed', text: 'selesai semua' }),
    ).not.toHaveProperty('refuse');
  });

  test('that came to nothing, or whose whole is in triage again, leave it to who has it', async () => {
    const [one, two] = [await split(A, 'pupr'), await split(A, 'perkim')];
    await act(A, staffOf(city, 'liaison', 'kominfo'), 'return', {
      reason: 'needsOtherUnit',
      text: 'bukan kami',
    });
    for (const code of [one, two]) await close(code);
    await passOn(one, two);
    expect(await read(A)).toMatchObject({ state: 'verifying', unit: null });
    const third = await split(B, 'pupr');
    const gone = await read(third);
    await store().save({ ...gone, state: 'archived', closedAt: now, rev: gone.rev + 1 });
    await passOn(third);
    expect(await read(B)).toMatchObject({ state: 'inProgress', data: { ended: { [third]: '-' } } });
  });

  test('end with their whole when that ends otherwise', async () => {
    const code = await split(A, 'pupr');
    await merge(B, C);
    const gone: CaseRecord = { ...(await read(A)), state: 'withdrawn', closedAt: now };
    await store().save({ ...gone, rev: gone.rev + 1 });
    expect(await passOn(A)).toEqual([]);
    expect(await read(code)).toMatchObject({ state: 'withdrawn' });
    expect((await read(code)).events.at(-1)).toMatchObject({ type: 'wholeEnded', reasonCode: 'wholeEnded' });
  });

  test('a message that cannot be read comes again, the others do not wait for it', async () => {
    const code = await split(A, 'pupr');
    await close(code);
    const run = parts({
      store: store(),
      city: async () => city,
      workflows: { complaint },
      now: () => now,
      log,
    });
    expect(
      await run([
        { id: 'bad', body: '{' },
        { id: 'good', body: JSON.stringify({ code }) },
      ]),
    ).toEqual(['bad']);
    expect((await read(A)).state).toBe('followedUp');
  });
});
