import * as z from 'zod/mini';
import { areaCode, slug } from '../kernel/schema.ts';
import { answers, type CannedAnswer } from './answers.ts';
import { appointments, type Resource } from './appointments.ts';
import { type App, apps } from './apps.ts';
import { categories } from './categories.ts';
import { type Documents, documents, noDocuments } from './documents.ts';
import { duty, type Rota } from './duty.ts';
import { type LadderStep, ladder } from './ladder.ts';
import { legal } from './legal.ts';
import { outside, units } from './organisation.ts';
import { areas, boundaries, calendars } from './place-time.ts';
import { positions } from './positions.ts';
import { type Ppid, ppid } from './ppid.ts';
import { type Sendings, sendings, usualSendings } from './sendings.ts';
import { type Service, serviceRules, services } from './services.ts';
import { type Standard, standards } from './standards.ts';
import { noTopics, type Topics, topics } from './topics.ts';

/**
 * A city as data. Each kind below is one file of the pack (`cities/<id>/<kind>.json`), one versioned setting in the
 * table, and one part of what a function reads as the live configuration.
 */
const names = z.strictObject({ id: z.string(), en: z.string() });
const text = z.string().check(z.minLength(1), z.maxLength(500));

/** The zones of Indonesia: WIB (two names), WITA, WIT. None has summer time. */
export const zones = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'] as const;

export const profile = z.strictObject({
  /** Kemendagri code, `13.74`. */
  code: z.string().check(z.regex(/^\d{2}\.\d{2}$/)),
  names,
  app: text,
  zone: z.enum(zones),
  languages: z.array(z.enum(['id', 'en'])).check(z.minLength(1)),
  /** Handles oversight cases alone (Inspektorat); validates closings (a unit outside every handling OPD). */
  oversightUnit: slug,
  validatingUnit: slug,
  /** Validates what the branch of `validatingUnit` itself handles. */
  secondValidatingUnit: z.optional(slug),
  /** Everything outside of this box is outside the city; degrees. */
  bounds: z.strictObject({ south: z.number(), west: z.number(), north: z.number(), east: z.number() }),
  emergency: z.strictObject({
    message: names,
    numbers: z.array(z.strictObject({ name: text, number: text })).check(z.minLength(1)),
    /** Words or phrases that make the numbers be shown first. */
    words: z.array(text),
  }),
});

/** Whose road it is (UU 38/2004): the city's own, or one that the province or the ministry keeps. */
export const roadClasses = ['city', 'provincial', 'national'] as const;
export type RoadClass = (typeof roadClasses)[number];

export const routing = z.strictObject({
  /** Ordered: the first rule that matches decides. */
  rules: z.array(
    z.strictObject({
      id: slug,
      when: z.strictObject({
        categories: z.optional(z.array(slug)),
        areas: z.optional(z.array(areaCode)),
        /** Never matches a report whose road nobody has named. */
        roadClasses: z.optional(z.array(z.enum(roadClasses)).check(z.minLength(1))),
        /** The named calendar is open (or closed) when the report was filed. */
        open: z.optional(slug),
        closed: z.optional(slug),
      }),
      /** A unit, the unit that governs the area, or a body outside the city (stays in triage as a proposal). */
      to: z.union([
        z.strictObject({ unit: slug }),
        z.strictObject({ governs: z.enum(['kelurahan', 'kecamatan']) }),
        z.strictObject({ outside: slug }),
      ]),
      reason: names,
    }),
  ),
});

export const clockNames = [
  'verification',
  'firstResponse',
  'resolution',
  'promise',
  'question',
  'outer',
  /** How long a case whose rule is certain waits for a person in triage before the system assigns it. */
  'dispatch',
  /** How long a reporter may take to complete the data; silence is deemed withdrawal. */
  'data',
  /** How long the reporter may stay silent after a follow-up before the case is finished. */
  'confirmation',
  'objection',
  /** Ends on the date that a plan promises; its rule's amount is the furthest date that may be promised. */
  'planned',
  /** Never runs: its rule says how long after closing a reporter may dispute. */
  'dispute',
  /** How long a unit may take to check whether an application is complete. */
  'completeness',
  /** Never runs: its rule says how long after a decision an applicant or requester may object to it. */
  'contest',
  /** Never runs: its rule says by how much the limit of an information request may be extended, once. */
  'extension',
  /** When coordinators are reminded of what a body outside has to answer; its amount is the furthest such day. */
  'reminder',
] as const;
export const clocks = z.strictObject({
  /** Ordered: the first rule of a clock that fits the case decides. */
  rules: z.array(
    z.strictObject({
      id: slug,
      clock: z.enum(clockNames),
      when: z._default(
        z.strictObject({
          kinds: z.optional(z.array(z.string())),
          categories: z.optional(z.array(slug)),
          oversight: z.optional(z.boolean()),
        }),
        {},
      ),
      amount: z.int().check(z.gte(1), z.lte(1000)),
      /** Working hours count as 60 minutes of open time; the other two run day and night. */
      in: z.enum(['workingDays', 'workingHours', 'calendarDays', 'hours']),
      /** Whose working time. */
      calendar: z.enum(['city', 'unit']),
      /** The 60-day limit never pauses. */
      pausable: z.boolean(),
      legal,
    }),
  ),
});

