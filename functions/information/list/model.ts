import * as z from 'zod/mini';
import { day, instant, slug, words } from '../../kernel/schema.ts';
import { letters } from '../states.ts';

/**
 * Classes of information (UU 14/2008 articles 9–11 and 17, Perki 1/2021): to be published regularly, at once, to be had
 * at any time, and exempt. Of exempt information the list says that it exists and why it is closed.
 */
export const classes = ['periodic', 'immediate', 'anytime', 'exempt'] as const;
export type InformationClass = (typeof classes)[number];

export const classNames: Readonly<Record<InformationClass, { readonly id: string; readonly en: string }>> = {
  periodic: { id: 'Berkala', en: 'Regularly published' },
  immediate: { id: 'Serta-merta', en: 'Published at once' },
  anytime: { id: 'Tersedia setiap saat', en: 'Available at any time' },
  exempt: { id: 'Dikecualikan', en: 'Exempt' },
};

/** 48 bits of the command that drafted it. */
export const itemId = z.string().check(z.regex(/^[0-9a-f]{12}$/));
export const itemStates = ['draft', 'published', 'withdrawn'] as const;
/** Files of one item. */
export const itemFiles = 5;

const both = (max: number) => z.strictObject({ id: words(5, max), en: words(5, max) });
const fileIds = z
  .array(z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/, 'fileId')))
  .check(z.maxLength(itemFiles));

/** What the PPID writes of an item. */
export const itemBody = z.strictObject({
  class: z.enum(classes),
  title: both(160),
  summary: both(1000),
  /** The unit that holds it. */
  unit: slug,
  year: z.optional(z.int().check(z.gte(1945), z.lte(2100))),
  files: z._default(fileIds, []),
  link: z.optional(z.url({ protocol: /^https$/ }).check(z.maxLength(500))),
  /** Where it can be seen or had when there is neither file nor link. */
  where: z.optional(words(5, 300)),
  /** Of exempt information: by which letters of article 17, on what legal ground, found by which consequence test. */
  exempt: z.optional(
    z.strictObject({
      letters: z.array(z.enum(letters)).check(z.minLength(1), z.maxLength(letters.length)),
      basis: words(5, 500),
      test: words(3, 80),
      /** Documents of the consequence test (article 19): files of the item. */
      documents: fileIds.check(z.minLength(1)),
      /** How long it stays closed (article 20), when that is known. */
      until: z.optional(day),
    }),
  ),
});
export type ItemBody = z.output<typeof itemBody>;

export const listItem = z.object({
  v: z.literal(1),
  id: z.string(),
  /** Counts changes; guards concurrent edits. */
  rev: z.int(),
  state: z.enum(itemStates),
  body: itemBody,
  at: instant,
  /** Staff id of the last change. */
  by: z.string(),
  firstAt: z.optional(instant),
  /** Why it was withdrawn. */
  reason: z.optional(z.string()),
  /** The command of the last change: its retry is answered as the first time. */
  command: z.string(),
});
export type ListItem = z.output<typeof listItem>;
