import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filedAt, filedCase, taken } from '../../test/cases.ts';
import { hastenClock, startClock } from '../cases/clock/clock.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { City, ClockRule } from '../city/schema.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { kominfo, monday, officer, city as plain, reporter } from './test/people.ts';

const usual = plain.clocks.find(({ id }) => id === 'promise') as ClockRule;
const ofHazards = (clock: ClockRule['clock'], amount: number): ClockRule => ({
  ...usual,
  ...{ id: `${clock}-hazard`, clock, amount, in: 'hours', when: { categories: ['sampah'] } },
});
/** Waste is dangerous here. */
const city: City = {
  ...plain,
  clocks: [ofHazards('promise', 24), { ...ofHazards('resolution', 24), calendar: 'unit' }, ...plain.clocks],
};
const corrected = (record: CaseRecord, category: string, now = monday): CaseRecord =>
  taken(city, record, kominfo, 'correct', { category }, now);

describe('a hazard that was taken for something else', () => {
  test('gets its shorter promise from the filing on, the outer limit and what is measured as before', () => {
    const before = filedCase(city);
    const after = corrected(before, 'sampah');
    expect(after.clocks['promise']).toEqual({
      ...before.clocks['promise'],
      ...{ rule: 'promise-hazard', due: '2026-11-24T02:00:00Z' },
    });
    expect(after.clocks['outer']).toEqual(before.clocks['outer']);
    expect(after.events.at(-1)?.clocks?.['promise']?.due).toBe('2026-11-24T02:00:00Z');
    expect(after.wakeAt).toBe('2026-11-24T02:00:00Z');
  });

  test('keeps it when the category turns out harmless: what was promised is never moved later', () => {
    const hazard = filedCase(city, { category: 'sampah' });
    expect(corrected(hazard, 'jalan').clocks['promise']).toEqual(hazard.clocks['promise']);
    expect(corrected(corrected(filedCase(city), 'sampah'), 'jalan').clocks['promise']?.due).toBe(
      '2026-11-24T02:00:00Z',
    );
  });

  test('is late at once when it was found out late', () => {
    const late = corrected(filedCase(city), 'sampah', '2026-11-26T03:00:00Z');
    expect(late.clocks['promise']?.due).toBe('2026-11-24T02:00:00Z');
  });

  test('that lies with a unit already shortens its unit’s time too, from the assignment on', () => {
    const given = taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' }, monday);
    const after = corrected(given, 'sampah', '2026-11-23T05:00:00Z');
    expect(after.clocks['resolution']).toMatchObject({ rule: 'resolution-hazard', owner: 'pupr' });
    expect(after.clocks['resolution']?.due).toBe('2026-11-24T03:00:00Z');
    expect(after.clocks['firstResponse']).toEqual(given.clocks['firstResponse']);
  });

  test('that waits for its reporter waits on, and the pause counts', () => {
    const given = taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' }, monday);
    const accepted = taken(city, given, officer, 'accept', {}, monday);
    const asked = taken(city, accepted, officer, 'ask', { text: 'Di mana?' }, monday);
    const after = corrected(asked, 'sampah', '2026-11-23T05:00:00Z');
    expect(after.clocks['promise']?.pausedAt).toBe(monday);
    const answered = taken(city, after, reporter, 'answer', { text: 'Pasar.' }, '2026-11-23T06:00:00Z');
    expect(answered.clocks['promise']?.due).toBe('2026-11-24T05:00:00Z');
  });

  test('goes by its own date where one was promised or approved', () => {
    const ended = { ...startClock(city, usual, null, filedAt), doneAt: monday };
    const given = startClock(city, usual, null, filedAt, '2027-06-30T16:59:59Z');
    for (const clock of [ended, given])
      expect(hastenClock(city, ofHazards('promise', 1), clock)).toEqual(clock);
  });
});

test('no correction ever moves a deadline later', () => {
  const units = fc.constantFrom('workingDays', 'workingHours', 'calendarDays', 'hours');
  fc.assert(
    fc.property(
      fc.record({ amount: fc.integer({ min: 1, max: 400 }), in: units, pausable: fc.boolean() }),
      fc.integer({ min: 0, max: 90 * 86_400 }),
      fc.option(fc.integer({ min: 0, max: 86_400 })),
      (changed, paused, stands) => {
        const started = startClock(city, usual, null, filedAt);
        const clock = {
          ...started,
          ...{ paused, due: fromSeconds(toSeconds(started.due) + paused) },
          ...(stands === null ? {} : { pausedAt: fromSeconds(toSeconds(filedAt) + stands) }),
        };
        const after = hastenClock(city, { ...usual, id: 'other', ...changed }, clock);
        expect(after.due <= clock.due).toBe(true);
        expect(after.startedAt).toBe(clock.startedAt);
        expect(after.rule === 'other').toBe(after.due < clock.due);
      },
    ),
    { numRuns: 300 },
  );
});
