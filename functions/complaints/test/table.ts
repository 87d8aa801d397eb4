import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';

/**
 * Every state × action × role. What is expected is written out by hand below and not read from the workflow: who may
 * take an action at all, in which states, and the few refusals that say more than that.
 */
export const city = testCity();
export const people: Readonly<Record<string, Actor>> = {
  coordinator: staffOf(city, 'coordinator', 'kominfo'),
  coordinator2: staffOf(city, 'coordinator', 'kominfo', 'second-coordinator'),
  liaison: staffOf(city, 'liaison', 'pupr'),
  officer: staffOf(city, 'officer', 'pupr'),
  head: staffOf(city, 'head', 'pupr'),
  otherUnit: staffOf(city, 'head', 'perkim'),
  lurah: staffOf(city, 'areaHead', 'ganting'),
  validator: staffOf(city, 'validator', 'pemerintahan'),
  inspector: staffOf(city, 'inspector', 'inspektorat'),
  sekda: staffOf(city, 'executive', 'setda', 'sekda', 'sekda'),
  mayor: staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
  reporter: holderOf({ code: 'ABCDEFGHJ', pinVersion: 1 }),
  account: { kind: 'citizen', id: 'rina', scope: 'rina' },
  otherCitizen: { kind: 'citizen', id: 'budi', scope: 'budi' },
  otherHolder: holderOf({ code: 'KMNPQRSTU', pinVersion: 1 }),
  oldHolder: holderOf({ code: 'ABCDEFGHJ', pinVersion: 2 }),
  nobody: { kind: 'anonymous', id: 'anonymous' },
};
export type Person = string;
export const at = '2026-11-23T03:00:00Z';
export const go = (
  record: CaseRecord,
  who: Person,
  action: string,
  input: object = {},
  now = at,
): CaseRecord => {
  const actor: Actor = people[who] ?? { kind: 'system', id: 'sweep' };
  return taken(city, record, actor, action, { ...input }, now);
};

const received = { ...filedCase(city), reporter: 'rina' };
const verifying = go(received, 'coordinator', 'verify');
export const postponed = go(received, 'coordinator', 'postpone', { text: 'Mana?' });
const assigned = go(received, 'coordinator', 'assign', { unit: 'pupr' });
export const inProgress = go(assigned, 'officer', 'accept');
export const plan = { date: '2027-06-30', source: 'dpa', year: 2027, text: 'DPA.' };
const planned = go(inProgress, 'head', 'plan', plan);
const awaitingValidation = go(inProgress, 'officer', 'followUp', { outcome: 'fixed', text: 'Ya.' });
export const followedUp = go(awaitingValidation, 'validator', 'approve');
const closed = go(followedUp, 'reporter', 'confirm');
const unconfirmed = go(followedUp, 'system', 'finish', {}, '2026-12-08T00:00:00Z');
const withdrawn = go(received, 'reporter', 'withdraw');
export const archived = go(received, 'coordinator', 'archive', { reason: 'abuse', text: 'xx' });
const notOurAuthority = go(received, 'coordinator', 'forward', { body: 'pln', text: 'xx' });
const objected = go(archived, 'reporter', 'object', { text: 'Tidak setuju.' });

export interface Row {
  readonly record: CaseRecord;
  readonly lies: 'triage' | 'unit';
  /** Person → actions that are open to them, in any order. Whoever is not named may do nothing. */
  readonly open: Readonly<Record<Person, string>>;
  /** Refusals that say more than `wrongState`: `person action` or `action` → code. */
  readonly but?: Readonly<Record<string, string>>;
  /** Shown as buttons all the same: only the step itself sees whether a post is vacant. */
  readonly shown?: Readonly<Record<Person, string>>;
}

const own = 'addInformation withdraw redact';
const ended = 'redact';
const coordinates = 'assign correct mark note redact';
const inUnit = 'reply ask note return plan followUp';

export const table: Readonly<Record<string, Row>> = {
  received: {
    record: received,
    lies: 'triage',
    open: {
      coordinator: `verify postpone forward archive ${coordinates}`,
      coordinator2: `verify postpone forward archive ${coordinates}`,
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  verifying: {
    record: verifying,
    lies: 'triage',
    open: {
      coordinator: `postpone forward archive ${coordinates}`,
      coordinator2: `postpone forward archive ${coordinates}`,
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  postponed: {
    record: postponed,
    lies: 'triage',
    open: {
      coordinator: 'verify correct mark note redact',
      coordinator2: 'verify correct mark note redact',
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  assigned: {
    record: assigned,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: 'assign accept reply ask note return',
      officer: 'accept reply ask note return',
      head: 'assign accept reply ask note return',
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  inProgress: {
    record: inProgress,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: `assign ${inUnit}`,
      officer: inUnit,
      head: `assign ${inUnit}`,
      inspector: 'note',
      reporter: own,
      account: own,
    },
    but: { approvePlan: 'noPlan', rejectPlan: 'noPlan', answer: 'nothingAsked' },
  },
  planned: {
    record: planned,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: 'assign reply note resumeWork',
      officer: 'reply note resumeWork',
      head: 'assign reply note resumeWork',
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  awaitingValidation: {
    record: awaitingValidation,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: 'assign note',
      officer: 'note',
      head: 'assign note',
      validator: 'approve reject note',
      inspector: 'note',
      reporter: own,
      account: own,
    },
  },
  followedUp: {
    record: followedUp,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: 'assign note',
      officer: 'note',
      head: 'assign note',
      inspector: 'note',
      reporter: `confirm dispute rate ${own}`,
      account: `confirm dispute rate ${own}`,
    },
  },
  closed: {
    record: closed,
    lies: 'unit',
    open: {
      coordinator: ended,
      coordinator2: ended,
      reporter: 'dispute rate redact',
      account: 'dispute rate redact',
    },
  },
  unconfirmed: {
    record: unconfirmed,
    lies: 'unit',
    open: {
      coordinator: ended,
      coordinator2: ended,
      reporter: 'confirm dispute rate redact',
      account: 'confirm dispute rate redact',
    },
  },
  withdrawn: {
    record: withdrawn,
    lies: 'triage',
    open: { coordinator: ended, coordinator2: ended, reporter: ended, account: ended },
    // Who withdrew by an own word has nothing to object to.
    but: { decideObjection: 'noObjection' },
  },
  archived: {
    record: archived,
    lies: 'triage',
    open: { coordinator: ended, coordinator2: ended, reporter: 'object redact', account: 'object redact' },
    but: { decideObjection: 'noObjection' },
  },
  notOurAuthority: {
    record: notOurAuthority,
    lies: 'triage',
    open: {
      coordinator: `remindAgain settleOutside ${ended}`,
      coordinator2: `remindAgain settleOutside ${ended}`,
      reporter: 'object redact',
      account: 'object redact',
    },
    but: { decideObjection: 'noObjection' },
  },
  'archived, objected to': {
    record: objected,
    lies: 'triage',
    open: {
      coordinator: ended,
      coordinator2: 'decideObjection redact',
      sekda: 'decideObjection',
      reporter: ended,
      account: ended,
    },
    but: { 'coordinator decideObjection': 'secondPersonNeeded', object: 'objectionUsed' },
  },
};
