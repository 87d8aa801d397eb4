import type { SendingChannel } from '../../city/sendings.ts';
import type { ChannelName } from '../../events/told.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { type Left, noneLeft, type Order, type Place, sumOf, type Tally } from '../../sendings/model.ts';

/** How somebody's part of a page ended. */
export type PersonEnd =
  | { readonly counted: keyof Tally }
  /** Counted on another page, or not told of this at all any more. */
  | 'passed'
  | { readonly left: keyof Left; readonly until?: Instant };

export interface PageEnd {
  readonly list: string;
  /** Where the list goes on; undefined at its end. */
  readonly next: string | undefined;
  readonly ends: readonly PersonEnd[];
  /** Channels that take nothing at present. */
  readonly down: readonly string[];
}

/** Each key that is named counts one more. */
const plus = <T extends Readonly<Record<string, number>>>(to: T, more: readonly (keyof T)[]): T => {
  const sum = { ...to } as Record<keyof T, number>;
  for (const key of more) sum[key] += 1;
  return sum as T;
};

const earliest = (times: readonly (Instant | undefined)[]): Instant | undefined =>
  times.filter((time) => time !== undefined).sort()[0];

/** Quiet times end all over the morning: those of a quarter of an hour are one walk. */
const quarter = 900;
const roundUp = (at: Instant): Instant => fromSeconds(Math.ceil(toSeconds(at) / quarter) * quarter);

/** Seconds until a channel that took nothing is asked again; doubled with every walk. */
const firstWait = { usual: 300, emergency: 60 } as const;
const longestWait = { usual: 3600, emergency: 900 } as const;

/** When those who were left are tried again. */
export const resumeAt = (
  order: Pick<Order, 'emergency' | 'walk'>,
  left: Left,
  quietUntil: Instant | undefined,
  now: Instant,
): Instant => {
  const pace = order.emergency ? 'emergency' : 'usual';
  const wait = Math.min(longestWait[pace], firstWait[pace] * 2 ** Math.min(order.walk - 1, 10));
  const others = left.channel + left.allowance + left.busy > 0;
  return (
    earliest([
      others ? fromSeconds(toSeconds(now) + wait) : undefined,
      left.quiet > 0 && quietUntil !== undefined ? roundUp(quietUntil) : undefined,
    ]) ?? fromSeconds(toSeconds(now) + wait)
  );
};

/** Where a walk begins, or goes on. */
export const placeOf = ({ place }: Pick<Order, 'place'>, lists: readonly string[]): Place =>
  place ?? { list: lists[0] ?? '' };

const following = ({ list, next }: PageEnd, lists: readonly string[]): Place | undefined => {
  if (next !== undefined) return { list, after: next };
  const after = lists.find((one) => one > list);
  return after === undefined ? undefined : { list: after };
};

/** Seconds that a run has an order to itself; longer than a page, and begun anew with each. */
const runSeconds = 90;

/** An order in the hands of a run; undefined when another one has it, or it is over. */
export const takenBy = (order: Order, id: string, now: Instant): Order | undefined => {
  const { runner } = order;
  const held = runner !== undefined && runner.id !== id && runner.until > now;
  if (order.state !== 'open' || held) return undefined;
  return { ...order, runner: { id, until: fromSeconds(toSeconds(now) + runSeconds) } };
};

/** An order that a run lets go of. */
export const letGo = (order: Order, id: string): Order | undefined => {
  const { runner, ...rest } = order;
  return runner?.id === id ? rest : undefined;
};

/** An order after one more page: it goes on, begins another walk later, or is done. Pure. */
export const afterPage = (order: Order, end: PageEnd, lists: readonly string[], now: Instant): Order => {
  const counted = end.ends.flatMap((one) => (one !== 'passed' && 'counted' in one ? [one.counted] : []));
  const leaving = end.ends.flatMap((one) => (one !== 'passed' && 'left' in one ? [one] : []));
  const left = plus(
    order.left,
    leaving.map((one) => one.left),
  );
  const quietUntil = earliest([order.quietUntil, ...leaving.map(({ until }) => until)]);
  const { resumeAt: _, quietUntil: __, place: ___, runner, ...rest } = order;
  const told: Order = {
    ...rest,
    turn: order.turn + 1,
    tally: plus(order.tally, counted),
    left,
    down: [...end.down],
    touchedAt: now,
    startedAt: order.startedAt ?? now,
  };
  const place = following(end, lists);
  if (place !== undefined) {
    const going = { ...told, place, ...(quietUntil === undefined ? {} : { quietUntil }) };
    return runner === undefined ? going : (takenBy(going, runner.id, now) ?? going);
  }
  const ended = sumOf(left) === 0 || now >= order.until;
  return ended
    ? { ...told, state: 'done', endedAt: now }
    : {
        ...told,
        walk: order.walk + 1,
        left: noneLeft,
        leftBefore: left,
        resumeAt: resumeAt(order, left, quietUntil, now),
      };
};

/** Seconds that the slowest channel may take for a page. */
const pageSeconds = 20;
const largestPage = 100;

/** People of a page: as many as the slowest channel takes while a run may wait for it. */
export const pageSize = (channels: readonly SendingChannel[]): number =>
  Math.min(largestPage, ...channels.map(({ perSecond }) => perSecond * pageSeconds));

/** Channels of a city that may be used, by name. */
export const usable = (
  channels: readonly SendingChannel[],
  present: ReadonlySet<ChannelName>,
): ReadonlyMap<ChannelName, SendingChannel> =>
  new Map(channels.filter(({ channel }) => present.has(channel)).map((one) => [one.channel, one]));
