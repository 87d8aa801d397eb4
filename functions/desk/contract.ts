import * as z from 'zod/mini';
import { priorities } from '../cases/model.ts';
import { contract, staff } from '../kernel/contract.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { cursor, day, instant, pageSize, slug } from '../kernel/schema.ts';
import { queues } from './queues.ts';
import {
  acted,
  clock,
  code,
  filters,
  flag,
  flags,
  month,
  named,
  outside,
  page,
  place,
  relations,
  timelineEntry,
} from './shapes.ts';
import { work } from './work-contract.ts';

export const desk = contract({
  feature: 'desk',
  problems: reportProblems,
  operations: {
    ...work,
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
        /** Archived as abuse or hoax, and not overturned. */
        mark: z.nullable(z.string()),
        relations,
        /** Who waits for it beside its reporter; null for a former unit. */
        supporters: z.nullable(z.int()),
        outside: z.nullable(outside),
        bounces: z.nullable(z.int()),
        labels: z.array(z.string()),
        /** `reason`: null once it was redacted, and for a part that took over the level of its whole. */
        priority: z.nullable(z.object({ level: z.enum(priorities), reason: z.nullable(z.string()) })),
        escalation: z.nullable(z.string()),
        /** Instructions of executives that wait for an answer. */
        instructions: z.array(z.object({ seq: z.int(), by: z.string(), due: day })),
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
        /** What the caller may do with it now, each with the address that takes it. */
        actions: z.array(z.object({ id: z.string(), name: z.string(), path: z.string() })),
      }),
      errors: ['notFound'],
    },
    cannedAnswers: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/answers',
      who: staff(),
      summary: {
        id: 'Jawaban baku untuk kategori dan status laporan ini, sudah terisi',
        en: 'Canned answers for this case’s category and state, filled in',
      },
      params: z.strictObject({ code }),
      status: 200,
      response: z.object({
        answers: z.array(
          z.object({
            id: z.string(),
            names: z.object({ id: z.string(), en: z.string() }),
            /** In both languages, whatever the caller prefers: the reporter may read the other one. */
            texts: z.object({ id: z.string(), en: z.string() }),
          }),
        ),
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
        'unknownFile',
        'busy',
        'approvalNeeded',
        'caseFull',
        'clockMissing',
        'dateOutOfRange',
        'decidedFinally',
        'disputeOver',
        'handledAlone',
        'hasOthers',
        'headNeeded',
        'noDraft',
        'noInstruction',
        'noObjection',
        'noPlan',
        'noValidator',
        'notMergeable',
        'notPublished',
        'objectionUsed',
        'partOfOther',
        'partsOpen',
        'pauseTooLate',
        'pauseUsed',
        'personalDataFound',
        'personalLabel',
        'secondPersonNeeded',
        'secretCase',
        'sekdaDecides',
        'tooManyDisputes',
        'tooManyFiles',
        'tooManyInstructions',
        'tooManyLabels',
        'tooManyMerged',
        'tooManyMoves',
        'tooManyParts',
        'unknownArea',
        'unknownCategory',
        'unknownPerson',
        'unknownUnit',
      ],
    },
  },
});
