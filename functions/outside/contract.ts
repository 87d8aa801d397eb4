import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { anyone, contract, staff } from '../kernel/contract.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { instant, words } from '../kernel/schema.ts';

const named = z.object({ id: z.string(), name: z.string() });
const token = z.string().check(z.minLength(20), z.maxLength(600));
const link = ['linkInvalid', 'linkOver', 'linkReplaced', 'wrongState', 'tooManyRequests'] as const;

/** What another body reads and answers of a report that was passed on to it, by a link that the coordinator sends. */
export const outside = contract({
  feature: 'outside',
  problems: reportProblems,
  operations: {
    linkOutside: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/outside-link',
      who: staff('coordinator'),
      summary: {
        id: 'Buat tautan bagi instansi luar untuk menjawab; yang lama tidak berlaku lagi',
        en: 'Make the link by which the body outside answers; older ones are void',
      },
      params: z.strictObject({ code: z.string().check(z.regex(codePattern)) }),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: z.object({
        code: z.string(),
        seq: z.int(),
        body: named,
        /** The token follows `#`, which browsers send to no server. */
        url: z.string(),
        until: instant,
      }),
      errors: [
        'notFound',
        'forbidden',
        'wrongState',
        'staleVersion',
        'keyReused',
        'busy',
        'answeredOutside',
        'noAnswerDay',
        'caseFull',
        'secretCase',
      ],
    },
    openOutside: {
      method: 'POST',
      path: '/v1/outside/open',
      who: anyone,
      summary: {
        id: 'Baca laporan yang diteruskan, dengan tautan dari pemerintah kota',
        en: 'Read a report that was passed on, by the city’s link',
      },
      body: z.strictObject({ token }),
      status: 200,
      response: z.object({
        code: z.string(),
        body: named,
        city: z.string(),
        category: z.nullable(z.string()),
        filedAt: instant,
        /** Phone numbers, addresses of mail and the like are masked; null once it was redacted. */
        text: z.nullable(z.string()),
        place: z.object({
          area: z.nullable(z.string()),
          point: z.nullable(z.object({ lat: z.number(), lon: z.number() })),
          address: z.nullable(z.string()),
          landmark: z.nullable(z.string()),
          rt: z.nullable(z.string()),
          rw: z.nullable(z.string()),
        }),
        /** What the coordinator wrote when passing it on. */
        words: z.nullable(z.string()),
        reference: z.nullable(z.object({ kind: z.string(), number: z.string() })),
        until: instant,
        answered: z.boolean(),
      }),
      errors: [...link, 'notSetUp'],
      throttle: { rate: 20, burst: 40 },
    },
    answerOutside: {
      method: 'POST',
      path: '/v1/outside/answer',
      who: anyone,
      summary: {
        id: 'Jawab laporan yang diteruskan, satu kali per tautan',
        en: 'Answer a report that was passed on, once a link',
      },
      body: z.strictObject({
        token,
        /** Read by the reporter and by the coordinators. */
        text: words(2, 5000),
        /** The number under which the body keeps it. */
        reference: z.optional(words(1, 60)),
      }),
      idempotent: true,
      status: 201,
      response: z.object({ code: z.string(), answeredAt: instant }),
      errors: [...link, 'answeredOutside', 'keyReused', 'busy', 'notSetUp'],
      throttle: { rate: 10, burst: 20 },
    },
  },
});
