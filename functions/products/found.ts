import { visibleTo } from '../cases/access.ts';
import { type CitizenActor, holderOf, type StaffActor } from '../cases/actor.ts';
import type { CommandDeps } from '../cases/commands.ts';
import { can, isReporter, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Workflow } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import type { Issued } from '../issued/model.ts';
import { readNumber } from '../issued/number.ts';
import { stateOf } from '../issued/state.ts';
import type { IssuedStore } from '../issued/store.ts';
import { problem } from '../kernel/errors.ts';
import { settled } from './rules.ts';

/** The only kind of case that leads to a document. */
const kind = 'application';

export type Opened = { readonly code: string; readonly pinVersion: number };

export interface FoundDeps extends CommandDeps {
  readonly issued: IssuedStore;
}

export interface Application {
  readonly record: CaseRecord;
  readonly city: City;
  readonly workflow: Workflow;
  readonly service: Service;
}

export interface Found extends Application {
  readonly product: Issued;
}

/** Whose a case is and who may see it, asked each time. */
export const finding = (deps: FoundDeps) => {
  const read = async (code: string): Promise<Application> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    const workflow = record?.kind === kind ? deps.workflows[kind] : undefined;
    const service = city.services.find((one) => one.code === record?.category);
    if (record === undefined || workflow === undefined || service === undefined) throw problem('notFound');
    return { record, city, workflow, service };
  };

  /** @throws Problem notFound for what the officer may not see, too */
  const ofStaff = async (actor: StaffActor, code: string): Promise<Application> => {
    const found = await read(code);
    if (!visibleTo(subjectOf(found.record), actor, found.city.substitutes)) throw problem('notFound');
    return found;
  };

  /** The holder's own application, while the PIN is the one that opened it. */
  const ofHolder = async (actor: Opened, code: string): Promise<Application> => {
    if (actor.code !== code) throw problem('caseTokenInvalid');
    const found = await read(code);
    if (!isReporter(holderOf(actor), found.record)) throw problem('caseTokenInvalid');
    return found;
  };

  const ofCitizen = async (actor: CitizenActor, code: string): Promise<Application> => {
    const found = await read(code);
    if (!isReporter(actor, found.record)) throw problem('notFound');
    return found;
  };

  /** @throws Problem wrongNumber, notFound */
  const numbered = async (text: string): Promise<Issued> => {
    const number = readNumber(text);
    if (number === undefined)
      throw problem('wrongNumber', { fields: [{ field: '{number}', problem: 'wrongNumber' }] });
    const product = await deps.issued.read(number);
    if (product === undefined) throw problem('notFound');
    return product;
  };

  /** A document by its number, of an application that the officer may see. */
  const product = async (actor: StaffActor, text: string): Promise<Found> => {
    const known = await numbered(text);
    return { ...(await ofStaff(actor, known.case)), product: known };
  };

  /** Brings documents that were prepared to where their case is already. @returns all of the case as they stand then */
  const settle = async (record: CaseRecord): Promise<readonly Issued[]> => {
    const event = record.events.findLast(({ facts }) => facts?.['product'] !== undefined);
    const all = await deps.issued.ofCase(record.code);
    return Promise.all(
      all.map(async (one) => {
        if (one.state !== 'prepared' || stateOf(one, record) !== 'issued') return one;
        const next = settled(one, event?.at ?? one.issuedAt, event?.actor.id ?? 'system');
        // Whoever was faster wrote the same.
        return (await deps.issued.change(next)) ? next : ((await deps.issued.read(one.number)) ?? one);
      }),
    );
  };

  return { ofStaff, ofHolder, ofCitizen, numbered, product, settle };
};

export type Finding = ReturnType<typeof finding>;

/** @throws Problem forbidden, wrongState: as the engine would refuse, before anything is done for it */
export const mustBeAble = (
  { record, city, workflow }: Application,
  actor: StaffActor,
  action: string,
): void => {
  const spec = Object.hasOwn(workflow.actions, action) ? workflow.actions[action] : undefined;
  if (spec === undefined || !can(actor, spec, record, city)) throw problem('forbidden');
  if (!spec.from.includes(record.state)) throw problem('wrongState');
};
