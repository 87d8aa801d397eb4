import type { CaseRecord } from '../../cases/model.ts';
import { exempt, words } from './city.ts';
import { at, overdue, type Row } from './table.ts';

const ppid = ['utama', 'secretariat'];
const withUnit = (lies: Row['lies'], ...who: readonly string[]) => [
  ...who,
  ...(lies === 'unit' ? ['pelaksana'] : []),
];
const reporters = ['requester', 'account'];

/** Who stands where an action is taken from, while the request lies there; of nobody else it is anybody's business. */
export const standing: Readonly<Record<string, (lies: Row['lies']) => readonly string[]>> = {
  accept: () => ppid,
  distribute: () => ppid,
  sendBack: (lies) => withUnit(lies),
  extend: (lies) => withUnit(lies, 'utama'),
  grant: (lies) => withUnit(lies, 'utama'),
  partlyGrant: (lies) => withUnit(lies, 'utama'),
  refuse: (lies) => withUnit(lies, 'utama'),
  declareNotHeld: (lies) => withUnit(lies, 'utama'),
  inform: (lies) => withUnit(lies, ...ppid),
  reveal: (lies) => withUnit(lies, ...ppid, 'sekda'),
  give: (lies) => withUnit(lies, ...ppid),
  charge: (lies) => withUnit(lies, ...ppid),
  recordPayment: (lies) => withUnit(lies, ...ppid),
  recordObjection: () => ppid,
  answerObjection: () => ['sekda'],
  noteSilence: () => [],
  complete: () => reporters,
  identify: () => [...reporters, ...ppid],
  object: () => reporters,
  react: () => [...reporters, ...ppid],
  withdraw: () => reporters,
};

/** One input of each action that is right in itself. */
export const inputFor = (action: string, { record, now = at }: Row): object => {
  switch (action) {
    case 'distribute':
      return { unit: 'perkim' };
    case 'partlyGrant':
    case 'refuse':
      return exempt;
    case 'declareNotHeld':
      return { holder: 'BPN', ...words };
    case 'give':
      return { form: 'soft', way: 'copy' };
    case 'charge':
      return { rupiah: 3000, ...words };
    case 'recordPayment':
      return { rupiah: 3000 };
    case 'object':
    case 'recordObjection':
      return { ground: now > overdue || now === overdue ? 'noResponse' : fitting(record), ...words };
    case 'answerObjection':
      return { decision: 'upheld', ...words };
    case 'react':
      return { reaction: 'satisfied' };
    default:
      return words;
  }
};

const fitting = ({ state }: CaseRecord): string => (state === 'refused' ? 'exempted' : 'notAsRequested');
