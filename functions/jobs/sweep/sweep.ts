import { shards } from '../../cases/keys.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock, Instant } from '../../kernel/time.ts';
import { advance } from './rules.ts';
import type { Waking } from './store.ts';

/** Cases of one page, and pages of one shard in a run: 8 shards take up to 4,000 cases a minute. */
export const pageSize = 50;
export const pagesAtOnce = 10;
/** A write that lost to another one is tried again on the newer case at most this often. */
const attempts = 4;
/** No case is begun with less time than its calls may take at their slowest. */
const leastMillis = 10_000;

export interface SweepDeps {
  readonly waking: Waking;
  readonly store: Pick<CaseStore, 'read' | 'save'>;
  readonly city: () => Promise<City>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly now: Clock;
  readonly log: Log;
}

export interface Swept {
  /** Cases that woke and were looked at. */
  readonly cases: number;
  /** Events written. */
  readonly steps: number;
  /** Cases with something due that this run could not do: full timelines, lost races. The next minute's. */
  readonly waiting: number;
  /** Cases and shards that threw. */
  readonly failed: number;
  /** Whether the run ended at its bounds, with cases not yet looked at. */
  readonly cut: boolean;
}

type Counts = { -readonly [K in keyof Swept]: Swept[K] };

/**
 * Takes the steps that became due. Reads the wake index shard by shard, the case itself strongly, and saves by its
 * `rev`: however often it runs, overlaps or is killed, a step happens once (docs/adr/0070-sweep.md).
 * @returns what it did; never throws, so that one bad case holds up no other
 */
export const sweep =
  (deps: SweepDeps) =>
  async (remaining: () => number): Promise<Swept> => {
    const counts: Counts = { cases: 0, steps: 0, waiting: 0, failed: 0, cut: false };
    const now = deps.now();
    await Promise.all(
      Array.from({ length: shards }, async (_, shard) => {
        try {
          await sweepShard(deps, shard, now, remaining, counts);
        } catch (e) {
          counts.failed += 1;
          deps.log.error('a shard was not swept', e, { shard });
        }
      }),
    );
    deps.log.info('swept', { ...counts });
    return counts;
  };

const sweepShard = async (
  deps: SweepDeps,
  shard: number,
  now: Instant,
  remaining: () => number,
  counts: Counts,
): Promise<void> => {
  let page = await deps.waking(shard, now, undefined);
  for (let pages = 1; page.codes.length > 0; pages += 1) {
    const city = await deps.city();
    for (const code of page.codes) {
      if (remaining() < leastMillis) {
        counts.cut = true;
        return;
      }
      counts.cases += 1;
      try {
        await sweepCase(deps, city, code, counts);
      } catch (e) {
        counts.failed += 1;
        deps.log.error('a case was not swept', e);
      }
    }
    if (page.next === undefined) return;
    if (pages === pagesAtOnce) {
      counts.cut = true;
      return;
    }
    page = await deps.waking(shard, now, page.next);
  }
};

/** The index may lag behind: only the case itself says what is due, and a lost race is looked at again. */
const sweepCase = async (deps: SweepDeps, city: City, code: string, counts: Counts): Promise<void> => {
  const first = await deps.store.read(code);
  if (first === undefined) return;
  let record: CaseRecord = first;
  const workflow = deps.workflows[record.kind];
  if (workflow === undefined) throw new Error('a case of a kind without workflow');
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { record: next, steps, refused } = advance(workflow, city, record, deps.now());
    const meanwhile = next === record ? undefined : await deps.store.save(next);
    if (meanwhile === undefined) {
      counts.steps += steps;
      if (refused === 'busy') counts.waiting += 1;
      else if (refused !== undefined) throw new Error(`a step that is due was refused: ${refused}`);
      return;
    }
    record = meanwhile;
  }
  counts.waiting += 1;
};
