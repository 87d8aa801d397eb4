import type { StaffActor } from '../cases/actor.ts';
import { isHead } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import { onDutyAt } from '../events/duty.ts';
import type { Instant } from '../kernel/time.ts';
import type { Kind } from './model.ts';

/** What rights on an announcement depend on. */
export interface Matter {
  readonly kind: Kind;
  readonly unit: string;
}

/** Whoever works in a unit writes for it and for what lies below it; the coordinator for all. */
export const mayDraft = (actor: StaffActor, { unit }: Pick<Matter, 'unit'>): boolean =>
  actor.role === 'coordinator' || actor.units.has(unit);

/** Whether the rota of the own unit, or of one above it, calls this person now. */
const isOnDuty = (city: City, actor: StaffActor, now: Instant): boolean => {
  const called = onDutyAt(city, actor.unit, now);
  return (called?.people ?? []).some((who) => {
    if ('staff' in who) return who.staff === actor.id;
    if ('position' in who) return who.position === actor.position;
    return who.role === actor.role && called?.unit === actor.unit;
  });
};

/**
 * Publishes, corrects, withdraws, sends back: the coordinator, and the head for the own unit. An emergency: the
 * coordinator, executives, and whoever is on duty, for every unit, since it does not wait.
 */
export const mayPublish = (city: City, actor: StaffActor, matter: Matter, now: Instant): boolean => {
  if (actor.role === 'coordinator') return true;
  if (matter.kind === 'emergency') return actor.role === 'executive' || isOnDuty(city, actor, now);
  return isHead(actor) && actor.units.has(matter.unit);
};

/** Sees drafts: who may write or publish them, and those who look everywhere. */
export const maySee = (city: City, actor: StaffActor, matter: Matter, now: Instant): boolean =>
  mayDraft(actor, matter) ||
  mayPublish(city, actor, matter, now) ||
  actor.role === 'executive' ||
  actor.role === 'inspector';
