import { type Actor, actorRefOf } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import type { ErrorCode, FieldError } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Content, Head, Step } from './model.ts';
import { mayDraft, mayPublish } from './rights.ts';
import { stateAt, wasPublic } from './state.ts';

/** Corrections of one announcement; all of them are shown. */
const mostCorrections = 20;
/** Commands that a retry is recognised by. */
const keptCommands = 12;

export interface Given {
  readonly city: City;
  readonly actor: Actor;
  readonly now: Instant;
  readonly command: { readonly id: string; readonly fingerprint: string };
}

export interface Refusal {
  readonly refuse: ErrorCode;
  readonly fields?: readonly FieldError[];
}

/** A step taken: the head after it, and what is to be remembered of it. */
export interface Taken {
  readonly head: Head;
  readonly step: Step;
}
export type Outcome = Refusal | Taken;

const refuse = (code: ErrorCode, field?: string): Refusal => ({
  refuse: code,
  ...(field === undefined ? {} : { fields: [{ field, problem: code }] }),
});

const may = (given: Given, content: Content, publish: boolean): boolean => {
  const { actor, city, now } = given;
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff') return false;
  return publish ? mayPublish(city, actor, content, now) : mayDraft(actor, content);
};

type Change = Partial<Omit<Head, 'v' | 'id' | 'seq' | 'commands'>>;

const taken = (
  { actor, now, command }: Given,
  before: Head,
  change: Change,
  step: Omit<Step, 'v' | 'seq' | 'at' | 'actor'>,
): Taken => {
  const seq = before.seq + 1;
  const head = { ...before, ...change, seq };
  const done = { ...command, seq, state: stateAt(head, now) };
  return {
    head: { ...head, commands: [...before.commands, done].slice(-keptCommands) },
    step: { v: 1, seq, at: now, actor: actorRefOf(actor), ...step },
  };
};

/** A first draft. @param id 9 symbols, derived from the command */
export const create = (given: Given, id: string, content: Content, alert?: Head['alert']): Outcome => {
  if (!may(given, content, false)) return refuse('forbidden', '/unit');
  const { unit, kind } = content;
  const empty: Head = {
    v: 1,
    id,
    seq: 0,
    unit,
    kind,
    corrections: [],
    places: [],
    created: given.command,
    commands: [],
    ...(alert === undefined ? {} : { alert }),
  };
  const pending = { version: 1, stage: 'draft' as const, writers: [given.actor.id] };
  return taken(given, empty, { pending }, { type: 'created', version: 1 });
};

/** Whether anything can still be changed. */
const isOver = (head: Head, now: Instant): boolean =>
  ['withdrawn', 'discarded', 'expired'].includes(stateAt(head, now));

/**
 * New words: of the draft, or of the next version of what is public, which needs a reason that everybody will read.
 * Whoever waits for a review gets a changed draft back into their own hands.
 */
export const edit = (
  given: Given,
  head: Head,
  before: Content,
  content: Content,
  reason: string | undefined,
): Outcome => {
  if (!may(given, before, false) || !may(given, content, false)) return refuse('forbidden', '/unit');
  if (isOver(head, given.now)) return refuse('announcementOver');
  const open = wasPublic(head, given.now);
  if (open && reason === undefined && head.pending?.reason === undefined)
    return refuse('reasonMissing', '/reason');
  // An emergency that was read as one stays one: it ends, or is withdrawn.
  if (open && content.kind !== head.kind) return refuse('kindFixed', '/content/kind');
  const number = head.pending?.version ?? (head.live?.version ?? 0) + 1;
  const writers = [...new Set([...(head.pending?.writers ?? []), given.actor.id])].slice(0, 50);
  const kept = reason ?? head.pending?.reason;
  const pending = {
    version: number,
    stage: 'draft' as const,
    writers,
    ...(kept === undefined ? {} : { reason: kept }),
  };
  const alone = head.live === undefined ? { unit: content.unit, kind: content.kind } : {};
  return taken(given, head, { pending, ...alone }, { type: 'edited', version: number });
};

/** Hands a draft in for review. */
export const submit = (given: Given, head: Head, content: Content): Outcome => {
  if (!may(given, content, false)) return refuse('forbidden');
  if (isOver(head, given.now)) return refuse('announcementOver');
  if (head.pending?.stage !== 'draft') return refuse('wrongVersionState');
  const { version } = head.pending;
  return taken(
    given,
    head,
    { pending: { ...head.pending, stage: 'review' } },
    { type: 'submitted', version },
  );
};

