import { staffOf } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { city, code, exempt, filed, requester, secretariat, sekda, taken, utama, words } from './city.ts';

/**
 * Every state × action × person. What is expected is written out by hand below and not read from the workflow: who may
 * take an action at all, in which states, and the few refusals that say more than that.
 */
export const people: Readonly<Record<string, Actor>> = {
  utama,
  secretariat,
  pelaksana: staffOf(city, 'liaison', 'pupr', 'pelaksana', 'ppidPelaksana'),
  otherPelaksana: staffOf(city, 'liaison', 'perkim', 'other-pelaksana', 'ppidPelaksana'),
  officer: staffOf(city, 'officer', 'pupr'),
  head: staffOf(city, 'head', 'pupr'),
  inspector: staffOf(city, 'inspector', 'inspektorat'),
  validator: staffOf(city, 'validator', 'pemerintahan'),
  sekda,
  mayor: staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
  lurah: staffOf(city, 'areaHead', 'ganting'),
  requester,
  account: { kind: 'citizen', id: 'rina', scope: 'rina' },
  otherCitizen: { kind: 'citizen', id: 'budi', scope: 'budi' },
  otherHolder: holderOf({ code: 'KMNPQRSTU', pinVersion: 1 }),
  oldHolder: holderOf({ code, pinVersion: 2 }),
  nobody: { kind: 'anonymous', id: 'anonymous' },
};
export const at = '2026-11-25T03:00:00Z';
export const overdue = '2026-12-08T03:00:00Z';
const go = (record: CaseRecord, who: string, action: string, input: object = {}, now = at): CaseRecord =>
  taken(record, people[who] ?? { kind: 'system', id: 'sweep' }, action, { ...input }, now);

const received = filed();
const inProgress = go(received, 'utama', 'distribute', { unit: 'pupr' });
const extended = go(inProgress, 'pelaksana', 'extend', words);
const granted = go(extended, 'pelaksana', 'grant', words);
const partlyGranted = go(inProgress, 'pelaksana', 'partlyGrant', exempt);
const refused = go(inProgress, 'utama', 'refuse', exempt);
const notHeld = go(inProgress, 'utama', 'declareNotHeld', { holder: 'BPN', ...words });
const objected = go(refused, 'requester', 'object', { ground: 'exempted', ...words });
const ordered = go(objected, 'sekda', 'answerObjection', {
  decision: 'overturned',
  by: '2026-12-18',
  ...words,
});
const upheld = go(objected, 'sekda', 'answerObjection', { decision: 'upheld', ...words });
const withdrawn = go(received, 'requester', 'withdraw');

export interface Row {
  readonly record: CaseRecord;
  readonly lies: 'utama' | 'unit';
  /** Person → actions that are open to them, in any order. Whoever is not named may do nothing. */
  readonly open: Readonly<Record<string, string>>;
  /** Refusals that say more than `wrongState`, by action. */
  readonly but?: Readonly<Record<string, string>>;
  readonly now?: string;
}

const own = { reveal: 'reveal' } as const;
const answers = 'grant partlyGrant refuse declareNotHeld';
const sends = 'inform charge reveal';
const holders = (actions: string) => ({ requester: actions, account: actions });
const early = {
  object: 'answerNotDue',
  recordObjection: 'answerNotDue',
  recordPayment: 'noCost',
  react: 'notAnsweredYet',
  identify: 'identityKnown',
};
const decided = { recordPayment: 'noCost', react: 'notAnsweredYet' };
const used = {
  recordPayment: 'noCost',
  object: 'objectionMade',
  recordObjection: 'objectionMade',
};

