import * as z from 'zod/mini';
import { type Operation, staff } from '../kernel/contract.ts';
import { cursor, day, instant, pageSize, slug, words } from '../kernel/schema.ts';
import { code, named, personId, result } from './shapes.ts';

/** Operations of the desk about people and about many cases at once. */
export const work = {
  listInstructions: {
    method: 'GET',
    path: '/v1/desk/instructions',
    who: staff(),
    summary: {
      id: 'Arahan pimpinan yang belum dijawab, menurut tenggat',
      en: 'Unanswered instructions by due date',
    },
    query: z.strictObject({
      /** With everything below it. */
      unit: z.optional(slug),
      cursor: z.optional(cursor),
      size: pageSize,
    }),
    status: 200,
    response: z.object({
      instructions: z.array(
        z.object({
          code: z.string(),
          /** Of the event that gave it. */
          seq: z.int(),
          due: day,
          overdue: z.boolean(),
          /** Null while the case lies in triage. */
          unit: z.nullable(named),
        }),
      ),
      next: z.nullable(z.string()),
    }),
    errors: ['badCursor', 'unknownUnit'],
  },
  listLabels: {
    method: 'GET',
    path: '/v1/desk/labels',
    who: staff(),
    summary: {
      id: 'Label pada laporan terbuka sebuah unit, yang paling banyak dahulu',
      en: 'Labels on the open cases of a unit, the most used first',
    },
    query: z.strictObject({ unit: z.optional(slug) }),
    status: 200,
    response: z.object({
      unit: z.string(),
      labels: z.array(z.object({ label: z.string(), open: z.int() })),
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
} as const satisfies Readonly<Record<string, Operation>>;
