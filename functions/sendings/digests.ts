import * as z from 'zod/mini';
import { wallTime } from '../cases/clock/local.ts';
import type { Zone } from '../city/schema.ts';
import { instant } from '../kernel/schema.ts';
import type { Key, Table } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

const hour = 3600;
/** After a longer outage the oldest hours get no digest. */
const hoursLimit = 24;

/** The full hours after `through`, up to `now`. Every zone of Indonesia is a whole number of hours from UTC. */
export const hoursBetween = (through: Instant, now: Instant): readonly Instant[] => {
  const last = Math.floor(toSeconds(now) / hour);
  const first = Math.max(Math.floor(toSeconds(through) / hour) + 1, last - hoursLimit + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => fromSeconds((first + i) * hour));
};

export interface DigestOf {
  readonly id: string;
  readonly digest: { readonly hour: number; readonly from: Instant; readonly to: Instant };
}

/** The digest of a full hour: it covers the day before it, so that days neither overlap nor leave a gap. */
export const digestAt = (to: Instant, zone: Zone): DigestOf => {
  const local = wallTime(to, zone);
  const from = fromSeconds(toSeconds(to) - 24 * hour);
  return {
    id: `daily-${local.slice(0, 10)}-${local.slice(11, 13)}`,
    digest: { hour: Number(local.slice(11, 13)), from, to },
  };
};

/** When the digest of an hour was last due: what was published before is in it. @param at local hour */
export const lastDigestBefore = (at: number, now: Instant, zone: Zone): Instant => {
  const due = hoursBetween(fromSeconds(toSeconds(now) - 24 * hour), now).find(
    (one) => digestAt(one, zone).digest.hour === at,
  );
  return due ?? now;
};

const markKey: Key = { pk: 'DIGESTS', sk: 'THROUGH' };
const mark = z.object({ through: instant });

export type DigestMark = ReturnType<typeof digestMark>;

/** Up to which hour digests were ordered. */
export const digestMark = (table: Pick<Table, 'get' | 'put'>) => ({
  read: async (): Promise<Instant | undefined> => {
    const item = await table.get(markKey);
    return item === undefined ? undefined : mark.parse(item).through;
  },
  write: async (through: Instant): Promise<void> => {
    await table.put({ ...markKey, v: 1, through });
  },
});
