import { describe, expect, test } from 'vitest';
import { take } from '../../test/cases.ts';
import type { Actor } from '../cases/actor.ts';
import { allowedActions } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { closing } from './actions/closing.ts';
import { outside } from './actions/outside.ts';
import { reporter } from './actions/reporter.ts';
import { system } from './actions/system.ts';
import { triage } from './actions/triage.ts';
import { unit } from './actions/unit.ts';
import { ends } from './test/ends.ts';
import { inputs, standing } from './test/standing.ts';
import {
  archived,
  at,
  city,
  followedUp,
  go,
  inProgress,
  type Person,
  people,
  postponed,
  type Row,
  table,
} from './test/table.ts';
import { complaint } from './workflow.ts';

/** Steps that the clocks and the settings take on every kind of case; tested beside them. */
const cityWide = ['overdue', 'recompute', 'warn', 'remind', 'escalate'];

const expected = (row: Row, who: Person, action: string): string => {
  if (row.open[who]?.split(' ').includes(action) === true) return 'done';
  const stands = standing[action]?.(row.lies).includes(who) === true;
  if (!stands) return 'forbidden';
  return row.but?.[`${who} ${action}`] ?? row.but?.[action] ?? 'wrongState';
};

const rows = { ...table, ...ends };

describe.each(Object.entries(rows))('%s', (_, row) => {
  test.each(Object.keys(people))('%s', (who) => {
    const actor = people[who];
    if (actor === undefined) throw new Error(who);
    const came = Object.keys(standing).map((action) => {
      const stepped = take(city, row.record, actor, action, { ...(inputs[action] ?? { text: 'xx' }) }, at);
      return [action, 'refuse' in stepped ? stepped.refuse : 'done'];
    });
    expect(came).toEqual(Object.keys(standing).map((action) => [action, expected(row, who, action)]));
  });

  test('what a page shows as buttons is what may be done', () => {
    for (const [who, actor] of Object.entries(people)) {
      const shown = allowedActions(complaint, actor, row.record, city, at).filter((id) => id in standing);
      const wanted = [row.open[who], row.shown?.[who]].flatMap((ids) => ids?.split(' ') ?? []);
      expect([who, [...shown].sort()]).toEqual([who, wanted.sort()]);
    }
  });
});

test('the table knows every state, and every action but those of the other tables', () => {
  const states = Object.values(rows).map(({ record }) => record.state);
  expect([...new Set(states)].sort()).toEqual(Object.keys(complaint.states).sort());
  const groups = [triage, outside, unit, closing, reporter, system].flatMap((group) => Object.keys(group));
  const known = new Set([...Object.keys(standing), 'claim', 'renewPin', 'linkOutside', ...cityWide]);
  expect(groups.filter((id) => !known.has(id))).toEqual([]);
});

test('the system itself takes a step only where its time has come', () => {
  const system: Actor = { kind: 'system', id: 'sweep' };
  const steps = ['dispatch', 'expireQuestion', 'deemWithdrawn', 'finish'];
  const later = '2027-03-01T00:00:00Z';
  const asked = go(inProgress, 'officer', 'ask', { text: 'Mana?' });
  const takes = (record: CaseRecord, now: string) =>
    steps.filter((action) => !('refuse' in take(city, record, system, action, {}, now)));
  const rows: Readonly<Record<string, CaseRecord>> = { asked, postponed, followedUp, inProgress, archived };
  for (const record of Object.values(rows)) expect(takes(record, at)).toEqual([]);
  expect(
    Object.fromEntries(Object.entries(rows).map(([name, record]) => [name, takes(record, later)])),
  ).toEqual({
    asked: ['expireQuestion'],
    postponed: ['deemWithdrawn'],
    followedUp: ['finish'],
    inProgress: [],
    archived: [],
  });
});
