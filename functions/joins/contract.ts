import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { anyone, citizen, contract } from '../kernel/contract.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { cursor, instant } from '../kernel/schema.ts';
import { contact } from '../people/contact.ts';

const code = z.string().check(z.regex(codePattern));

const joined = z.object({
  /** To follow the report by; it opens nothing of what its reporter wrote. */
  code: z.string(),
  joinedAt: instant,
  state: z.string(),
  stateName: z.string(),
  /** Without this one, which is counted within a moment. */
  supporters: z.int(),
  track: z.string(),
});

const joining = ['idempotencyKeyMissing', 'invalidInput', 'joinExpired', 'notJoinable', 'notSetUp'] as const;

/** Supporting a report of another instead of filing the same once more. */
export const joins = contract({
  feature: 'joins',
  problems: reportProblems,
  operations: {
    joinReport: {
      method: 'POST',
      path: '/v1/joins',
      who: anyone,
      summary: {
        id: 'Dukung laporan yang sudah ada, tanpa akun',
        en: 'Join an open report without an account',
      },
      body: z.strictObject({ ref: cursor, contact: z.optional(contact) }),
      idempotent: true,
      status: 201,
      response: joined,
      errors: [...joining, 'keyReused', 'tooManyRequests'],
      throttle: { rate: 100, burst: 200 },
    },
    joinMyReport: {
      method: 'POST',
      path: '/v1/me/joins',
      who: citizen,
      summary: { id: 'Dukung laporan yang sudah ada', en: 'Join an open report' },
      body: z.strictObject({ ref: cursor }),
      idempotent: true,
      status: 201,
      response: joined,
      errors: [...joining, 'ownReport', 'tooManyRequests'],
    },
    myJoins: {
      method: 'GET',
      path: '/v1/me/joins',
      who: citizen,
      summary: { id: 'Laporan yang Anda dukung', en: 'Reports that you joined' },
      query: z.strictObject({ cursor: z.optional(cursor) }),
      status: 200,
      response: z.object({
        reports: z.array(
          z.object({
            code: z.string(),
            joinedAt: instant,
            /** Null when the report became secret since: that you joined it is all that you may know. */
            state: z.nullable(z.string()),
            stateName: z.nullable(z.string()),
          }),
        ),
        next: z.nullable(z.string()),
      }),
      errors: ['badCursor'],
    },
    leaveReport: {
      method: 'DELETE',
      path: '/v1/me/joins/{code}',
      who: citizen,
      summary: { id: 'Berhenti mendukung sebuah laporan', en: 'Leave a report that you joined' },
      params: z.strictObject({ code }),
      status: 204,
      errors: ['notFound', 'busy'],
    },
  },
});