export const substitutes = z.strictObject({
  /** Who handles a complaint about those who would otherwise handle or see it. */
  substitutes: z.array(
    z.strictObject({
      about: slug,
      names,
      /** Where the case lies, and who alone sees it there: the holder of the position, else the unit's head. */
      unit: slug,
      position: z.optional(z.enum(positions)),
    }),
  ),
});

export const settingKinds = {
  profile,
  calendars,
  areas,
  units,
  outside,
  categories,
  routing,
  clocks,
  substitutes,
  ladder,
  boundaries,
  answers,
  duty,
  topics,
  documents,
  sendings,
  ppid,
  services,
  standards,
  apps,
  appointments,
} as const;

export type SettingKind = keyof typeof settingKinds;
export type Setting<K extends SettingKind> = z.output<(typeof settingKinds)[K]>;
/** Kinds that a city may do without. */
export const spareKinds = [
  'boundaries',
  'answers',
  'duty',
  'topics',
  'documents',
  'sendings',
  'ppid',
  'services',
  'standards',
  'apps',
  'appointments',
] as const satisfies readonly SettingKind[];
const allKinds = Object.keys(settingKinds) as SettingKind[];
/** Every other kind is needed in a pack. */
export const requiredKinds = allKinds.filter((kind) => !spareKinds.some((spare) => spare === kind));
/** Large, and read only by a function that asks for them: outlines where points are located, standards where forms are shown. */
export const askedKinds = ['boundaries', 'standards'] as const satisfies readonly SettingKind[];
export type AskedKind = (typeof askedKinds)[number];
export const servedKinds = allKinds.filter((kind) => !askedKinds.some((asked) => asked === kind));
/** Kinds that came when cities were open already: one that has none yet goes on without what it decides. */
export const laterKinds = ['ladder'] as const satisfies readonly SettingKind[];
/** What a function needs before it serves a city. */
export const openingKinds = requiredKinds.filter((kind) => !laterKinds.some((later) => later === kind));

export type Profile = Setting<'profile'>;
export type Zone = (typeof zones)[number];
export type Calendars = Setting<'calendars'>;
export type Calendar = Calendars['calendars'][number];
export type Area = Setting<'areas'>['areas'][number];
export type Unit = Setting<'units'>['units'][number];
export type CategoryGroup = Setting<'categories'>['groups'][number];
export type Category = CategoryGroup['categories'][number];
export type RoutingRule = Setting<'routing'>['rules'][number];
export type ClockRule = Setting<'clocks'>['rules'][number];
export type ClockName = (typeof clockNames)[number];
export type Substitute = Setting<'substitutes'>['substitutes'][number];

/** The live configuration as a function holds it: every kind with the version that an event records. */
export interface City {
  readonly versions: Readonly<Partial<Record<SettingKind, number>>>;
  readonly profile: Profile;
  readonly calendars: Calendars;
  readonly areas: readonly Area[];
  readonly units: readonly Unit[];
  readonly outside: Setting<'outside'>['bodies'];
  readonly categories: Setting<'categories'>;
  readonly routing: readonly RoutingRule[];
  readonly clocks: readonly ClockRule[];
  readonly substitutes: readonly Substitute[];
  readonly ladder: readonly LadderStep[];
  readonly boundaries: Setting<'boundaries'> | undefined;
  readonly answers: readonly CannedAnswer[];
  readonly duty: readonly Rota[];
  readonly topics: Topics;
  readonly documents: Documents;
  /** By which channels subscribers are told of announcements, how fast, how much and at what price. */
  readonly sendings: Sendings;
  /** Undefined where the city takes no requests for information. */
  readonly ppid: Ppid | undefined;
  /** In the order in which the city lists them. */
  readonly services: readonly Service[];
  /** Undefined in a function that did not ask for them, and in a city that has none yet. */
  readonly standards: readonly Standard[] | undefined;
  readonly apps: readonly App[];
  /** Where an hour can be booked. */
  readonly appointments: readonly Resource[];
}

export type SettingBodies = { readonly [K in SettingKind]?: Setting<K> | undefined };

type Spare = (typeof spareKinds)[number] | (typeof laterKinds)[number];

/** Puts parsed setting bodies together; missing required kinds are the caller's to refuse before. */
export const cityFrom = (
  bodies: { readonly [K in Exclude<SettingKind, Spare>]: Setting<K> } & Pick<SettingBodies, Spare>,
  versions: City['versions'],
): City => ({
  versions,
  profile: bodies.profile,
  calendars: bodies.calendars,
  areas: bodies.areas.areas,
  units: bodies.units.units,
  outside: bodies.outside.bodies,
  categories: bodies.categories,
  routing: bodies.routing.rules,
  // Before the pack's own: the promise of a service is decided by the service.
  clocks: [...serviceRules(bodies.services?.services ?? []), ...bodies.clocks.rules],
  substitutes: bodies.substitutes.substitutes,
  ladder: bodies.ladder?.steps ?? [],
  boundaries: bodies.boundaries,
  answers: bodies.answers?.answers ?? [],
  duty: bodies.duty?.rotas ?? [],
  services: bodies.services?.services ?? [],
  standards: bodies.standards?.standards,
  apps: bodies.apps?.apps ?? [],
  appointments: bodies.appointments?.resources ?? [],
  topics: bodies.topics ?? noTopics,
  documents: bodies.documents ?? noDocuments,
  sendings: bodies.sendings ?? usualSendings,
  ppid: bodies.ppid,
});
