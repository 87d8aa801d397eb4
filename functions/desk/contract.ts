import * as z from 'zod/mini';
import { priorities } from '../cases/model.ts';
import { codePattern } from '../kernel/code.ts';
import { contract, staff } from '../kernel/contract.ts';
import { areaCode, cursor, day, instant, pageSize, slug, words } from '../kernel/schema.ts';
import { queues } from './queues.ts';

export const code = z.string().check(z.regex(codePattern));

const flag = z.enum(['true', 'false']);

const place = z.object({
  point: z.nullable(z.object({ lat: z.number(), lon: z.number() })),
  address: z.nullable(z.string()),
  landmark: z.nullable(z.string()),
  rt: z.nullable(z.string()),
  rw: z.nullable(z.string()),
});
const named = z.object({ id: z.string(), name: z.string() });
const flags = z.object({
  anonymous: z.boolean(),
  confidential: z.boolean(),
  oversight: z.boolean(),
  emergency: z.boolean(),
});

const listed = z.object({
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  seq: z.int(),
  excerpt: z.string(),
  category: z.nullable(named),
  area: z.nullable(named),
  unit: z.nullable(named),
  proposed: z.nullable(named),
  flags,
  filedAt: instant,
  due: z.nullable(instant),
  overdue: z.boolean(),
  origin: z.nullable(z.string()),
  labels: z.array(z.string()),
  priority: z.enum(['normal', ...priorities]),
  /** The highest step of the ladder that it reached. */
  escalation: z.nullable(z.string()),
  assignee: z.nullable(z.string()),
});

/** What a list is narrowed by, all of it at once. */
const filters = {
  state: z.optional(z.string().check(z.regex(/^[a-zA-Z]{2,32}$/))),
  category: z.optional(slug),
  area: z.optional(areaCode),
  flag: z.optional(z.enum(['anonymous', 'confidential', 'oversight', 'emergency'])),
  origin: z.optional(z.string().check(z.regex(/^[a-zA-Z0-9-]{1,32}$/))),
  label: z.optional(slug),
  priority: z.optional(z.enum(['normal', ...priorities])),
  /** A step of the ladder, or `any`. */
  escalation: z.optional(slug),
};
const month = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));
const page = {
  cases: z.array(listed),
  next: z.nullable(z.string()),
  /** False when the read stopped at its bound before the page was full: follow `next`. */
  full: z.boolean(),
};

const timelineEntry = z.object({
  seq: z.int(),
  type: z.string(),
  at: instant,
  on: instant,
  actor: z.object({
    kind: z.string(),
    id: z.string(),
    role: z.nullable(z.string()),
    unit: z.nullable(z.string()),
  }),
  from: z.nullable(z.string()),
  to: z.string(),
  unitTo: z.nullable(z.string()),
  reasonCode: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  texts: z.array(z.object({ audience: z.string(), body: z.string() })),
  config: z.nullable(z.record(z.string(), z.int())),
});

const clock = z.object({
  name: z.string(),
  rule: z.string(),
  /** Legal reference of the rule, from the live settings. */
  reference: z.nullable(z.string()),
  owner: z.string(),
  startedAt: instant,
  due: instant,
  pausedAt: z.nullable(instant),
  doneAt: z.nullable(instant),
});

const personId = z.string().check(z.regex(/^[a-z0-9-]{3,64}$/));
const result = z.union([
  z.object({ code: z.string(), result: z.literal('done'), seq: z.int(), state: z.string() }),
  z.object({ code: z.string(), result: z.literal('refused'), problem: z.string(), title: z.string() }),
  /** The time was up before its turn: repeat the same call with the same key. */
  z.object({ code: z.string(), result: z.literal('notReached') }),
]);

const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });

