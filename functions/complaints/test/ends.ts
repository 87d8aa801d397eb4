import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf } from '../../../test/city.ts';
import { at, city, followedUp, go, people, postponed, type Row } from './table.ts';

/** What a case comes to by a second look, or by a third dispute; each continues a row of the table. */
const received = { ...filedCase(city), reporter: 'rina' };
export const other = filedCase(city, {}, { code: 'KMNPQRSTU' });
export const merged = taken(
  city,
  received,
  people['coordinator'] ?? staffOf(city, 'coordinator', 'kominfo'),
  'merge',
  { into: other.code, text: 'Laporan yang sama.' },
  at,
  { other },
);
const deemed = go(postponed, 'system', 'deemWithdrawn', {}, '2027-03-01T00:00:00Z');

const validators = ['second', 'third'].map((id) =>
  staffOf(city, 'validator', 'pemerintahan', `${id}-validator`),
);
/** Disputed, done again and approved by yet another one, then disputed once more. */
const disputed = validators.reduce(
  (record, validator) => {
    const done = go(record, 'head', 'followUp', { outcome: 'fixed', text: 'Sudah.' });
    return go(taken(city, done, validator, 'approve', {}, at), 'reporter', 'dispute', { text: 'Belum.' });
  },
  go(followedUp, 'reporter', 'dispute', { text: 'Belum.' }),
);

const own = 'addInformation withdraw redact';
const coordinates = 'assign correct mark note redact';

export const ends: Readonly<Record<string, Row>> = {
  merged: {
    record: merged,
    lies: 'triage',
    open: {
      coordinator: 'redact',
      coordinator2: 'redact',
      reporter: 'object redact',
      account: 'object redact',
    },
    but: { decideObjection: 'noObjection' },
  },
  'merged, objected to': {
    record: go(merged, 'reporter', 'object', { text: 'Bukan laporan yang sama.' }),
    lies: 'triage',
    open: {
      coordinator: 'redact',
      coordinator2: 'decideObjection redact',
      sekda: 'decideObjection',
      reporter: 'redact',
      account: 'redact',
    },
    but: { 'coordinator decideObjection': 'secondPersonNeeded', object: 'objectionUsed' },
  },
  'withdrawn, as nobody answered': {
    record: deemed,
    lies: 'triage',
    open: {
      coordinator: 'redact',
      coordinator2: 'redact',
      reporter: 'object redact',
      account: 'object redact',
    },
    but: { decideObjection: 'noObjection' },
  },
  'withdrawn, as nobody answered, objected to': {
    record: go(deemed, 'reporter', 'object', { text: 'Saya menjawab.' }),
    lies: 'triage',
    open: {
      coordinator: 'redact',
      coordinator2: 'decideObjection redact',
      sekda: 'decideObjection',
      reporter: 'redact',
      account: 'redact',
    },
    but: { 'coordinator decideObjection': 'secondPersonNeeded', object: 'objectionUsed' },
  },
  'inProgress, disputed a third time': {
    record: disputed,
    lies: 'unit',
    open: {
      coordinator: coordinates,
      coordinator2: coordinates,
      liaison: 'assign reply ask note return plan',
      officer: 'reply ask note return plan',
      head: 'assign reply ask note return plan',
      inspector: 'note',
      sekda: 'decideDispute',
      reporter: own,
      account: own,
    },
    but: {
      followUp: 'sekdaDecides',
      'inspector decideDispute': 'sekdaDecides',
      approvePlan: 'noPlan',
      rejectPlan: 'noPlan',
      answer: 'nothingAsked',
    },
    shown: { inspector: 'decideDispute' },
  },
};
