import * as z from 'zod/mini';
import { day, instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

/** Exports of registers: asked for by the feature `exports`, made by the job `export`. */
export const formats = ['csv', 'pdf'] as const;
export type Format = (typeof formats)[number];

/** How long an export and its files may be had: long enough to fetch them after a weekend, no second archive of names. */
export const keptSeconds = 3 * 86_400;

const part = z.object({ key: z.string(), rows: z.int() });

export const exportRecord = z.object({
  v: z.literal(1),
  /** Id of the command that asked for it. */
  id: z.string(),
  fingerprint: z.string(),
  /** Staff id. */
  owner: z.string(),
  register: z.string(),
  of: z.optional(z.string()),
  /** Of which units whoever asked might have it then: whoever may not any more opens nothing of it. */
  units: z.union([z.literal('all'), z.array(z.string())]),
  from: day,
  to: day,
  format: z.enum(formats),
  /** A CSV file begins with a byte order mark. */
  mark: z.boolean(),
  language: z.enum(['id', 'en']),
  at: instant,
  state: z.enum(['waiting', 'running', 'ready', 'failed']),
  /** Why it failed, as a code of the error table. */
  why: z.optional(z.enum(['forbidden', 'tooManyRows', 'internal'])),
  /** Files that are done; the next one begins after `place`. */
  parts: z.array(part),
  place: z.optional(z.string()),
  total: z.optional(z.int()),
  /** Last sign of life. */
  touchedAt: instant,
  /** Counts writes: of two runs at once, the one whose write is refused stops. */
  rev: z.int(),
  expires: z.int(),
});
export type ExportRecord = z.output<typeof exportRecord>;

export const rowsOf = ({ parts }: Pick<ExportRecord, 'parts'>): number =>
  parts.reduce((sum, { rows }) => sum + rows, 0);

/** What the topic carries to the job: whose export, and which. No integrator's policy lets it pass. */
export const exportRequest = z.object({ v: z.literal(1), owner: z.string(), export: z.string() });
export type ExportRequest = z.output<typeof exportRequest>;

export const exportRequestOf = ({ owner, id }: Pick<ExportRecord, 'owner' | 'id'>) => ({
  body: { v: 1, owner, export: id } satisfies ExportRequest,
  attributes: { export: 'asked' },
});

/** One line about who had which register: a record of processing (UU 27/2022), kept for good. */
export const exportNote = z.object({
  v: z.literal(1),
  at: instant,
  what: z.enum(['asked', 'made', 'opened']),
  /** Staff id. */
  by: z.string(),
  export: z.string(),
  register: z.string(),
  of: z.optional(z.string()),
  from: day,
  to: day,
  format: z.enum(formats),
  rows: z.int(),
});
export type ExportNote = z.output<typeof exportNote>;

const keyOf = (owner: string, id: string) => ({ pk: `EXPORTS#${owner}`, sk: `E#${id}` });
const notesOf = (month: string): string => `EXPORTLOG#${month}`;

/** More than the quota of three days lets anybody have. */
const listLimit = 100;

export type ExportStore = ReturnType<typeof exportStore>;

/** The only file that knows how exports and their log lie in the table. */
export const exportStore = (table: Table) => {
  const read = async (owner: string, id: string, now: Instant): Promise<ExportRecord | undefined> => {
    const item = await table.get(keyOf(owner, id));
    const record = item === undefined ? undefined : exportRecord.parse(item);
    return record !== undefined && record.expires > toSeconds(now) ? record : undefined;
  };

  /** @returns the export that the same command asked for before, if any */
  const create = async (record: ExportRecord): Promise<ExportRecord | undefined> => {
    const written = await table.put(
      { ...keyOf(record.owner, record.id), ...record },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return written.done || written.old === undefined ? undefined : exportRecord.parse(written.old);
  };

  /** Changes an export that nobody changed since it was read. @returns it as it stands now; undefined when somebody did */
  const save = async (
    was: ExportRecord,
    change: Partial<Pick<ExportRecord, 'state' | 'why' | 'parts' | 'place' | 'total'>>,
    now: Instant,
  ): Promise<ExportRecord | undefined> => {
    const next: ExportRecord = { ...was, ...change, touchedAt: now, rev: was.rev + 1 };
    const written = await table.put(
      { ...keyOf(next.owner, next.id), ...next },
      {
        ConditionExpression: '#rev = :rev',
        ExpressionAttributeNames: { '#rev': 'rev' },
        values: { ':rev': was.rev },
      },
    );
    return written.done ? next : undefined;
  };

  /** Somebody's exports that can still be had, newest first. */
  const ofOwner = async (owner: string, now: Instant): Promise<readonly ExportRecord[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': keyOf(owner, '').pk },
      Limit: listLimit,
    });
    return items
      .map((item) => exportRecord.parse(item))
      .filter(({ expires }) => expires > toSeconds(now))
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  };

  /** Notes what somebody did with an export; the same at the same moment is one note. */
  const note = async (record: ExportRecord, what: ExportNote['what'], now: Instant): Promise<void> => {
    const { owner, id, register, of, from, to, format } = record;
    const noted: ExportNote = {
      ...{ v: 1, at: now, what, by: owner, export: id, register, of, from, to, format },
      rows: rowsOf(record),
    };
    await table.put({ pk: notesOf(now.slice(0, 7)), sk: `${now}#${id}#${what}`, ...noted });
  };

  /** Notes of a month (UTC), newest first, before a place. */
  const notes = async (month: string, before: string | undefined, limit: number) => {
    const { items } = await table.query({
      KeyConditionExpression: `pk = :pk${before === undefined ? '' : ' AND sk < :before'}`,
      values: { ':pk': notesOf(month), ...(before === undefined ? {} : { ':before': before }) },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items.map((item) => ({ place: String(item['sk']), note: exportNote.parse(item) }));
  };

  return { read, create, save, ofOwner, note, notes };
};
