import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../cases/model.ts';
import { type Filters, isWanted, rangeOf } from './filters.ts';
import type { Queue } from './queues.ts';

const row: CaseRow = {
  code: 'A',
  kind: 'complaint',
  state: 'inProgress',
  seq: 3,
  excerpt: '',
  category: 'jalan',
  area: '99.01.01.1001',
  unit: 'pupr',
  flags: 'ae',
  filedAt: '2026-11-23T02:00:00Z',
  due: '2026-11-27T09:00:00Z',
  origin: 'web',
  labels: ['banjir', 'musrenbang'],
  escalation: 'head',
};

const table: readonly (readonly [Filters, boolean])[] = [
  [{}, true],
  [{ state: 'inProgress' }, true],
  [{ state: 'assigned' }, false],
  [{ category: 'jalan', flag: 'anonymous' }, true],
  [{ category: 'sampah' }, false],
  [{ area: '99.01.01' }, true],
  [{ area: '99.01.01.1001' }, true],
  [{ area: '99.01.01.1002' }, false],
  [{ flag: 'emergency' }, true],
  [{ flag: 'confidential' }, false],
  [{ origin: 'web' }, true],
  [{ origin: 'counter' }, false],
  [{ label: 'banjir' }, true],
  [{ label: 'ban' }, false],
  [{ priority: 'normal' }, true],
  [{ priority: 'urgent' }, false],
  [{ escalation: 'any' }, true],
  [{ escalation: 'mayor' }, false],
];

describe('a row is asked for', () => {
  test.each(table)('by %j: %s', (filters, wanted) => {
    expect(isWanted('unit', filters)(row)).toBe(wanted);
  });

  test.each<[Queue, Partial<CaseRow>, boolean]>([
    ['planned', {}, false],
    ['planned', { state: 'planned' }, true],
    ['waiting', {}, false],
    ['waiting', { waiting: true }, true],
    ['all', { waiting: true }, true],
  ])('in the queue %s with %j: %s', (queue, more, wanted) => {
    expect(isWanted(queue, {})({ ...row, ...more })).toBe(wanted);
  });
});

describe('a range of due dates', () => {
  const now = '2026-11-23T03:00:00Z';
  test.each<[Parameters<typeof rangeOf>[0], ReturnType<typeof rangeOf>]>([
    [{}, { after: undefined, before: undefined }],
    [{ overdue: 'true' }, { after: undefined, before: now }],
    [{ overdue: 'false' }, { after: now, before: undefined }],
    [
      { dueFrom: '2026-11-24', dueTo: '2026-11-24' },
      { after: '2026-11-23T17:00:00Z', before: '2026-11-24T17:00:00Z' },
    ],
    [
      { dueFrom: '2026-11-20', dueTo: '2026-11-30', overdue: 'true' },
      { after: '2026-11-19T17:00:00Z', before: now },
    ],
    [
      { dueFrom: '2026-11-20', overdue: 'false' },
      { after: now, before: undefined },
    ],
  ])('%j', (filters, range) => {
    expect(rangeOf(filters, 'Asia/Jakarta', now)).toEqual(range);
  });
});
