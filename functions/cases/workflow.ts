import type * as z from 'zod/mini';
import type { City, ClockName } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Actor } from './actor.ts';
import type { Audience, CaseRecord } from './model.ts';

/**
 * A case kind as data. The engine knows no state and no action by name; adding a kind is a workflow and a contract.
 */
export interface Workflow {
  readonly kind: string;
  readonly states: Readonly<Record<string, StateSpec>>;
  readonly actions: Readonly<Record<string, ActionSpec>>;
  /** State of a new case, and the clocks that start with it. */
  readonly start: { readonly state: string; readonly clocks: readonly ClockName[] };
  /** Where a case belongs by the city's routing rules; absent for a kind that nothing routes. Pure. */
  readonly propose?: (
    city: City,
    routed: Pick<CaseRecord, 'category' | 'area' | 'filedAt'>,
  ) => Pick<CaseRecord['proposal'], 'unit' | 'outside' | 'rule'>;
}

export interface StateSpec {
  readonly names: Words;
  readonly final: boolean;
}

export interface Words {
  readonly id: string;
  readonly en: string;
}

/** Where a staff member has to stand towards the case, besides seeing it. */
export type Relation = 'desk' | 'triage' | 'inCharge' | 'validating';

/** Whom an event is told to; the reporter's own notices come with the channels they chose. */
export type Recipient = 'unit' | 'formerUnit' | 'assignee' | 'coordinators' | 'validators' | 'reporter';

export interface ActionSpec {
  readonly names: Words;
  /** Who may act, and from where; the system's own steps list nobody. */
  readonly by: readonly { readonly roles: readonly Role[]; readonly where: Relation }[];
  readonly from: readonly string[];
  readonly input: z.ZodMiniType;
  /** The words that a person writes with it, from the input's `text`. */
  readonly text?: { readonly audience: Audience };
  /** Type and audience of its event, and the sentence that the public timeline says. */
  readonly event: string;
  readonly audience: Audience;
  readonly says: Words;
  readonly tells: readonly Recipient[];
  readonly clocks: readonly ClockEffect[];
  readonly decide: (context: StepContext) => Change | Refusal;
}

export type ClockEffect =
  | { readonly start: ClockName }
  | { readonly stop: ClockName }
  /** Its present deadline was recorded as passed. */
  | { readonly tell: ClockName }
  | { readonly pause: readonly ClockName[] }
  | { readonly resume: readonly ClockName[] };

/** Facts that an operation looked up for a pure decision. */
export interface Looked {
  /** Staff named by the input, when there is such a person. */
  readonly person?: { readonly id: string; readonly unit: string } | undefined;
}

export interface StepContext {
  readonly record: CaseRecord;
  readonly input: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Instant;
  readonly city: City;
  readonly looked: Looked;
}

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
  /** The first reply of the unit that says what and when. */
  readonly responded?: true;
  readonly bounced?: true;
  /** Clock effects that depend on the input, after those of the action. */
  readonly clocks?: readonly ClockEffect[];
  readonly data?: Readonly<Record<string, unknown>>;
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
