import { visibleTo } from '../cases/access.ts';
import { type CitizenActor, holderOf, type StaffActor } from '../cases/actor.ts';
import { isReporter, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { PastServices } from '../city/past.ts';
import type { City } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import { problem } from '../kernel/errors.ts';

/** The only kind of case that leads to a document. */
const kind = 'application';

export type Opened = { readonly code: string; readonly pinVersion: number };

/** An application with the service that it asks for, as the catalogue had it when it was submitted. */
export interface Application {
  readonly record: CaseRecord;
  readonly city: City;
  readonly service: Service;
}

export interface ApplicationDeps {
  readonly store: Pick<CaseStore, 'read'>;
  readonly city: () => Promise<City>;
  readonly services: PastServices;
}

/** Whose an application is and who may see it, asked each time. */
export const applications = (deps: ApplicationDeps) => {
  const read = async (code: string): Promise<Application> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record?.kind !== kind) throw problem('notFound');
    const list = await deps.services(Number(record.data['catalogue']));
    const service = list.find((one) => one.code === record.category);
    if (service === undefined) throw new Error(`no service ${record.category} in its version`);
    return { record, city, service };
  };

  /** @throws Problem notFound for what the officer may not see, too */
  const ofStaff = async (actor: StaffActor, code: string): Promise<Application> => {
    const found = await read(code);
    if (!visibleTo(subjectOf(found.record), actor, found.city.substitutes)) throw problem('notFound');
    return found;
  };

  /** The holder's own application, while the PIN is the one that opened it. @throws Problem caseTokenInvalid */
  const ofHolder = async (actor: Opened, code: string): Promise<Application> => {
    if (actor.code !== code) throw problem('caseTokenInvalid');
    const found = await read(code);
    if (!isReporter(holderOf(actor), found.record)) throw problem('caseTokenInvalid');
    return found;
  };

  /** @throws Problem notFound for the application of somebody else */
  const ofCitizen = async (actor: CitizenActor, code: string): Promise<Application> => {
    const found = await read(code);
    if (!isReporter(actor, found.record)) throw problem('notFound');
    return found;
  };

  return { ofStaff, ofHolder, ofCitizen };
};
