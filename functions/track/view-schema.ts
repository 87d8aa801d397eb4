import * as z from 'zod/mini';
import { shownFile } from '../attachments/shape.ts';
import { instant } from '../kernel/schema.ts';

/** One step of the public timeline. */
export const publicEntry = z.object({
  at: instant,
  type: z.string(),
  state: z.string(),
  stateName: z.string(),
  unit: z.nullable(z.string()),
  /** Standard wording; never what a person wrote. */
  says: z.string(),
});

export const summary = {
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  stateName: z.string(),
  filedAt: instant,
  /** What the citizen is promised: the earlier of the two limits; null when it has ended. */
  due: z.nullable(instant),
  limits: z.object({ promise: z.nullable(instant), outer: z.nullable(instant) }),
  unit: z.nullable(z.string()),
};

/** What the reporter reads: the story so far, what happens now and why, and what is open to them. */
export const privateView = z.object({
  ...summary,
  text: z.nullable(z.string()),
  place: z.object({
    area: z.nullable(z.string()),
    address: z.nullable(z.string()),
    landmark: z.nullable(z.string()),
    rt: z.nullable(z.string()),
    rw: z.nullable(z.string()),
  }),
  category: z.nullable(z.string()),
  /** What happens now and why, and until when; null when nothing is waited for. */
  now: z.object({ says: z.string(), until: z.nullable(instant) }),
  /** Limits that hold now, the earliest first, each with the rule that sets it. */
  clocks: z.array(
    z.object({
      name: z.string(),
      says: z.string(),
      due: instant,
      paused: z.boolean(),
      reference: z.nullable(z.string()),
    }),
  ),
  plan: z.nullable(z.object({ date: z.string(), source: z.string(), year: z.int() })),
  rating: z.nullable(z.object({ stars: z.int(), done: z.boolean() })),
  /** The report that this one was merged into: the one to follow; null also where that turned secret. */
  mergedInto: z.nullable(z.string()),
  /** Who waits for it beside the reporter. */
  supporters: z.int(),
  /** Where it lies outside of the city, and what is known of the answer. */
  outside: z.nullable(
    z.object({
      body: z.string(),
      reference: z.nullable(z.object({ kind: z.string(), number: z.string() })),
      answerBy: z.nullable(z.string()),
      answered: z.boolean(),
      reply: z.nullable(z.string()),
    }),
  ),
  /** Of what can be objected to: to whom and until when. */
  appeal: z.nullable(z.object({ says: z.string(), until: instant })),
  /** Whether it is kept in an account. */
  claimed: z.boolean(),
  /** Until when a dispute or an objection is possible; null when there is nothing to contest. */
  contestUntil: z.nullable(instant),
  /** What the reporter may do now, each with the moment until which. */
  actions: z.array(z.object({ id: z.string(), name: z.string(), until: z.nullable(instant) })),
  /** The way out of the house, open from the first day. */
  ombudsman: z.object({ says: z.string(), reference: z.string(), url: z.string() }),
  timeline: z.array(
    z.object({
      ...publicEntry.shape,
      seq: z.int(),
      /** Why, when a reason was given by a code. */
      why: z.nullable(z.string()),
      by: z.nullable(z.string()),
      /** Whether the reporter wrote it: those words can be taken back. */
      own: z.boolean(),
      texts: z.array(z.string()),
      files: z.array(shownFile),
    }),
  ),
});
