import * as z from 'zod/mini';
import { quietHours } from '../events/quiet.ts';
import { channelNames } from '../events/told.ts';
import { areaCode, instant, slug } from '../kernel/schema.ts';

/** Subscriptions of one person: enough for every member of a family, bounded for every walk. */
export const subscriptionsLimit = 10;
/** Places that one person follows, over all subscriptions: each is an entry in a list. */
export const placesLimit = 30;

/** None: the whole city. */
const areas = z._default(z.array(areaCode).check(z.maxLength(16)), []);
/** None: all topics. */
const topics = z._default(z.array(slug).check(z.maxLength(20)), []);
/** `daily`: one message a day with everything, at `hour`. A warning of danger comes at once all the same. */
const pace = z._default(z.enum(['instant', 'daily']), 'instant');

const placesOf = (subscriptions: readonly { readonly areas: readonly string[] }[]): number =>
  new Set(subscriptions.flatMap((one) => one.areas)).size;
const listOf = <S extends z.ZodMiniType<{ readonly areas: readonly string[] }>>(one: S, least: number) =>
  z.array(one).check(
    z.minLength(least),
    z.maxLength(subscriptionsLimit),
    z.refine((all) => placesOf(all) <= placesLimit, 'tooManyPlaces'),
  );

const wish = { areas, topics, pace };
/** Where only one channel is in question. */
export const wishes = listOf(z.strictObject(wish), 1);
/** The order of the channels is the order in which they are tried. */
export const choices = listOf(z.strictObject({ ...wish, channel: z.enum(channelNames) }), 0);
export type Choice = z.output<typeof choices>[number];

export const settings = {
  /** Full hour of the digest, local time. */
  hour: z.optional(z.int().check(z.gte(0), z.lte(23))),
  language: z.optional(z.enum(['id', 'en'])),
  /** Local time; null for no quiet hours. Warnings of danger do not wait. */
  quiet: z.optional(z.nullable(quietHours)),
};

const base64url = (length: number) => z.string().check(z.regex(new RegExp(`^[\\w-]{${length}}=*$`)));
/** What the browser's `PushManager.subscribe` answered, and the id of the key that it was given. */
export const device = z.strictObject({
  endpoint: z.string().check(z.minLength(12), z.maxLength(1000)),
  p256dh: base64url(87),
  auth: base64url(22),
  key: z.string().check(z.regex(/^[a-zA-Z0-9]{1,16}$/)),
});
export type Device = z.output<typeof device>;

/** One's own subscriptions, without an address: this answer may be read over a shoulder. */
export const shown = z.object({
  subscriptions: z.array(
    z.object({
      id: z.string(),
      areas: z.array(z.string()),
      topics: z.array(z.string()),
      channel: z.enum(channelNames),
      pace: z.enum(['instant', 'daily']),
      since: instant,
    }),
  ),
  hour: z.int(),
  language: z.enum(['id', 'en']),
  quiet: z.nullable(quietHours),
  /** Nobody is told while they rest: stopped, or no address is open any more. Saving them again wakes them. */
  rests: z.nullable(z.object({ at: instant, why: z.enum(['stopped', 'unreachable']) })),
  channels: z.array(
    z.object({
      channel: z.enum(channelNames),
      /** This city sends announcements by it. */
      available: z.boolean(),
      /** Somewhere to send to is known, and open. */
      reachable: z.boolean(),
    }),
  ),
  /** For `applicationServerKey`. */
  pushKey: z.object({ id: z.string(), key: z.string() }),
});
export type Shown = z.output<typeof shown>;
