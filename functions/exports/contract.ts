import * as z from 'zod/mini';
import { appointmentProblems } from '../kernel/appointment-problems.ts';
import { contract, staff } from '../kernel/contract.ts';
import { cursor, day, instant, slug } from '../kernel/schema.ts';
import { exportNote, formats } from '../registers/exports.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
const month = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));

const described = {
  id: z.string(),
  register: z.string(),
  name: z.string(),
  /** The one service or resource that it is about; null for all. */
  of: z.nullable(z.string()),
  from: day,
  to: day,
  format: z.enum(formats),
  state: z.enum(['waiting', 'running', 'ready', 'failed']),
  /** Rows written so far, and of the whole period once they are counted. */
  rows: z.int(),
  total: z.nullable(z.int()),
  /** Why it failed. */
  problem: z.nullable(z.object({ code: z.string(), title: z.string() })),
  askedAt: instant,
  /** From then on neither the export nor its files can be had. */
  expiresAt: instant,
};
const shown = z.object(described);

/** Registers as files: asked for, made by a job, fetched by a link of minutes. */
export const registerExports = contract({
  feature: 'exports',
  problems: appointmentProblems,
  operations: {
    listRegisters: {
      method: 'GET',
      path: '/v1/desk/registers',
      who: staff(),
      summary: { id: 'Register yang dapat Anda ekspor', en: 'Registers that you may export' },
      status: 200,
      response: z.object({
        registers: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            /** It can be asked for one of these alone. */
            of: z.nullable(z.enum(['service', 'resource'])),
            /** It names people: each opening of its file is noted. */
            personal: z.boolean(),
            columns: z.array(z.object({ id: z.string(), name: z.string() })),
          }),
        ),
      }),
      errors: [],
    },
    askExport: {
      method: 'POST',
      path: '/v1/desk/exports',
      who: staff(),
      summary: { id: 'Minta ekspor sebuah register', en: 'Ask for an export of a register' },
      body: z.strictObject({
        register: slug,
        of: z.optional(slug),
        /** Calendar days in the city's zone, both inclusive; at most 366. */
        period: z.strictObject({ from: day, to: day }),
        format: z.enum(formats),
        /** CSV with a byte order mark, by which Excel on Windows knows UTF-8; yes unless said otherwise. */
        mark: z._default(z.boolean(), true),
      }),
      idempotent: true,
      status: 202,
      response: shown,
      errors: [
        'invalidInput',
        'idempotencyKeyMissing',
        'unknownRegister',
        'unknownPartOfRegister',
        'periodReversed',
        'periodTooLong',
        'periodTooOld',
        'keyReused',
        'tooManyRequests',
      ],
    },
    listExports: {
      method: 'GET',
      path: '/v1/desk/exports',
      who: staff(),
      summary: { id: 'Ekspor Anda', en: 'Your exports' },
      status: 200,
      response: z.object({ exports: z.array(shown) }),
      errors: [],
    },
    readExport: {
      method: 'GET',
      path: '/v1/desk/exports/{id}',
      who: staff(),
      summary: { id: 'Kemajuan dan tautan sebuah ekspor', en: 'Progress and links of an export' },
      params: z.strictObject({ id }),
      status: 200,
      response: z.object({
        ...described,
        /** Empty until all are done. */
        files: z.array(z.object({ name: z.string(), rows: z.int(), url: z.string(), expiresIn: z.int() })),
      }),
      errors: ['notFound'],
    },
    readExportLog: {
      method: 'GET',
      path: '/v1/desk/export-log',
      who: staff('coordinator', 'inspector'),
      summary: { id: 'Siapa mengekspor register apa', en: 'Who exported which register' },
      query: z.strictObject({ month, cursor: z.optional(cursor) }),
      status: 200,
      response: z.object({ notes: z.array(z.omit(exportNote, { v: true })), next: z.nullable(z.string()) }),
      errors: ['badCursor'],
    },
  },
});
