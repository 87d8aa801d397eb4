import * as z from 'zod/mini';
import { channelNames } from '../events/told.ts';
import { areaCode, instant, slug } from '../kernel/schema.ts';

/** What somebody wants to hear of, and how. No areas: the whole city; no topics: all of them. */
export const subscription = z.object({
  /** `s1` … of its owner. */
  id: z.string(),
  areas: z.array(areaCode),
  topics: z.array(slug),
  channel: z.enum(channelNames),
  pace: z.enum(['instant', 'daily']),
  /** It covers what is published from then on, so that no change has anything told twice. */
  since: instant,
});
export type Subscription = z.output<typeof subscription>;

export const orderStates = ['open', 'done', 'cancelled'] as const;

/** How many people ended how, since the sending began. Everybody is counted once. */
export const tally = z.object({
  sent: z.int(),
  /** No channel of theirs will ever take it, or nobody could send it in time. */
  failed: z.int(),
  /** A try ended without a word; it may have arrived, so it is not sent again. */
  uncertain: z.int(),
  /** Had no address left that is open; their subscriptions rest. */
  pruned: z.int(),
});
export type Tally = z.output<typeof tally>;
export const noTally: Tally = { sent: 0, failed: 0, uncertain: 0, pruned: 0 };

/** Whom a walk had to leave, and why; another walk follows. */
export const left = z.object({
  /** Quiet hours. */
  quiet: z.int(),
  /** A channel did not take it, or is not asked for now. */
  channel: z.int(),
  /** The month's allowance of the channel is used up. */
  allowance: z.int(),
  /** Another run has them in hand. */
  busy: z.int(),
});
export type Left = z.output<typeof left>;
export const noneLeft: Left = { quiet: 0, channel: 0, allowance: 0, busy: 0 };
export const sumOf = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((sum, n) => sum + n, 0);

/** Where a walk is: after the subscriber `after` of one list of subscribers. */
const place = z.object({ list: z.string(), after: z.optional(z.string()) });
export type Place = z.output<typeof place>;

const headline = z.object({ id: z.string(), en: z.optional(z.string()) });

/**
 * One order to tell the subscribers of an announcement, or of a daily digest, and how far that has come. Holds public
 * words only, and nobody's name.
 */
export const order = z.object({
  v: z.literal(1),
  /** The announcement's id; `daily-<date>-<hour>` of a digest. */
  id: z.string(),
  /** The announcement's version: telling a corrected one is another order. */
  version: z.int(),
  /** Of a digest: it covers what was published after `from`, up to `to`. */
  digest: z.optional(z.object({ hour: z.int(), from: instant, to: instant })),
  emergency: z.boolean(),
  headline,
  /** Of its page, below the city's public address. */
  path: z.string(),
  areas: z.array(z.string()),
  topics: z.array(z.string()),
  at: instant,
  /** Nobody is told any more from then on. */
  until: instant,
  state: z.enum(orderStates),
  /** Changes with every write. */
  rev: z.int(),
  /** Pages that ended, over all walks; whoever ends one moves it on. */
  turn: z.int(),
  /** Walks that were begun; more than one where people had to be left. */
  walk: z.int(),
  place: z.optional(place),
  /** How many it is for, counted at `countedAt`. */
  people: z.optional(z.int()),
  countedAt: z.optional(instant),
  tally,
  left,
  /** Whom the walk before left. */
  leftBefore: z.optional(left),
  /** Earliest end of a quiet time that this walk met. */
  quietUntil: z.optional(instant),
  /** Channels that took nothing when the last walk ended: one failure is enough to leave them alone. */
  down: z.array(z.string()),
  /** Whose run works on it; nobody else does until then, so that everybody is counted by one. */
  runner: z.optional(z.object({ id: z.string(), until: instant })),
  /** The next walk begins no sooner. */
  resumeAt: z.optional(instant),
  touchedAt: instant,
  startedAt: z.optional(instant),
  endedAt: z.optional(instant),
});
export type Order = z.output<typeof order>;
export type OrderKey = Pick<Order, 'id' | 'version'>;
