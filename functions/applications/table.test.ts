import { describe, expect, test } from 'vitest';
import { allowedActions } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { products } from '../products/contract.ts';
import { applications } from './contract.ts';
import { application as ownApplication } from './own-workflow.ts';
import * as at from './test/cases.ts';
import { application } from './workflow.ts';

/**
 * Every state, action and person. What is expected is written out by hand and not read from the workflow: who stands
 * where an action is taken from, and what is open to them in each state.
 */
interface Row {
  readonly record: CaseRecord;
  /** Person → actions that are open to them. Whoever is not named may do nothing of the application's own. */
  readonly open: Readonly<Record<string, string>>;
}

const unit = ['officer', 'liaison', 'head', 'head2'];
const all = (people: readonly string[], actions: string) =>
  Object.fromEntries(people.map((who) => [who, actions]));
const own = (actions: string) => all(['holder', 'account'], actions);
const open = 'addInformation withdraw';

const rows: Readonly<Record<string, Row>> = {
  submitted: {
    record: at.submitted,
    open: { ...all(unit, 'begin complete askCorrection handIn reply reveal'), ...own(`${open} handIn`) },
  },
  checking: {
    record: at.checking,
    open: { ...all(unit, 'complete askCorrection handIn refuse reply reveal'), ...own(`${open} handIn`) },
  },
  correction: {
    record: at.correction,
    open: { ...all(unit, 'handIn reply reveal'), ...own(`${open} handIn`) },
  },
  processing: {
    record: at.processing,
    open: { ...all(unit, 'completeStep refuse reply reveal'), ...own(open) },
  },
  'a step of another unit': {
    record: at.elsewhere,
    open: { visitor: 'completeStep refuse reply reveal', ...own(open) },
  },
  validation: {
    record: at.validation,
    open: { ...all(unit, 'sendBack reply reveal'), validator: 'approve sendBack reveal', ...own(open) },
  },
  awaitingSignature: {
    record: at.awaitingSignature,
    open: { ...all(unit, 'issue refuse sendBack reply reveal'), ...own(open) },
  },
  issued: {
    record: at.issued,
    open: {
      ...all(unit, 'handOverProduct reveal'),
      ...all(['head', 'head2'], 'handOverProduct reissueProduct revokeProduct reveal'),
      ...own('rate'),
    },
  },
  refused: { record: at.refused, open: { ...all(unit, 'reveal'), ...own('object') } },
  withdrawn: { record: at.withdrawn, open: all(unit, 'reveal') },
  'objected to, refused by the head': {
    record: at.objected,
    open: { ...all(unit, 'reveal'), head2: 'decideObjection reveal', sekda: 'decideObjection' },
  },
};

/** Of every kind of case, tested where they are made. */
const common = /^(note|label|prioritise|instruct|answerInstruction|assign|redact|claim|renewPin)$/;

describe.each(Object.entries(rows))('%s', (_, { record, open: wanted }) => {
  test.each(Object.keys(at.people))('%s', (who) => {
    const actor = at.people[who];
    if (actor === undefined) throw new Error(who);
    const actions = allowedActions(application, actor, record, at.city, at.monday, true);
    const shown = actions.filter((id) => !common.test(id)).sort();
    expect(shown).toEqual((wanted[who] ?? '').split(' ').filter(Boolean).sort());
  });

  test('what is no button is refused, whoever tries', () => {
    for (const [who, actor] of Object.entries(at.people)) {
      for (const id of Object.keys(application.actions).filter((one) => !common.test(one))) {
        if (wanted[who]?.split(' ').includes(id) === true) continue;
        expect([who, id, 'refuse' in at.take(record, actor, id, { text: 'xx' })]).toEqual([who, id, true]);
      }
    }
  });
});

test('the table knows every state', () => {
  const states = Object.values(rows).map(({ record }) => record.state);
  expect([...new Set(states)].sort()).toEqual(Object.keys(application.states).sort());
});

test('every action that a page may show leads to an operation that there is', () => {
  const posts = new Set<string>(
    [applications, products].flatMap(({ operations }) =>
      Object.values(operations).flatMap(({ method, path }) => (method === 'POST' ? [path] : [])),
    ),
  );
  const lost = Object.values(ownApplication.actions).flatMap(({ by, apart, at: below }) => {
    // On a product, by its number: its own page shows it.
    if (apart === true && below === undefined) return [];
    const end = below ?? 'actions/{action}';
    const bases = [
      ...(by.some(({ where }) => where !== 'reporter') ? ['/v1/desk/applications/{code}'] : []),
      ...(by.some(({ where }) => where === 'reporter')
        ? ['/v1/me/applications/{code}', '/v1/track/{code}/application']
        : []),
    ];
    return bases.map((base) => `${base}/${end}`).filter((path) => !posts.has(path));
  });
  expect(lost).toEqual([]);
});
