import { uploader } from '../attachments/file-id.ts';
import { type AnonymousActor, type CitizenActor, type HolderActor, holderOf } from '../cases/actor.ts';
import { isReporter } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { keyedHash, readCode } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { answering, type Deps, filedAnswer, type Operations } from './answering.ts';
import { apply } from './apply.ts';
import { draftsOf } from './drafts.ts';
import { dataOf } from './model.ts';
import { staffOperations } from './staff-operations.ts';
import { submitDraft } from './submit.ts';
import { ownView } from './view.ts';

type Opened = { readonly code: string; readonly pinVersion: number };

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

/** What applicants do, with an account, with code and PIN, or with nothing at all. */
const applicantOperations = (deps: Deps) => {
  const drafts = draftsOf(deps);
  const { seenBy, act, correct } = answering(deps);

  /** A citizen's own application. @throws Problem notFound */
  const mine = async (actor: CitizenActor, given: string): Promise<CaseRecord> => {
    const record = await deps.store.read(typed(given));
    if (record?.kind !== 'application' || !isReporter(actor, record)) throw problem('notFound');
    return record;
  };

  /** The application that a case token opens, while its PIN is the one that opened it. @throws Problem caseTokenInvalid */
  const held = async (token: Opened, given: string): Promise<CaseRecord> => {
    const record = token.code === typed(given) ? await deps.store.read(token.code) : undefined;
    if (record?.kind !== 'application' || !isReporter(holderOf(token), record))
      throw problem('caseTokenInvalid');
    return record;
  };

  const show = async (
    record: CaseRecord,
    actor: CitizenActor | HolderActor,
    path: string,
    language: Language,
  ) => {
    const [view, content] = await Promise.all([
      seenBy(record, actor, path, language),
      deps.answers.read(dataOf(record).answers),
    ]);
    return { body: ownView(view, content), etag: record.seq };
  };

  return {
    apply: async (call: Call<Operations['apply'], AnonymousActor>) => {
      const { contact, ...body } = call.input.body;
      const keys = await deps.keys();
      const applied = await apply(deps, call.actor, body, {
        key: call.idempotencyKey,
        origin: 'web',
        filedAt: undefined,
        quota: `file#${keyedHash(keys.now('quota'), call.address)}`,
        contact,
        uploader: uploader.anonymous,
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    listDrafts: async ({ actor, language }: Call<Operations['listDrafts'], CitizenActor>) => ({
      body: { drafts: await drafts.list(actor, language) },
    }),

    startDraft: async ({ actor, input, language }: Call<Operations['startDraft'], CitizenActor>) => {
      const body = await drafts.start(actor, input.body, language);
      return { body, etag: body.rev, location: `/v1/me/drafts/${body.id}` };
    },

    readDraft: async ({ actor, input, language }: Call<Operations['readDraft'], CitizenActor>) => {
      const body = await drafts.read(actor, input.params.id, language);
      return { body, etag: body.rev };
    },

    saveDraft: async (call: Call<Operations['saveDraft'], CitizenActor>) => {
      const { params, body: given } = call.input;
      const body = await drafts.save(call.actor, params.id, given, call.ifMatch, call.language);
      return { body, etag: body.rev };
    },

    discardDraft: async ({ actor, input }: Call<Operations['discardDraft'], CitizenActor>) => {
      await drafts.discard(actor, input.params.id);
      return { body: undefined };
    },

    submitDraft: async (call: Call<Operations['submitDraft'], CitizenActor>) => {
      const applied = await submitDraft({ ...deps, present: drafts.present }, call.actor, {
        ...call.input.body,
        id: call.input.params.id,
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    forgetAnswers: async ({ actor }: Call<Operations['forgetAnswers'], CitizenActor>) => {
      await deps.drafts.earlier.forget(actor.id);
      return { body: undefined };
    },

    readMyApplication: async (call: Call<Operations['readMyApplication'], CitizenActor>) => {
      const record = await mine(call.actor, call.input.params.code);
      return show(record, call.actor, `/v1/me/applications/${record.code}`, call.language);
    },

    actOnMyApplication: async (call: Call<Operations['actOnMyApplication'], CitizenActor>) => {
      const { params, body } = call.input;
      return act(typed(params.code), call.actor, params.action, body, call);
    },

    correctMyApplication: async (call: Call<Operations['correctMyApplication'], CitizenActor>) =>
      correct(await mine(call.actor, call.input.params.code), call.actor, call.input.body, call),

    readOwnApplication: async (call: Call<Operations['readOwnApplication'], Opened>) => {
      const record = await held(call.actor, call.input.params.code);
      const path = `/v1/track/${record.code}/application`;
      return show(record, holderOf(call.actor), path, call.language);
    },

    actOnOwnApplication: async (call: Call<Operations['actOnOwnApplication'], Opened>) => {
      const { params, body } = call.input;
      const { code } = await held(call.actor, params.code);
      return act(code, holderOf(call.actor), params.action, body, call);
    },

    correctOwnApplication: async (call: Call<Operations['correctOwnApplication'], Opened>) =>
      correct(await held(call.actor, call.input.params.code), holderOf(call.actor), call.input.body, call),
  };
};

export const operations = (deps: Deps) => ({ ...applicantOperations(deps), ...staffOperations(deps) });
