import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { staff } from '../kernel/contract.ts';
import { day, instant } from '../kernel/schema.ts';

/** What the operations of appointments take, answer and refuse with. */
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
/** A local beginning, `2026-11-24T08:00`. */
export const localTime = z.string().check(
  z.maxLength(16),
  z.refine((text) => text.charAt(10) === 'T' && clock.test(text.slice(11)), 'localTime'),
  z.refine((text) => z.safeParse(day, text.slice(0, 10)).success, 'localTime'),
);
export const bookingId = z.string().check(z.regex(codePattern));
export const caseCode = z.string().check(z.minLength(9), z.maxLength(20));
export const phone = z.string().check(z.regex(/^(\+62|62|0)8\d{7,12}$/, 'phone'));
export const days = z.pipe(
  z._default(z.string().check(z.regex(/^[1-7]$/)), '7'),
  z.transform((text) => Number(text)),
);

export const resources = z.object({
  resources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      place: z.string(),
      unit: z.string(),
      minutes: z.int(),
      /** Anybody with an account may come; otherwise only for an application that is dealt with there. */
      anybody: z.boolean(),
      lastDay: day,
    }),
  ),
});

export const slots = z.object({
  days: z.array(
    z.object({
      date: day,
      /** No slot begins on it: a holiday, or closed by the unit. */
      closed: z.boolean(),
      slots: z.array(z.object({ at: z.string(), endsAt: instant, free: z.int() })),
    }),
  ),
});

export const booking = z.object({
  /** What its holder shows at the counter. */
  id: z.string(),
  resource: z.string(),
  name: z.string(),
  place: z.nullable(z.string()),
  at: z.string(),
  endsAt: instant,
  /** The case that it is about. */
  code: z.nullable(z.string()),
  state: z.enum(['booked', 'arrived', 'absent']),
  /** Number in the day's queue, once its holder came. */
  queue: z.nullable(z.int()),
  /** Why the hour no longer is what it was booked as; its holder should choose anew. */
  affected: z.nullable(z.enum(['closedDay', 'otherHours', 'fewerPlaces'])),
});
export const bookingList = z.object({ appointments: z.array(booking) });

export const slotErrors = [
  'invalidInput',
  'unknownResource',
  'slotInPast',
  'slotTooFar',
  'slotOnClosedDay',
  'slotOutsideHours',
  'slotClosing',
  'slotFull',
  'busy',
] as const;
export const bookErrors = [
  ...slotErrors,
  'idempotencyKeyMissing',
  'keyReused',
  'alreadyBooked',
  'notForThisCase',
] as const;
export const moveErrors = [...slotErrors, 'notFound', 'appointmentOver'] as const;
export const cancelErrors = ['notFound', 'appointmentOver'] as const;
export const ofCase = ['wrongCode', 'caseTokenInvalid'] as const;
/** Whose people keep a resource's book; the coordinator may for all. */
export const counter = staff('liaison', 'officer', 'head', 'areaHead', 'coordinator');
