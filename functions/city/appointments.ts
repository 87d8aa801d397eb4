import * as z from 'zod/mini';
import { day, slug } from '../kernel/schema.ts';

/**
 * Where people can come at an hour that they chose: the kind `appointments` of a pack, which may do without. A resource is
 * what has places, such as the counters of one unit for one purpose.
 */
const text = z.string().check(z.minLength(1), z.maxLength(200));
const names = z.strictObject({ id: text, en: text });
const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

const resource = z.strictObject({
  /** Never reused: bookings name it, and services do (`appointment`). */
  id: slug,
  names,
  /** Its people keep the book. */
  unit: slug,
  /** Where to come to. */
  place: names,
  /** Its hours and holidays. */
  calendar: slug,
  /** Local hours of the day within which places are offered, where that is less than the calendar is open. */
  hours: z.optional(z.strictObject({ from: time, to: time })),
  /** Length of a slot, and how many may come in it: what its counters can serve at once. */
  minutes: z.int().check(z.gte(5), z.lte(240)),
  capacity: z.int().check(z.gte(1), z.lte(100)),
  /** Calendar days after today that can be booked. */
  daysAhead: z.int().check(z.gte(1), z.lte(90)),
  /** Minutes before its beginning at which a slot closes. */
  notice: z._default(z.int().check(z.gte(0), z.lte(2880)), 0),
  /** Days on which it is closed beside the calendar's holidays. */
  closed: z._default(z.array(z.strictObject({ date: day, reason: names })).check(z.maxLength(200)), []),
  /** Anybody with an account may come; otherwise only for an application whose service names this resource. */
  anybody: z.boolean(),
});
export type Resource = z.output<typeof resource>;

export const appointments = z.strictObject({ resources: z.array(resource).check(z.maxLength(200)) });
