import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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

test('events of one name say one thing: a timeline looks the sentence up by it', () => {
  for (const { actions } of Object.values(workflows)) {
    const says = new Map<string, string>();
    for (const { event, says: words } of Object.values(actions)) {
      expect([event, says.get(event) ?? words.id]).toEqual([event, words.id]);
      says.set(event, words.id);
    }
  }
});
