import { areaIndex } from '../cases/keys.ts';
import type { CaseRow } from '../cases/model.ts';
import { listRows } from '../cases/store.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import type { Input, Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { joinRef } from '../people/join-ref.ts';
import { supporterStore, toldInPublic } from '../people/supporters.ts';
import type { complaints } from './contract.ts';
import type { Entry } from './entry.ts';
import { locate } from './place.ts';
import { distanceOf, nearest, usualRadiusMetres } from './similar.ts';
import type { Suggestion } from './suggest.ts';

type Operation = (typeof complaints)['operations']['findSimilar'];

/** Open reports of an area that are looked at, the most urgent first; a kelurahan of the sample city has some tens. */
const rowsAtMost = 300;
const rowsAtOnce = 100;

export interface FindingDeps {
  readonly table: Table;
  readonly workflows: Readonly<Record<string, Entry>>;
  readonly suggest: (city: City, text: string) => Suggestion;
}

const openRows = async (table: Table, area: string): Promise<readonly CaseRow[]> => {
  const rows: CaseRow[] = [];
  let after: string | undefined;
  while (rows.length < rowsAtMost) {
    const page = await listRows(table, 'gsi3', areaIndex(area), after, rowsAtOnce);
    rows.push(...page.map(({ row }) => row));
    if (page.length < rowsAtOnce) break;
    after = page.at(-1)?.sort;
  }
  return rows;
};

/**
 * Open reports that may be about the same thing. Nobody is told a code here: who joins one gets it, and a report that
 * is confidential, about oversight or about somebody with a substitute is not found at all.
 */
export const findSimilar = async (
  deps: FindingDeps,
  {
    city,
    keys,
    body,
    now,
    language,
  }: {
    readonly city: City;
    readonly keys: Keys;
    readonly body: Input<Operation>['body'];
    readonly now: Instant;
    readonly language: Language;
  },
): Promise<Output<Operation>> => {
  const id = body.category ?? (body.text === undefined ? null : deps.suggest(city, body.text).category);
  const category = categoryOf(city, id);
  if (body.category !== undefined && category === undefined)
    throw problem('unknownCategory', { fields: [{ field: '/category', problem: 'unknownCategory' }] });
  if (body.place.area !== undefined && !city.areas.some(({ code }) => code === body.place.area))
    throw problem('unknownArea', { fields: [{ field: '/place/area', problem: 'unknownArea' }] });
  const located = locate(city, body.place);
  const found =
    category === undefined || located.code === null
      ? []
      : nearest(await openRows(deps.table, located.code), {
          kind: body.kind,
          category: category.id,
          point: body.place.point,
          radiusMetres: category.radius ?? usualRadiusMetres,
        });
  const counts = await supporterStore(deps.table).totals(found.map(({ row }) => row));
  return {
    category: category === undefined ? null : { id: category.id, name: category.names[language] },
    area: located.code === null ? null : { code: located.code, name: located.name },
    reports: found.map((near) => ({
      ref: joinRef(keys, near.row.code, toSeconds(now)),
      stateName: deps.workflows[near.row.kind]?.states[near.row.state]?.names[language] ?? near.row.state,
      filedAt: near.row.filedAt,
      distance: distanceOf(near),
      supporters: toldInPublic(counts.get(near.row.code) ?? 0),
    })),
  };
};
