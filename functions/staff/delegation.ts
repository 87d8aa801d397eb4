import { isHead, type StaffActor } from '../cases/actor.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Absence, Delegation } from '../people/delegations.ts';
import type { StaffRecord } from '../people/staff.ts';

type Person = Pick<StaffRecord, 'id' | 'unit' | 'status'>;
type Span = Pick<Delegation, 'fromAt' | 'untilAt'>;

/** A longer absence is a change of post. */
const longestDays = 180;
/** Absences that one person may have planned. */
const plannedLimit = 12;

export const overlaps = (a: Span, b: Span): boolean => a.fromAt < b.untilAt && b.fromAt < a.untilAt;

export interface Wished extends Span {
  readonly absent: Person;
  readonly delegate: Person | undefined;
  readonly from: string;
  readonly until: string;
}

export interface Misfit {
  readonly code: ErrorCode;
  readonly field: '/delegate' | '/from' | '/until';
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/**
 * Why somebody cannot act for somebody else in these days. The delegate is another person of the same unit who is
 * there all the time: whoever is absent in those days stands in for nobody, so that no chain of absences can close to
 * a circle.
 * @param today local date
 */
export const misfitOf = (
  wished: Wished,
  today: string,
  ofAbsent: Absence,
  ofDelegate: Absence,
): Misfit | undefined => {
  const { absent, delegate, from, until } = wished;
  if (from < today) return { code: 'dateOutOfRange', field: '/from' };
  if (until < from || dayNumber(until) - dayNumber(from) >= longestDays)
    return { code: 'dateOutOfRange', field: '/until' };
  if (delegate?.id === absent.id) return { code: 'ownDelegate', field: '/delegate' };
  if (delegate === undefined || delegate.status === 'revoked' || delegate.unit !== absent.unit)
    return { code: 'unknownPerson', field: '/delegate' };
  if (ofDelegate.spans.some((span) => overlaps(span, wished)))
    return { code: 'delegateAbsent', field: '/delegate' };
  if (ofAbsent.spans.length >= plannedLimit || ofAbsent.spans.some((span) => overlaps(span, wished)))
    return { code: 'alreadyDelegated', field: '/from' };
  return undefined;
};

/** Who may name a delegate for somebody: that person, the head of the unit or of one above it, a coordinator. */
export const mayDelegateFor = (actor: StaffActor, absent: Pick<StaffRecord, 'id' | 'unit'>): boolean =>
  actor.id === absent.id || actor.role === 'coordinator' || (isHead(actor) && actor.units.has(absent.unit));

/** An absence with one more span; what is over leaves. */
export const withSpan = (before: Absence, span: Absence['spans'][number], now: Instant): Absence => ({
  v: 1,
  rev: before.rev + 1,
  spans: [...before.spans.filter(({ untilAt }) => untilAt > now), span],
});

export const withoutSpan = (before: Absence, id: string): Absence => ({
  v: 1,
  rev: before.rev + 1,
  spans: before.spans.filter((span) => span.id !== id),
});
