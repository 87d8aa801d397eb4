import { coordinators, reporters, unit } from './short.ts';
import { type Person, plan, type Row } from './table.ts';

/** Who stands where an action is taken from, while the case lies there; of nobody else it is anybody's business. */
export const standing: Readonly<Record<string, (lies: Row['lies']) => readonly Person[]>> = {
  ...all('verify postpone forward archive', (lies) => (lies === 'triage' ? coordinators : [])),
  decideObjection: (lies) => (lies === 'triage' ? [...coordinators, 'sekda'] : ['sekda']),
  assign: (lies) => (lies === 'unit' ? [...coordinators, 'liaison', 'head'] : coordinators),
  ...all('correct mark', () => coordinators),
  unmark: () => ['inspector'],
  note: (lies) => [...coordinators, 'inspector', ...(lies === 'unit' ? unit : [])],
  ...all('accept reply ask return plan resumeWork followUp', (lies) => (lies === 'unit' ? unit : [])),
  ...all('approvePlan rejectPlan', (lies) => (lies === 'unit' ? ['head'] : [])),
  ...all('approve reject', () => []),
  decideDispute: () => ['sekda', 'inspector'],
  ...all('addInformation answer confirm dispute object rate withdraw', () => reporters),
  redact: () => [...reporters, ...coordinators],
  ...all('remindAgain settleOutside', () => coordinators),
  ...all('answerOutside remindOutside', () => []),
  ...all('route dispatch expireQuestion deemWithdrawn finish askPin', () => []),
};

function all(
  names: string,
  who: (lies: Row['lies']) => readonly Person[],
): Record<string, (lies: Row['lies']) => readonly Person[]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, who]));
}

/** One input of each action that is right in itself. */
export const inputs: Readonly<Record<string, object>> = {
  assign: { unit: 'pupr' },
  correct: { category: 'sampah' },
  mark: { confidential: true, text: 'xx' },
  forward: { body: 'pln', text: 'xx' },
  remindAgain: { remindOn: '2026-12-01' },
  archive: { reason: 'abuse', text: 'xx' },
  return: { reason: 'notOurs', text: 'xx' },
  followUp: { outcome: 'fixed', text: 'xx' },
  decideObjection: { decision: 'upheld', text: 'xx' },
  decideDispute: { decision: 'redo', text: 'xx' },
  plan,
  rate: { stars: 4, done: true },
  redact: { seq: 1, reason: 'personalData' },
};
