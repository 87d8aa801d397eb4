import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { outsideOf } from '../cases/outside.ts';
import type { CaseStore } from '../cases/store.ts';
import type { Workflow } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { SupporterStore } from '../people/supporters.ts';
import type { desk } from './contract.ts';

type Shown = Output<(typeof desk)['operations']['readCase']>;
export type Related = Pick<Shown, 'relations' | 'supporters'>;

const none: Shown['relations'] = { mergedInto: null, absorbed: [], parent: null, parts: [] };

/** Of a former unit: what became of the case is not its business. */
export const unrelated: Related = { relations: none, supporters: null };

interface RelatedDeps {
  readonly store: Pick<CaseStore, 'readMany'>;
  readonly supporters: Pick<SupporterStore, 'totals'>;
  readonly workflows: Readonly<Record<string, Workflow>>;
}

/** The cases that this one concerns, those alone that the reader may see, and how many wait for it beside its reporter. */
export const relatedTo = async (
  { store, supporters, workflows }: RelatedDeps,
  city: City,
  actor: StaffActor,
  record: CaseRecord,
  language: Language,
): Promise<Related> => {
  const { mergedInto, absorbed = [], parent, children = [] } = record;
  const codes = [mergedInto, parent, ...absorbed, ...children].filter((code) => code !== undefined);
  const [others, totals] = await Promise.all([
    store.readMany([...new Set(codes)]),
    supporters.totals([record]),
  ]);
  const shown = (code: string | undefined): Shown['relations']['absorbed'] => {
    const other = code === undefined ? undefined : others.get(code);
    if (other === undefined || !visibleTo(subjectOf(other), actor, city.substitutes)) return [];
    const { state, kind } = other;
    const stateName = workflows[kind]?.states[state]?.names[language] ?? state;
    return [{ code: other.code, state, stateName, unit: other.unit }];
  };
  return {
    relations: {
      mergedInto: shown(mergedInto)[0] ?? null,
      absorbed: absorbed.flatMap(shown),
      parent: shown(parent)[0] ?? null,
      parts: children.flatMap(shown),
    },
    supporters: totals.get(record.code) ?? 0,
  };
};

/** Where a case lies outside of the city, and what is known of the answer. */
export const outsideShown = (city: City, record: CaseRecord): Shown['outside'] => {
  const lies = outsideOf(record);
  if (lies === undefined) return null;
  const { body, kind, number, answerBy, answered, reply } = lies;
  return {
    body: { id: body, name: city.outside.find(({ id }) => id === body)?.name ?? body },
    reference: kind === undefined || number === undefined ? null : { kind, number },
    answerBy: answerBy ?? null,
    answered: answered === true,
    reply: reply ?? null,
  };
};
