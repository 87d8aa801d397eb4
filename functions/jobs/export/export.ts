import { startOfDay, wallTime } from '../../cases/clock/local.ts';
import type { City } from '../../city/schema.ts';
import type { PublishAny } from '../../events/publish.ts';
import { isProblem } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';
import { staffActorOf } from '../../people/actors.ts';
import type { StaffReader } from '../../people/staff.ts';
import { csvOf } from '../../registers/csv.ts';
import {
  type ExportRecord,
  type ExportStore,
  exportRequest,
  exportRequestOf,
  type Format,
  rowsOf,
} from '../../registers/exports.ts';
import type { Asked, Cells, Register } from '../../registers/model.ts';
import { paperOf } from '../../registers/paper.ts';
import { mayHave, unitsFor } from '../../registers/readers.ts';

/** Rows of one file: what a run holds in memory, and what a run that is killed does again. */
export const rowsPerPart: Readonly<Record<Format, number>> = { csv: 20_000, pdf: 2000 };
/** No file is begun with less time than one may take. */
const leastMillis = 40_000;
/** Receives after which the export has failed; the next one makes its message a dead letter. */
export const tries = 3;

export interface Message {
  readonly id: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receives: number;
}

export interface ExportJobDeps {
  readonly store: Pick<ExportStore, 'read' | 'save' | 'note'>;
  readonly registers: readonly Register[];
  readonly staff: Pick<StaffReader, 'byId'>;
  readonly city: () => Promise<City>;
  /** Puts one file where links lead to. */
  readonly put: (key: string, body: Uint8Array, format: Format) => Promise<void>;
  readonly publish: PublishAny;
  readonly now: Clock;
  readonly log: Log;
  readonly perPart?: Readonly<Record<Format, number>>;
}

/** What the register is asked for, by the rights of whoever asked; undefined when they have those no more. */
const askedBy = async (
  { registers, staff, city }: ExportJobDeps,
  record: ExportRecord,
): Promise<{ readonly register: Register; readonly asked: Asked; readonly live: City } | undefined> => {
  const { owner, register: wanted, of, from, to, language } = record;
  const [live, person] = [await city(), await staff.byId(owner)];
  const register = registers.find(({ id }) => id === wanted);
  if (register === undefined || person === undefined || person.status === 'revoked') return undefined;
  if (!mayHave(unitsFor(register, staffActorOf(person, live)), record)) return undefined;
  const units = record.units === 'all' ? record.units : new Set(record.units);
  const { zone } = live.profile;
  const bounds = { from: startOfDay(from, zone), until: startOfDay(to, zone, 1) };
  return { register, live, asked: { period: { from, to }, ...bounds, of, units, zone, language } };
};

const fileOf = (
  { format, mark, language, parts, from, to }: ExportRecord,
  register: Register,
  city: City,
  rows: readonly Cells[],
  before: number,
  now: string,
): Uint8Array =>
  format === 'csv'
    ? csvOf(register.columns, rows, { language, mark })
    : paperOf(rows, {
        ...{ head: register, city: city.profile.names, period: { from, to }, language, at: now, before },
        printedAt: wallTime(now, city.profile.zone).slice(0, 16).replace('T', ' '),
        part: parts.length + 1,
      });

/**
 * Writes what is left of an export, file after file, and notes after each how far it came: killed anywhere, the next run
 * goes on after the last file. Of two runs at once, the one whose note is refused stops; its file is named by nobody and
 * goes with the rest (docs/adr/0160-exports.md).
 */
const make = async (deps: ExportJobDeps, first: ExportRecord, remaining: () => number): Promise<void> => {
  const { store, now } = deps;
  const may = await askedBy(deps, first);
  if (may === undefined) {
    await store.save(first, { state: 'failed', why: 'forbidden' }, now());
    return;
  }
  const { register, asked, live } = may;
  const { total, rows } = await register.open(asked, first.place);
  let record = await store.save(first, { state: 'running', total }, now());
  let waiting: Cells[] = [];

  const flush = async (was: ExportRecord, place: string | undefined): Promise<ExportRecord | undefined> => {
    const key = `exports/${was.id}/${was.rev}.${was.format}`;
    await deps.put(key, fileOf(was, register, live, waiting, rowsOf(was), now()), was.format);
    const parts = [...was.parts, { key, rows: waiting.length }];
    waiting = [];
    return store.save(was, { parts, ...(place === undefined ? {} : { place }) }, now());
  };

  let place: string | undefined;
  for await (const entry of rows) {
    if (record === undefined) return;
    waiting.push(entry.cells);
    place = entry.place;
    if (waiting.length < (deps.perPart ?? rowsPerPart)[record.format]) continue;
    record = await flush(record, place);
    if (record !== undefined && remaining() < leastMillis) {
      const { error } = await deps.publish([exportRequestOf(record)]);
      if (error !== undefined) throw error;
      return;
    }
  }
  // A register without rows is a file too: it says so.
  if (record !== undefined && (waiting.length > 0 || record.parts.length === 0))
    record = await flush(record, place);
  if (record === undefined) return;
  // Noted before it can be opened: a run killed in between notes it once more.
  await store.note(record, 'made', now());
  await store.save(record, { state: 'ready' }, now());
  deps.log.info('exported', { register: record.register, rows: rowsOf(record), files: record.parts.length });
};

const fail = async (
  { store, now }: ExportJobDeps,
  { owner, id }: ExportRecord,
  why: NonNullable<ExportRecord['why']>,
): Promise<void> => {
  const record = await store.read(owner, id, now());
  if (record !== undefined) await store.save(record, { state: 'failed', why }, now());
};

/** @returns ids of the messages that have to come again */
export const exporting =
  (deps: ExportJobDeps) =>
  async (messages: readonly Message[], remaining: () => number): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (const { id, body, receives } of messages) {
      const { owner, export: wanted } = exportRequest.parse(JSON.parse(body));
      const record = await deps.store.read(owner, wanted, deps.now());
      if (record === undefined || record.state === 'ready' || record.why === 'forbidden') continue;
      if (record.state === 'failed') {
        if (record.why === 'internal') failed.push(id);
        continue;
      }
      try {
        await make(deps, record, remaining);
      } catch (e) {
        if (isProblem(e) && e.code === 'tooManyRows') {
          await fail(deps, record, 'tooManyRows');
          continue;
        }
        failed.push(id);
        deps.log.error('an export was not made', e, { register: record.register, receives });
        if (receives >= tries) await fail(deps, record, 'internal');
      }
    }
    return failed;
  };
