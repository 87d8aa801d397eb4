import { fileIdOf, newId, plainId, uploader } from '../attachments/file-id.ts';
import { type LinkDeps, linksOf } from '../attachments/links.ts';
import { type FileRecord, incomingKey } from '../attachments/model.ts';
import { type FileState, fileStates, filesNamed, reasonOf } from '../attachments/naming.ts';
import { presignPost } from '../attachments/sign.ts';
import type { FileStore } from '../attachments/store.ts';
import { judgeType } from '../attachments/types.ts';
import { opensFiles, readableUntil, visibleTo } from '../cases/access.ts';
import { type AnonymousActor, type CitizenActor, holderOf, type StaffActor } from '../cases/actor.ts';
import { isReporter, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { keyedHash, readCode } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, toSeconds } from '../kernel/time.ts';
import type { files } from './contract.ts';

type Operations = (typeof files)['operations'];
type Opened = { readonly code: string; readonly pinVersion: number };

/** Seconds that a form may be used: a photo over 2G, once more after a break in the line. */
const formSeconds = 600;

/** Forms of a case for its holder; an account has as many cases as it likes, an officer a day full of them. */
const perCase: Quota = { limit: 5, seconds: 86_400 };
/** Every document of an application may have to be sent again. */
const perApplication: Quota = { limit: 30, seconds: 86_400 };
const perCitizen: Quota = { limit: 60, seconds: 3600 };
const perOfficer: Quota = { limit: 300, seconds: 3600 };

export interface Deps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read'>;
  readonly files: Pick<FileStore, 'read'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly links: LinkDeps;
  /** Bucket where uploads arrive. */
  readonly incoming: string;
  /** Forms from one address. */
  readonly quota: Quota;
}

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

/** What became of a file that a case has, by its own record. */
const stateOf = (file: FileRecord, pending: FileState): FileState =>
  file.refused !== undefined
    ? { state: 'refused', why: file.refused }
    : file.facts !== undefined
      ? { state: 'ready', kind: file.facts.kind }
      : pending;

