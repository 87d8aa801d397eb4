import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf } from '../../../test/city.ts';
import { Crash, tapped } from '../../../test/interleave.ts';
import { ladderCity } from '../../../test/ladder.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { Instant } from '../../kernel/time.ts';
import { type SweepDeps, vacantMessage } from './sweep.ts';
import { codeOf, kominfo, story, sweptTables } from './test/swept.ts';

const city = ladderCity();
const head = staffOf(city, 'head', 'pupr');
const chiefs = [
  staffOf(city, 'executive', 'setda', 'sekda-1', 'sekda'),
  staffOf(city, 'executive', 'setda', 'mayor-1', 'mayor'),
];
const everyone = [kominfo, head, ...chiefs];

let tables: Awaited<ReturnType<typeof sweptTables>>;
beforeAll(async () => {
  tables = await sweptTables(city);
});
beforeEach(() => tables.begin());
afterAll(() => tables.stop());

const lines: unknown[] = [];
const run = (now: Instant, more: Partial<SweepDeps> = {}, on = tables.table()) => {
  const log = {
    ...tables.depsOf(now).log,
    warn: (event: string, fields: object = {}) => lines.push([event, fields]),
  };
  return tables.run(now, { staff: async () => everyone, log, ...more }, on);
};
/** Whatever one run leaves for the next. */
const settle = async (now: Instant, more: Partial<SweepDeps> = {}): Promise<void> => {
  for (let n = 0; n < 5; n += 1) if ((await run(now, more)).cases === 0) return;
  throw new Error('never done');
};

/** Filed on Monday 23 November; verification is due on Thursday, the promise on Friday 11 December. */
const verification = [
  'reminded verification reminder',
  'overdue verification',
  'escalated verification head',
  'escalated verification sekda',
  'escalated verification mayor',
];
const beforeMayor = '2026-12-03T08:59:59Z';
const atMayor = '2026-12-03T09:00:00Z';

describe('a case that nobody looks at', () => {
  test('climbs to the mayor, a step at its moment, and says how high it stands', async () => {
    await tables.file();
    const at = async (now: Instant): Promise<[number, string | undefined]> => {
      await run(now);
      const record = await tables.read();
      return [story(record).length, record.escalation];
    };
    expect(await at('2026-11-25T00:29:59Z')).toEqual([0, undefined]);
    expect(await at('2026-11-25T00:30:00Z')).toEqual([1, undefined]);
    expect(await at('2026-11-26T09:00:00Z')).toEqual([3, 'head']);
    expect(await at('2026-12-01T08:59:59Z')).toEqual([3, 'head']);
    expect(await at('2026-12-01T09:00:00Z')).toEqual([4, 'sekda']);
    expect(await at(beforeMayor)).toEqual([4, 'sekda']);
    expect(await at(atMayor)).toEqual([5, 'mayor']);
    expect(story(await tables.read())).toEqual(verification);
    expect((await tables.read()).wakeAt).toBe('2026-12-10T00:30:00Z');
  });

  test('comes down again when it is assigned after all, and its new clocks climb for themselves', async () => {
    await tables.file();
    await settle(atMayor);
    const late = await tables.read();
    const assigned = taken(city, late, kominfo, 'assign', { unit: 'pupr' }, '2026-12-04T01:00:00Z');
    expect(assigned).not.toHaveProperty('escalation');
    await tables.store().save(assigned);
    // First response was due five working days later.
    await settle('2026-12-11T08:59:59Z');
    expect(story(await tables.read()).slice(5)).toEqual([
      'reminded firstResponse reminder',
      'reminded promise reminder',
    ]);
  });

  test('takes each step once when the clock is moved a month at once, as it would day by day', async () => {
    await tables.file(codeOf(1));
    await tables.file(codeOf(2));
    const month = '2026-12-24T09:00:00Z';
    await settle(month);
    const atOnce = await tables.read(codeOf(1));
    expect(new Set(story(atOnce)).size).toBe(story(atOnce).length);
    expect(atOnce.escalation).toBe('mayor');
    await tables.begin();
    await tables.file(codeOf(1));
    for (let at = Date.parse('2026-11-23T03:00:00Z'); at <= Date.parse(month); at += 6 * 3_600_000)
      await run(new Date(at).toISOString().replace('.000', ''));
    await settle(month);
    const daily = await tables.read(codeOf(1));
    expect(story(daily)).toEqual(story(atOnce));
    expect({ ...daily.clocks }).toEqual({ ...atOnce.clocks });
    expect(daily.wakeAt).toBe(atOnce.wakeAt);
  });

  test('is climbed once though four sweeps run together, again and again', async () => {
    for (let n = 0; n < 4; n += 1) await tables.file(codeOf(n));
    for (const now of ['2026-11-26T09:00:00Z', atMayor, atMayor])
      await Promise.all(Array.from({ length: 4 }, () => run(now)));
    await settle(atMayor);
    for (let n = 0; n < 4; n += 1) expect(story(await tables.read(codeOf(n)))).toEqual(verification);
  });

  test('a deadline that moves later does not take a done step again, one that moves earlier the open ones', async () => {
    await tables.file();
    await settle('2026-11-26T09:00:00Z');
    const move = async (due: Instant): Promise<void> => {
      const record = await tables.read();
      const clock = record.clocks['verification'];
      if (clock === undefined) throw new Error('gone');
      const clocks = { ...record.clocks, verification: { ...clock, due } };
      await tables.store().save({ ...record, clocks, rev: record.rev + 1, wakeAt: '2026-11-23T02:00:00Z' });
    };
    await move('2026-12-08T09:00:00Z');
    await settle('2026-12-08T09:00:00Z');
    // The new deadline passed: that is told; reminder and head were done.
    expect(story(await tables.read())).toEqual([...verification.slice(0, 3), 'overdue verification']);
    await move('2026-11-24T09:00:00Z');
    await settle('2026-12-08T09:00:00Z');
    expect(story(await tables.read()).slice(4)).toEqual(verification.slice(3));
  });
});

