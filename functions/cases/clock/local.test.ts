import { describe, expect, it } from 'vitest';
import { localDate, startOfDay, startOfMonth, wallTime } from './local.ts';

describe('the city’s own days', () => {
  it('today is the city’s own date, not the host’s', () => {
    expect(localDate('2026-11-22T17:30:00Z', 'Asia/Jakarta')).toBe('2026-11-23');
    expect(localDate('2026-11-22T16:30:00Z', 'Asia/Jakarta')).toBe('2026-11-22');
    expect(localDate('2026-11-22T15:30:00Z', 'Asia/Jayapura')).toBe('2026-11-23');
    expect(wallTime('2026-11-22T17:30:00Z', 'Asia/Jakarta')).toBe('2026-11-23T00:30:00Z');
  });

  it('a day begins with its own midnight, and ends where the next one begins', () => {
    expect(startOfDay('2026-11-23', 'Asia/Jakarta')).toBe('2026-11-22T17:00:00Z');
    expect(startOfDay('2026-12-31', 'Asia/Jakarta', 1)).toBe('2026-12-31T17:00:00Z');
  });

  it('a month is that of the city, over the end of a year too', () => {
    expect(startOfMonth('2026-12', 'Asia/Makassar')).toBe('2026-11-30T16:00:00Z');
    expect(startOfMonth('2026-12', 'Asia/Makassar', 1)).toBe('2026-12-31T16:00:00Z');
  });
});
