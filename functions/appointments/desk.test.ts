import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, testKeys } from '../../test/staff.ts';
import { caseStore } from '../cases/store.ts';
import { codesFor } from '../kernel/code.ts';
import type { Asked, Entry } from '../registers/model.ts';
import { appointmentsRegister } from './register.ts';
import { counter } from './test/counter.ts';
import { loket } from './test/loket.ts';

let tables: TestTables;
const city = testCity();
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const morning = '2026-11-24T08:00';
const late = '2026-11-24T15:30';

describe('at the counter', () => {
  test('who comes gets the next number of the day, walk-ins among them, and the same again', async () => {
    const c = counter(tables);
    const first = await c.book('siti', morning);
    const second = await c.book('budi', late);
    expect(await code(c.act('arrive', first))).toBe('notToday');
    c.goTo('2026-11-24T00:50:00Z');
    expect(await c.number('w1')).toBe(1);
    expect(await c.act('arrive', second)).toMatchObject({ state: 'arrived', queue: 2 });
    expect(await c.number('w1')).toBe(1);
    expect(await c.number('w2')).toBe(3);
    expect(await c.act('arrive', second)).toMatchObject({ queue: 2 });
    expect(await c.act('arrive', first)).toMatchObject({ queue: 4 });
    expect(await c.day()).toMatchObject({
      date: '2026-11-24',
      queue: 4,
      walkIns: [1, 3],
      appointments: [
        { id: first.id, at: morning, state: 'arrived', queue: 4 },
        { id: second.id, at: late, state: 'arrived', queue: 2 },
      ],
    });
    expect(await c.mine('siti')).toMatchObject([{ state: 'arrived', queue: 4 }]);
  });

  test('numbers of a day are given once each, however many are drawn at once', async () => {
    const c = counter(tables);
    const numbers = await Promise.all(Array.from({ length: 25 }, (_, i) => c.number(`n${i}`)));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
  });

  test('nobody gets a number on a day on which nobody is there', async () => {
    const c = counter(tables);
    c.goTo('2026-11-28T03:00:00Z');
    expect(await code(c.number('n'))).toBe('slotOnClosedDay');
  });

  test('who does not come is absent, once the hour is over; who came cannot be', async () => {
    const c = counter(tables);
    const [absent, present] = [await c.book('siti', morning), await c.book('budi', morning)];
    c.goTo('2026-11-24T01:10:00Z');
    expect(await code(c.act('absent', absent))).toBe('notOverYet');
    await c.act('arrive', present);
    expect(await code(c.cancel('budi', present.id))).toBe('appointmentOver');
    c.goTo('2026-11-24T02:00:00Z');
    expect(await c.act('absent', absent)).toMatchObject({ state: 'absent' });
    expect(await code(c.act('absent', present))).toBe('appointmentOver');
    expect(await code(c.act('arrive', absent))).toBe('appointmentOver');
    expect(await code(c.cancel('siti', absent.id))).toBe('appointmentOver');
    expect(await code(c.move('siti', absent.id, '2026-11-25T08:00'))).toBe('appointmentOver');
  });

  test('who did not come is absent even when they booked anew before that was written down', async () => {
    const c = counter(tables);
    const missed = await c.book('siti', morning);
    c.goTo('2026-11-24T02:00:00Z');
    const next = await c.book('siti', '2026-11-25T08:00', 'anew');
    expect(await c.act('absent', missed)).toMatchObject({ state: 'absent' });
    expect(await code(c.act('cancel', missed))).toBe('notFound');
    expect(await c.mine('siti')).toMatchObject([{ id: next.id, state: 'booked' }]);
  });

  test('staff book for those who have no account: by phone only once, by nothing as often as people come', async () => {
    const c = counter(tables);
    const first = await c.atCounter(morning, 'p1', { phone: '081234567890' });
    expect(first).toMatchObject({ at: morning, state: 'booked', code: null });
    expect(await code(c.atCounter(late, 'p2', { phone: '+6281234567890' }))).toBe('alreadyBooked');
    await c.atCounter(morning, 'p3');
    await c.atCounter(morning, 'p4');
    expect((await c.day('2026-11-24')).appointments).toHaveLength(3);
    expect(await c.act('move', first, late)).toMatchObject({ at: late });
    expect(await c.act('cancel', { ...first, at: late })).toMatchObject({ state: 'cancelled' });
    expect(await code(c.act('cancel', { ...first, at: late }))).toBe('notFound');
  });

  test('a slot holds nothing of a person but pseudonyms', async () => {
    const c = counter(tables);
    await c.atCounter(morning, 'q1', { phone: '081234567899' });
    const items = await tables.cases.scan({
      values: { ':x': c.resource },
      FilterExpression: 'contains(pk, :x) OR sk = :x',
    });
    expect(items.items.length).toBeGreaterThan(1);
    expect(JSON.stringify(items)).not.toMatch(/0?81234567899/);
  });

  test('keeps the book of its own unit alone; the coordinator every one', async () => {
    const c = counter(tables);
    expect(await code(c.day(undefined, staffOf(city, 'liaison', 'perkim')))).toBe('forbidden');
    expect(await code(c.day(undefined, staffOf(city, 'liaison', 'pupr-jalan')))).toBe('forbidden');
    expect(await code(c.day(undefined, staffOf(city, 'coordinator', 'kominfo')))).toBe('done');
  });
});