export const table: Readonly<Record<string, Row>> = {
  received: {
    record: received,
    lies: 'utama',
    open: {
      utama: `accept distribute ${sends}`,
      secretariat: `accept distribute ${sends}`,
      sekda: own.reveal,
      ...holders('complete withdraw'),
    },
    but: early,
  },
  inProgress: {
    record: inProgress,
    lies: 'unit',
    open: {
      utama: `distribute extend ${answers} ${sends}`,
      secretariat: `distribute ${sends}`,
      pelaksana: `sendBack extend ${answers} ${sends}`,
      sekda: own.reveal,
      ...holders('complete withdraw'),
    },
    but: early,
  },
  'inProgress, past its limit': {
    record: inProgress,
    lies: 'unit',
    now: overdue,
    open: {
      utama: `distribute ${answers} ${sends} recordObjection`,
      secretariat: `distribute ${sends} recordObjection`,
      pelaksana: `sendBack ${answers} ${sends}`,
      sekda: own.reveal,
      ...holders('complete withdraw object'),
    },
    but: { ...early, extend: 'extensionTooLate' },
  },
  'inProgress, of somebody unknown': {
    record: go(filed({}), 'utama', 'distribute', { unit: 'pupr' }),
    lies: 'unit',
    open: {
      utama: `distribute extend identify ${sends}`,
      secretariat: `distribute identify ${sends}`,
      pelaksana: `sendBack extend ${sends}`,
      sekda: own.reveal,
      ...holders('complete withdraw identify'),
    },
    but: {
      ...early,
      grant: 'identityMissing',
      partlyGrant: 'identityMissing',
      refuse: 'identityMissing',
      declareNotHeld: 'identityMissing',
    },
  },
  extended: {
    record: extended,
    lies: 'unit',
    open: {
      utama: `distribute ${answers} ${sends}`,
      secretariat: `distribute ${sends}`,
      pelaksana: `sendBack ${answers} ${sends}`,
      sekda: own.reveal,
      ...holders('complete withdraw'),
    },
    but: early,
  },
  granted: {
    record: granted,
    lies: 'unit',
    open: {
      utama: 'reveal give charge recordObjection',
      secretariat: 'reveal give charge recordObjection',
      pelaksana: 'reveal give charge',
      sekda: own.reveal,
      ...holders('object'),
    },
    but: decided,
  },
  partlyGranted: {
    record: partlyGranted,
    lies: 'unit',
    open: {
      utama: 'reveal give charge recordObjection',
      secretariat: 'reveal give charge recordObjection',
      pelaksana: 'reveal give charge',
      sekda: own.reveal,
      ...holders('object'),
    },
    but: decided,
  },
  refused: {
    record: refused,
    lies: 'unit',
    open: {
      utama: 'reveal recordObjection',
      secretariat: 'reveal recordObjection',
      pelaksana: 'reveal',
      sekda: own.reveal,
      ...holders('object'),
    },
    but: { react: 'notAnsweredYet' },
  },
  notHeld: {
    record: notHeld,
    lies: 'unit',
    open: {
      utama: 'reveal recordObjection',
      secretariat: 'reveal recordObjection',
      pelaksana: 'reveal',
      sekda: own.reveal,
      ...holders('object'),
    },
    but: { react: 'notAnsweredYet' },
  },
  objected: {
    record: objected,
    lies: 'unit',
    open: {
      utama: 'inform reveal',
      secretariat: 'inform reveal',
      pelaksana: 'inform reveal',
      sekda: 'answerObjection reveal',
      ...holders('complete'),
    },
    but: { react: 'notAnsweredYet', identify: 'identityKnown' },
  },
  ordered: {
    record: ordered,
    lies: 'unit',
    open: {
      utama: `distribute grant partlyGrant ${sends} react`,
      secretariat: `distribute ${sends} react`,
      pelaksana: `sendBack grant partlyGrant ${sends}`,
      sekda: own.reveal,
      ...holders('complete react'),
    },
    but: {
      recordPayment: 'noCost',
      identify: 'identityKnown',
      refuse: 'orderedToGive',
      declareNotHeld: 'orderedToGive',
    },
  },
  'granted as ordered': {
    record: go(ordered, 'pelaksana', 'grant', words),
    lies: 'unit',
    open: {
      utama: 'reveal give charge react',
      secretariat: 'reveal give charge react',
      pelaksana: 'reveal give charge',
      sekda: own.reveal,
      ...holders('react'),
    },
    but: used,
  },
  upheld: {
    record: upheld,
    lies: 'unit',
    open: {
      utama: 'reveal react',
      secretariat: 'reveal react',
      pelaksana: 'reveal',
      sekda: own.reveal,
      ...holders('react'),
    },
  },
  withdrawn: {
    record: withdrawn,
    lies: 'utama',
    open: { utama: 'reveal', secretariat: 'reveal', sekda: own.reveal },
    but: { react: 'notAnsweredYet' },
  },
};