/** Sends a draft back to its writers. */
export const giveBack = (given: Given, head: Head, content: Content, reason: string | undefined): Outcome => {
  if (!may(given, content, true)) return refuse('forbidden');
  if (head.pending?.stage !== 'review') return refuse('wrongVersionState');
  if (reason === undefined) return refuse('reasonMissing', '/reason');
  const { version } = head.pending;
  const pending = { ...head.pending, stage: 'draft' as const };
  return taken(given, head, { pending }, { type: 'returned', version, reason });
};

export interface Publishing {
  /** Tells subscribers of a correction too; of what is new they are told in any case. */
  readonly again?: boolean | undefined;
  /** Why it is corrected, unless whoever wrote it said so. */
  readonly reason?: string | undefined;
}

/** Makes the pending version the one that is read, now or from the moment that it names. */
export const publish = (
  given: Given,
  head: Head,
  content: Content,
  { again = false, reason: said }: Publishing = {},
): Outcome => {
  const { city, actor, now } = given;
  const { pending } = head;
  if (!may(given, content, true)) return refuse('forbidden');
  if (isOver(head, now)) return refuse('announcementOver');
  if (pending === undefined) return refuse('wrongVersionState');
  const byWriter = pending.writers.includes(actor.id);
  const reviewed = pending.stage === 'review' && !byWriter;
  const urgent = content.kind === 'emergency' || actor.kind === 'system';
  if (city.topics.review && !reviewed && !urgent) return refuse('secondPersonNeeded');
  const open = wasPublic(head, now);
  // What was read keeps its place in lists; what nobody read yet moves to its new moment.
  const at = open && head.live !== undefined ? head.live.at : later(content.publishAt, now);
  if (content.expiresAt !== undefined && content.expiresAt <= later(at, now))
    return refuse('expiresBeforePublish', '/content/expiresAt');
  // A warning that goes on is brought up to date as long as it does; its oldest corrections go.
  if (open && head.corrections.length >= mostCorrections && actor.kind === 'staff')
    return refuse('tooManyCorrections');
  const { version } = pending;
  const reason = said ?? pending.reason;
  if (open && reason === undefined) return refuse('reasonMissing', '/reason');
  const live = { version, at, ...(content.expiresAt === undefined ? {} : { expiresAt: content.expiresAt }) };
  const { pending: _, ...rest } = head;
  // What was not handed over yet still is, whatever was corrected since: the first telling, and one that was asked for.
  const told = again || head.due?.tell === 'again' ? 'again' : 'nothing';
  const tell = !open || head.due?.tell === 'first' ? 'first' : told;
  const corrections = open
    ? [...head.corrections, { version, at: now, reason: reason ?? '' }].slice(-mostCorrections)
    : [];
  const alone = city.topics.review && !reviewed && actor.kind === 'staff' ? { alone: true as const } : {};
  return taken(
    given,
    rest,
    { live, corrections, unit: content.unit, kind: content.kind, due: { at: later(at, now), tell } },
    {
      type: open ? 'corrected' : 'published',
      version,
      ...(open && reason !== undefined ? { reason } : {}),
      ...alone,
    },
  );
};

const later = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a > b ? a : b);

/** Takes back what is public or will be, for good, with a reason that everybody reads. */
export const withdraw = (given: Given, head: Head, content: Content, reason: string | undefined): Outcome => {
  if (!may(given, content, true)) return refuse('forbidden');
  if (isOver(head, given.now)) return refuse('announcementOver');
  if (head.live === undefined) return refuse('wrongVersionState');
  if (reason === undefined) return refuse('reasonMissing', '/reason');
  const { pending: _, ...rest } = head;
  const change = {
    withdrawn: { at: given.now, reason },
    due: { at: given.now, tell: 'nothing' as const },
  };
  return taken(given, rest, change, { type: 'withdrawn', reason });
};

/** Drops what is being written; what is public stays as it is. */
export const discard = (given: Given, head: Head, content: Content): Outcome => {
  if (!may(given, content, false)) return refuse('forbidden');
  if (head.pending === undefined) return refuse('wrongVersionState');
  const { pending, ...rest } = head;
  const change = head.live === undefined ? { discarded: given.now } : {};
  return taken(given, rest, change, { type: 'discarded', version: pending.version });
};

export const isRefusal = (outcome: Outcome): outcome is Refusal => 'refuse' in outcome;
