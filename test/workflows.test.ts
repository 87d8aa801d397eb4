import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportKinds } from '../functions/city/kinds.ts';
import { kinds } from '../functions/kinds.ts';
import { outsideWorkflows } from '../functions/outside-workflows.ts';
import { relationsWorkflows } from '../functions/relations-workflows.ts';
import { reporterWorkflows } from '../functions/reporter-workflows.ts';
import { workflows } from '../functions/workflows.ts';
import { workflowsFile, workflowsPage } from '../scripts/workflows.ts';

test('docs/workflows.md says what the workflows say; if not: node scripts/workflows.ts', () => {
  expect(readFileSync(workflowsFile, 'utf8')).toBe(workflowsPage());
});

test('every action comes from, and leads to, declared states only', () => {
  for (const { kind, states, actions, atDue = {} } of Object.values(workflows)) {
    for (const [id, { from, to = [] }] of Object.entries(actions)) {
      const named = [...from, ...(Array.isArray(to) ? to : Object.entries(to).flat(2))];
      expect([kind, id, named.filter((state) => !(state in states))]).toEqual([kind, id, []]);
    }
    expect(Object.values(atDue).filter((action) => !(action in actions))).toEqual([]);
  }
});

test('every type of event has its sentence, and every sentence a type of event', () => {
  for (const { actions, says } of Object.values(workflows)) {
    const events = new Set(Object.values(actions).map(({ event }) => event));
    expect(Object.keys(says).toSorted()).toEqual(['filed', ...events].toSorted());
  }
});

test('a kind is the same whether one may act on its cases or only speak of them', () => {
  expect(Object.keys(kinds)).toEqual(Object.keys(workflows));
  for (const [id, kind] of Object.entries(kinds)) expect(workflows[id]).toMatchObject(kind);
});

test('a reporter meets every action of theirs and none of staff', () => {
  expect(Object.keys(reporterWorkflows)).toEqual(Object.keys(workflows));
  for (const [id, { actions }] of Object.entries(workflows)) {
    const theirs = Object.entries(actions).filter(
      ([, { by, quiet }]) => by.some(({ where }) => where === 'reporter') || quiet === true,
    );
    expect(reporterWorkflows[id]).toEqual({
      ...workflows[id],
      atDue: undefined,
      actions: Object.fromEntries(theirs),
    });
  }
});

test.each([
  ['a body outside', outsideWorkflows, ['linkOutside', 'answerOutside']],
  [
    'who merges and divides',
    relationsWorkflows,
    ['merge', 'absorb', 'unmerge', 'release', 'split', 'assign'],
  ],
])('%s meets a part of the whole workflow, as that has it', (_, part, needed) => {
  // Nobody forwards, merges or divides what somebody asked for.
  expect(Object.keys(part)).toEqual([...reportKinds]);
  for (const [id, { actions }] of Object.entries(part)) {
    expect(Object.keys(actions)).toEqual(expect.arrayContaining(needed));
    const quiet = Object.entries(workflows[id]?.actions ?? {}).filter(([, one]) => one.quiet === true);
    expect(Object.keys(actions)).toEqual(expect.arrayContaining(quiet.map(([name]) => name)));
    for (const [name, action] of Object.entries(actions)) expect(workflows[id]?.actions[name]).toBe(action);
  }
});
