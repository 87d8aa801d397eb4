import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';

/** Whom a step reaches: whoever is waited for, whoever works on it, and then upwards. */
export const rungs = ['reporter', 'unit', 'head', 'sekda', 'mayor'] as const;
export type Rung = (typeof rungs)[number];
/** Those above the people who work on a case. */
export const above: readonly Rung[] = ['head', 'sekda', 'mayor'];

/**
 * What happens around the deadlines of a case, and who hears of it: the kind `ladder` of a pack. A step is taken once
 * for each run of a clock, `days` working days of that clock's own calendar from its deadline.
 */
export const ladder = z.strictObject({
  /** Where the steps come from: a regulation, a decree of the mayor, practice. */
  source: z.string().check(z.minLength(1), z.maxLength(500)),
  steps: z
    .array(
      z.strictObject({
        id: slug,
        /** Names of clocks; which there are is compared when the settings are checked. */
        clocks: z
          .array(z.string().check(z.minLength(1), z.maxLength(32)))
          .check(z.minLength(1), z.maxLength(20)),
        /** Working days from the deadline: before it when negative (opening time), after it when positive (closing time). */
        days: z.int().check(z.gte(-60), z.lte(120)),
        tells: z.enum(rungs),
      }),
    )
    .check(z.maxLength(40)),
});
export type LadderStep = z.output<typeof ladder>['steps'][number];
