import { readableUntil, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { standingOn } from '../cases/clock/reach.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { unitOf } from '../cases/units.ts';
import type { Recipient, Workflow } from '../cases/workflow.ts';
import type { City, Substitute } from '../city/schema.ts';
import { notForCitizens } from './for-citizens.ts';
import { onCall, withStandIns } from './on-call.ts';

export const channelNames = ['email', 'telegram', 'whatsapp', 'push', 'sms'] as const;
export type ChannelName = (typeof channelNames)[number];

/** Somebody of the staff, with the rights of this moment and where to reach them. */
export interface Person {
  readonly actor: StaffActor;
  readonly addresses: Readonly<Partial<Record<ChannelName, string>>>;
}

/** Staff as they are now, the revoked left out. */
export interface Directory {
  /** People of exactly this unit. */
  readonly ofUnit: (unit: string) => Promise<readonly Person[]>;
  readonly byId: (id: string) => Promise<Person | undefined>;
  /** Who acts for this person at this moment, with the rights of doing so. */
  readonly standInsOf: (id: string) => Promise<readonly Person[]>;
  readonly everyone: () => Promise<readonly Person[]>;
}

export interface Told {
  readonly person: Person;
  readonly via: Recipient;
}

export type CitizenRecipient = Extract<Recipient, 'reporter' | 'supporters'>;

export interface Recipients {
  /** Each person once. */
  readonly told: readonly Told[];
  /** Which citizens are told; who they are is read where they are reached (citizens.ts). */
  readonly citizens: readonly CitizenRecipient[];
  readonly skipped: readonly { readonly recipient: Recipient; readonly why: string }[];
  /** Units that should be told and in which, and above which, there is nobody. */
  readonly unreachable: readonly string[];
}

export type MayBeTold = (
  record: CaseRecord,
  seq: number,
  actor: StaffActor,
  substitutes: readonly Substitute[],
) => boolean;

/**
 * Whether a notice of event `seq` may reach this person: who sees the case as it stands now, or a former unit up to
 * the event with which it handed the case over.
 */
export const mayBeTold: MayBeTold = (record, seq, actor, substitutes) => {
  const subject = subjectOf(record);
  if (visibleTo(subject, actor, substitutes)) return true;
  return seq <= (readableUntil(subject, record.custody, actor) ?? 0);
};

/** Who hears of an event: as its action says. A filing waits in triage for the digest, unless life is in danger. */
export const tellsOf = (
  workflow: Workflow | undefined,
  record: CaseRecord,
  event: CaseEvent,
): readonly Recipient[] => {
  if (event.type === 'filed') {
    if (workflow?.start.tells !== undefined) return workflow.start.tells;
    if (!record.flags.emergency) return ['reporter'];
    // No unit sees what lies in triage, nor does whoever is on duty for one.
    return record.unit === null ? ['coordinators', 'reporter'] : ['duty', 'reporter'];
  }
  const actions = Object.values(workflow?.actions ?? {}).filter((action) => action.event === event.type);
  return [...new Set([...actions.flatMap((action) => action.tells), ...(event.tells ?? [])])];
};

export interface Telling {
  readonly directory: Directory;
  readonly city: City;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
  readonly may?: MayBeTold;
}

type Group =
  | { readonly citizens: CitizenRecipient }
  | { readonly people: readonly Person[] }
  | { readonly why: string }
  | { readonly nobodyIn: string; readonly people?: readonly Person[] };

/** What a person is told as, when several apply: the most personal first. */
const order: readonly Recipient[] = [
  'duty',
  'assignee',
  'instructor',
  'unit',
  'validators',
  'head',
  'sekda',
  'mayor',
  'coordinators',
  'formerUnit',
  'reporter',
  'supporters',
];

/**
 * Decides who is told of an event. The person who did it is not; everybody else has to pass `mayBeTold` with the
 * rights of this moment, whatever list they come from (docs/adr/0052-who-is-told.md).
 */
export const recipientsOf = async (telling: Telling, tells: readonly Recipient[]): Promise<Recipients> => {
  const told = new Map<string, Told>();
  const skipped: { recipient: Recipient; why: string }[] = [];
  const citizens: CitizenRecipient[] = [];
  const unreachable: string[] = [];
  for (const via of order.filter((recipient) => tells.includes(recipient))) {
    const group = await groupOf(telling, via);
    if ('why' in group) skipped.push({ recipient: via, why: group.why });
    if ('citizens' in group) citizens.push(group.citizens);
    if ('nobodyIn' in group) unreachable.push(group.nobodyIn);
    for (const person of 'people' in group ? (group.people ?? []) : [])
      if (!did(telling.event, person) && !told.has(person.actor.id))
        told.set(person.actor.id, { person, via });
  }
  return { told: [...told.values()], citizens, skipped, unreachable };
};

const did = ({ actor }: CaseEvent, person: Person): boolean =>
  actor.kind === 'staff' && actor.id === person.actor.id;

const groupOf = async (telling: Telling, via: Recipient): Promise<Group> => {
  const { record, event, directory, city } = telling;
  switch (via) {
    case 'reporter':
    case 'supporters': {
      const why = notForCitizens(record, event, via);
      return why === undefined ? { citizens: via } : { why };
    }
    case 'assignee': {
      const person = record.assignee === undefined ? undefined : await directory.byId(record.assignee);
      if (person === undefined) return { why: 'nobodyAssigned' };
      return { people: visible(telling, await withStandIns(directory, [person])) };
    }
    case 'duty': {
      const called = await onCall(telling);
      if ('why' in called) return called;
      const people = visible(telling, called.people);
      // A gap in a rota rings the alarms.
      return people.length === 0 ? { nobodyIn: called.unit } : { people };
    }
    case 'formerUnit': {
      const { unitFrom, unitTo } = event;
      if (unitFrom === undefined || unitFrom === unitTo) return { why: 'didNotMove' };
      return { people: front(telling, await directory.ofUnit(unitFrom), 'unit') };
    }
    case 'coordinators': {
      const coordinators = (await directory.everyone()).filter((p) => p.actor.role === 'coordinator');
      return coordinators.length === 0 ? { nobodyIn: 'triage' } : { people: visible(telling, coordinators) };
    }
    case 'unit':
      // A case that went on meanwhile is told to the unit that has it now, by its own event.
      if (event.unitTo === undefined || event.unitTo !== record.unit) return { why: 'movedOn' };
      return responsible(telling, event.unitTo, 'unit');
    case 'validators':
      return forValidators(telling);
    case 'head':
    case 'sekda':
    case 'mayor': {
      const everyone = await directory.everyone();
      const staff = everyone.map(({ actor }) => actor);
      const standing = new Set(standingOn(city, record, via, staff).map(({ id }) => id));
      if (standing.size === 0)
        return { nobodyIn: record.root ?? 'triage', people: inPlaceOf(telling, via, everyone) };
      const people = everyone.filter(({ actor }) => standing.has(actor.id));
      return { people: visible(telling, await withStandIns(directory, people)) };
    }
    case 'instructor': {
      const person = await directory.byId(String(event.facts?.['givenBy']));
      if (person === undefined) return { why: 'left' };
      return { people: visible(telling, await withStandIns(directory, [person])) };
    }
  }
};

/**
 * Those whom the proposal waits for; those from whom this very event took it hear of that, as if it waited still. Of a
 * secret case they see nothing any more, and hear nothing.
 */
const forValidators = async (telling: Telling): Promise<Group> => {
  const { record, event } = telling;
  const took = event.facts?.['validating'];
  const waited =
    record.validating === undefined && typeof took === 'string' && !isSecret(record) ? took : undefined;
  const validating = record.validating ?? waited;
  if (validating === undefined) return { why: 'decided' };
  return responsible({ ...telling, record: { ...record, validating } }, validating, 'validators');
};

/** The unit's people, else those of the units above it; those alone who handle oversight or stand in for somebody. */
const responsible = async (telling: Telling, unit: string, via: 'unit' | 'validators'): Promise<Group> => {
  const { record, city, directory } = telling;
  if (record.flags.oversight || record.about !== undefined) {
    const people = visible(telling, await directory.everyone());
    return people.length === 0 ? { nobodyIn: unit } : { people };
  }
  for (let at: string | undefined = unit, depth = 0; at !== undefined && depth < 16; depth += 1) {
    const people = front(telling, await directory.ofUnit(at), via);
    if (people.length > 0) return { people };
    at = unitOf(city, at)?.parent;
  }
  return { nobodyIn: unit };
};

/** Inspectors do what only a Sekda could, while nobody is. */
const inPlaceOf = (telling: Telling, via: Recipient, everyone: readonly Person[]): readonly Person[] =>
  via === 'sekda'
    ? visible(
        telling,
        everyone.filter(({ actor }) => actor.role === 'inspector'),
      )
    : [];

const visible = ({ record, event, city, may = mayBeTold }: Telling, people: readonly Person[]) =>
  people.filter(({ actor }) => may(record, event.seq, actor, city.substitutes));

const desk: ReadonlySet<string> = new Set(['liaison', 'officer', 'inspector']);

/**
 * Of one unit's people those at the desk (liaison, officers); where there are none, its head and whoever else works
 * there. Of a confidential case everybody who may see it: its head, and the assignee. Executives are not told of
 * single cases.
 */
const front = (telling: Telling, people: readonly Person[], via: 'unit' | 'validators') => {
  const may = visible(telling, people);
  if (via === 'validators') return may.filter(({ actor }) => actor.role === 'validator');
  const inside = may.filter(({ actor }) => actor.role !== 'executive' && actor.role !== 'validator');
  const atDesk = inside.filter(({ actor }) => desk.has(actor.role));
  return isSecret(telling.record) || atDesk.length === 0 ? inside : atDesk;
};
