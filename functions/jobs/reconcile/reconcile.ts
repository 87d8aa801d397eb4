import * as z from 'zod/mini';
import { instant } from '../../kernel/schema.ts';
import type { Key, Page, Table } from '../../kernel/table.ts';
import { grouping } from './groups.ts';
import { type Counts, type HealDeps, heal, noCounts, tellAgain } from './heal.ts';

const key = z.strictObject({ pk: z.string(), sk: z.string() });

/** What `npm run redrive` sends; a schedule sends an event of its own, of which nothing is read. */
export const request = z.object({
  /** Called by a person: starts at the beginning, or goes on where the last answer ended. */
  redrive: z._default(z.boolean(), false),
  from: z.optional(z.nullable(key)),
  dry: z._default(z.boolean(), false),
  since: z.optional(instant),
});
export type Request = z.input<typeof request>;

export interface Reconciled extends Counts {
  /** Where to go on; null when the whole table was compared. */
  readonly next: Key | null;
}

/** Where the nightly walk stopped for lack of time; the next night goes on there. */
export const progressStore = (table: Table) => {
  const at = { pk: 'RECONCILE', sk: 'PROGRESS' };
  const kept = z.object({ from: key });
  return {
    read: async (): Promise<Key | undefined> => {
      const item = await table.get(at);
      return item === undefined ? undefined : kept.parse(item).from;
    },
    save: async (from: Key | undefined): Promise<void> => {
      if (from === undefined) await table.remove(at);
      else await table.put({ ...at, v: 1, from });
    },
  };
};

export interface ReconcileDeps extends HealDeps {
  readonly walk: (from: Key | undefined) => Promise<Page>;
  readonly progress: ReturnType<typeof progressStore>;
  /** Takes deadlines that no open case has any more out of the figures; answers how many. */
  readonly removeZeros: () => Promise<number>;
}

/** Enough for the last page's cases to be healed and the answer to be given. */
const leastMillis = 90_000;

/** Once the whole table was compared: figures that were just made anew leave the most zeros behind. */
const withoutZeros = async ({ removeZeros, log }: ReconcileDeps, counts: Counts): Promise<number> => {
  try {
    return await removeZeros();
  } catch (e) {
    counts.failed += 1;
    log.error('zeros were not removed', e);
    return 0;
  }
};

/**
 * Compares what the table says with what its readers have seen, and has them see the rest: events that the relay
 * did not publish, cases whose figures are behind, timelines that nobody archived, words that nobody names. It reads
 * the table alone, so an outage of any length is healed though streams forget after a day. Every step may be
 * repeated, so a run that dies is begun again.
 */
export const reconcile =
  (deps: ReconcileDeps) =>
  async (given: unknown, remaining: () => number): Promise<Reconciled> => {
    const { redrive, from, dry, since } = request.parse(given ?? {});
    const how = { dry, since };
    const counts = noCounts();
    const begin: Key | undefined = redrive ? (from ?? undefined) : await deps.progress.read();
    if (begin === undefined) await tellAgain(deps, how, counts);
    const groups = grouping();
    let position: Key | undefined = begin;
    let next: Key | undefined = begin;
    let ended = false;
    while (!ended && remaining() > leastMillis) {
      const page = await deps.walk(position);
      position = page.last === undefined ? undefined : key.parse(page.last);
      ended = position === undefined;
      const complete = groups.push(page.items, position);
      await heal(deps, complete, how, counts);
      // A case that has only begun is begun anew by whoever goes on.
      next = groups.within() ? (complete.at(-1)?.last ?? next) : position;
    }
    const left = ended ? undefined : next;
    if (!redrive && !dry) await deps.progress.save(left);
    const zeros = ended && !dry ? await withoutZeros(deps, counts) : 0;
    if (left !== undefined) deps.log.warn('the table was not compared to its end', { ...counts });
    deps.log.info('reconciled', { ...counts, zeros, ended, dry });
    return { ...counts, next: left ?? null };
  };
