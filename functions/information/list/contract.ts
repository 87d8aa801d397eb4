import * as z from 'zod/mini';
import { anyone, type Operation } from '../../kernel/contract.ts';
import { cursor, instant, pageSize, slug, words } from '../../kernel/schema.ts';
import { offered } from '../shapes.ts';
import { decisions, grounds } from '../states.ts';
import { keepingOperations } from './keeping-contract.ts';
import { classes, itemId } from './model.ts';

const params = z.strictObject({ id: itemId });
const throttle = { rate: 100, burst: 200 } as const;
const year = z.string().check(z.regex(/^(19|20)\d{2}$/));
const file = z.object({ id: z.string(), url: z.string(), contentType: z.string(), bytes: z.int() });
const named = z.object({ id: z.string(), name: z.string() });

const counts = <K extends string>(keys: readonly K[]) =>
  z.object(Object.fromEntries(keys.map((key) => [key, z.int()])) as Record<K, ReturnType<typeof z.int>>);

/** The public list of information, for everybody, and who keeps it. */
export const listOperations = {
  aboutInformation: {
    method: 'GET',
    path: '/v1/information',
    who: anyone,
    summary: {
      id: 'Layanan PPID: tempat, biaya, batas waktu, Komisi Informasi',
      en: 'Information service: where, cost, limits, commission',
    },
    status: 200,
    response: z.object({
      office: z.object({ address: z.string(), hours: z.string() }),
      copies: z.array(z.object({ what: z.string(), rupiah: z.int() })),
      commission: z.object({ name: z.string(), address: z.string() }),
      /** Working days, each with its law. */
      limits: z.array(
        z.object({
          name: z.enum(['promise', 'extension', 'contest', 'objection', 'dispute']),
          amount: z.int(),
          in: z.string(),
          reference: z.string(),
        }),
      ),
    }),
    maxAge: 60,
    errors: ['noInformationOfficer'],
    throttle,
  },
  publicInformation: {
    method: 'GET',
    path: '/v1/information/items',
    who: anyone,
    summary: { id: 'Daftar informasi publik', en: 'The public list of information' },
    query: z.strictObject({
      class: z.optional(z.enum(classes)),
      unit: z.optional(slug),
      year: z.optional(year),
      /** Every word in some form. */
      q: z.optional(words(2, 120)),
      cursor: z.optional(cursor),
      size: pageSize,
    }),
    status: 200,
    response: z.object({ items: z.array(offered), next: z.nullable(z.string()) }),
    maxAge: 30,
    errors: ['badCursor', 'invalidInput'],
    throttle,
  },
  publicInformationItem: {
    method: 'GET',
    path: '/v1/information/items/{id}',
    who: anyone,
    summary: {
      id: 'Satu informasi publik dengan berkasnya',
      en: 'One item of public information with its files',
    },
    params,
    status: 200,
    response: z.object({
      id: z.string(),
      class: named,
      title: z.string(),
      summary: z.string(),
      unit: z.nullable(named),
      year: z.nullable(z.int()),
      /** Counts the changes of it. */
      version: z.int(),
      publishedAt: instant,
      changedAt: instant,
      /** Links that end after some minutes. */
      files: z.array(file),
      link: z.nullable(z.string()),
      where: z.nullable(z.string()),
      exempt: z.nullable(
        z.object({
          letters: z.array(z.object({ letter: z.string(), says: z.string() })),
          basis: z.string(),
          test: z.string(),
          documents: z.array(file),
          until: z.nullable(z.string()),
        }),
      ),
    }),
    maxAge: 30,
    errors: ['notFound', 'invalidInput'],
    throttle,
  },
  matchInformation: {
    method: 'POST',
    path: '/v1/information/matches',
    who: anyone,
    summary: {
      id: 'Informasi publik yang mungkin sudah menjawab, sebelum memohon',
      en: 'Public information that may be the answer, before a request',
    },
    body: z.strictObject({ information: words(3, 3000) }),
    status: 200,
    response: z.object({ items: z.array(offered) }),
    errors: ['invalidInput'],
    throttle,
  },
  informationStatistics: {
    method: 'GET',
    path: '/v1/information/statistics',
    who: anyone,
    summary: {
      id: 'Statistik layanan informasi setahun',
      en: 'A year of the information service in figures',
    },
    query: z.strictObject({ year }),
    status: 200,
    response: z.object({
      year: z.int(),
      /** Requests of the register of that year. */
      requests: z.int(),
      open: z.int(),
      withdrawn: z.int(),
      /** The latest answer of each. */
      decisions: counts(decisions),
      extended: z.int(),
      /** Answered after their limit, or past it and open. */
      late: z.int(),
      /** Means over what was answered; null when nothing was. */
      average: z.nullable(z.object({ workingDays: z.number(), calendarDays: z.number() })),
      objections: z.object({
        total: z.int(),
        byGround: counts(grounds),
        open: z.int(),
        upheld: z.int(),
        overturned: z.int(),
        disputes: z.int(),
      }),
      /** Items that are public now. */
      list: counts(classes),
    }),
    maxAge: 600,
    errors: ['invalidInput'],
    throttle: { rate: 20, burst: 40 },
  },
  ...keepingOperations,
} as const satisfies Readonly<Record<string, Operation>>;
