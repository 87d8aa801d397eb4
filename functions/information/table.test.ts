import { describe, expect, test } from 'vitest';
import { allowedActions } from '../cases/engine.ts';
import { city, sweep, take } from './test/city.ts';
import { inputFor, standing } from './test/standing.ts';
import { at, people, type Row, table } from './test/table.ts';
import { informationRequest } from './workflow.ts';

/** What every kind of case has; tested beside it. */
const common =
  'redact claim renewPin note label prioritise instruct answerInstruction assign acceptFile refuseFile checkStaffFile askPin overdue recompute warn remind escalate'.split(
    ' ',
  );

const expected = (row: Row, who: string, action: string): string => {
  if (row.open[who]?.split(' ').includes(action) === true) return 'done';
  if (standing[action]?.(row.lies).includes(who) !== true) return 'forbidden';
  return row.but?.[action] ?? 'wrongState';
};

describe.each(Object.entries(table))('%s', (_, row) => {
  test.each(Object.entries(people))('%s', (who, actor) => {
    const came = Object.keys(standing).map((action) => {
      const stepped = take(row.record, actor, action, { ...inputFor(action, row) }, row.now ?? at);
      return [action, 'refuse' in stepped ? stepped.refuse : 'done'];
    });
    expect(came).toEqual(Object.keys(standing).map((action) => [action, expected(row, who, action)]));
  });

  test('what a page shows as buttons is what may be done', () => {
    for (const [who, actor] of Object.entries(people)) {
      const shown = allowedActions(informationRequest, actor, row.record, city, row.now ?? at, true).filter(
        (id) => id in standing,
      );
      expect([who, [...shown].sort()]).toEqual([who, (row.open[who]?.split(' ') ?? []).sort()]);
    }
  });
});

test('the table knows every state and every action of its own', () => {
  const states = new Set(Object.values(table).map(({ record }) => record.state));
  expect([...states].sort()).toEqual(Object.keys(informationRequest.states).sort());
  const known = new Set([...Object.keys(standing), ...common]);
  expect(Object.keys(informationRequest.actions).filter((id) => !known.has(id))).toEqual([]);
});

test('the system itself records a silence only where an answer was owed', () => {
  const later = '2027-06-01T00:00:00Z';
  const takes = (now: string) =>
    Object.entries(table).flatMap(([name, { record }]) =>
      'refuse' in take(record, sweep, 'noteSilence', {}, now) ? [] : [name],
    );
  expect([takes(at), takes(later)]).toEqual([[], ['objected']]);
});