export const operations = (deps: Deps) => {
  const formFor = async (type: string, of: string, scope: string, quota: Quota) => {
    const judged = judgeType(type);
    if ('refuse' in judged)
      throw problem(judged.refuse, { fields: [{ field: '/type', problem: judged.refuse }] });
    const now = deps.now();
    await countAgainst(deps.table, `upload#${scope}`, quota, now);
    const id = newId();
    const form = presignPost(deps.links.signer, {
      bucket: deps.incoming,
      key: incomingKey(id),
      contentType: judged.type,
      maxBytes: judged.maxBytes,
      now: Date.parse(now),
      seconds: formSeconds,
    });
    return {
      body: {
        fileId: fileIdOf(await deps.keys(), id, of, toSeconds(now), judged.kind),
        url: form.url,
        fields: { ...form.fields },
        maxBytes: judged.maxBytes,
        expiresIn: formSeconds,
      },
    };
  };

  /**
   * A file of a case, as its reader may see it. The case says who has it: what it does not name, or names for others,
   * does not exist.
   * @param until last event that the reader may read; undefined for all
   */
  const fileOf = async (
    record: CaseRecord,
    fileId: string,
    may: { readonly staff: boolean; readonly until: number | undefined },
    language: Language,
  ) => {
    const id = plainId(fileId);
    const now = deps.now();
    const found = await deps.files.read(id);
    const file = found?.code === record.code ? found : undefined;
    const named = file ?? filesNamed(record.events).find((one) => one.id === id);
    if (named === undefined) throw problem('notFound');
    if (!may.staff && named.audience === 'staff') throw problem('notFound');
    if (may.until !== undefined && named.seq > may.until) throw problem('notFound');
    const pending: FileState = fileStates(record.events, now).get(id) ?? { state: 'pending' };
    const state = file === undefined ? pending : stateOf(file, pending);
    const links = file === undefined ? undefined : linksOf(deps.links, file, now);
    const served = file?.served?.full;
    return {
      file,
      body: {
        id,
        state: state.state,
        reason: reasonOf(state, language),
        kind: state.state === 'ready' ? state.kind : null,
        contentType: served?.contentType ?? null,
        bytes: served?.bytes ?? null,
        url: links?.url ?? null,
        thumbnail: links?.thumbnail ?? null,
        expiresIn: links?.expiresIn ?? null,
      },
    };
  };

  /** The holder's own case, while the PIN is the one that opened it. */
  const held = async (actor: Opened, given: string): Promise<CaseRecord> => {
    const code = typed(given);
    const record = actor.code === code ? await deps.store.read(code) : undefined;
    if (record === undefined || !isReporter(holderOf(actor), record)) throw problem('caseTokenInvalid');
    return record;
  };

  /** A case that the officer may see, or could up to an event. */
  const seen = async (actor: StaffActor, code: string) => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record === undefined) throw problem('notFound');
    const subject = subjectOf(record);
    const sees = visibleTo(subject, actor, city.substitutes);
    const until = sees ? undefined : readableUntil(subject, record.custody, actor);
    if (!sees && until === undefined) throw problem('notFound');
    return { record, sees, until };
  };

  return {
    upload: async ({ input, address }: Call<Operations['upload'], AnonymousActor>) => {
      const keys = await deps.keys();
      return formFor(
        input.body.type,
        uploader.anonymous,
        `address#${keyedHash(keys.now('quota'), address)}`,
        deps.quota,
      );
    },

    uploadToOwnCase: async ({ input, actor }: Call<Operations['uploadToOwnCase'], Opened>) => {
      const { code, kind } = await held(actor, input.params.code);
      const quota = kind === 'application' ? perApplication : perCase;
      return formFor(input.body.type, uploader.holder(code), `case#${code}`, quota);
    },

    uploadAsCitizen: ({ input, actor }: Call<Operations['uploadAsCitizen'], CitizenActor>) =>
      formFor(input.body.type, uploader.citizen(actor.id), `citizen#${actor.id}`, perCitizen),

    uploadToCase: async ({ input, actor }: Call<Operations['uploadToCase'], StaffActor>) => {
      const { record, sees } = await seen(actor, input.params.code);
      if (!sees) throw problem('notFound');
      return formFor(input.body.type, uploader.staff(actor.id, record.code), `staff#${actor.id}`, perOfficer);
    },

    uploadForCitizen: ({ input, actor }: Call<Operations['uploadForCitizen'], StaffActor>) =>
      formFor(input.body.type, uploader.staff(actor.id), `staff#${actor.id}`, perOfficer),

    ownCaseFile: async ({ input, actor, language }: Call<Operations['ownCaseFile'], Opened>) => {
      const record = await held(actor, input.params.code);
      const { body } = await fileOf(
        record,
        input.params.fileId,
        { staff: false, until: undefined },
        language,
      );
      return { body };
    },

    myCaseFile: async ({ input, actor, language }: Call<Operations['myCaseFile'], CitizenActor>) => {
      const record = await deps.store.read(typed(input.params.code));
      if (record === undefined || !isReporter(actor, record)) throw problem('notFound');
      const { body } = await fileOf(
        record,
        input.params.fileId,
        { staff: false, until: undefined },
        language,
      );
      return { body };
    },

    caseFile: async ({ input, actor, language }: Call<Operations['caseFile'], StaffActor>) => {
      const { record, until } = await seen(actor, input.params.code);
      if (!opensFiles(record.kind, subjectOf(record), actor)) throw problem('notFound');
      const { file, body } = await fileOf(record, input.params.fileId, { staff: true, until }, language);
      return { body: { ...body, facts: file?.facts === undefined ? null : knownOf(file.facts) } };
    },
  };
};

const knownOf = (facts: NonNullable<FileRecord['facts']>) => ({
  bytes: facts.bytes,
  sha256: facts.sha256,
  width: facts.width ?? null,
  height: facts.height ?? null,
  seconds: facts.seconds ?? null,
  perceptualHash: facts.perceptualHash ?? null,
  takenAt: facts.exif?.takenAt ?? null,
  point: facts.exif?.point ?? null,
  device: [facts.exif?.make, facts.exif?.model].filter((text) => text !== undefined).join(' ') || null,
  software: facts.exif?.software ?? null,
});
