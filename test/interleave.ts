import type { Table } from '../functions/kernel/table.ts';

/** Pseudo-random numbers from a seed (mulberry32): a failing order can be run again. */
export const dice = (seed: number) => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const shuffled = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => [next(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  return { next, below, shuffled };
};
export type Dice = ReturnType<typeof dice>;

/**
 * Runs lanes together, one of them at a time: each goes on from one `turn` to its next one, and which comes next is
 * the dice's. So every interleaving of calls can happen, and the same seed makes the same one.
 */
export const interleave = async (
  lanes: readonly ((turn: () => Promise<void>) => Promise<void>)[],
  { below }: Dice,
): Promise<void> => {
  const waiting: (() => void)[] = [];
  let running = lanes.length;
  const next = (): void => {
    if (running > 0) return;
    const [go] = waiting.splice(below(waiting.length), 1);
    if (go === undefined) return;
    running = 1;
    go();
  };
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      running -= 1;
      next();
    });
  await Promise.all(
    lanes.map((lane) =>
      lane(turn).finally(() => {
        running -= 1;
        next();
      }),
    ),
  );
};

export class Crash extends Error {}

type Call = (...args: never[]) => Promise<unknown>;

/** A table whose every call first runs `before` and then `after`, either of which may throw a crash. */
export const tapped = (
  table: Table,
  before: () => Promise<void>,
  after: () => void = () => undefined,
): Table =>
  Object.fromEntries(
    Object.entries(table as unknown as Record<string, Call>).map(([name, call]) => [
      name,
      async (...args: never[]) => {
        await before();
        const answer = await call(...args);
        after();
        return answer;
      },
    ]),
  ) as unknown as Table;

/** A process that ends at a call of its choice: before the call is made, or before its answer arrives. */
export const mortality = () => {
  const life = { calls: 0, endsAt: Number.POSITIVE_INFINITY, answered: false, dead: false };
  let losesAnswer = false;
  const before = async (): Promise<void> => {
    life.calls += 1;
    if (life.dead) throw new Crash('the process is gone');
    if (life.calls !== life.endsAt) return;
    if (life.answered) losesAnswer = true;
    else {
      life.dead = true;
      throw new Crash('killed before the call');
    }
  };
  const after = (): void => {
    if (!losesAnswer) return;
    losesAnswer = false;
    life.dead = true;
    throw new Crash('killed before the answer');
  };
  /** Begins a new life, which ends at call number `n`. */
  const endAt = (n: number, answered: boolean): void => {
    losesAnswer = false;
    Object.assign(life, { calls: 0, endsAt: n, answered, dead: false });
  };
  return { life, before, after, endAt };
};