describe('after hours changed', () => {
  test('the counter sees whom it hits, and so do they', async () => {
    const c = counter(tables, { capacity: 3 });
    const [siti] = [await c.book('siti', morning), await c.book('budi', morning), await c.book('rani', late)];
    expect(await c.affected()).toEqual([]);
    c.change({ capacity: 1 });
    expect(await c.affected()).toMatchObject([
      { at: morning, why: 'fewerPlaces' },
      { at: morning, why: 'fewerPlaces' },
    ]);
    c.change({ capacity: 3, hours: { from: '08:00', to: '12:00' } });
    expect(await c.affected()).toMatchObject([{ at: late, why: 'otherHours' }]);
    c.change({ closed: [{ date: '2026-11-24', reason: { id: 'rapat', en: 'meeting' } }] });
    expect(await c.affected()).toHaveLength(3);
    expect(await c.mine('siti')).toMatchObject([{ id: siti?.id, affected: 'closedDay' }]);
    expect(await code(c.book('dewi', morning))).toBe('slotOnClosedDay');
    await c.move('siti', siti?.id ?? '', '2026-11-25T08:00');
    expect(await c.mine('siti')).toMatchObject([{ at: '2026-11-25T08:00', affected: null }]);
  });
});

describe('for a case', () => {
  const codes = [...codesFor(testKeys.first('code'), 'appointments')];
  const application = async (more: object): Promise<string> => {
    const taken = codes.shift() ?? '';
    const record = filedCase(city, {}, { code: taken });
    await caseStore(tables.cases).create({ ...record, kind: 'application', category: 'akta', ...more });
    return taken;
  };
  const opened = (of: string, pinVersion = 1) => ({ code: of, pinVersion });

  test('its holder books, and is the same person by the account that filed it', async () => {
    const c = counter(tables, { anybody: false });
    const own = await application({ reporter: 'siti-account', unit: 'pupr', root: 'pupr' });
    const booked = await c.forCase(opened(own), own, morning);
    expect(booked).toMatchObject({ code: own, at: morning });
    expect(await c.ofCase(opened(own), own)).toMatchObject([{ id: booked.id }]);
    expect(await c.mine('siti-account')).toMatchObject([{ id: booked.id, code: own }]);
    expect(await code(c.book('siti-account', late, 'again', own))).toBe('alreadyBooked');
    expect(await code(c.atCounter(late, 'counter', { code: own }))).toBe('alreadyBooked');
  });

  test('a token opens its own case only, until the PIN changes', async () => {
    const c = counter(tables);
    const [own, other] = [await application({}), await application({})];
    expect(await code(c.forCase(opened(own), other, morning))).toBe('caseTokenInvalid');
    expect(await code(c.forCase(opened(own, 2), own, morning))).toBe('caseTokenInvalid');
    expect(await code(c.forCase(opened(own), 'AAAAAAAAA', morning))).toBe('wrongCode');
  });

  test('a place that is there for applications takes those of its services, which are open, and nobody else', async () => {
    const c = counter(tables, { anybody: false });
    const [own, ended, elsewhere] = [
      await application({ reporter: 'budi' }),
      await application({ closedAt: '2026-11-23T00:00:00Z' }),
      await application({ category: 'ktp' }),
    ];
    expect(await code(c.book('budi', morning))).toBe('notForThisCase');
    expect(await code(c.book('rani', morning, 'x', own))).toBe('notFound');
    expect(await code(c.forCase(opened(ended), ended, morning))).toBe('notForThisCase');
    expect(await code(c.forCase(opened(elsewhere), elsewhere, morning))).toBe('notForThisCase');
    expect(await code(c.atCounter(morning, 'none'))).toBe('notForThisCase');
    expect(await code(c.book('budi', morning, 'y', own))).toBe('done');
  });

  test('staff book for a case that they may see', async () => {
    const c = counter(tables);
    const [own, secret] = [
      await application({ unit: 'pupr', root: 'pupr' }),
      await application({ unit: 'perkim', root: 'perkim' }),
    ];
    expect(await c.atCounter(morning, 's1', { code: own })).toMatchObject({ code: own });
    expect(await c.ofCase(opened(own), own)).toHaveLength(1);
    expect(await code(c.atCounter(morning, 's2', { code: secret }))).toBe('notFound');
  });
});

test('the register of a counter has every place of the period, and whether its holder came', async () => {
  const c = counter(tables);
  const [first] = [
    await c.book('siti', morning),
    await c.book('budi', late),
    await c.book('rani', '2026-11-25T08:00'),
  ];
  c.goTo('2026-11-24T01:00:00Z');
  await c.act('arrive', { id: first?.id ?? '', at: morning });
  const live = { ...city, appointments: [loket({ id: c.resource })] };
  const { open } = appointmentsRegister({ table: tables.cases, city: async () => live });
  const asked = (more: Partial<Asked> = {}): Asked => ({
    period: { from: '2026-11-24', to: '2026-11-24' },
    ...{ from: '2026-11-23T17:00:00Z', until: '2026-11-24T17:00:00Z', units: 'all' },
    ...{ zone: 'Asia/Jakarta', language: 'id', ...more },
  });
  const rows = async (of: Asked, after?: string) => {
    const { total, rows: entries } = await open(of, after);
    const found: Entry[] = [];
    for await (const entry of entries) found.push(entry);
    return { total, found };
  };
  const whole = await rows(asked());
  expect(whole.found.map(({ cells }) => [cells['at'], cells['state'], cells['queue']])).toEqual([
    ['2026-11-24 08:00', 'Hadir', 1],
    ['2026-11-24 15:30', 'Belum dicatat', null],
  ]);
  expect(await rows(asked(), whole.found[0]?.place)).toEqual({ total: 2, found: whole.found.slice(1) });
  expect((await rows(asked({ units: new Set(['perkim']) }))).total).toBe(0);
  expect((await rows(asked({ of: 'other' }))).total).toBe(0);
});