export const desk = contract({
  feature: 'desk',
  operations: {
    listCases: {
      method: 'GET',
      path: '/v1/desk/cases',
      who: staff(),
      summary: { id: 'Daftar laporan terbuka, menurut tenggat', en: 'Open cases by due date' },
      query: z.strictObject({
        queue: z._default(z.enum(queues), 'unit'),
        unit: z.optional(slug),
        overdue: z.optional(flag),
        /** Local days, both included. */
        dueFrom: z.optional(day),
        dueTo: z.optional(day),
        ...filters,
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({ queue: z.string(), ...page }),
      errors: ['badCursor', 'forbidden', 'unknownUnit', 'unknownArea'],
    },
    listClosed: {
      method: 'GET',
      path: '/v1/desk/closed',
      who: staff(),
      summary: {
        id: 'Laporan yang selesai pada satu bulan, per unit; yang terbaru dahulu',
        en: 'Cases of a unit that ended in a month, newest first',
      },
      query: z.strictObject({
        /** With everything below it; `triage`: what ended without a unit. */
        unit: z.optional(slug),
        /** In the city's zone; the present one by default. */
        month: z.optional(month),
        ...filters,
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({ unit: z.string(), month, ...page }),
      errors: ['badCursor', 'forbidden', 'unknownUnit'],
    },
    countQueues: {
      method: 'GET',
      path: '/v1/desk/counts',
      who: staff(),
      summary: {
        id: 'Jumlah laporan pada tiap antrean sendiri',
        en: 'How many cases lie in each of the caller’s queues',
      },
      query: z.strictObject({
        /** Names separated by commas; all queues of the caller by default. */
        queues: z.optional(z.string().check(z.maxLength(200))),
      }),
      status: 200,
      response: z.object({
        /** The numbers are exact for this whole minute, some seconds behind what was done. */
        asOf: instant,
        counts: z.array(
          z.object({
            queue: z.enum(queues),
            open: z.int(),
            /** Null for `planned` and `waiting`. */
            overdue: z.nullable(z.int()),
            dueToday: z.nullable(z.int()),
          }),
        ),
      }),
      errors: ['invalidInput', 'forbidden'],
    },
    unitPeople: {
      method: 'GET',
      path: '/v1/desk/people',
      who: staff(),
      summary: { id: 'Petugas sebuah unit, untuk disposisi', en: 'People of a unit, to assign a case to' },
      query: z.strictObject({ unit: z.optional(slug) }),
      status: 200,
      response: z.object({
        unit: named,
        people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
      }),
      errors: ['unknownUnit'],
    },
    workload: {
      method: 'GET',
      path: '/v1/desk/workload',
      who: staff(),
      summary: { id: 'Beban kerja petugas sebuah unit', en: 'What lies with each person of a unit' },
      query: z.strictObject({ unit: z.optional(slug) }),
      status: 200,
      response: z.object({
        unit: named,
        asOf: instant,
        people: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            role: z.string(),
            open: z.int(),
            overdue: z.int(),
            /** Until Sunday, without what is overdue. */
            dueThisWeek: z.int(),
            /** Away at this moment, and who acts for them. */
            standIn: z.nullable(z.string()),
          }),
        ),
      }),
      errors: ['unknownUnit'],
    },
    handOver: {
      method: 'POST',
      path: '/v1/desk/handovers',
      who: staff('coordinator', 'liaison', 'head', 'areaHead', 'inspector'),
      summary: {
        id: 'Alihkan semua laporan seorang petugas sekaligus',
        en: 'Hand over all cases of a person at once',
      },
      body: z.strictObject({
        from: personId,
        /** A colleague of the same unit; null gives the cases back to the unit. */
        to: z.nullable(personId),
        text: z.optional(words(2, 5000)),
      }),
      idempotent: true,
      status: 200,
      response: z.object({
        results: z.array(result),
        /** There is more than one call takes: call again with a new key, or this one when some were not reached. */
        more: z.boolean(),
      }),
      errors: ['unknownPerson', 'keyReused', 'busy'],
    },
    batch: {
      method: 'POST',
      path: '/v1/desk/batches',
      who: staff(),
      summary: {
        id: 'Satu tindakan pada banyak laporan; hasil tiap laporan disebut',
        en: 'One action on many cases, each result told',
      },
      body: z.strictObject({
        action: z.enum(['assign', 'note', 'label', 'prioritise']),
        /** As for one case. */
        input: z.record(z.string(), z.unknown()),
        /** Each with the `seq` at which it was seen. */
        cases: z
          .array(z.strictObject({ code, seq: z.int().check(z.gte(1)) }))
          .check(z.minLength(1), z.maxLength(100)),
      }),
      idempotent: true,
      status: 200,
      response: z.object({ results: z.array(result) }),
      errors: ['invalidInput', 'busy'],
    },
    readCase: {
      method: 'GET',
      path: '/v1/desk/cases/{code}',
      who: staff(),
      summary: {
        id: 'Satu laporan, dengan tindakan yang boleh diambil',
        en: 'One case with the actions open to the caller',
      },
      params: z.strictObject({ code }),
      status: 200,
      response: z.object({
        code: z.string(),
        kind: z.string(),
        state: z.string(),
        seq: z.int(),
        /** Set for a former unit: it reads up to the event that took the case away. */
        until: z.nullable(z.int()),
        filedAt: instant,
        origin: z.string(),
        text: z.nullable(z.string()),
        place,
        category: z.nullable(named),
        categoryBy: z.nullable(z.string()),
        area: z.nullable(named),
        areaHow: z.nullable(z.string()),
        unit: z.nullable(named),
        assignee: z.nullable(z.string()),
        flags,
        outcome: z.nullable(z.string()),
        bounces: z.nullable(z.int()),
        /** What routing says now; null, like everything that may have changed since, for a former unit. */
        proposal: z.nullable(
          z.object({
            unit: z.nullable(named),
            outside: z.nullable(named),
            rule: z.nullable(z.string()),
            losers: z.array(z.object({ rule: z.string(), to: z.string() })),
          }),
        ),
        clocks: z.array(clock),
        due: z.nullable(instant),
        timeline: z.array(timelineEntry),
        actions: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
      errors: ['notFound'],
    },
    act: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/actions/{action}',
      who: staff(),
      summary: { id: 'Ambil satu tindakan pada laporan', en: 'Take one action on a case' },
      params: z.strictObject({ code, action: z.string().check(z.regex(/^[a-zA-Z]{2,32}$/)) }),
      // Parsed by the action's own schema; the union of all is in the OpenAPI document.
      body: z.record(z.string(), z.unknown()),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: acted,
      errors: [
        'notFound',
        'forbidden',
        'wrongState',
        'staleVersion',
        'keyReused',
        'invalidInput',
        'unknownUnit',
        'unknownPerson',
        'unknownCategory',
        'unknownArea',
        'secondPersonNeeded',
        'tooManyMoves',
        'busy',
      ],
    },
  },
});
