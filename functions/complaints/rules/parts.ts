import { ruleOf, today } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { endedParts, openParts } from '../../cases/parts.ts';
import { isValidOn, rootOf, unitOf } from '../../cases/units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { outcomes } from '../states.ts';
import { firstAssignment, goesOn, kept } from './common.ts';
import { toOversight } from './oversight.ts';

/** Units that work on one report at once. */
const partsAtMost = 8;

export const maySplit = ({ record }: Situation): ErrorCode | undefined => {
  if (record.flags.oversight || record.about !== undefined) return 'handledAlone';
  if (record.parent !== undefined) return 'partOfOther';
  return (record.children?.length ?? 0) >= partsAtMost ? 'tooManyParts' : undefined;
};

/**
 * One more unit works on a part of the report. The report itself stays with the unit in charge, or comes to the
 * coordinator's own: somebody answers for the whole.
 */
export const split = ({ record, input, actor, city, now, looked }: StepContext): Change | Refusal => {
  const id = String(input['unit']);
  const unit = unitOf(city, id);
  if (unit === undefined || !isValidOn(unit, today(city, now)) || rootOf(city, id) === record.root)
    return refuse('unknownUnit', 'unit');
  if (looked.part === undefined || actor.kind !== 'staff') return refuse('notFound');
  const leads = record.unit === null;
  // Who has the report already works on it too, unless it says that nothing is left; triage gives all of it away.
  const own = input['own'] ?? record.data['own'] ?? !leads;
  return {
    to: 'inProgress',
    facts: { part: looked.part, unit: id },
    data: { own: own === true },
    set: { children: [...(record.children ?? []), looked.part] },
    ...(leads ? { unit: actor.unit, custodyEnds: 'assigned' as const, clocks: firstAssignment } : {}),
  };
};

/**
 * Whether the parts together are the whole: nobody works on something beside them, it lies with somebody who may end it
 * so, and each of them came to something.
 */
const isDoneByParts = (record: CaseRecord, ended: Readonly<Record<string, string>>): boolean =>
  record.data['own'] !== true &&
  record.unit !== null &&
  !record.flags.oversight &&
  record.about === undefined &&
  !Object.values(ended).includes(nothing);
/** Outcome of a part that was archived or withdrawn. */
const nothing = '-';

/** The least that the parts came to: what one of them could not do is not done. */
const outcomeOf = (ended: Readonly<Record<string, string>>): string => {
  const worst = [
    'cannot',
    'notFound',
    'outside',
    'answered',
    'fixed',
  ] as const satisfies readonly (typeof outcomes)[number][];
  const reached = new Set(Object.values(ended));
  return worst.find((outcome) => reached.has(outcome)) ?? 'answered';
};

/**
 * A part ended. With the last one the whole is followed up, which nobody has to approve again: each part was. Where the
 * parts are not the whole, whoever has it is told that none is open any more. Two that end at once are two steps one
 * after the other, and the second finds no part open.
 */
export const partEnded = ({ record, input, city }: StepContext): Change | Refusal => {
  const part = String(input['part']);
  const known = record.children?.includes(part) === true && endedParts(record)[part] === undefined;
  if (!known) return refuse('wrongState', 'part');
  const ended = { ...endedParts(record), [part]: String(input['outcome'] ?? nothing) };
  const facts = { part };
  if (openParts({ ...record, data: { ...record.data, ended } }).length > 0) return { facts, data: { ended } };
  if (!isDoneByParts(record, ended)) return { facts, data: { ended }, tells: ['unit', 'coordinators'] };
  if (ruleOf(city, record, 'confirmation') === undefined) return refuse('clockMissing');
  return {
    to: 'followedUp',
    as: { event: 'followedUp', audience: 'code' },
    outcome: outcomeOf(ended),
    validating: null,
    facts,
    data: { ended, proposedBy: undefined },
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [...goesOn, ...kept, { start: 'confirmation' }],
  };
};

/**
 * As secret as the whole is: what its unit was asked would tell of it. An open part goes to whoever handles such alone; of
 * one that ended only who may know of it changes.
 */
export const followWhole = ({ record, input, city }: StepContext): Change => {
  const { confidential, oversight } = input;
  const about = typeof input['about'] === 'string' ? input['about'] : undefined;
  const kept: Change =
    typeof confidential === 'boolean'
      ? { confidential, data: { confidentialBy: confidential ? 'whole' : undefined } }
      : {};
  const facts = {
    ...(typeof confidential === 'boolean' ? { confidential } : {}),
    ...(oversight === true ? { oversight } : {}),
  };
  if (oversight !== true) return { ...kept, facts };
  if (record.closedAt !== undefined)
    return { ...kept, facts, oversight: true, ...(about === undefined ? {} : { about }) };
  const alone = toOversight(city, record, about);
  return { ...alone, ...kept, facts, data: { ...alone.data, ...kept.data } };
};

/** Parts that were open when the whole ended went with it: when the whole goes on, nobody waits for them. */
export const partsGone = (record: CaseRecord): Readonly<Record<string, unknown>> => {
  const open = openParts(record);
  if (open.length === 0) return {};
  return { ended: { ...endedParts(record), ...Object.fromEntries(open.map((code) => [code, '-'])) } };
};

/** The whole ended before its part: nobody waits for the part any more. */
export const wholeEnded = (): Change => ({ to: 'withdrawn', validating: null, reasonCode: 'wholeEnded' });
