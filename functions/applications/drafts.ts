import { newId, uploader } from '../attachments/file-id.ts';
import type { CitizenActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import { carryOver } from '../forms/shared/carry.ts';
import { checkDraft } from '../forms/shared/check-answers.ts';
import { neededDocuments } from '../forms/shared/documents.ts';
import type { Form } from '../forms/shared/model.ts';
import { reuse } from '../forms/shared/reuse.ts';
import { tidyAnswers } from '../forms/shared/tidy.ts';
import { sayAnswerProblem } from '../forms/shared/words.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, fromSeconds, type Instant } from '../kernel/time.ts';
import { aroundOf, offered, serviceOf, uploadsBy } from './apply.ts';
import type { Catalogue } from './catalogue.ts';
import type { applications } from './contract.ts';
import { type DraftContent, type DraftItem, type DraftStore, endOf, publicId } from './draft-store.ts';
import { aroundFiles, type Handed, mayApply, namedUploads } from './prepare.ts';
import { proofOf, specOf } from './proxies.ts';

type Draft = Output<(typeof applications)['operations']['readDraft']>;
type Row = Omit<Draft, Exclude<keyof Draft, 'id' | 'service' | 'savedAt' | 'expires'>>;

/** Draft writes of one account an hour: a page that saves by itself stays far below. */
const savesPerHour: Quota = { limit: 240, seconds: 3600 };

export interface DraftDeps {
  /** The table `cases`, which keeps the counters of quotas. */
  readonly table: Table;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly catalogue: Catalogue;
  readonly drafts: DraftStore;
}

/** A draft taken over to the form as it is now. */
export interface Present {
  readonly draft: DraftItem;
  readonly content: DraftContent;
  /** What its form became since it was saved, and uploads that are gone: nothing of it was silent. */
  readonly changes: Draft['changes'];
  readonly form: Form;
  /** Version of the present standards. */
  readonly standards: number;
}

/** Drafts of accounts: kept as far as they came, opened anywhere, carried over when their form changes. */
export const draftsOf = (deps: DraftDeps) => {
  const rowOf = (city: City, draft: DraftItem, language: Language): Row => ({
    id: publicId(draft),
    service: {
      id: draft.service,
      name: city.services.find(({ code }) => code === draft.service)?.name[language] ?? draft.service,
    },
    savedAt: draft.savedAt,
    expires: endOf(draft),
  });

  const shown = async (
    city: City,
    actor: CitizenActor,
    present: Present,
    language: Language,
  ): Promise<Draft> => {
    const { draft, content, changes, form } = present;
    const now = deps.now();
    const lookUp = uploadsBy(await deps.keys(), [uploader.citizen(actor.id)], now);
    const { documents } = offered(city, draft.service);
    const needed = [
      ...neededDocuments(documents, tidyAnswers(form, content.answers), aroundOf(city, now).today),
      ...proofOf(content.applicant),
    ];
    return {
      ...rowOf(city, draft, language),
      rev: draft.rev,
      applicant: content.applicant,
      answers: content.answers,
      documents: Object.entries(content.documents).flatMap(([id, file]) => {
        const upload = lookUp(file);
        return upload === undefined ? [] : [{ id, file, until: fromSeconds(upload.until) }];
      }),
      changes,
      filled: content.filled,
      needed: needed.map(({ id, name }) => ({ id, name: name[language] })),
    };
  };

  /** @throws Problem notFound */
  const present = async (city: City, actor: CitizenActor, id: string): Promise<Present> => {
    const now = deps.now();
    const draft = await deps.drafts.read(actor.id, id, now);
    if (draft === undefined) throw problem('notFound');
    const [content, keys] = await Promise.all([deps.drafts.open(actor.id, draft), deps.keys()]);
    const { form, documents, standards } = offered(city, draft.service);
    const { answers, changes } = await carried(city, draft, content, form, standards, now);
    const lookUp = uploadsBy(keys, [uploader.citizen(actor.id)], now);
    const kept = Object.entries(content.documents).filter(([document, file]) => {
      const known = specOf(documents, document) !== undefined;
      return known && lookUp(file) !== undefined;
    });
    const gone = Object.keys(content.documents).filter((document) => !kept.some(([one]) => one === document));
    return {
      draft,
      form,
      standards,
      content: { ...content, answers, documents: Object.fromEntries(kept) },
      changes: [
        ...changes,
        ...gone.map((document) => ({
          pointer: `/documents/${document}`,
          change: specOf(documents, document) === undefined ? ('removed' as const) : ('expired' as const),
          to: null,
        })),
      ],
    };
  };

  const carried = async (
    city: City,
    { service, standards: saved }: DraftItem,
    { answers }: DraftContent,
    form: Form,
    standards: number,
    now: Instant,
  ): Promise<{ readonly answers: DraftContent['answers']; readonly changes: Draft['changes'] }> => {
    const catalogue = city.versions.services;
    if (saved === standards || catalogue === undefined) return { answers, changes: [] };
    const { standard } = await deps.catalogue(service, { catalogue, standards: saved });
    // The same form in a newer version of the standards: another service's changed.
    if (standard.form === undefined || JSON.stringify(standard.form) === JSON.stringify(form))
      return { answers, changes: [] };
    const over = carryOver(standard.form, form, answers, aroundOf(city, now).today);
    return {
      answers: { ...over.answers },
      changes: over.changes.map(({ pointer, change, to }) => ({ pointer, change, to: to ?? null })),
    };
  };

  const list = async (actor: CitizenActor, language: Language) => {
    const [city, drafts] = await Promise.all([deps.city(), deps.drafts.list(actor.id, deps.now())]);
    return drafts.map((draft) => rowOf(city, draft, language));
  };

  const start = async (
    actor: CitizenActor,
    { service, reuse: wanted }: { readonly service: string; readonly reuse: boolean },
    language: Language,
  ): Promise<Draft> => {
    const city = await deps.city();
    const now = deps.now();
    await countAgainst(deps.table, `draft#${actor.id}`, savesPerHour, now);
    const { today } = aroundOf(city, now);
    mayApply(serviceOf(city, service), today, language);
    const { form, standards } = offered(city, service);
    const earlier = wanted ? await deps.drafts.earlier.read(actor.id) : {};
    const { answers, filled } = reuse(form, {}, new Map(Object.entries(earlier)), today);
    const content: DraftContent = {
      applicant: { kind: 'person' },
      answers: { ...answers },
      documents: {},
      filled: [...filled],
    };
    const draft = await deps.drafts.create(actor.id, { id: newId(), service, standards }, content, now);
    if (draft === undefined) throw problem('tooManyDrafts');
    return shown(city, actor, { draft, content, changes: [], form, standards }, language);
  };

  const read = async (actor: CitizenActor, id: string, language: Language): Promise<Draft> => {
    const city = await deps.city();
    return shown(city, actor, await present(city, actor, id), language);
  };

  /** As far as it came: half-written answers may be kept, what the form does not know may not. */
  const save = async (
    actor: CitizenActor,
    id: string,
    body: Handed,
    seen: number,
    language: Language,
  ): Promise<Draft> => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const now = deps.now();
    await countAgainst(deps.table, `draft#${actor.id}`, savesPerHour, now);
    const draft = await deps.drafts.read(actor.id, id, now);
    if (draft === undefined) throw problem('notFound');
    if (draft.rev !== seen) throw problem('staleDraft', { extra: { rev: draft.rev } });
    const { form, documents, standards } = offered(city, draft.service);
    const uploads = namedUploads(body, uploadsBy(keys, [uploader.citizen(actor.id)], now));
    const around = { ...aroundOf(city, now), files: aroundFiles(uploads) };
    const wrong = checkDraft(form, body.answers, around).map((one) => ({
      field: `/answers${one.pointer}`,
      problem: sayAnswerProblem(one, language),
    }));
    if (wrong.length > 0) throw problem('answersWrong', { fields: wrong });
    for (const [document, file] of Object.entries(body.documents)) {
      const code =
        specOf(documents, document) === undefined
          ? 'unknownDocument'
          : uploads.has(file)
            ? undefined
            : 'unknownFile';
      if (code !== undefined)
        throw problem(code, { fields: [{ field: `/documents/${document}`, problem: code }] });
    }
    const content: DraftContent = {
      applicant: body.applicant,
      answers: body.answers as DraftContent['answers'],
      documents: { ...body.documents },
      filled: [],
    };
    const saved = await deps.drafts.save(actor.id, draft, standards, content, now);
    if (saved === undefined) throw problem('staleDraft');
    return shown(city, actor, { draft: saved, content, changes: [], form, standards }, language);
  };

  const discard = async (actor: CitizenActor, id: string): Promise<void> => {
    const draft = await deps.drafts.read(actor.id, id, deps.now());
    if (draft === undefined) throw problem('notFound');
    await deps.drafts.discard(actor.id, draft);
  };

  return { list, start, read, save, discard, present };
};
