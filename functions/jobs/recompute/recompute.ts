import { type CaseStore, parseCase } from '../../cases/store.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { RecomputeRun, RecomputeState, RecomputeStates } from '../../city/recomputing.ts';
import type { City } from '../../city/schema.ts';
import type { Log } from '../../kernel/log.ts';
import type { Item, Key, Page } from '../../kernel/table.ts';
import { type Clock, toSeconds } from '../../kernel/time.ts';
import { recomputeCase } from './rules.ts';

/**
 * Every function follows a changed setting within 60 seconds, and a request under way ends within 30: earlier, a case
 * could still be written by the old rules behind the walk.
 */
export const settledAfterSeconds = 95;
/** No page is begun with less time than its cases may take at their slowest. */
const leastMillis = 30_000;
/** A write that lost to another one is tried again on the newer case at most this often. */
const attempts = 4;
/** Walks for one activation: cases that failed get the next ones, then a person is called. */
export const walks = 3;

export interface RecomputeDeps {
  readonly states: RecomputeStates;
  readonly walk: (from: Key | undefined) => Promise<Page>;
  readonly store: Pick<CaseStore, 'save'>;
  /** Read anew for each run: what a cache holds may be what was live before. */
  readonly city: () => Promise<City>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly now: Clock;
  readonly log: Log;
}

/** `done`: all open cases follow what is live · `cut`: time was over, the next run goes on · `idle`: nothing asked. */
export interface Recomputed {
  readonly state: 'idle' | 'waiting' | 'cut' | 'overtaken' | 'again' | 'done';
  readonly looked: number;
  readonly moved: number;
  readonly failed: number;
}

const nothing = { looked: 0, moved: 0, failed: 0 };

/**
 * Walks all open cases after deadlines may have moved, page by page, and notes how far it came: killed anywhere it goes
 * on, and a page done twice changes nothing the second time (docs/adr/0115-recomputing-open-cases.md).
 */
export const recompute =
  (deps: RecomputeDeps) =>
  async (remaining: () => number): Promise<Recomputed> => {
    const { states, now } = deps;
    let state = await states.read();
    if (state === undefined || state.done >= state.wanted) return { state: 'idle', ...nothing };
    if (toSeconds(now()) - toSeconds(state.requested.at) < settledAfterSeconds)
      return { state: 'waiting', ...nothing };
    const city = await deps.city();
    let run = runFor(state, now());
    const counted = (how: Recomputed['state']): Recomputed => {
      const { looked, moved, failed } = run;
      deps.log.info('recomputed', { state: how, looked, moved, failed, target: run.target });
      return { state: how, looked, moved, failed };
    };
    for (;;) {
      if (remaining() < leastMillis) return counted('cut');
      const page = await deps.walk(run.from ?? undefined);
      run = await overPage(deps, city, page.items, run);
      const { last } = page;
      if (last !== undefined) {
        run = { ...run, from: { pk: String(last['pk']), sk: String(last['sk']) } };
        if (!(await states.save(state, { run }))) return counted('overtaken');
        state = { ...state, run, rev: state.rev + 1 };
        continue;
      }
      return counted(await end(deps, state, run));
    }
  };

/** The run to go on with, or a new one when rules changed again meanwhile. */
const runFor = (state: RecomputeState, now: string): RecomputeRun =>
  state.run !== null && state.run.target === state.wanted
    ? state.run
    : { target: state.wanted, startedAt: now, attempt: 1, from: null, ...nothing };

const overPage = async (
  deps: RecomputeDeps,
  city: City,
  items: readonly Item[],
  run: RecomputeRun,
): Promise<RecomputeRun> => {
  const counts = { looked: run.looked, moved: run.moved, failed: run.failed };
  for (const item of items) {
    try {
      counts.looked += 1;
      if (await overCase(deps, city, item, run.target)) counts.moved += 1;
    } catch (e) {
      counts.failed += 1;
      deps.log.error('a case was not recomputed', e);
    }
  }
  return { ...run, ...counts };
};

/** @returns whether a deadline of it moved */
const overCase = async (deps: RecomputeDeps, city: City, item: Item, target: number): Promise<boolean> => {
  let record = parseCase(item);
  const workflow = deps.workflows[record.kind];
  if (workflow === undefined) throw new Error('a case of a kind without workflow');
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (record.closedAt !== undefined) return false;
    const next = recomputeCase(workflow, city, record, target, deps.now());
    if ('same' in next) return false;
    if ('refuse' in next) throw new Error(`recomputing was refused: ${next.refuse}`);
    const meanwhile = await deps.store.save(next.record);
    if (meanwhile === undefined) return next.moved;
    record = meanwhile;
  }
  throw new Error('a case changed too often to be recomputed');
};

/** A walk with failures is followed by another, at most three in all: what failed thrice is a person's to look at. */
const end = async (
  { states, now, log }: RecomputeDeps,
  state: RecomputeState,
  run: RecomputeRun,
): Promise<'again' | 'done' | 'overtaken'> => {
  if (run.failed > 0 && run.attempt < walks) {
    const again = { ...run, attempt: run.attempt + 1, from: null, ...nothing };
    return (await states.save(state, { run: again })) ? 'again' : 'overtaken';
  }
  const finished = { ...run, from: null, finishedAt: now() };
  const saved = await states.save(state, { run: null, done: run.target, last: finished });
  if (!saved) return 'overtaken';
  // Its words are what an alarm looks for.
  if (run.failed > 0) log.error('cases not recomputed', undefined, { failed: run.failed });
  return 'done';
};
