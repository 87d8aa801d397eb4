import type * as z from 'zod/mini';
import type { Rung } from '../city/ladder.ts';
import type { Position } from '../city/positions.ts';
import type { City, ClockName } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Actor } from './actor.ts';
import type { ClockState } from './clock/clock.ts';
import type { Audience, CaseEvent, CaseRecord, Recipient } from './model.ts';

export type { Recipient } from './model.ts';

/**
 * A case kind without what can be done to its cases: all that a list, a page or a paper needs to speak of them, at a
 * third of the bytes.
 */
export interface CaseKind {
  readonly kind: string;
  /** What a case of it is called, in small letters. */
  readonly noun: Words;
  readonly states: Readonly<Record<string, StateSpec>>;
  /** State of a new case, the clocks that start with it, and who is told of it when it does not wait in triage. */
  readonly start: {
    readonly state: string;
    readonly clocks: readonly ClockName[];
    readonly tells?: readonly Recipient[];
  };
  /** What the timeline and notices say of each type of event. */
  readonly says: Readonly<Record<string, Words>>;
  /** Reason codes of its events in plain words. */
  readonly reasons?: Readonly<Record<string, Words>>;
  /** States in which a case may be made public. */
  readonly publishable?: readonly string[];
  /** Where a case belongs by the city's routing rules; absent for a kind that nothing routes. Pure. */
  readonly propose?: (
    city: City,
    routed: Pick<CaseRecord, 'category' | 'area' | 'filedAt' | 'roadClass'>,
  ) => Pick<CaseRecord['proposal'], 'unit' | 'outside' | 'rule'>;
}

/**
 * A case kind as data. The engine knows no state and no action by name; adding a kind is a workflow and a contract.
 */
export interface Workflow extends CaseKind {
  readonly actions: Readonly<Record<string, ActionSpec>>;
  /** What the system does when a clock passes its due; of every other clock it records that it is overdue. */
  readonly atDue?: Readonly<Partial<Record<ClockName, string>>>;
  /** Until when the reporter may contest how a case ended; null while it has not ended. */
  readonly contestUntil?: (city: City, record: CaseRecord) => Instant | null;
}

export interface StateSpec {
  readonly names: Words;
  readonly final: boolean;
  /** What happens now and why, as the reporter is told. */
  readonly story?: Words;
  /** Never public: a case that comes here is taken down by that. */
  readonly hidden?: true;
}

export interface Words {
  readonly id: string;
  readonly en: string;
}

/**
 * Where somebody has to stand towards the case. All but `reporter` are of staff who see it; `reporter` is its own
 * one, by account or by PIN, and never staff.
 */
export type Relation = 'desk' | 'triage' | 'inCharge' | 'validating' | 'reporter';

/** A right to act: one of these roles, of these positions where any are named, standing there. */
export interface Right {
  readonly roles: readonly Role[];
  readonly where: Relation;
  readonly positions?: readonly Position[];
}

/** The right of the case's own reporter. */
export const byReporter: Right = { roles: [], where: 'reporter' };

export interface ActionSpec {
  readonly names: Words;
  /** Who may act, and from where; the system's own steps list nobody. */
  readonly by: readonly Right[];
  readonly from: readonly string[];
  /** Where it leads; absent when the state stays. By the state that it comes from where that decides. */
  readonly to?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly input: z.ZodMiniType;
  /** The words that a person writes with it: the input's `text`, or what is made of several of its fields. */
  readonly text?: { readonly audience: Audience; readonly of?: (input: StepContext['input']) => string };
  /** Takes files, named by the input's `files`: ids of uploads. */
  readonly files?: { readonly audience: Audience };
  /** Taken by an operation of its own only: it changes another case too, or answers more than an action does. */
  readonly apart?: true;
  /** Where staff take it, below the path of the case, when not at `actions/<id>`. */
  readonly at?: string;
  /** Nothing that anybody decides on: who saw the case before it has seen enough, so an open page stays good. */
  readonly quiet?: true;
  /** Type and audience of its event; the kind has a sentence for every type. */
  readonly event: string;
  readonly audience: Audience;
  readonly tells: readonly Recipient[];
  readonly clocks: readonly ClockEffect[];
  /** Further clock effects that `decide` chooses from, by the input or the case. */
  readonly may?: readonly ClockEffect[];
  /** Why nobody can take it now, whatever the input: decided before the input is looked at, and for buttons. */
  readonly when?: (context: Situation) => ErrorCode | undefined;
  readonly decide: (context: StepContext) => Change | Refusal;
}

