import { rowSubject, visibleTo } from '../cases/access.ts';
import { isWide, type StaffActor } from '../cases/actor.ts';
import { canonical } from '../cases/canonical.ts';
import { localDate, startOfMonth } from '../cases/clock/local.ts';
import { closedIndex } from '../cases/keys.ts';
import { listRows } from '../cases/store.ts';
import { rootOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import type { desk } from './contract.ts';
import { isWanted, rangeOf } from './filters.ts';
import { mergedPage } from './list.ts';
import { branchFor, sourceOf } from './queues.ts';
import { listed } from './show.ts';

type Operations = (typeof desk)['operations'];

export interface ListDeps {
  readonly table: Table;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/** A cursor belongs to one caller and to every word of one query. */
const cursorOf = (
  keys: Keys,
  actor: StaffActor,
  list: string,
  query: { readonly cursor?: string | undefined; readonly size: number; readonly [name: string]: unknown },
) => {
  const { cursor, size: _, ...asked } = query;
  const bound = ['list', list, actor.id, canonical(asked)].join('|');
  const position = cursor === undefined ? undefined : reveal(keys, cursor, bound);
  if (cursor !== undefined && position === undefined) throw problem('badCursor');
  return {
    position,
    next: (sort: string | undefined) => (sort === undefined ? null : conceal(keys, sort, bound)),
  };
};

export const lists = (deps: ListDeps) => ({
  listCases: async (call: Call<Operations['listCases'], StaffActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const { actor } = call;
    const { query } = call.input;
    const source = sourceOf(city, actor, query);
    const { position, next } = cursorOf(keys, actor, 'open', query);
    const now = deps.now();
    const range = rangeOf(query, city.profile.zone, now);
    const wanted = isWanted(query.queue, query);
    const page = await mergedPage(
      (partition, from, limit) => listRows(deps.table, source.index, partition, from, limit),
      {
        partitions: source.partitions,
        after: position ?? range.after,
        before: range.before,
        size: query.size,
        keep: (row) =>
          visibleTo(rowSubject(row), actor, city.substitutes) &&
          (source.units === undefined || (row.unit !== null && source.units.has(row.unit))) &&
          wanted(row),
      },
    );
    return {
      body: {
        queue: query.queue,
        cases: page.rows.map(({ row }) => listed(city, row, now, call.language)),
        next: next(page.next),
        full: page.full,
      },
    };
  },

  listClosed: async (call: Call<Operations['listClosed'], StaffActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const { actor } = call;
    const { query } = call.input;
    const unit = query.unit ?? actor.unit;
    const inTriage = unit === 'triage';
    if (inTriage && !isWide(actor)) throw problem('unknownUnit');
    const branch = inTriage ? undefined : branchFor(city, actor, unit);
    const now = deps.now();
    const month = query.month ?? localDate(now, city.profile.zone).slice(0, 7);
    const from = startOfMonth(month, city.profile.zone);
    const to = startOfMonth(month, city.profile.zone, 1);
    const { position, next } = cursorOf(keys, actor, 'closed', { ...query, unit, month });
    const root = inTriage ? 'triage' : rootOf(city, unit);
    // A local month begins in the evening of the last day of the month before, as the index counts.
    const months = [...new Set([from.slice(0, 7), month])];
    const wanted = isWanted('all', query);
    const page = await mergedPage(
      (partition, after, limit) => listRows(deps.table, 'gsi1', partition, after, limit, true),
      {
        partitions: months.map((each) => closedIndex(root, each)),
        after: position ?? to,
        before: from,
        newestFirst: true,
        size: query.size,
        keep: (row) =>
          visibleTo(rowSubject(row), actor, city.substitutes) &&
          (branch === undefined ? row.unit === null : row.unit !== null && branch.has(row.unit)) &&
          wanted(row),
      },
    );
    return {
      body: {
        unit,
        month,
        cases: page.rows.map(({ row }) => listed(city, row, now, call.language)),
        next: next(page.next),
        full: page.full,
      },
    };
  },
});
