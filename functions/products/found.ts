import { handles } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CommandDeps } from '../cases/commands.ts';
import { can, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Workflow } from '../cases/workflow.ts';
import { type Application, type ApplicationDeps, applications } from '../issued/applications.ts';
import type { Issued } from '../issued/model.ts';
import { readNumber } from '../issued/number.ts';
import { stateOf } from '../issued/state.ts';
import type { IssuedStore } from '../issued/store.ts';
import { problem } from '../kernel/errors.ts';
import { settled } from './rules.ts';

export interface FoundDeps extends CommandDeps, Pick<ApplicationDeps, 'services'> {
  readonly issued: IssuedStore;
}

export interface Found extends Application {
  readonly product: Issued;
}

/** Documents and the applications that they belong to, for those who may see these. */
export const finding = (deps: FoundDeps) => {
  const of = applications(deps);

  /** @throws Problem wrongNumber, notFound */
  const numbered = async (text: string): Promise<Issued> => {
    const number = readNumber(text);
    if (number === undefined)
      throw problem('wrongNumber', { fields: [{ field: '{number}', problem: 'wrongNumber' }] });
    const product = await deps.issued.read(number);
    if (product === undefined || product.way === 'printed') throw problem('notFound');
    return product;
  };

  /** A document by its number, of an application that the officer may see. */
  const product = async (actor: StaffActor, text: string): Promise<Found> => {
    const known = await numbered(text);
    return { ...(await of.ofStaff(actor, known.case)), product: known };
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

  /** @throws Problem forbidden, wrongState: as the engine would refuse, before anything is done for it */
  const mustBeAble = ({ record, city }: Application, actor: StaffActor, action: string): void => {
    const workflow: Workflow | undefined = deps.workflows[record.kind];
    const spec =
      workflow !== undefined && Object.hasOwn(workflow.actions, action)
        ? workflow.actions[action]
        : undefined;
    if (spec === undefined || !can(actor, spec, record, city)) throw problem('forbidden');
    if (!spec.from.includes(record.state)) throw problem('wrongState');
  };

  /** What a document says is for those who handle its application, as its papers are. @throws Problem forbidden */
  const mustHandle = ({ record }: Application, actor: StaffActor): void => {
    if (!handles(subjectOf(record), actor)) throw problem('forbidden');
  };

  return { ...of, numbered, product, settle, mustBeAble, mustHandle };
};
