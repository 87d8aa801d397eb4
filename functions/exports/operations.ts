import { type LinkDeps, linkSeconds } from '../attachments/links.ts';
import { presignGet } from '../attachments/sign.ts';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import type { PublishAny } from '../events/publish.ts';
import { appointmentProblems } from '../kernel/appointment-problems.ts';
import { commonProblems, errorText, type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Log } from '../kernel/log.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import {
  type ExportRecord,
  type ExportStore,
  exportRequestOf,
  keptSeconds,
  rowsOf,
} from '../registers/exports.ts';
import type { RegisterHead } from '../registers/model.ts';
import { mayHave, unitsFor } from '../registers/readers.ts';
import type { registerExports } from './contract.ts';
import { filenameOf, isStalled, periodRefusal, registersFor } from './rules.ts';

type Operations = (typeof registerExports)['operations'];

/** Exports that one person may ask for. */
const quota: Quota = { limit: 20, seconds: 86_400 };
const notesAtOnce = 50;

const contentTypes = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' } as const;

export interface ExportDeps {
  readonly table: Table;
  readonly store: ExportStore;
  readonly heads: readonly RegisterHead[];
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly publish: PublishAny;
  readonly links: LinkDeps;
  readonly now: Clock;
  readonly log: Log;
}

/** Why an export failed, in words. */
const known = { ...commonProblems, ...appointmentProblems };

export const operations = (deps: ExportDeps) => {
  const { store } = deps;

  const shown = (record: ExportRecord, language: Language) => ({
    id: record.id,
    register: record.register,
    name: deps.heads.find(({ id }) => id === record.register)?.names[language] ?? record.register,
    of: record.of ?? null,
    from: record.from,
    to: record.to,
    format: record.format,
    state: record.state,
    rows: rowsOf(record),
    total: record.total ?? null,
    problem:
      record.why === undefined ? null : { code: record.why, title: errorText(record.why, language, known) },
    askedAt: record.at,
    expiresAt: fromSeconds(record.expires),
  });

  /** Has the job look at it. What does not go out now is sent again by whoever asks how far it is. */
  const start = async (record: ExportRecord): Promise<void> => {
    const { error } = await deps.publish([exportRequestOf(record)]);
    if (error !== undefined) deps.log.error('an export was not started', error);
  };

  const headFor = (id: string, actor: StaffActor): RegisterHead => {
    const head = registersFor(deps.heads, actor).find((one) => one.id === id);
    // One that this person may not have answers as one that does not exist.
    if (head === undefined) throw problem('unknownRegister');
    return head;
  };

  const checkOf = async ({ of: by }: RegisterHead, of: string | undefined): Promise<void> => {
    if (of === undefined) return;
    const { services, appointments } = await deps.city();
    const isKnown =
      by === 'service'
        ? services.some(({ code }) => code === of)
        : by === 'resource' && appointments.some(({ id }) => id === of);
    if (!isKnown)
      throw problem('unknownPartOfRegister', {
        fields: [{ field: '/of', problem: 'unknownPartOfRegister' }],
      });
  };

  const filesOf = (record: ExportRecord, now: Instant) =>
    record.parts.map(({ key, rows }, i) => {
      const name = filenameOf(record, i + 1);
      const url = presignGet(deps.links.signer, {
        bucket: deps.links.bucket,
        key,
        now: Date.parse(now),
        seconds: linkSeconds,
        answers: {
          'response-content-type': contentTypes[record.format],
          'response-content-disposition': `attachment; filename="${name}"`,
          'response-cache-control': 'private, no-store',
        },
      });
      return { name, rows, url, expiresIn: linkSeconds };
    });

  return {
    listRegisters: async ({ actor, language }: Call<Operations['listRegisters'], StaffActor>) => ({
      body: {
        registers: registersFor(deps.heads, actor).map(({ id, names, of, personal, columns }) => ({
          ...{ id, name: names[language], of: of ?? null, personal },
          columns: columns.map((column) => ({ id: column.id, name: column.names[language] })),
        })),
      },
    }),

    askExport: async ({
      actor,
      language,
      input,
      idempotencyKey,
    }: Call<Operations['askExport'], StaffActor>) => {
      const { register, of, period, format, mark } = input.body;
      const head = headFor(register, actor);
      await checkOf(head, of);
      const refusal = periodRefusal(period);
      if (refusal !== undefined) {
        const field = refusal === 'periodTooOld' ? '/period/from' : '/period/to';
        throw problem(refusal, { fields: [{ field, problem: refusal }] });
      }
      const now = deps.now();
      const command = identify(await deps.keys(), actor, idempotencyKey, { ...input.body, language });
      const known = await store.read(actor.id, command.id, now);
      if (known === undefined) await countAgainst(deps.table, `export#${actor.id}`, quota, now);
      const units = unitsFor(head, actor) ?? [];
      const wanted: ExportRecord = {
        ...{ v: 1, ...command, owner: actor.id, register, of, ...period, format, mark, language, at: now },
        units: units === 'all' ? units : [...units],
        ...{ state: 'waiting', parts: [], touchedAt: now, rev: 1, expires: toSeconds(now) + keptSeconds },
      };
      const there = known ?? (await store.create(wanted));
      if (there !== undefined && there.fingerprint !== command.fingerprint) throw problem('keyReused');
      const record = there ?? wanted;
      await store.note(record, 'asked', record.at);
      if (record.state === 'waiting') await start(record);
      return { location: `/v1/desk/exports/${record.id}`, body: shown(record, language) };
    },

    listExports: async ({ actor, language }: Call<Operations['listExports'], StaffActor>) => ({
      body: {
        exports: (await store.ofOwner(actor.id, deps.now())).map((record) => shown(record, language)),
      },
    }),

    readExport: async ({ actor, language, input }: Call<Operations['readExport'], StaffActor>) => {
      const now = deps.now();
      const record = await store.read(actor.id, input.params.id, now);
      if (record === undefined) throw problem('notFound');
      // A file that was made before somebody lost the right to it is theirs no more.
      const head = deps.heads.find(({ id }) => id === record.register);
      if (head === undefined || !mayHave(unitsFor(head, actor), record)) throw problem('notFound');
      if (isStalled(record, now)) {
        const touched = await store.save(record, {}, now);
        if (touched !== undefined) await start(touched);
      }
      if (record.state !== 'ready') return { body: { ...shown(record, language), files: [] } };
      await store.note(record, 'opened', now);
      return { body: { ...shown(record, language), files: filesOf(record, now) } };
    },

    readExportLog: async ({ actor, input }: Call<Operations['readExportLog'], StaffActor>) => {
      const { month, cursor } = input.query;
      const bound = `export-log|${month}|${actor.id}`;
      const keys = await deps.keys();
      const before = cursor === undefined ? undefined : reveal(keys, cursor, bound);
      if (cursor !== undefined && before === undefined) throw problem('badCursor');
      const notes = await store.notes(month, before, notesAtOnce);
      const last = notes.length === notesAtOnce ? notes.at(-1)?.place : undefined;
      return {
        body: {
          notes: notes.map(({ note }) => note),
          next: last === undefined ? null : conceal(keys, last, bound),
        },
      };
    },
  };
};
