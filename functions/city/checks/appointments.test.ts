import { describe, expect, test } from 'vitest';
import { smallBodies } from '../../../test/small-city.ts';
import { loket } from '../../appointments/test/loket.ts';
import type { Resource } from '../appointments.ts';
import { type SettingBodies, settingKinds } from '../schema.ts';
import { checkAppointments } from './appointments.ts';

const problems = (resources: readonly Resource[], more: Partial<SettingBodies> = {}) =>
  checkAppointments({ ...smallBodies(), appointments: { resources: [...resources] }, ...more }).map(
    ({ path, message }) => `${path} ${message}`,
  );
const fits = loket({ calendar: 'kantor' });

describe('where hours can be booked', () => {
  test('is a unit’s, on a calendar that there is, each once', () => {
    expect(problems([fits])).toEqual([]);
    expect(problems([fits, fits])).toEqual([expect.stringContaining('resources[1].id')]);
    expect(problems([{ ...fits, unit: 'lost' }])).toEqual(['resources[0].unit unknown unit "lost"']);
    expect(problems([{ ...fits, calendar: 'lost' }])).toEqual([
      'resources[0].calendar unknown calendar "lost"',
    ]);
  });

  test('has hours that last, and closes on a day once', () => {
    expect(problems([{ ...fits, hours: { from: '15:00', to: '08:00' } }])).toEqual([
      'resources[0].hours.to is not after its beginning (15:00)',
    ]);
    const closed = { date: '2026-11-26', reason: { id: 'rapat', en: 'meeting' } };
    expect(problems([{ ...fits, closed: [closed, closed] }])).toEqual([
      expect.stringContaining('resources[0].closed[1].date'),
    ]);
  });

  test('is what services name', () => {
    const named = (appointment: string) =>
      ({ services: { services: [{ appointment }] } }) as unknown as Partial<SettingBodies>;
    expect(problems([fits], named('loket'))).toEqual([]);
    expect(problems([fits], named('lost'))).toEqual(['services[0].appointment unknown resource "lost"']);
  });

  test('keeps to what an hour can hold and how far people plan', () => {
    const parse = (more: object) =>
      settingKinds.appointments.safeParse({ resources: [{ ...fits, ...more }] }).success;
    expect(parse({})).toBe(true);
    expect(
      [{ minutes: 4 }, { capacity: 101 }, { capacity: 0 }, { daysAhead: 91 }, { notice: -1 }].map(parse),
    ).toEqual(Array.from({ length: 5 }, () => false));
  });
});
