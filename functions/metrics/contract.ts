import * as z from 'zod/mini';
import { contract, staff } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';

const count = z.int();
/** One number per day of the month, the first day first. */
const byDay = z.array(z.int());
/** Working minutes; the mean is never without the n that it is made of, null when that is 0. */
const time = z.object({ minutes: z.int(), mean: z.nullable(z.number()), n: z.int() });
/** At `asOf`, whatever month is asked for. Overdue: the earliest running deadline is over. */
const now = { open: count, overdue: count };

export const metrics = contract({
  feature: 'metrics',
  operations: {
    unitMetrics: {
      method: 'GET',
      path: '/v1/metrics/units',
      // Not the validator: it sees a case only while that case waits for it, so no total is its to know.
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead', 'inspector', 'executive'),
      summary: {
        id: 'Angka kinerja per unit dalam satu bulan: diteruskan, dijawab, terbuka, lewat batas',
        en: 'Figures per unit for a month: assigned, answered, open, overdue',
      },
      query: z.strictObject({
        /** `yyyy-mm` in the city's zone; the present month unless given. */
        month: z.optional(z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'yyyy-mm'))),
      }),
      status: 200,
      response: z.object({
        month: z.string(),
        /** Open and overdue are as of this full minute. */
        asOf: instant,
        /** Root units that the caller may see, by name: not a ranking. Only cases whose every detail is open to the caller count. */
        units: z.array(
          z.object({
            unit: z.object({ id: z.string(), name: z.string(), short: z.string() }),
            assigned: count,
            responded: count,
            /** From assignment to the first reply that says what will be done and when, on the unit's calendar. */
            response: time,
            byDay: z.object({ assigned: byDay, responded: byDay, responseMinutes: byDay }),
            ...now,
          }),
        ),
        /** What lies with the coordinator; null for those who do not see triage. */
        triage: z.nullable(
          z.object({
            /** All cases of the month, by the original time. */
            filed: count,
            /** Stays in triage that ended in the month, and their working time on the city's calendar. */
            triaged: count,
            time,
            byDay: z.object({ filed: byDay, triaged: byDay, triageMinutes: byDay }),
            ...now,
          }),
        ),
      }),
      errors: ['invalidInput', 'notSetUp'],
    },
  },
});