export type ClockEffect =
  /** Anew by its rule, or until a given moment. */
  | { readonly start: ClockName; readonly due?: Instant }
  /** A clock that ended runs again towards its old due: what it measured had not happened after all. */
  | { readonly revive: readonly ClockName[] }
  /** By the rule that fits now, from their own start on, where that ends earlier: never later. */
  | { readonly hasten: readonly ClockName[] }
  | { readonly stop: ClockName }
  /** Its present deadline was recorded as passed. */
  | { readonly tell: ClockName }
  /** Steps of the ladder were taken; the deadline moves when the reporter was told too late. */
  | { readonly climb: ClockName; readonly steps: readonly string[]; readonly until?: Instant | undefined }
  /** Runs on as another case's clock does, where that one is due earlier. */
  | { readonly earlier: Readonly<Partial<Record<ClockName, ClockState | undefined>>> }
  /** Every open clock as the settings that are live now have it. */
  | { readonly recompute: true }
  /** Later, by a decision that the law allows; computed anew it keeps the time that it was given. */
  | { readonly extend: ClockName; readonly until?: Instant }
  | { readonly pause: readonly ClockName[] }
  | { readonly resume: readonly ClockName[] };

/** Facts that an operation looked up for a pure decision. */
export interface Looked {
  /** Staff named by the input, when there is such a person. */
  readonly person?: { readonly id: string; readonly unit: string } | undefined;
  /** Whether a notice of the follow-up reached the reporter. */
  readonly delivered?: boolean | undefined;
  /** Rungs of the ladder on which nobody stands for this case. */
  readonly vacant?: readonly Rung[] | undefined;
  /** The case into which this one is merged. */
  readonly other?: CaseRecord | undefined;
  /** Code of the part that is made with this step. */
  readonly part?: string | undefined;
  /** The event whose words the input names. */
  readonly event?: CaseEvent | undefined;
  /** Id of the key that a new PIN is made with. */
  readonly pinKey?: string | undefined;
  /** Facts that only decisions of one kind need, in a shape of its own. */
  readonly own?: unknown;
}

export interface Situation {
  readonly record: CaseRecord;
  readonly actor: Actor;
  readonly now: Instant;
  readonly city: City;
}

export interface StepContext extends Situation {
  readonly input: Readonly<Record<string, unknown>>;
  readonly looked: Looked;
  /** Id of the words that come with the command, when there are any. */
  readonly textId?: string | undefined;
}

/** Members of a record that a decision sets as a whole. */
export type Settable = Pick<
  CaseRecord,
  | 'labels'
  | 'priority'
  | 'instructions'
  | 'roadClass'
  | 'escalation'
  | 'public'
  | 'published'
  | 'mergedInto'
  | 'absorbed'
  | 'parent'
  | 'children'
  | 'reporter'
  | 'pin'
  | 'excerpt'
>;

/** What a decision changes; absent members stay as they are, null clears. */
export interface Change {
  readonly to?: string;
  /** Moves the case to a unit, or back to triage with null. */
  readonly unit?: string | null;
  readonly custodyEnds?: 'assigned' | 'returned' | 'moved';
  readonly assignee?: string | null;
  readonly validating?: string | null;
  readonly category?: string | null;
  readonly area?: string | null;
  readonly confidential?: boolean;
  readonly oversight?: boolean;
  readonly about?: string;
  readonly proposal?: CaseRecord['proposal'];
  readonly outcome?: string | null;
  readonly reasonCode?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** When it took effect, when that is not the moment of recording. */
  readonly on?: Instant;
  /** What happened is another event of the workflow than the action's usual one. */
  readonly as?: { readonly event: string; readonly audience: Audience };
  /** Words of an earlier event that are said with this one. */
  readonly texts?: CaseEvent['texts'];
  /** Told of it beside those whom the event tells anyway. */
  readonly tells?: readonly Recipient[];
  /** Ids of words that are overwritten once the case is written. */
  readonly redacts?: readonly string[];
  /** The first reply of the unit that says what and when. */
  readonly responded?: true;
  readonly bounced?: true;
  /** Clock effects that depend on the input, after those of the action. */
  readonly clocks?: readonly ClockEffect[];
  /** Merged into what is there; a member that is undefined goes. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Sets these members; one that is undefined goes. */
  readonly set?: { readonly [K in keyof Settable]?: Settable[K] | undefined };
}

export interface Refusal {
  readonly refuse: ErrorCode;
  readonly field?: string;
}

export const refuse = (code: ErrorCode, field?: string): Refusal => ({
  refuse: code,
  ...(field === undefined ? {} : { field }),
});

/** Rights that come from the case itself: who handles oversight does everything on it, alone. */
export const rolesOn = (actor: Actor, record: CaseRecord): readonly Role[] => {
  if (actor.kind !== 'staff') return [];
  const alone = record.flags.oversight || record.about !== undefined;
  return alone ? ['coordinator', 'liaison', 'officer', 'head', 'validator', 'inspector'] : [actor.role];
};
