import type { City } from '../../city/schema.ts';
import type { PublishAny } from '../../events/publish.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { type DigestMark, digestAt, hoursBetween } from '../../sendings/digests.ts';
import type { Order } from '../../sendings/model.ts';
import type { OrderStore } from '../../sendings/order.ts';
import { sendingRequestOf } from '../../sendings/request.ts';

export interface RoundsDeps {
  readonly orders: Pick<OrderStore, 'place' | 'read' | 'open' | 'close' | 'between'>;
  readonly mark: DigestMark;
  readonly city: () => Promise<City>;
  readonly publish: PublishAny;
  readonly now: Clock;
  readonly log: Log;
}

export interface Rounded {
  readonly digests: number;
  readonly woken: number;
}

/**
 * Open orders that one run looks at; emergencies come first. Where a month's allowance is used up, those of three days
 * and the digests of a day wait, and hold up none that has another channel.
 */
const openLimit = 300;
/** A page takes less: whoever did not end one for so long has lost its message. */
const idleSeconds = 90;

/** Whether an order waits for somebody to take it up. */
export const isDue = ({ startedAt, resumeAt, touchedAt, at }: Order, now: Instant): boolean => {
  if (resumeAt !== undefined) return resumeAt <= now;
  if (startedAt === undefined) return at <= now;
  return fromSeconds(toSeconds(touchedAt) + idleSeconds) <= now;
};

/**
 * Once a minute: orders the digests of the hours that have come, and wakes what is to be sent and nobody works on: new
 * orders, those whose quiet time or pause is over, those whose run broke off. Woken twice, they tell nobody twice.
 */
export const rounds = (deps: RoundsDeps) => async (): Promise<Rounded> => {
  const digests = await orderDigests(deps);
  const now = deps.now();
  const keys = await deps.orders.open(openLimit);
  const found = await Promise.all(keys.map((key) => deps.orders.read(key)));
  const open = found.filter((one) => one !== undefined);
  await Promise.all(open.filter(({ state }) => state !== 'open').map(deps.orders.close));
  const due = open.filter((one) => one.state === 'open' && isDue(one, now));
  const { error } = await deps.publish(due.map(sendingRequestOf));
  // The next minute is the retry; the failed run rings the alarm.
  if (error !== undefined) throw error;
  if (digests + due.length > 0) deps.log.info('sendings', { digests, woken: due.length });
  return { digests, woken: due.length };
};

/** One order for each hour that has come since the last run, unless nothing was published on the day before it. */
const orderDigests = async ({ orders, mark, city, now }: RoundsDeps): Promise<number> => {
  const at = now();
  const through = await mark.read();
  if (through === undefined) {
    await mark.write(at);
    return 0;
  }
  const hours = hoursBetween(through, at);
  if (hours.length === 0) return 0;
  const { zone } = (await city()).profile;
  let placed = 0;
  for (const hour of hours) {
    const { id, digest } = digestAt(hour, zone);
    const published = await orders.between(digest.from, digest.to, 1);
    if (published.length === 0) continue;
    await orders.place({
      ...{ id, version: 1, at: hour, digest, emergency: false, path: '/pengumuman' },
      ...{ headline: { id: 'Ringkasan pengumuman' }, areas: [], topics: [] },
    });
    placed += 1;
  }
  await mark.write(at);
  return placed;
};
