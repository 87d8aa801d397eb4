import * as z from 'zod/mini';
import { anyone, caseHolder, contract } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';

/** Codes are read as people type them: any case, with spaces or dashes. */
const typedCode = z.string().check(z.minLength(9), z.maxLength(20));

const publicEntry = z.object({
  at: instant,
  type: z.string(),
  state: z.string(),
  stateName: z.string(),
  unit: z.nullable(z.string()),
  /** Standard wording; never what a person wrote. */
  says: z.string(),
});

const summary = {
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

const privateView = z.object({
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
  timeline: z.array(
    z.object({ ...publicEntry.shape, by: z.nullable(z.string()), texts: z.array(z.string()) }),
  ),
});

export const track = contract({
  feature: 'track',
  operations: {
    trackCase: {
      method: 'GET',
      path: '/v1/track/{code}',
      who: anyone,
      summary: { id: 'Lacak laporan dengan kode', en: 'Follow a report by its code' },
      params: z.strictObject({ code: typedCode }),
      status: 200,
      response: z.object({ ...summary, timeline: z.array(publicEntry) }),
      errors: ['wrongCode', 'notFound', 'pinNeeded'],
      throttle: { rate: 100, burst: 200 },
    },
    openCase: {
      method: 'POST',
      path: '/v1/track/{code}/open',
      who: anyone,
      summary: { id: 'Buka laporan sendiri dengan PIN', en: 'Open one’s own report with its PIN' },
      params: z.strictObject({ code: typedCode }),
      body: z.strictObject({ pin: z.string().check(z.minLength(8), z.maxLength(12)) }),
      status: 200,
      response: z.object({
        /** For `Authorization: Bearer`, half an hour. */
        token: z.string(),
        expiresIn: z.int(),
        case: privateView,
      }),
      errors: ['wrongCode', 'wrongPin', 'tooManyRequests'],
      throttle: { rate: 20, burst: 40 },
    },
    readOwnCase: {
      method: 'GET',
      path: '/v1/track/{code}/private',
      who: caseHolder,
      summary: { id: 'Laporan sendiri secara lengkap', en: 'One’s own report in full' },
      params: z.strictObject({ code: typedCode }),
      status: 200,
      response: privateView,
      errors: ['wrongCode', 'caseTokenInvalid'],
    },
  },
});
