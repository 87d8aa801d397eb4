import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { type Actor, actorRefOf } from './actor.ts';
import { citizenDue } from './clock/clock.ts';
import { type Stepped, step } from './engine.ts';
import { excerptOf } from './excerpt.ts';
import type { CaseEvent, CaseRecord } from './model.ts';
import type { Workflow } from './workflow.ts';

export interface Parting {
  readonly workflow: Workflow;
  readonly city: City;
  readonly whole: CaseRecord;
  readonly unit: string;
  /** What the unit is to do; the only words of a part. */
  readonly text: string;
  readonly code: string;
  /** The command that makes it: its words lie under the same id. */
  readonly command: { readonly id: string; readonly fingerprint: string };
  /** Id of its assignment, a step of its own. */
  readonly assignId: string;
  readonly actor: Actor;
  readonly pinKey: string;
  readonly now: Instant;
}

/**
 * A part of a case for another unit: a case of its own, assigned at once, that nobody reported. It has place, category
 * and nature of the whole, runs the unit's own clocks, and has none of what the reporter wrote. Pure.
 * @returns a refusal when the unit cannot be assigned to
 */
export const openPart = (p: Parting): Stepped => {
  const { whole, city, now } = p;
  const due = citizenDue(whole.clocks);
  const filed: CaseEvent = {
    v: 1,
    seq: 1,
    commandId: p.command.id,
    fingerprint: p.command.fingerprint,
    type: 'filed',
    at: now,
    on: now,
    actor: actorRefOf(p.actor),
    to: p.workflow.start.state,
    texts: [{ id: p.command.id, audience: 'staff' }],
    audience: 'code',
    // What the citizen is promised is the whole's to keep, once; the unit reads by when.
    facts: { whole: whole.code, ...(due === null ? {} : { due }) },
  };
  const part: CaseRecord = {
    v: 1,
    code: p.code,
    kind: whole.kind,
    state: p.workflow.start.state,
    seq: 1,
    rev: 1,
    filedAt: whole.filedAt,
    recordedAt: now,
    origin: whole.origin,
    filing: { ...p.command },
    identified: false,
    pin: { version: 1, key: p.pinKey },
    excerpt: excerptOf(p.text),
    category: whole.category,
    categoryBy: whole.categoryBy,
    area: whole.area,
    areaHow: whole.areaHow,
    flags: { ...whole.flags, anonymous: true },
    proposal: { unit: p.unit, outside: null, rule: null, losers: [] },
    unit: null,
    root: null,
    bounces: 0,
    clocks: {},
    custody: [],
    wakeAt: null,
    events: [filed],
    archived: 0,
    data: whole.flags.confidential ? { confidentialBy: 'whole' } : {},
    parent: whole.code,
    ...(whole.point === undefined ? {} : { point: whole.point }),
    ...(whole.priority === undefined ? {} : { priority: { level: whole.priority.level } }),
  };
  return step(
    p.workflow,
    city,
    part,
    { id: p.assignId, fingerprint: p.command.fingerprint, action: 'assign', input: { unit: p.unit } },
    { kind: 'system', id: 'parts' },
    now,
  );
};
