import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';

/** Who comes, as a slot knows it: a pseudonym and nothing else of a person. */
const place = z.object({
  /** Keyed hash of account, case or phone; the booking's own id for somebody of whom nothing is known. */
  person: z.string(),
  by: z.enum(['citizen', 'holder', 'staff']),
  bookedAt: instant,
  state: z.enum(['booked', 'arrived', 'absent']),
  /** The case that it is about. */
  code: z.optional(z.string()),
  /** Number in the day's queue, once they came. */
  queue: z.optional(z.int()),
});
export type Place = z.output<typeof place>;

/** One item a slot. Its map is what is taken: as many as the condition of each write lets in, and nobody more. */
export const slotItem = z.object({ at: z.string(), taken: z.record(z.string(), place) });
export type TakenSlot = z.output<typeof slotItem>;

/** What a person has with a resource: at most one at a time, which is what its key says. */
export const booking = z.object({
  v: z.literal(1),
  id: z.string(),
  fingerprint: z.string(),
  person: z.string(),
  resource: z.string(),
  at: z.string(),
  endsAt: instant,
  bookedAt: instant,
  by: z.enum(['citizen', 'holder', 'staff']),
  code: z.optional(z.string()),
  expires: z.int(),
});
export type Booking = z.output<typeof booking>;

/** As its slot knows it. */
export const placeOf = ({ person, by, bookedAt, code }: Booking): Place => ({
  ...{ person, by, bookedAt, state: 'booked' },
  ...(code === undefined ? {} : { code }),
});
