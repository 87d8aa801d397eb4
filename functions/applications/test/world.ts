import type { TestTables } from '../../../test/engine.ts';
import { testKeys, testKms } from '../../../test/identities.ts';
import { fileIdOf, newId, uploader } from '../../attachments/file-id.ts';
import type { FileKind } from '../../attachments/model.ts';
import { fileStates } from '../../attachments/naming.ts';
import type { CitizenActor, StaffActor } from '../../cases/actor.ts';
import { step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import type { City } from '../../city/schema.ts';
import type { Service } from '../../city/services.ts';
import type { Form } from '../../forms/shared/model.ts';
import { isProblem } from '../../kernel/errors.ts';
import { toSeconds } from '../../kernel/time.ts';
import type { Contact } from '../../people/identity.ts';
import type { Offer } from '../catalogue.ts';
import { draftStore } from '../draft-store.ts';
import { operations } from '../operations.ts';
import { answerStore } from '../sealed.ts';
import { application } from '../workflow.ts';
import { serviceCity, services, standardsWith, form as usualForm } from './city.ts';

export const rina: CitizenActor = { kind: 'citizen', id: 'rina', scope: 'issuer|rina' };
export const budi: CitizenActor = { kind: 'citizen', id: 'budi', scope: 'issuer|budi' };
/** Monday, 09:00 in the city. */
export const start = '2026-11-23T02:00:00Z';

export const answers = {
  name: 'Rina Wati',
  nik: '1374014107900001',
  phone: '0812 3456 7890',
  area: '99.01.01.1001',
  married: false,
  sure: true,
};

/** The operations over real tables, with a clock, a catalogue and forms that can be changed. */
export const applicationWorld = (tables: TestTables) => {
  const store = caseStore(tables.cases);
  const kms = testKms();
  let now = start;
  let calls = 0;
  let city: City = serviceCity();
  const forms = new Map<number, Form>([[1, usualForm]]);
  const lists = new Map<number, readonly Service[]>([[1, services]]);
  const contacts = new Map<string, Contact>();
  const identities = { table: tables.identities, kms, keyId: 'key', keys: async () => testKeys };

  const deps = {
    table: tables.cases,
    store,
    city: async () => city,
    keys: async () => testKeys,
    now: () => now,
    workflows: { application },
    catalogue: async (
      code: string | null,
      at: { readonly catalogue: number; readonly standards: number },
    ): Promise<Offer> => {
      const service = lists.get(at.catalogue)?.find((one) => one.code === code);
      const standard = standardsWith(forms.get(at.standards)).find((one) => one.service === code);
      if (service === undefined || standard === undefined) throw new Error('no such service');
      return { service, standard };
    },
    answers: answerStore(identities),
    drafts: draftStore(identities),
    identify: async (code: string, contact: Contact) => {
      contacts.set(code, contact);
    },
    staff: { byId: async () => undefined },
    quota: { limit: 50, seconds: 3600 },
  };
  const run = operations(deps);

  const call = <I, A>(
    actor: A,
    input: I,
    more: { key?: string; ifMatch?: number; language?: 'id' | 'en' } = {},
  ) => {
    calls += 1;
    return {
      actor,
      input: { params: undefined, query: undefined, body: undefined, ...input } as never,
      language: more.language ?? ('id' as const),
      idempotencyKey: more.key ?? `key-${String(calls).padStart(22, '0')}`,
      ifMatch: more.ifMatch ?? -1,
      address: '192.0.2.1',
      requestId: 'r',
    };
  };

  /** A new upload of this name, as the upload operation seals it. */
  const upload = (of: string, kind: FileKind = 'photo'): string =>
    fileIdOf(testKeys, newId(), of, toSeconds(now), kind);
  const citizenUpload = (kind?: FileKind, actor = rina): string => upload(uploader.citizen(actor.id), kind);

  const recordOf = async (code: string): Promise<CaseRecord> => {
    const record = await store.read(code);
    if (record === undefined) throw new Error(code);
    return record;
  };

  /** What the job does of every file that waits for it. */
  const inspect = async (code: string, found = 'photo'): Promise<void> => {
    let record = await recordOf(code);
    for (const [file, { state }] of fileStates(record.events, now)) {
      if (state !== 'pending') continue;
      const action = found === 'photo' || found === 'document' ? 'acceptFile' : 'refuseFile';
      const command = { id: `inspect-${file}`, fingerprint: file, action, input: { file, found } };
      const stepped = step(application, city, record, command, { kind: 'system', id: 'inspect' }, now);
      if ('refuse' in stepped) throw new Error(stepped.refuse);
      await store.save(stepped.record);
      record = stepped.record;
    }
  };

  const draft = async (actor = rina, more: object = {}, service = 'akta') => {
    const { body } = await run.startDraft(call(actor, { body: { service, reuse: false } }));
    const saved = {
      applicant: { kind: 'person' as const },
      answers,
      documents: { kk: citizenUpload('photo', actor) },
      ...more,
    };
    return (await run.saveDraft(call(actor, { params: { id: body.id }, body: saved }, { ifMatch: body.rev })))
      .body;
  };

  const submit = async (id: string, actor = rina, body: object = { remember: false }) =>
    (await run.submitDraft(call(actor, { params: { id }, body }))).body;

  /** Submitted by its applicant, its files looked at. */
  const submitted = async (more: object = {}, service = 'akta'): Promise<string> => {
    const { code } = await submit((await draft(rina, more, service)).id);
    await inspect(code);
    return code;
  };

  const act = async (
    actor: StaffActor,
    code: string,
    action: string,
    body: object = {},
    more: object = {},
  ) => {
    const { seq } = await recordOf(code);
    return run.actOnApplication(call(actor, { params: { code, action }, body }, { ifMatch: seq, ...more }));
  };
  const actMine = async (code: string, action: string, body: object = {}, actor = rina) => {
    const { seq } = await recordOf(code);
    return run.actOnMyApplication(call(actor, { params: { code, action }, body }, { ifMatch: seq }));
  };
  const correct = async (code: string, body: object, actor = rina, key?: string) => {
    const { seq } = await recordOf(code);
    const whole = { documents: {}, answers: {}, ...body };
    return run.correctMyApplication(
      call(actor, { params: { code }, body: whole }, { ifMatch: seq, ...(key === undefined ? {} : { key }) }),
    );
  };

  return {
    run,
    deps,
    store,
    kms,
    call,
    contacts,
    upload,
    citizenUpload,
    recordOf,
    inspect,
    draft,
    submit,
    submitted,
    act,
    actMine,
    correct,
    mine: async (code: string, actor = rina) =>
      (await run.readMyApplication(call(actor, { params: { code } }))).body,
    seen: async (code: string, actor: StaffActor) =>
      (await run.readApplication(call(actor, { params: { code } }))).body,
    at: (moment: string) => {
      now = moment;
    },
    now: () => now,
    city: () => city,
    setCity: (changed: City) => {
      city = changed;
    },
    /** A newer form, live from now on. */
    newForm: (form: Form) => {
      const version = forms.size + 1;
      forms.set(version, form);
      city = serviceCity({ form, standards: version });
    },
    /** A newer catalogue, live from now on. */
    newServices: (changed: readonly Service[]) => {
      const version = lists.size + 1;
      lists.set(version, changed);
      city = { ...city, services: changed, versions: { ...city.versions, services: version } };
    },
  };
};

/** The code of a refusal, and the fields that it names. */
export const refusal = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'done';
  } catch (e) {
    if (!isProblem(e)) throw e;
    return [e.code, ...e.fields.map(({ field }) => field)].join(' ');
  }
};
