import { describe, expect, it } from 'vitest';
import { openClock, readMove } from './moved.ts';
import { openState } from './state.ts';

const day = 86_400_000;

describe('moves of the clock', () => {
  it.each([
    ['+3d', 3 * day],
    ['-1d', -day],
    ['+2h30m', 2.5 * 3_600_000],
    ['reset', 0],
  ])('%s', (text, offset) => {
    expect(readMove(text, 1_000, 0)).toBe(offset);
  });

  it('adds to the offset that holds', () => {
    expect(readMove('+1d', 1_000, day)).toBe(2 * day);
  });

  it('goes to an instant', () => {
    const real = Date.parse('2026-11-22T00:00:00Z');
    expect(readMove('2026-12-01T08:00+07:00', real, 5)).toBe(9 * day + 3_600_000);
  });

  it.each(['3d', '+3', 'tomorrow', '2026-12-01', '2026-13-01T00:00Z', ''])('does not know %s', (text) => {
    expect(readMove(text, 0, 0)).toBeUndefined();
  });

  it('keeps its offset, and knows what time it was at an earlier instant', () => {
    const state = openState(undefined);
    const before = Date.now() - 60_000;
    openClock(state).move(3 * day);
    const again = openClock(state);
    expect(again.offset()).toBe(3 * day);
    expect(again.at(before)).toBe(before);
    expect(again.at(Date.now() + 1)).toBeGreaterThan(Date.now() + 2 * day);
  });
});
