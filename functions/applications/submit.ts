import { uploader } from '../attachments/file-id.ts';
import type { CitizenActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { meaningsOf } from '../forms/shared/reuse.ts';
import { tidyAnswers } from '../forms/shared/tidy.ts';
import { isProblem, type Language, problem } from '../kernel/errors.ts';
import type { Contact } from '../people/identity.ts';
import { type Applied, type ApplyDeps, apply, firstOf } from './apply.ts';
import type { DraftStore } from './draft-store.ts';
import type { Present } from './drafts.ts';

export interface SubmitDeps extends ApplyDeps {
  readonly drafts: DraftStore;
  readonly present: (city: City, actor: CitizenActor, id: string) => Promise<Present>;
}

interface Submit {
  readonly id: string;
  readonly contact?: Contact | undefined;
  /** The applicant agreed that what these answers say beyond this form is kept for the next one. */
  readonly remember: boolean;
  readonly language: Language;
}

/** The draft is the command: however often and from wherever it is submitted, it becomes one application. */
const keyOf = (id: string): string => `draft|${id}`;

/**
 * Submits a draft and takes it away. One that is gone was submitted: its application is the answer.
 * @throws Problem notFound, formChanged, draftSubmitted, and what `apply` refuses
 */
export const submitDraft = async (
  deps: SubmitDeps,
  actor: CitizenActor,
  { id, contact, remember, language }: Submit,
): Promise<Applied> => {
  const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
  const command = identify(keys, actor, keyOf(id), {});
  const earlier = async (): Promise<Applied | undefined> => {
    const record = await firstOf(deps, keys, command.id);
    return record === undefined ? undefined : { record, pinKey: record.pin.key, city, keys };
  };
  const present = await deps.present(city, actor, id).catch(async (refusal: unknown) => {
    const done = isProblem(refusal) && refusal.code === 'notFound' ? await earlier() : undefined;
    if (done === undefined) throw refusal;
    return done;
  });
  if ('record' in present) return present;

  const { draft, content, changes, form } = present;
  if (changes.length > 0) throw problem('formChanged', { extra: { changes } });
  const { applicant, answers, documents } = content;
  const body = { service: draft.service, applicant, answers, documents };
  const applied = await apply(deps, actor, body, {
    key: keyOf(id),
    origin: 'app',
    filedAt: undefined,
    quota: `file#${actor.id}`,
    contact,
    uploader: uploader.citizen(actor.id),
    language,
  }).catch(async (refusal: unknown) => {
    // Saved anew after an answer that never arrived: what was submitted stands, and says so.
    const done = isProblem(refusal) && refusal.code === 'keyReused' ? await earlier() : undefined;
    if (done === undefined) throw refusal;
    throw problem('draftSubmitted', { extra: { code: done.record.code } });
  });
  if (remember) {
    const meant = meaningsOf(form, tidyAnswers(form, answers));
    await deps.drafts.earlier.add(actor.id, Object.fromEntries(meant), deps.now());
  }
  await deps.drafts.discard(actor.id, draft);
  return applied;
};
