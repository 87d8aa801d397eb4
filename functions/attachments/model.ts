import * as z from 'zod/mini';
import { audiences } from '../cases/model.ts';
import { instant } from '../kernel/schema.ts';

/** Files that one command names. */
export const filesAtOnce = 5;

/** What an upload may be: a photo, a PDF, a short voice note. */
export const fileKinds = ['photo', 'document', 'voice'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Why a file is not served, each with its words in `words.ts`. */
export const refusals = [
  'empty',
  'tooLarge',
  'unknownType',
  'heic',
  'broken',
  'tooManyPixels',
  'animated',
  'activeContent',
  'encrypted',
  'tooLong',
  'namedElsewhere',
] as const;
export type Refused = (typeof refusals)[number];

/** What the camera wrote: personal, for staff alone, never served with the picture. */
export const exif = z.object({
  /** The camera's own clock; with an offset from UTC where it says one. */
  takenAt: z.optional(z.string()),
  point: z.optional(z.object({ lat: z.number(), lon: z.number() })),
  make: z.optional(z.string()),
  model: z.optional(z.string()),
  software: z.optional(z.string()),
});
export type Exif = z.output<typeof exif>;

/** Everything that one reading of an upload found: later checks (reuse, distance) need no second one. */
export const facts = z.object({
  kind: z.enum(fileKinds),
  /** Type and bytes of what was uploaded. */
  contentType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** 64 bits, 16 hexadecimal digits: near ones are near pictures. */
  perceptualHash: z.optional(z.string()),
  seconds: z.optional(z.number()),
  exif: z.optional(exif),
});
export type Facts = z.output<typeof facts>;

/** Type and bytes of what is served in place of the upload. */
const derivative = z.object({ contentType: z.string(), bytes: z.int() });
export type Derivative = z.output<typeof derivative>;

export const served = z.object({ full: derivative, thumbnail: z.optional(derivative) });
export type Served = z.output<typeof served>;

/**
 * A file that a case names. Written by the job that inspects: first which case has it, then, once, what was found.
 * An upload that no case names has no record at all and goes after a day.
 */
export const fileRecord = z.object({
  v: z.literal(1),
  id: z.string(),
  /** The one case that has it; no case's code where `owner` has it. */
  code: z.string(),
  /** Whose it is instead of a case's: claimed when its upload was allowed, inspected when it arrives. */
  owner: z.optional(z.enum(['announcement', 'information'])),
  /** The event that named it. */
  seq: z.int(),
  by: z.enum(['reporter', 'staff']),
  audience: z.enum(audiences),
  namedAt: instant,
  checkedAt: z.optional(instant),
  refused: z.optional(z.enum(refusals)),
  facts: z.optional(facts),
  served: z.optional(served),
});
export type FileRecord = z.output<typeof fileRecord>;

/** Keys of objects: what came in, and the two that are served. The id is random, so no key can be guessed. */
export const incomingKey = (id: string): string => `incoming/${id}`;
export const servedKey = (id: string, which: 'full' | 'thumbnail'): string => `served/${id}/${which}`;
