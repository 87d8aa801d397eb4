import { describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import { tellsOf } from '../events/told.ts';
import { city, close, followedUp, inProgress, monday, officer, reporter, sweep } from './test/people.ts';
import { complaint } from './workflow.ts';

/** Whom every event of its type is told to, beside those whom a single one names. Written by hand. */
const table: Readonly<Record<string, string>> = {
  filed: 'reporter',
  verifying: 'reporter',
  postponed: 'reporter',
  assigned: 'unit formerUnit assignee reporter',
  dispatched: 'unit coordinators reporter',
  corrected: 'unit',
  marked: 'unit',
  unmarked: 'coordinators',
  accepted: 'reporter',
  replied: 'reporter',
  asked: 'reporter',
  questionExpired: 'unit assignee reporter',
  returned: 'coordinators reporter',
  planProposed: '',
  planRejected: 'unit assignee',
  planned: 'unit reporter supporters',
  resumed: 'reporter',
  proposed: 'validators reporter',
  rejected: 'unit reporter',
  followedUp: 'unit reporter supporters',
  // What ends a report, or lets it go on after all, is told to all who wait for it.
  archived: 'reporter supporters',
  forwarded: 'reporter supporters',
  withdrawn: 'unit assignee supporters',
  deemedWithdrawn: 'reporter supporters',
  finished: 'unit reporter supporters',
  disputeDecided: 'unit head reporter supporters',
  objectionDecided: 'reporter supporters coordinators',
  merged: 'unit reporter supporters',
  unmerged: 'reporter supporters coordinators',
  outsideSettled: 'reporter supporters',
  outsideAnswered: 'coordinators reporter supporters',
  outsideReminded: 'coordinators',
  outsideLinked: '',
  reminderSet: '',
  // The reporter's own.
  informed: 'unit assignee',
  questionAnswered: 'unit assignee',
  confirmed: 'unit',
  disputed: 'unit assignee',
  objected: 'coordinators sekda',
  rated: '',
  redacted: '',
  claimed: 'reporter',
  pinAsked: 'reporter',
  pinRenewed: 'reporter',
  fileAccepted: '',
  fileRefused: 'reporter',
  fileChecked: '',
  absorbed: 'unit',
  released: '',
  split: 'unit reporter',
  partEnded: 'unit',
  wholeEnded: 'unit assignee',
  informationRequested: 'reporter',
  published: 'reporter',
  takenDown: 'reporter',
  fileReleased: '',
  fileWithheld: '',
  noted: '',
  labelled: '',
  prioritised: 'assignee',
  replyDrafted: '',
  replyRejected: 'unit assignee',
  instructed: '',
  instructionAnswered: 'instructor',
  overdue: 'unit coordinators',
  warned: 'reporter',
  reminded: 'unit assignee',
  escalated: 'head',
  recomputed: '',
};

const filed = filedCase(city);
const last = ({ events }: CaseRecord): CaseEvent => {
  const event = events.at(-1);
  if (event === undefined) throw new Error('no event');
  return event;
};
const toldOf = (record: CaseRecord, event = last(record)) => tellsOf(complaint, record, event).join(' ');

test.each(Object.keys(complaint.says))('%s is told to whom the table says', (type) => {
  expect([type, toldOf(filed, { ...last(filed), type })]).toEqual([type, table[type]]);
});

test('the table names nothing that does not happen', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(complaint.says).sort());
});

test('no citizen is named for what is the staff’s alone to know', () => {
  const wrong = Object.entries(complaint.actions).filter(
    ([, { audience, tells }]) =>
      audience === 'staff' && (tells.includes('reporter') || tells.includes('supporters')),
  );
  expect(wrong.map(([id]) => id)).toEqual([]);
});

describe('a report that its reporter withdraws', () => {
  const withdrawn = (from: CaseRecord) => taken(city, from, reporter, 'withdraw', {}, monday);
  const proposed = taken(city, inProgress(), officer, 'followUp', close);

  test.each<[string, CaseRecord, string]>([
    ['in triage: the coordinators', filed, 'unit assignee supporters coordinators'],
    ['in a unit: that unit', inProgress(), 'unit assignee supporters'],
    ['that waits for a validator: that one too', proposed, 'unit assignee supporters validators'],
    ['that was followed up', followedUp(), 'unit assignee supporters'],
  ])('%s', (_, from, tells) => {
    expect(toldOf(withdrawn(from))).toBe(tells);
  });

  test('remembers whose proposal it took away, and says that others may file their own', () => {
    expect(withdrawn(proposed).validating).toBeUndefined();
    expect(last(withdrawn(proposed)).facts).toEqual({ validating: 'pemerintahan' });
    expect(complaint.says['withdrawn']?.id).toMatch(/mencabut.*laporan sendiri/);
  });
});

describe('a deadline that passes', () => {
  const overdue = (clock: string) => {
    const due = '2026-11-24T09:00:00Z';
    const late = {
      ...inProgress(),
      clocks: { [clock]: { rule: clock, owner: 'city', startedAt: monday, due, paused: 0 } },
    };
    return taken(city, late, sweep, 'overdue', { clock }, due);
  };

  test.each([
    'promise',
    'planned',
    'outer',
  ])('is the citizen’s to hear of when it was promised: %s', (clock) => {
    expect([last(overdue(clock)).audience, toldOf(overdue(clock))]).toEqual([
      'code',
      'unit coordinators reporter supporters',
    ]);
  });

  test.each([
    'verification',
    'firstResponse',
    'resolution',
    'objection',
  ])('is the staff’s own when it is about their work: %s', (clock) => {
    expect([last(overdue(clock)).audience, toldOf(overdue(clock))]).toEqual(['staff', 'unit coordinators']);
  });
});

describe('deadlines that are computed anew', () => {
  const withHoliday = (date: string): City => ({
    ...city,
    calendars: {
      ...city.calendars,
      holidays: [...city.calendars.holidays, { date, name: 'Libur', kind: 'national' as const }],
    },
  });
  const recomputed = (of: City) => taken(of, filed, sweep, 'recompute', {}, monday);

  test('are told to the reporter when the promise moved', () => {
    const moved = recomputed(withHoliday('2026-11-30'));
    expect(moved.clocks['promise']?.due).not.toBe(filed.clocks['promise']?.due);
    expect(toldOf(moved)).toBe('reporter');
  });

  test('are not when only the city’s own moved', () => {
    const rules = city.clocks.map((rule) => (rule.clock === 'verification' ? { ...rule, amount: 9 } : rule));
    const moved = recomputed({ ...city, clocks: rules });
    expect(moved.clocks['verification']?.due).not.toBe(filed.clocks['verification']?.due);
    expect(toldOf(moved)).toBe('');
  });
});

test('what went past a coordinator is told to the coordinators', () => {
  const at = '2026-11-23T15:00:00Z';
  const night = (text: string, category?: string) => filedCase(city, { text, category }, { at });
  expect(toldOf(night('Ada anak tenggelam', 'jalan'))).toBe('unit formerUnit assignee reporter coordinators');
  expect(toldOf(night('Api besar', 'kebakaran'))).toBe('unit formerUnit assignee reporter');
});
