import { describe, expect, it } from 'vitest';
import { readSchedule } from './cron.ts';

const next = (expression: string, zone: string, after: string): string | undefined => {
  const at = readSchedule(expression, zone).next(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('schedules', () => {
  it.each([
    ['rate(1 minute)', 'UTC', '2026-11-22T00:00:30.000Z', '2026-11-22T00:01:30.000Z'],
    ['rate(2 hours)', 'UTC', '2026-11-22T00:00:00.000Z', '2026-11-22T02:00:00.000Z'],
    // 07:30 in Padang Panjang is 00:30 UTC.
    ['cron(30 7 * * ? *)', 'Asia/Jakarta', '2026-11-22T00:30:00.000Z', '2026-11-23T00:30:00.000Z'],
    ['cron(30 7 * * ? *)', 'Asia/Jakarta', '2026-11-21T23:59:59.000Z', '2026-11-22T00:30:00.000Z'],
    ['cron(10 2 * * ? *)', 'Asia/Jayapura', '2026-11-22T00:00:00.000Z', '2026-11-22T17:10:00.000Z'],
    // AWS counts Sunday as 1: Monday to Friday.
    ['cron(0 8 ? * 2-6 *)', 'Asia/Jakarta', '2026-11-20T02:00:00.000Z', '2026-11-23T01:00:00.000Z'],
    ['cron(0 8 ? * MON-FRI *)', 'Asia/Jakarta', '2026-11-20T02:00:00.000Z', '2026-11-23T01:00:00.000Z'],
    ['cron(0/15 * * * ? *)', 'UTC', '2026-11-22T10:50:00.000Z', '2026-11-22T11:00:00.000Z'],
    ['cron(0 0 1 JAN ? *)', 'UTC', '2026-11-22T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', 'UTC', '2026-11-22T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    // Clocks go forward in Sydney at 02:00 that night: the time that does not exist is an hour later.
    ['cron(30 2 4 10 ? 2026)', 'Australia/Sydney', '2026-10-01T00:00:00.000Z', '2026-10-03T16:30:00.000Z'],
  ])('%s in %s after %s is %s', (expression, zone, after, expected) => {
    expect(next(expression, zone, after)).toBe(expected);
  });

  it('has no next time in a year that is over', () => {
    expect(next('cron(0 0 1 1 ? 2020)', 'UTC', '2026-11-22T00:00:00.000Z')).toBeUndefined();
  });

  it.each([
    ['at(2026-11-22T00:00:00)', 'only rate'],
    ['rate(0 minutes)', 'at least 1'],
    ['rate(5 weeks)', 'only rate'],
    ['cron(0 0 L * ? *)', 'day of month L is not known'],
    ['cron(0 0 ? * 6#3 *)', 'day of week 6#3 is not known'],
    ['cron(0 0 * *)', 'six fields'],
    ['cron(0 0 1 * MON *)', 'must be ?'],
    ['cron(61 0 * * ? *)', 'minute 61 is not known'],
  ])('refuses %s', (expression, why) => {
    expect(() => readSchedule(expression, 'UTC')).toThrow(why);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => readSchedule('cron(0 0 * * ? *)', 'Asia/Padang')).toThrow('Asia/Padang');
  });
});
