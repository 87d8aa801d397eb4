import * as z from 'zod/mini';
import { absences } from '../availability/record.ts';
import { applicants, pillars, serviceCode, serviceStates } from '../city/services.ts';
import { applicationProblems } from '../kernel/application-problems.ts';
import { anyone, contract, staff } from '../kernel/contract.ts';
import { day, instant, pageSize, slug, words } from '../kernel/schema.ts';
import { serviceProblems } from '../kernel/service-problems.ts';

const names = z.object({ id: z.string(), en: z.string() });
const unit = z.object({ id: z.string(), name: z.string() });
const month = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

/** What a list of services shows of one. */
const listed = {
  code: z.string(),
  name: names,
  summary: names,
  unit,
  pillar: z.enum(pillars),
  applicants: z.array(z.enum(applicants)),
  onBehalf: z.boolean(),
  /** The national system that issues it, to which `…/go` leads; null when it is applied for here. */
  issuedBy: z.nullable(z.object({ system: z.string(), owner: z.string() })),
  /** Rupiah. */
  fee: z.object({ rupiah: z.int(), note: names }),
  promise: z.object({ amount: z.int(), in: z.string(), legal: z.string() }),
  /** As of today. `from` and `until` are of a pause that is announced, too. */
  status: z.object({
    state: z.enum(serviceStates),
    reason: z.nullable(names),
    from: z.nullable(day),
    until: z.nullable(day),
  }),
  product: z.object({ kind: z.string(), name: names }),
};

const part = z.object({ id: z.string(), en: z.nullable(z.string()) });

/** Whole, and what is undecided about the link of an app. */
const availability = z.object({
  /** `unknown` before the first look, and of what cannot be looked at from outside. */
  state: z.enum(['up', 'down', 'unknown']),
  since: z.nullable(instant),
  checkedAt: z.nullable(instant),
  /** Percent of looks in 30 days that found it there. */
  uptime: z.nullable(z.number()),
});
const app = z.object({
  id: z.string(),
  name: names,
  about: names,
  url: z.string(),
  owner: unit,
  availability,
});

const throttle = { rate: 200, burst: 400 } as const;

/** The catalogue of services and the directory of apps, as everybody may read them. */
export const services = contract({
  feature: 'services',
  problems: {
    ...serviceProblems,
    servicePaused: applicationProblems.servicePaused,
    serviceClosed: applicationProblems.serviceClosed,
  },
  operations: {
    listServices: {
      method: 'GET',
      path: '/v1/services',
      who: anyone,
      summary: { id: 'Katalog layanan kota', en: 'The city’s catalogue of services' },
      query: z.strictObject({
        pillar: z.optional(z.enum(pillars)),
        /** A unit with all below it. */
        unit: z.optional(slug),
        applicant: z.optional(z.enum(applicants)),
        /** As of today. */
        state: z.optional(z.enum(serviceStates)),
        /** Each word begins a word of name, summary or product, in either language. */
        q: z.optional(words(2, 120)),
        /** The code of the last service of the page before. */
        cursor: z.optional(serviceCode),
        size: pageSize,
      }),
      status: 200,
      response: z.object({ services: z.array(z.object(listed)), next: z.nullable(z.string()) }),
      maxAge: 60,
      errors: ['badCursor', 'invalidInput', 'notSetUp'],
      throttle,
    },
    readService: {
      method: 'GET',
      path: '/v1/services/{code}',
      who: anyone,
      summary: {
        id: 'Satu layanan: standar pelayanan, formulir, dokumen',
        en: 'One service: its standard, form and documents',
      },
      params: z.strictObject({ code: serviceCode }),
      query: z.strictObject({
        /** An earlier version of the standards: the form under which a draft was saved. */
        version: z.optional(z.string().check(z.regex(/^[1-9]\d{0,5}$/))),
      }),
      status: 200,
      response: z.object({
        ...listed,
        /** Versions of the settings that this was read from; `standards` names form and documents. */
        versions: z.object({ services: z.int(), standards: z.int() }),
        steps: z.array(z.object({ id: z.string(), name: names, unit: z.nullable(unit) })),
        validatedBy: z.nullable(unit),
        refusals: z.array(z.object({ id: z.string(), name: names, legal: z.string() })),
        objectTo: names,
        /** Resource whose places can be booked for it. */
        appointment: z.nullable(z.string()),
        /** Every part that the law wants published, by its name. */
        standard: z.record(z.string(), part),
        /** JSON Schema (2020-12); null for what is not applied for here. */
        form: z.nullable(z.unknown()),
        documents: z.array(
          z.object({
            id: z.string(),
            name: names,
            /** Condition on the answers, a part of a JSON Schema; null when it is always needed. */
            when: z.nullable(z.unknown()),
            accepts: z.array(z.string()),
            note: z.nullable(names),
          }),
        ),
      }),
      maxAge: 60,
      errors: ['notFound', 'invalidInput', 'notSetUp'],
      throttle,
    },
    goToService: {
      method: 'GET',
      path: '/v1/services/{code}/go',
      who: anyone,
      summary: {
        id: 'Buka sistem nasional yang menerbitkan layanan ini; hanya jumlahnya yang dicatat',
        en: 'Go to the national system that issues it; only how often is noted',
      },
      params: z.strictObject({ code: serviceCode }),
      status: 302,
      errors: ['notFound', 'serviceHere', 'servicePaused', 'serviceClosed'],
      throttle,
    },
    listApps: {
      method: 'GET',
      path: '/v1/apps',
      who: anyone,
      summary: {
        id: 'Daftar aplikasi kota dan ketersediaannya',
        en: 'The city’s other systems and whether they are there',
      },
      status: 200,
      response: z.object({ apps: z.array(app) }),
      maxAge: 60,
      errors: ['notSetUp'],
      throttle,
    },
    readAppHistory: {
      method: 'GET',
      path: '/v1/desk/apps/{id}/availability',
      who: staff(),
      summary: {
        id: 'Riwayat ketersediaan satu aplikasi',
        en: 'How the availability of an app changed',
      },
      params: z.strictObject({ id: slug }),
      status: 200,
      response: z.object({
        ...app.shape,
        /** Why it is not there; null when it is. */
        why: z.nullable(z.enum(absences)),
        /** Milliseconds of the last look. */
        ms: z.nullable(z.int()),
        /** When its owner was told of the outage that lasts. */
        toldAt: z.nullable(instant),
        changes: z.array(z.object({ at: instant, up: z.boolean(), why: z.nullable(z.enum(absences)) })),
        days: z.array(z.object({ day, looks: z.int(), up: z.int() })),
      }),
      errors: ['notFound'],
    },
    serviceClicks: {
      method: 'GET',
      path: '/v1/desk/services/clicks',
      who: staff(),
      summary: {
        id: 'Berapa kali tautan layanan nasional dibuka, per bulan',
        en: 'How often links to national services were followed, by month',
      },
      query: z.strictObject({ from: month, to: month }),
      status: 200,
      response: z.object({
        clicks: z.array(z.object({ month: z.string(), code: z.string(), clicks: z.int() })),
      }),
      errors: ['monthsReversed', 'invalidInput'],
    },
  },
});
