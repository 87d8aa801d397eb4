import { type Upload, uploadOf } from '../attachments/file-id.ts';
import type { Actor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { today } from '../cases/common/facts.ts';
import type { CaseRecord } from '../cases/model.ts';
import { fileOnce, newCase } from '../cases/opening.ts';
import type { CaseStore } from '../cases/store.ts';
import { unitForService } from '../city/governing.ts';
import type { City } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import type { Answers, Form } from '../forms/shared/model.ts';
import { meaningsOf } from '../forms/shared/reuse.ts';
import { keyedHash, trackingCode } from '../kernel/code.ts';
import { isProblem, type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import type { Contact } from '../people/identity.ts';
import { application } from './kind.ts';
import type { ApplicationData } from './model.ts';
import { written } from './pairs.ts';
import { type Asks, type Handed, mayApply, namedUploads, type Prepared, prepare } from './prepare.ts';
import type { AnswerStore } from './sealed.ts';

export interface ApplyDeps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read' | 'putText' | 'create'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly answers: Pick<AnswerStore, 'put'>;
  readonly identify: (code: string, contact: Contact, at: Instant) => Promise<void>;
  /** Filings per address or account. */
  readonly quota: Quota;
}

export interface Submission extends Handed {
  readonly service: string;
}

export interface How {
  readonly key: string;
  readonly origin: string;
  /** When the citizen handed it in; undefined is now. */
  readonly filedAt: Instant | undefined;
  /** What it counts against; undefined for staff. */
  readonly quota: string | undefined;
  readonly contact: Contact | undefined;
  /** Under which name its files were uploaded. */
  readonly uploader: string;
  readonly language: Language;
}

export interface Applied {
  readonly record: CaseRecord;
  readonly pinKey: string;
  readonly city: City;
  readonly keys: Keys;
}

/** @throws Problem unknownService */
export const serviceOf = (city: City, code: string): Service => {
  const service = city.services.find((one) => one.code === code);
  if (service === undefined)
    throw problem('unknownService', { fields: [{ field: '/service', problem: 'unknownService' }] });
  return service;
};

/**
 * A service that is issued here, with what it asks for, as the city has them now.
 * @throws Problem unknownService, notSetUp
 */
export const offered = (
  city: City,
  code: string,
): Asks & { readonly service: Service } & Pick<ApplicationData, 'catalogue' | 'standards'> => {
  const service = serviceOf(city, code);
  const standard = city.standards?.find((one) => one.service === code);
  const { services: catalogue, standards } = city.versions;
  if (standard?.form === undefined || catalogue === undefined || standards === undefined)
    throw problem('notSetUp');
  return { service, form: standard.form, documents: standard.documents, catalogue, standards };
};

/** Looks at uploads under one name, with the keys and the time of one request. */
export const uploadsBy =
  (keys: Keys, uploader: readonly string[], now: Instant) =>
  (fileId: string): Upload | undefined =>
    uploadOf(keys, fileId, uploader, toSeconds(now));

/** What forms are measured by in this city on this day. */
export const aroundOf = (city: City, now: Instant) => ({
  today: today(city, now),
  areas: new Set(city.areas.map(({ code }) => code)),
});

const prepared = (city: City, keys: Keys, body: Submission, how: How, now: Instant): Prepared => {
  // What was handed in at a counter is judged by the day on which it was.
  const around = aroundOf(city, how.filedAt ?? now);
  mayApply(serviceOf(city, body.service), around.today, how.language, body.applicant);
  const uploads = namedUploads(body, uploadsBy(keys, [how.uploader], now));
  return prepare(offered(city, body.service), body, uploads, around, how.language);
};

/**
 * Submits an application once, whatever the retries: answers sealed, then the case that names them (`fileOnce`), then
 * the contact. A retry is answered even when the service was paused or the quota used up meanwhile.
 * @throws Problem what `mayApply` and `prepare` refuse, keyReused, busy, tooManyRequests
 */
export const apply = async (deps: ApplyDeps, actor: Actor, body: Submission, how: How): Promise<Applied> => {
  const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
  const now = deps.now();
  const command = identify(keys, actor, how.key, {
    apply: body,
    origin: how.origin,
    at: how.filedAt ?? null,
  });
  const judge = async (): Promise<Prepared> => {
    const ready = prepared(city, keys, body, how, now);
    if (how.quota !== undefined) await countAgainst(deps.table, how.quota, deps.quota, now);
    return ready;
  };
  const ready = await judge().catch(async (refusal: unknown) => {
    const first = isProblem(refusal) ? await firstOf(deps, keys, command.id) : undefined;
    if (first === undefined) throw refusal;
    if (first.filing.fingerprint !== command.fingerprint) throw problem('keyReused');
    return first;
  });
  const { contact } = how;
  const identified = contact !== undefined && Object.keys(contact).length > 0;
  const beside = async (code: string): Promise<void> => {
    if (identified) await deps.identify(code, contact, now);
  };
  if ('code' in ready) {
    // The first try may have been cut off between case and contact.
    await beside(ready.code);
    return { record: ready, pinKey: ready.pin.key, city, keys };
  }

  const { service, form, catalogue, standards } = offered(city, body.service);
  const area = areaOf(service, form, ready.answers);
  const unit = unitForService(city.units, service, area, today(city, now));
  if (unit === undefined) throw problem('notSetUp');
  // Of this content: the same key with other answers finds no older ones in its place.
  const answersId = keyedHash(keys.first('command'), 'answers', command.id, command.fingerprint);
  await deps.answers.put(answersId, { applicant: body.applicant, answers: ready.answers }, now);
  const data: ApplicationData = {
    catalogue,
    standards,
    applicant: body.applicant.kind,
    ...(isByProxy(body) ? { onBehalf: true as const } : {}),
    answers: answersId,
  };
  const opened = (code: string, at: Instant) => ({
    record: newCase({
      kind: application,
      city,
      actor,
      code,
      command,
      pinKey: keys.current,
      reporter: actor.kind === 'citizen' ? actor.id : undefined,
      identified,
      origin: how.origin,
      filedAt: how.filedAt ?? at,
      now: at,
      excerpt: service.name.id,
      category: service.code,
      area,
      unit: unit.id,
      data,
      worded: false,
      files: [...new Set(ready.papers.values())],
      facts: factsOf(service, body, ready),
    }),
  });
  const { record, pinKey } = await fileOnce(deps.store, keys, { command, now, opened, beside });
  return { record, pinKey, city, keys };
};

/** Where the applicant lives, for a service that each area's own unit gives; of the others no area head has a part. */
const areaOf = ({ governs }: Service, form: Form, answers: Answers): string | null => {
  if (governs === undefined) return null;
  const area = meaningsOf(form, answers).get('applicant.area');
  return typeof area === 'string' ? area : null;
};

const isByProxy = ({ applicant }: Handed): boolean =>
  applicant.kind === 'person' && applicant.proxy !== undefined;

/** Nothing personal: which service, what kind of applicant, which uploads are which documents. */
const factsOf = (service: Service, body: Submission, { papers }: Prepared) => ({
  service: service.code,
  applicant: body.applicant.kind,
  ...(isByProxy(body) ? { onBehalf: true } : {}),
  ...(papers.size === 0 ? {} : { papers: written(papers) }),
});

/** The case that a command already opened, at the first code of its walk: a second one is rare, and then refused as any. */
export const firstOf = async (
  deps: Pick<ApplyDeps, 'store'>,
  keys: Keys,
  commandId: string,
): Promise<CaseRecord | undefined> => {
  const first = await deps.store.read(trackingCode(keys.first('code'), commandId, 0));
  return first?.filing.id === commandId ? first : undefined;
};
