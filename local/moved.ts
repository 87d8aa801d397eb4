import type { State } from './state.ts';

/** Time as this city sees it: the machine's, shifted by an offset that `npm run clock` moves. */
export interface MovedClock {
  /** Milliseconds since the epoch, shifted. */
  readonly now: () => number;
  readonly offset: () => number;
  /** The shifted time of a real instant, by the offset that held then. */
  readonly at: (real: number) => number;
  /** Sets the offset in milliseconds and tells everybody who asked. */
  readonly move: (offset: number) => void;
  readonly onMove: (listener: (before: number, after: number) => void) => void;
  /** Eight bytes that every worker reads: a move reaches running functions at once. */
  readonly shared: SharedArrayBuffer;
}

interface Move {
  readonly real: number;
  readonly offset: number;
}

const isMove = (v: unknown): v is Move => typeof v === 'object' && v !== null && 'real' in v && 'offset' in v;

export const openClock = (state: State): MovedClock => {
  const shared = new SharedArrayBuffer(8);
  const cell = new Float64Array(shared);
  const saved = state.get('clock', 'moves');
  let moves: Move[] = Array.isArray(saved) ? saved.filter(isMove) : [];
  cell[0] = moves.at(-1)?.offset ?? 0;
  const listeners: ((before: number, after: number) => void)[] = [];
  const offset = (): number => cell[0] ?? 0;
  return {
    shared,
    offset,
    now: () => Date.now() + offset(),
    at: (real) => real + (moves.findLast((m) => m.real <= real)?.offset ?? 0),
    move: (next) => {
      const before = Date.now() + offset();
      // A stream record is at most a day old, so a few hundred moves are more than enough to place it.
      moves = [...moves, { real: Date.now(), offset: next }].slice(-500);
      state.set('clock', 'moves', moves);
      cell[0] = next;
      for (const listener of listeners) listener(before, Date.now() + next);
    },
    onMove: (listener) => {
      listeners.push(listener);
    },
  };
};

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const isUnit = (text: string | undefined): text is keyof typeof units =>
  text !== undefined && Object.hasOwn(units, text);

/**
 * What `npm run clock -- <move>` asks for: `+3d`, `-1d`, `+2h30m`, an instant with offset
 * (`2026-12-01T08:00+07:00`), or `reset`.
 * @returns the new offset in milliseconds, or undefined for text that is none of these
 */
export const readMove = (text: string, real: number, offset: number): number | undefined => {
  if (text === 'reset') return 0;
  if (/^[+-](\d+[smhdw])+$/.test(text)) {
    let by = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g))
      if (isUnit(unit)) by += Number(count) * units[unit];
    return offset + (text.startsWith('-') ? -by : by);
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant - real;
};
