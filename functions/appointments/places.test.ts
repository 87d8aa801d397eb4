import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { Crash, dice, interleave, tapped } from '../../test/interleave.ts';
import { code } from '../../test/staff.ts';
import type { Table } from '../kernel/table.ts';
import { counter } from './test/counter.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const morning = '2026-11-24T08:00';
const later = '2026-11-24T08:30';
const places = async (c: ReturnType<typeof counter>, at: string) =>
  Object.keys((await c.store.slot(c.resource, at))?.taken ?? {});
const tally = (answers: readonly unknown[]) =>
  Object.fromEntries([...new Set(answers)].map((one) => [one, answers.filter((a) => a === one).length]));

/** A table that forgets the condition under which a place is taken, as a careless writer would. */
const careless = (table: Table): Table => ({
  ...table,
  update: (key, input) =>
    table.update(key, {
      ...input,
      ...(input.UpdateExpression?.startsWith('SET taken.#id = ') === true
        ? {
            ConditionExpression: 'attribute_exists(pk) AND :capacity > :none',
            values: { ...input.values, ':none': 0 },
          }
        : {}),
    }),
});

/** Many people want the same hour at once. */
const rush = async (table: Table, count: number) => {
  const c = counter(tables, { capacity: 10 }, table);
  const people = Array.from({ length: count }, (_, i) => `orang-${i}`);
  const answers = await Promise.all(people.map((who) => code(c.book(who, morning))));
  return { c, answers, people };
};

describe('an hour with ten places', () => {
  test('takes ten of two hundred who book at once, and says to the others that it is full', async () => {
    const { c, answers, people } = await rush(tables.cases, 200);
    expect(tally(answers)).toEqual({ done: 10, slotFull: 190 });
    expect(await places(c, morning)).toHaveLength(10);
    // Who got in has a booking, who did not has none and may book another hour.
    const lists = await Promise.all(people.slice(0, 25).map(async (who) => (await c.mine(who)).length));
    expect(lists).toEqual(answers.slice(0, 25).map((answer) => (answer === 'done' ? 1 : 0)));
    expect(await c.slots('2026-11-24')).toMatchObject([
      { closed: false, slots: expect.arrayContaining([expect.objectContaining({ at: morning, free: 0 })]) },
    ]);
  });

  test('would take more if the write had no condition: the count above is no accident', async () => {
    const { c, answers } = await rush(careless(tables.cases), 40);
    expect(tally(answers)['done']).toBeGreaterThan(10);
    expect((await places(c, morning)).length).toBeGreaterThan(10);
  });

  test('has a place again when somebody cancels or moves', async () => {
    const c = counter(tables, { capacity: 1 });
    const { id } = await c.book('siti', morning);
    expect(await code(c.book('budi', morning))).toBe('slotFull');
    await c.move('siti', id, later);
    expect(await code(c.book('budi', morning))).toBe('done');
    await c.cancel('siti', id);
    expect(await code(c.book('rani', later))).toBe('done');
    expect(await c.mine('siti')).toEqual([]);
  });
});

describe('moving', () => {
  test('fails whole when the other hour is full: the place stays', async () => {
    const c = counter(tables, { capacity: 1 });
    const { id } = await c.book('siti', morning);
    await c.book('budi', later);
    expect(await code(c.move('siti', id, later))).toBe('slotFull');
    expect(await c.mine('siti')).toMatchObject([{ id, at: morning, state: 'booked' }]);
    expect(await places(c, morning)).toEqual([id]);
  });

  test('of many at once never loses or doubles a place', async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const plain = counter(tables, { capacity: 2 });
      const hours = ['08:00', '08:30', '09:00'].map((hour) => `2026-11-24T${hour}`);
      const people = ['a', 'b', 'c', 'd'];
      const booked = await Promise.all(
        people.map(async (who, i) => (await plain.book(who, hours[i % 3] ?? morning)).id),
      );
      const die = dice(seed);
      await interleave(
        people.flatMap((who, i) =>
          [1, 2].map(() => async (turn: () => Promise<void>) => {
            const to = hours[die.below(3)] ?? morning;
            const own = counter(tables, { id: plain.resource, capacity: 2 }, tapped(tables.cases, turn));
            await code(own.move(who, booked[i] ?? '', to));
          }),
        ),
        die,
      );
      const taken = await Promise.all(hours.map((at) => places(plain, at)));
      expect(taken.flat().sort(), `seed ${seed}`).toEqual([...booked].sort());
      expect(Math.max(...taken.map((ids) => ids.length))).toBeLessThanOrEqual(2);
      for (const [i, who] of people.entries()) {
        const [own] = await plain.mine(who);
        expect(taken[hours.indexOf(own?.at ?? '')]).toContain(booked[i]);
      }
    }
  });
});

describe('one person', () => {
  test('has one booking with a resource, whatever they send at once', async () => {
    const c = counter(tables);
    const answers = await Promise.all(
      ['08:00', '08:30', '09:00', '09:30'].map((hour) => code(c.book('siti', `2026-11-24T${hour}`))),
    );
    expect(tally(answers)).toEqual({ done: 1, alreadyBooked: 3 });
    expect(await c.mine('siti')).toHaveLength(1);
  });

  test('gets the same booking for the same command, and may book anew after the hour', async () => {
    const c = counter(tables);
    const first = await c.book('siti', morning, 'same');
    expect(await c.book('siti', morning, 'same')).toEqual(first);
    expect(await code(c.book('siti', later, 'same'))).toBe('keyReused');
    await c.move('siti', first.id, later);
    // The command that booked it is answered by what became of it.
    expect(await c.book('siti', morning, 'same')).toMatchObject({ id: first.id, at: later });
    expect(await places(c, morning)).toEqual([]);
    c.goTo('2026-11-24T03:00:00Z');
    expect(await code(c.book('siti', '2026-11-25T08:00'))).toBe('done');
  });

  test('who was cut off anywhere has a booking with its place, or neither, and can go on', async () => {
    for (let at = 1; at <= 7; at += 1) {
      const who = `siti-${at}`;
      let left = at;
      const mortal = tapped(tables.cases, async () => {
        left -= 1;
        if (left === 0) throw new Crash('killed');
      });
      const broken = counter(tables, {}, mortal);
      const same = counter(tables, { id: broken.resource });
      await code(broken.book(who, morning, 'one'));
      left = Number.POSITIVE_INFINITY;
      // Another command within the minute may be refused; after it, a booking without its place gives way.
      broken.pass(120);
      const answer = await code(broken.book(who, later, 'two'));
      const own = await broken.mine(who);
      expect(own, `killed at ${at}: ${String(answer)}`).toHaveLength(1);
      expect(answer === 'done' ? later : morning).toBe(own[0]?.at);
      expect(await places(same, own[0]?.at ?? '')).toEqual([own[0]?.id]);
    }
  });
});
