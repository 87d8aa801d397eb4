import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';

const name = z.string().check(z.minLength(2), z.maxLength(60));

/** `sender` of a CAP message: no blanks, commas, `<` or `&` (CAP 1.2, 3.2.1). */
const sender = z.string().check(z.regex(/^[^\s,<&]{3,200}$/));

/**
 * What a city announces, and how: the kind `topics` of a pack, which may do without and then announces nothing. People
 * subscribe to topics and areas.
 */
export const topics = z.strictObject({
  /** Whether somebody other than the writers looks at an announcement first; an emergency never waits for that. */
  review: z.boolean(),
  topics: z
    .array(z.strictObject({ id: slug, names: z.strictObject({ id: name, en: name }) }))
    .check(z.minLength(1), z.maxLength(60)),
  /** Warnings of other bodies in CAP 1.2, such as BMKG's; without it none is taken. */
  alerts: z.optional(
    z.strictObject({
      /** Whose warnings are taken; all others are refused. */
      senders: z.array(sender).check(z.minLength(1), z.maxLength(20)),
      /** Goes out at once, or waits for a person as a draft. */
      publish: z.enum(['atOnce', 'afterReview']),
      /** The unit and the topic that they appear under. */
      unit: slug,
      topic: slug,
      /** How long a warning holds that does not say when it expires. */
      hours: z.int().check(z.gte(1), z.lte(168)),
      /** Where they are fetched from, beside those that are handed in: a CAP message, or an RSS or Atom list of them. */
      feeds: z._default(
        z.array(z.url({ protocol: /^https$/ }).check(z.maxLength(500))).check(z.maxLength(5)),
        [],
      ),
    }),
  ),
});
export type Topics = z.output<typeof topics>;
export type Topic = Topics['topics'][number];

/** Of a city that set none. */
export const noTopics: Topics = { review: true, topics: [] };
