import * as z from 'zod/mini';
import { day, slug } from '../kernel/schema.ts';
import { legal } from './legal.ts';
import { link } from './link.ts';
import type { ClockRule } from './schema.ts';

/**
 * What a city does for people on application: the kind `services` of a pack, brief enough for every function. The
 * published standard, the form and the documents of each are the kind `standards`.
 */
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const names = z.strictObject({ id: text(200), en: text(200) });
const sentences = z.strictObject({ id: text(1000), en: text(1000) });

/** It names a clock rule and a case's category too, so it is shorter than other slugs. */
export const serviceCode = slug.check(z.maxLength(32));
const partId = slug.check(z.maxLength(24));

/** The six pillars of a smart city (Kominfo's guide to smart-city master plans, 2017). */
export const pillars = ['governance', 'branding', 'economy', 'living', 'society', 'environment'] as const;
export type Pillar = (typeof pillars)[number];
export const applicants = ['person', 'organisation'] as const;
export type Applicant = (typeof applicants)[number];
export const serviceStates = ['open', 'paused', 'closed'] as const;
export type ServiceState = (typeof serviceStates)[number];

const service = z.strictObject({
  /** Never reused: applications and their register name it for good. */
  code: serviceCode,
  name: names,
  summary: sentences,
  /** Answers for the service; takes its applications unless each area's own unit does. */
  unit: slug,
  /** An application lies with the unit that governs the area it names: a letter of the lurah. */
  governs: z.optional(z.enum(['kelurahan', 'kecamatan'])),
  pillar: z.enum(pillars),
  /** An organisation acts by its authorised representative. */
  applicants: z.array(z.enum(applicants)).check(z.minLength(1), z.maxLength(2)),
  /** Whether a person may apply for another one by power of attorney. */
  onBehalf: z.boolean(),
  /** Issued by the city on application here, or by a national system to which a counted link leads. */
  issued: z.union([
    z.strictObject({ here: z.literal(true) }),
    z.strictObject({ nationally: z.strictObject({ system: text(80), url: link, owner: text(120) }) }),
  ]),
  /** Rupiah; the note says what makes it differ. */
  fee: z.strictObject({ rupiah: z.int().check(z.gte(0), z.lte(1_000_000_000)), note: sentences }),
  /** How long from the complete file to the product. */
  promise: z.strictObject({
    amount: z.int().check(z.gte(1), z.lte(1000)),
    in: z.enum(['workingDays', 'calendarDays', 'workingHours', 'hours']),
    legal,
  }),
  status: z.strictObject({
    state: z.enum(serviceStates),
    reason: z.optional(sentences),
    /** First and last day, city zone, for which the state holds; the service is open before and after. */
    from: z.optional(day),
    until: z.optional(day),
  }),
  /** `siak`: issued by the ministry's system and only handed over here; `signed`: an official document of the city. */
  product: z.strictObject({ kind: z.enum(['siak', 'signed', 'none']), name: names }),
  /** The unit's own ordered steps of processing; a step of another unit names it. */
  steps: z.array(z.strictObject({ id: partId, name: names, unit: z.optional(slug) })).check(z.maxLength(12)),
  /** Approves before the product is signed or handed over. */
  validatedBy: z.optional(slug),
  /** Grounds on which it may be refused. */
  refusals: z.array(z.strictObject({ id: partId, name: sentences, legal: text(500) })).check(z.maxLength(20)),
  /** How one objects to a refusal. */
  objectTo: sentences,
  /** The resource whose places can be booked for it. */
  appointment: z.optional(slug),
});
export type Service = z.output<typeof service>;
export const services = z.strictObject({ services: z.array(service).check(z.maxLength(200)) });

/**
 * Whether one may apply on a day: a pause holds between its dates only.
 * @param today calendar day in the city's zone
 */
export const stateOn = ({ status }: Pick<Service, 'status'>, today: string): ServiceState => {
  const { state, from, until } = status;
  const holds = (from === undefined || from <= today) && (until === undefined || today <= until);
  return holds ? state : 'open';
};

/** Whether applications are taken here; false for what a national system issues. */
export const isIssuedHere = ({ issued }: Pick<Service, 'issued'>): boolean => 'here' in issued;

/** Begins the id of every rule below; rules of a pack may not begin so. */
export const serviceRulePrefix = 'service-';

/**
 * The promise of each service as a clock rule: the catalogue is the one place where it stands. Of what is issued
 * nationally now too, since an application from before may still be open.
 */
export const serviceRules = (list: readonly Service[]): ClockRule[] =>
  list.map(({ code, promise }) => ({
    id: `${serviceRulePrefix}${code}`,
    clock: 'promise',
    when: { kinds: ['application'], categories: [code] },
    amount: promise.amount,
    in: promise.in,
    calendar: 'unit',
    pausable: true,
    legal: promise.legal,
  }));
