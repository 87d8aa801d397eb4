import * as z from 'zod/mini';
import { actorRef } from '../cases/model.ts';
import { areaCode, instant, instantIn, slug, words } from '../kernel/schema.ts';

/** What an announcement is. `agenda` has a time and place of its own; `emergency` stands above everything while it lasts. */
export const kinds = ['news', 'notice', 'agenda', 'vacancy', 'tender', 'emergency'] as const;
export type Kind = (typeof kinds)[number];

/** Indonesian always, English where somebody wrote it. */
const both = <S extends z.ZodMiniType>(text: S) => z.strictObject({ id: text, en: z.optional(text) });

/** What stands in a list, a subject or a calendar. */
const line = (min: number, max: number) => words(min, max).check(z.regex(/^[^\n\r\t]*$/, 'oneLine'));

/** Publication and expiry are to the minute. */
const minute = z.pipe(
  z.pipe(
    instantIn,
    z.transform((at: string) => `${at.slice(0, 16)}:00Z`),
  ),
  instant,
);

/** Id of an upload, with or without the seal that its uploader was given. */
const fileId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}(\.[\w.-]{1,300})?$/));
const link = z.url({ protocol: /^https$/ }).check(z.maxLength(500));

export const filesOfOne = 5;

/** What a writer gives. Markdown without HTML; areas empty for the whole city. */
export const content = z.strictObject({
  kind: z.enum(kinds),
  title: both(line(3, 150)),
  body: both(words(1, 12_000)),
  unit: slug,
  areas: z.array(areaCode).check(z.maxLength(100)),
  topics: z.array(slug).check(z.minLength(1), z.maxLength(5)),
  /** At once when absent, and when it has passed. */
  publishAt: z.optional(minute),
  expiresAt: z.optional(minute),
  pinned: z._default(z.boolean(), false),
  source: z.optional(z.strictObject({ name: line(2, 200), url: z.optional(link) })),
  cover: z.optional(z.strictObject({ file: fileId, alt: both(line(2, 200)) })),
  files: z._default(
    z.array(z.strictObject({ file: fileId, name: both(line(2, 150)) })).check(z.maxLength(filesOfOne)),
    [],
  ),
  /** Of an agenda alone. */
  event: z.optional(z.strictObject({ start: minute, end: minute, place: line(2, 200) })),
});
export type Content = z.output<typeof content>;

/** One version as it was or will be public. Those that were public are never changed. */
export const version = z.object({
  v: z.literal(1),
  id: z.string(),
  version: z.int(),
  content,
  /** The body as sanitised HTML, made when it was written. */
  html: z.object({ id: z.string(), en: z.optional(z.string()) }),
  at: instant,
});
export type Version = z.output<typeof version>;

/** `first`: that it is there; `again`: a correction; `nothing`: those not told yet get the corrected words, or none. */
const tellings = ['first', 'again', 'nothing'] as const;

export const states = [
  'draft',
  'review',
  'scheduled',
  'published',
  'corrected',
  'expired',
  'withdrawn',
  'discarded',
] as const;
export type State = (typeof states)[number];

export const stages = ['draft', 'review'] as const;

/** What is known of an announcement beside its words. */
export const head = z.object({
  v: z.literal(1),
  id: z.string(),
  /** Counts steps; the ETag. */
  seq: z.int(),
  unit: slug,
  kind: z.enum(kinds),
  /** A version that is being written, beside the one that is public. */
  pending: z.optional(
    z.object({
      version: z.int(),
      stage: z.enum(stages),
      /** Pseudonyms of all who wrote in it: none of them reviews it. */
      writers: z.array(z.string()),
      /** Why a public one is corrected. */
      reason: z.optional(z.string()),
    }),
  ),
  /** What is public from `at` until `expiresAt`, whatever any job does. */
  live: z.optional(z.object({ version: z.int(), at: instant, expiresAt: z.optional(instant) })),
  withdrawn: z.optional(z.object({ at: instant, reason: z.string() })),
  discarded: z.optional(instant),
  corrections: z.array(z.object({ version: z.int(), at: instant, reason: z.string() })),
  /** What its subscribers are to be told, and from when; gone once that was handed over (`telling.ts`). */
  due: z.optional(z.object({ at: instant, tell: z.enum(tellings) })),
  /** Where it stands in lists. */
  places: z.array(z.object({ pk: z.string(), sk: z.string() })),
  /** The command that made it: its id decides the announcement's. */
  created: z.object({ id: z.string(), fingerprint: z.string() }),
  /** The last commands, so that a retry gets the first answer. */
  commands: z.array(
    z.object({ id: z.string(), fingerprint: z.string(), seq: z.int(), state: z.enum(states) }),
  ),
  /** Of a warning that came in CAP: the message that it says, and when that was sent. */
  alert: z.optional(z.object({ sender: z.string(), identifier: z.string(), sent: z.optional(instant) })),
});
export type Head = z.output<typeof head>;

/** A step that was taken. */
export const step = z.object({
  v: z.literal(1),
  seq: z.int(),
  type: z.enum([
    'created',
    'edited',
    'submitted',
    'returned',
    'published',
    'corrected',
    'withdrawn',
    'discarded',
  ]),
  at: instant,
  actor: actorRef,
  version: z.optional(z.int()),
  reason: z.optional(z.string()),
  /** Published by one person, as an emergency may be. */
  alone: z.optional(z.literal(true)),
});
export type Step = z.output<typeof step>;

/** What a list shows, and decides by: a copy that stands wherever the announcement is listed. */
export const card = z.object({
  v: z.literal(1),
  id: z.string(),
  kind: z.enum(kinds),
  version: z.int(),
  title: z.object({ id: z.string(), en: z.optional(z.string()) }),
  /** The first words of the body, plain. */
  lead: z.object({ id: z.string(), en: z.optional(z.string()) }),
  unit: slug,
  areas: z.array(z.string()),
  topics: z.array(z.string()),
  at: instant,
  expiresAt: z.optional(instant),
  correctedAt: z.optional(instant),
  withdrawnAt: z.optional(instant),
  pinned: z.boolean(),
  source: z.optional(z.object({ name: z.string(), url: z.optional(z.string()) })),
  cover: z.optional(
    z.object({ file: z.string(), alt: z.object({ id: z.string(), en: z.optional(z.string()) }) }),
  ),
  event: z.optional(z.object({ start: instant, end: instant, place: z.string() })),
});
export type Card = z.output<typeof card>;

/** A card of the desk's list of what is being written or waits. */
export const workCard = z.extend(card, { stage: z.enum(stages), seq: z.int() });
export type WorkCard = z.output<typeof workCard>;
