import { shards } from '../../cases/keys.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { Looked, Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, type Instant, toSeconds } from '../../kernel/time.ts';
import { type FactDeps, look } from './facts.ts';
import { type Advanced, advance, type Fact } from './rules.ts';
import type { Waking, Woken } from './store.ts';

/** Cases of one page, and pages of one shard in a run: 8 shards take up to 4,000 cases a minute. */
export const pageSize = 50;
export const pagesAtOnce = 10;
/** A write that lost to another one is tried again on the newer case at most this often. */
const attempts = 4;
/** No case is begun with less time than its calls may take at their slowest. */
const leastMillis = 10_000;

/** Message of the line in which a run says what it did; its `late` is the metric of lib/app/alarms.ts. */
export const sweptMessage = 'swept';
/** Message of the line that an alarm counts: a case climbed past a rung on which nobody stands. */
export const vacantMessage = 'nobody above a late case';

export interface SweepDeps extends Pick<FactDeps, 'staff' | 'delivered'> {
  readonly waking: Waking;
  readonly store: Pick<CaseStore, 'read' | 'save' | 'archivedEvents'>;
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
  /** Seconds for which the longest waiting of the cases that are left has been due; 0 when nothing is left. */
  readonly late: number;
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
    const counts: Counts = { cases: 0, steps: 0, waiting: 0, failed: 0, cut: false, late: 0 };
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
    deps.log.info(sweptMessage, { ...counts });
    return counts;
  };

/** A case that is left over: how long it has waited is how late the city is. */
const leave = (counts: Counts, { at }: Woken, now: Instant): void => {
  counts.late = Math.max(counts.late, toSeconds(now) - toSeconds(at));
};

const sweepShard = async (
  deps: SweepDeps,
  shard: number,
  now: Instant,
  remaining: () => number,
  counts: Counts,
): Promise<void> => {
  let page = await deps.waking(shard, now, undefined);
  for (let pages = 1; page.cases.length > 0; pages += 1) {
    const city = await deps.city();
    for (const woken of page.cases) {
      if (remaining() < leastMillis) {
        counts.cut = true;
        leave(counts, woken, now);
        return;
      }
      counts.cases += 1;
      try {
        if (!(await sweepCase(deps, city, woken.code, counts))) leave(counts, woken, now);
      } catch (e) {
        counts.failed += 1;
        leave(counts, woken, now);
        deps.log.error('a case was not swept', e);
      }
    }
    if (page.next === undefined) return;
    const last = page.cases.at(-1);
    if (pages === pagesAtOnce) {
      counts.cut = true;
      if (last !== undefined) leave(counts, last, now);
      return;
    }
    page = await deps.waking(shard, now, page.next);
  }
};

/**
 * The index may lag behind: only the case itself says what is due, and a lost race is looked at again.
 * @returns whether everything that was due of it is done
 */
const sweepCase = async (deps: SweepDeps, city: City, code: string, counts: Counts): Promise<boolean> => {
  const first = await deps.store.read(code);
  if (first === undefined) return true;
  let record: CaseRecord = first;
  const workflow = deps.workflows[record.kind];
  if (workflow === undefined) throw new Error('a case of a kind without workflow');
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const done = await advanced(deps, workflow, city, record);
    report(deps.log, record, done);
    const meanwhile = done.record === record ? undefined : await deps.store.save(done.record);
    if (meanwhile === undefined) {
      counts.steps += done.steps;
      // Of a case with more steps than one run takes, the rest is due still.
      if (done.refused === undefined)
        return !(done.record.wakeAt !== null && done.record.wakeAt <= deps.now());
      if (done.refused !== 'busy') throw new Error(`a step that is due was refused: ${done.refused}`);
      break;
    }
    record = meanwhile;
  }
  counts.waiting += 1;
  return false;
};

/** Decides on the facts that the steps turn out to need, each looked up once. */
const advanced = async (
  deps: SweepDeps,
  workflow: Workflow,
  city: City,
  record: CaseRecord,
): Promise<Advanced> => {
  let looked: Looked = {};
  const asked = new Set<Fact>();
  for (;;) {
    const done = advance(workflow, city, record, deps.now(), looked);
    if (!('needs' in done)) return done;
    if (asked.has(done.needs)) throw new Error(`a step cannot be decided without ${done.needs}`);
    asked.add(done.needs);
    looked = { ...looked, ...(await look(deps)(done.needs, city, record)) };
  }
};

/** Before the write, so that a run which is killed after it has still said so; a lost race says it twice. */
const report = (log: Log, before: CaseRecord, { record, declined }: Advanced): void => {
  for (const action of declined) log.warn('a step at a deadline was not possible', { action });
  for (const { seq, facts } of record.events) {
    if (seq <= before.seq || facts?.['vacant'] === undefined) continue;
    log.warn(vacantMessage, { unit: record.unit ?? 'triage', rungs: String(facts['vacant']) });
  }
};