describe('killed between any two calls and run again', () => {
  test.each([
    ['before the call', false],
    ['before its answer', true],
  ])('%s: no step lost, none taken twice', async (_, answered) => {
    const last = 14;
    for (let n = 1; n <= last; n += 1) {
      const code = codeOf(100 + n);
      await tables.file(code);
      let calls = 0;
      const before = async () => {
        calls += 1;
        if (calls > n || (calls === n && !answered)) throw new Crash('killed');
      };
      const after = () => {
        if (calls >= n) throw new Crash('killed before the answer');
      };
      const on = tapped(tables.table(), before, answered ? after : undefined);
      const staff = async () => {
        await on.query({ KeyConditionExpression: 'pk = :pk', values: { ':pk': 'STAFF' } });
        return everyone;
      };
      // Eight queries, the case, the staff, the write.
      expect((await run(atMayor, { staff }, on)).failed > 0).toBe(n <= 11);
      await settle(atMayor);
      expect(story(await tables.read(code))).toEqual(verification);
    }
  });

  test('a twin that forgets what it took tells it again, and this test sees it', async () => {
    await tables.file();
    const forgetful: SweepDeps['store'] = {
      ...tables.store(),
      save: async (record: CaseRecord) => {
        const clocks = Object.fromEntries(
          Object.entries(record.clocks).map(([name, { steps: _, ...clock }]) => [name, clock]),
        );
        // Nor are the events known by their steps.
        const events = record.events.map((event, i) => ({ ...event, commandId: `${record.rev}-${i}` }));
        return tables.store().save({ ...record, clocks, events, wakeAt: '2026-11-23T02:00:00Z' });
      },
    };
    await run('2026-11-26T09:00:00Z', { store: forgetful });
    await run('2026-11-26T09:00:00Z', { store: forgetful });
    expect(story(await tables.read()).filter((s) => s === 'escalated verification head')).toHaveLength(2);
  });

  test('a step whose mark an older function dropped is known by its event', async () => {
    await tables.file();
    await run('2026-11-26T09:00:00Z');
    const record = await tables.read();
    const clocks = Object.fromEntries(
      Object.entries(record.clocks).map(([name, { steps: _, ...clock }]) => [name, clock]),
    );
    await tables.store().save({ ...record, clocks, rev: record.rev + 1, wakeAt: '2026-11-25T00:30:00Z' });
    await settle('2026-11-26T09:00:00Z');
    expect(story(await tables.read())).toEqual(verification.slice(0, 3));
    expect((await tables.read()).clocks['verification']?.steps).toEqual(['reminder', 'head']);
  });
});

describe('a rung on which nobody stands', () => {
  const after = async (staff: readonly (typeof kominfo)[], now = '2026-11-26T09:00:00Z') => {
    lines.splice(0);
    await tables.file();
    await settle(now, { staff: async () => staff });
    return (await tables.read()).events.filter((e) => e.type === 'escalated').map((e) => e.facts);
  };
  const due = '2026-11-26T09:00:00Z';

  test('is passed at once, with an alarm that says whose cases climb faster', async () => {
    expect(await after([head, ...chiefs])).toEqual([
      { clock: 'verification', step: 'sekda', to: 'sekda', due, vacant: 'head' },
    ]);
    expect(lines).toEqual([[vacantMessage, { unit: 'triage', rungs: 'head' }]]);
    expect((await tables.read()).escalation).toBe('sekda');
    // Its own moment takes it no second time; the mayor keeps his.
    await settle('2026-12-01T09:00:00Z');
    await settle(atMayor);
    expect(story(await tables.read()).slice(2)).toEqual([
      'escalated verification sekda',
      'escalated verification mayor',
    ]);
  });

  test('with nobody at all above ends at the last step, alarmed once', async () => {
    expect(await after([head])).toEqual([
      { clock: 'verification', step: 'mayor', to: 'mayor', due, vacant: 'head sekda mayor' },
    ]);
    expect(lines).toHaveLength(1);
    await settle(atMayor, { staff: async () => [head] });
    expect(lines).toHaveLength(1);
  });

  test('everybody there, nothing is said', async () => {
    expect(await after(everyone, atMayor)).toHaveLength(3);
    expect(lines).toEqual([]);
  });

  test('the staff are read only for cases that climb', async () => {
    await tables.file();
    const unread = async () => {
      throw new Error('the staff were read');
    };
    expect(await run('2026-11-25T00:30:00Z', { staff: unread })).toMatchObject({ steps: 1, failed: 0 });
  });

  test('when they cannot be read the case waits, and loses no step', async () => {
    await tables.file();
    const down = async () => {
      throw new Error('throttled');
    };
    expect(await run('2026-11-26T09:00:00Z', { staff: down })).toMatchObject({ steps: 0, failed: 1 });
    await settle('2026-11-26T09:00:00Z');
    expect(story(await tables.read())).toEqual(verification.slice(0, 3));
  });
});

test('an oversight case climbs within those who may know of it', async () => {
  const inspector = staffOf(city, 'inspector', 'inspektorat');
  await tables.put(filedCase(city, { category: 'pungli' }, { code: codeOf(0) }));
  lines.splice(0);
  await settle('2026-11-30T09:00:00Z', { staff: async () => [inspector, ...chiefs] });
  expect(story(await tables.read())).toContain('escalated firstResponse head');
  expect(lines).toEqual([]);
});
