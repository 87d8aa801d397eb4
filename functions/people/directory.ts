import type { City } from '../city/schema.ts';
import type { Directory, Person } from '../events/told.ts';
import type { Item, Table } from '../kernel/table.ts';
import { fromSeconds } from '../kernel/time.ts';
import { staffActorOf } from './actors.ts';
import { isNow } from './delegations.ts';
import { type StaffReader, type StaffRow, staffKey, staffRecord } from './staff.ts';

/** A notice may use what was read this many milliseconds ago: a revoked officer is out within a minute. */
const freshFor = 30_000;
/** Pages of 1 MB: more staff than any city has. */
const pagesLimit = 20;

type Row = Pick<StaffRow, 'id' | 'name' | 'email' | 'role' | 'unit' | 'position' | 'status' | 'channels'>;

export interface DirectoryDeps {
  readonly table: Table;
  readonly staff: Pick<StaffReader, 'absenceOf' | 'byId' | 'ofUnit'>;
  readonly city: () => Promise<City>;
  /** Milliseconds. */
  readonly clock?: () => number;
}

/**
 * Staff as those who may be told: invited and active ones with their rights in the city as it is now. Reads are kept
 * for half a minute, because a burst of events is told to the same few people.
 */
export const directory = ({ table, staff, city, clock = Date.now }: DirectoryDeps): Directory => {
  const kept = new Map<string, { readonly at: number; readonly rows: Promise<readonly Row[]> }>();

  const fresh = async (name: string, read: () => Promise<readonly Row[]>): Promise<readonly Person[]> => {
    const now = clock();
    const known = kept.get(name);
    const usable = known !== undefined && now >= known.at && now - known.at < freshFor;
    const rows = usable ? known.rows : read();
    if (!usable) {
      if (kept.size > 1000) kept.clear();
      kept.set(name, { at: now, rows });
      rows.catch(() => kept.delete(name));
    }
    const live = await city();
    return (await rows).flatMap((row) => (row.status === 'revoked' ? [] : [personOf(row, live)]));
  };

  const all = async (): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    let from: Item | undefined;
    for (let page = 0; page < pagesLimit; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': staffKey('').pk },
        from,
      });
      rows.push(...items.map((item) => staffRecord.parse(item)));
      if (last === undefined) return rows;
      from = last;
    }
    throw new Error(`more staff than ${pagesLimit} pages`);
  };

  return {
    ofUnit: (unit) => fresh(`unit ${unit}`, () => staff.ofUnit(unit)),
    everyone: () => fresh('everyone', all),
    byId: async (id) => {
      const [person] = await fresh(`person ${id}`, async () => {
        const record = await staff.byId(id);
        return record === undefined ? [] : [record];
      });
      return person;
    },
    standInsOf: async (id) => {
      const moment = fromSeconds(Math.floor(clock() / 1000));
      const standing = (await staff.absenceOf(id)).spans.find((span) => isNow(span, moment));
      const record = standing === undefined ? undefined : await staff.byId(standing.delegate);
      const absent = record === undefined ? undefined : await staff.byId(id);
      // Whoever of them moved meanwhile is no colleague of the unit any more.
      if (record === undefined || record.status === 'revoked' || record.unit !== absent?.unit) return [];
      return [personOf(record, await city(), new Set([id]))];
    },
  };
};

const personOf = (row: Row, city: City, standsFor?: ReadonlySet<string>): Person => ({
  actor: staffActorOf(row, city, standsFor),
  addresses: {
    email: row.email,
    ...(row.channels.telegram === undefined ? {} : { telegram: row.channels.telegram }),
    ...(row.channels.whatsapp === undefined ? {} : { whatsapp: row.channels.whatsapp }),
  },
});
