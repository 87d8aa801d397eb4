import type { Actor } from '../cases/actor.ts';
import { ruleOf } from '../cases/common/facts.ts';
import { allowedActions, isReporter } from '../cases/engine.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { Workflow } from '../cases/workflow.ts';
import type { City, ClockName } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import { type Numbered, written } from './books.ts';
import type { information } from './contract.ts';
import { factsOf, type RequestFacts } from './facts.ts';
import { groundFits } from './rules/contesting.ts';
import { isAnswerOverdue, objectionUntil } from './rules/limits.ts';
import { groundNames, grounds, letterNames, states } from './states.ts';

type View = Output<(typeof information)['operations']['readRequest']>;

/** Everything that a view is made from. */
export interface Seen {
  readonly city: City;
  readonly workflow: Workflow;
  readonly record: CaseRecord;
  readonly texts: ReadonlyMap<string, CaseText>;
  readonly number: Numbered | undefined;
  readonly objectionNumber: Numbered | undefined;
  readonly language: Language;
  readonly now: Instant;
}

const limitNames = {
  answer: { id: 'PPID menjawab tertulis.', en: 'The written answer is due.' },
  object: { id: 'Keberatan dapat diajukan.', en: 'An objection may be made.' },
  superior: { id: 'Atasan PPID menjawab keberatan.', en: 'The superior answers the objection.' },
  ordered: {
    id: 'Jawaban baru sesuai perintah Atasan PPID.',
    en: 'The new answer that the superior ordered is due.',
  },
  dispute: {
    id: 'Sengketa dapat diajukan ke Komisi Informasi.',
    en: 'It may be taken to the Information Commission.',
  },
} as const;

/** What runs at this moment, and what the requester may do until when. */
export const limitsOf = ({
  city,
  record,
  language,
  now,
}: Pick<Seen, 'city' | 'record' | 'language' | 'now'>): View['limits'] => {
  const running = (clock: ClockName): Instant | undefined => {
    const state = record.clocks[clock];
    return state === undefined || state.doneAt !== undefined ? undefined : state.due;
  };
  const contest = objectionUntil(city, record, now) ?? undefined;
  const { extendedAt, disputeBy } = factsOf(record);
  // Each with the rule that says so; of what the superior ordered no law sets the day.
  const all: readonly (readonly [keyof typeof limitNames, ClockName | null, Instant | undefined])[] = [
    ['answer', extendedAt === undefined ? 'promise' : 'extension', running('promise')],
    ['object', 'contest', contest !== undefined && contest >= now ? contest : undefined],
    ['superior', 'objection', running('objection')],
    ['ordered', null, running('planned')],
    ['dispute', 'dispute', disputeBy],
  ];
  return all.flatMap(([name, clock, until]) => {
    if (until === undefined) return [];
    const rule = clock === null ? undefined : ruleOf(city, record, clock);
    return [{ name, says: limitNames[name][language], until, reference: rule?.legal.reference ?? null }];
  });
};

const decisionOf = (
  { decision }: RequestFacts,
  body: (id: string | undefined) => string | null,
  language: Language,
): View['decision'] =>
  decision === undefined
    ? null
    : {
        as: decision.as,
        at: decision.at,
        late: decision.late === true,
        letters: (decision.letters ?? []).map((letter) => ({ letter, says: letterNames[letter][language] })),
        test: decision.test ?? null,
        holder: decision.holder ?? null,
        item: decision.item ?? null,
        text: body(decision.text),
      };

/** Where an action of this actor is taken. */
const pathOf = (
  actor: Actor,
  code: string,
  { at, id }: { readonly at: string | undefined; readonly id: string },
) => {
  const below = at ?? `actions/${id}`;
  if (actor.kind === 'staff') return `/v1/desk/information/${code}/${below}`;
  return actor.kind === 'citizen'
    ? `/v1/me/information/${code}/${below}`
    : `/v1/track/${code}/information/${below}`;
};

/** Taken at the page that every kind of case has. */
const elsewhere: ReadonlySet<string> = new Set(['claim', 'renewPin']);

/** A request as its reader may see it; who asks is in no view. */
export const viewOf = (seen: Seen, actor: Actor): View => {
  const { city, workflow, record, texts, language, now } = seen;
  const facts = factsOf(record);
  const body = (id: string | undefined): string | null => {
    const text = id === undefined ? undefined : texts.get(id);
    return text === undefined || text.redacted === true ? null : text.body;
  };
  const unit = record.unit === null ? undefined : unitOf(city, record.unit);
  const actions = allowedActions(workflow, actor, record, city, now, true).filter((id) => !elsewhere.has(id));
  const mayObject = actions.includes('object') || actions.includes('recordObjection');
  const { disputeBy, objection, answer, cost } = facts;
  return {
    code: record.code,
    number: seen.number === undefined ? null : written('requests', seen.number),
    objectionNumber: seen.objectionNumber === undefined ? null : written('objections', seen.objectionNumber),
    state: record.state,
    stateName: states[record.state]?.names[language] ?? record.state,
    seq: record.seq,
    filedAt: record.filedAt,
    from: actor.kind === 'staff' || isReporter(actor, record) ? (facts.from ?? null) : null,
    unit: unit === undefined ? null : { id: unit.id, name: unit.name },
    information: body(record.filing.id),
    wants: facts.wants,
    identityKnown: facts.identity === true,
    limits: limitsOf(seen),
    extended: facts.extendedAt !== undefined,
    decision: decisionOf(facts, body, language),
    given: facts.given ?? null,
    cost: cost === undefined ? null : { rupiah: cost.rupiah, paid: cost.paid ?? null },
    objection:
      objection === undefined
        ? null
        : {
            ground: { id: objection.ground, name: groundNames[objection.ground][language] },
            at: objection.at,
            text: body(objection.text),
          },
    answer: answer === undefined ? null : { as: answer.as, at: answer.at, text: body(answer.text) },
    reaction: facts.reaction ?? null,
    commission: disputeBy === undefined || city.ppid === undefined ? null : { ...city.ppid.commission },
    grounds: mayObject
      ? grounds
          .filter((ground) => groundFits(facts, isAnswerOverdue(record, now), ground))
          .map((id) => ({ id, name: groundNames[id][language] }))
      : [],
    actions: actions.map((id) => {
      const { names, at } = workflow.actions[id] ?? {};
      return { id, name: names?.[language] ?? id, path: pathOf(actor, record.code, { id, at }) };
    }),
  };
};
