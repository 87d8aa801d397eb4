import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCity } from '../../test/city.ts';
import { lastOf, plans, snapshotsOf } from '../../test/histories.ts';
import type { CaseRecord } from '../cases/model.ts';
import { change, contributionOf, type Figures, figuresOf, noFigures, sum } from './contribution.ts';
import { counter, dueAttribute, isDue, isOverdue, nowPartition } from './keys.ts';

const city = testCity();

type Part = Parameters<typeof contributionOf>[0];
/** Filed on Monday, 23 November 2026, at 09:00 WIB; nothing else happened. */
const fresh: Part = {
  filedAt: '2026-11-23T02:00:00Z',
  custody: [{ unit: 'triage', from: '2026-11-23T02:00:00Z' }],
  clocks: {},
  code: 'CODE',
  kind: 'complaint',
  unit: null,
  area: null,
  state: 'received',
  flags: { anonymous: false, confidential: false, oversight: false, emergency: false },
};
const clock = (due: string) => ({ rule: 'r', owner: 'city', startedAt: fresh.filedAt, due, paused: 0 });
const closed = { closedAt: '2026-12-20T02:00:00Z', unit: 'pupr' };
const pupr = { unit: 'pupr', from: '2026-11-24T03:00:00Z' };

test('who asks for a service counts as open with its unit, and in no month of reports', () => {
  const asked: Part = { ...fresh, kind: 'application', ...pupr, custody: [pupr] };
  const { unit } = pupr;
  expect(Object.keys(contributionOf(asked, city))).toEqual([counter(nowPartition('normal'), unit)]);
  expect(contributionOf({ ...asked, kind: 'question' }, city)).not.toEqual(contributionOf(asked, city));
});

const rules: readonly (readonly [name: string, part: Partial<Part>, adds: Figures])[] = [
  [
    'a filed case is one of its day and open with triage',
    {},
    { 'M#2026-11|triage': { fn: 1 }, 'M#now|triage': { o: 1 } },
  ],
  [
    'a case filed after midnight in the city counts on that day, whatever UTC says',
    { filedAt: '2026-11-30T17:30:00Z', ...closed, custody: [] },
    { 'M#2026-12|triage': { f1: 1 } },
  ],
  [
    'a case recorded late counts on the day when the citizen said it',
    { filedAt: '2026-09-30T16:59:59Z', ...closed, custody: [] },
    { 'M#2026-09|triage': { fu: 1 } },
  ],
  [
    'triage time is working time of the city, on the day the stay ended: Friday 15:00 to Monday 08:30 is 2 hours',
    {
      ...closed,
      custody: [
        {
          unit: 'triage',
          from: '2026-11-27T08:00:00Z',
          to: '2026-11-30T01:30:00Z',
          until: 2,
          ended: 'assigned',
        },
      ],
    },
    { 'M#2026-11|triage': { fn: 1, du: 1, wu: 120 } },
  ],
  [
    'a stay with a unit counts on the day it began, and its response on the day of the response',
    { ...closed, custody: [{ ...pupr, respondedAt: '2026-12-01T03:00:00Z', responseTime: 5430 }] },
    { 'M#2026-11|triage': { fn: 1 }, 'M#2026-11|pupr': { ao: 1 }, 'M#2026-12|pupr': { r1: 1, t1: 91 } },
  ],
  [
    'a case that came back counts again',
    {
      ...closed,
      custody: [
        { ...pupr, to: '2026-11-25T03:00:00Z', until: 3, ended: 'returned' },
        { unit: 'triage', from: '2026-11-25T03:00:00Z', to: '2026-11-25T04:00:00Z', until: 4 },
        { unit: 'pupr', from: '2026-11-25T04:00:00Z' },
      ],
    },
    { 'M#2026-11|triage': { fn: 1, dp: 1, wp: 60 }, 'M#2026-11|pupr': { ao: 1, ap: 1 } },
  ],
  [
    'an open case is counted with its unit, under the minute of its earliest running deadline',
    {
      custody: [pupr],
      unit: 'pupr',
      clocks: {
        verification: { ...clock('2026-11-26T09:00:00Z'), doneAt: '2026-11-24T03:00:00Z' },
        firstResponse: { ...clock('2026-12-01T09:00:00Z'), pausedAt: '2026-11-24T03:00:00Z' },
        promise: clock('2026-12-11T09:00:59Z'),
        outer: clock('2027-01-22T02:00:00Z'),
      },
    },
    {
      'M#2026-11|triage': { fn: 1 },
      'M#2026-11|pupr': { ao: 1 },
      'M#now|pupr': { o: 1, [dueAttribute('2026-12-11T09:00:00Z')]: 1 },
    },
  ],
  [
    'an open case is counted where it lies: with the part of a unit, with the person, and in its area',
    { custody: [pupr], unit: 'pupr-jalan', assignee: 'budi', area: '99.01.01.1001', state: 'planned' },
    {
      'M#2026-11|triage': { fn: 1 },
      'M#2026-11|pupr': { ao: 1 },
      'M#now|pupr-jalan': { o: 1, p: 1 },
      'M#people|budi#normal#pupr-jalan': { o: 1, p: 1 },
      'M#areas|99.01.01.1001#normal#*': { o: 1, p: 1 },
    },
  ],
  [
    'an open case is counted under its labels, and each instruction on it waits as an item of its own',
    {
      custody: [pupr],
      unit: 'pupr',
      labels: ['banjir', 'dak'],
      instructions: [{ seq: 4, by: 'mayor', due: '2026-12-01' }],
    },
    {
      'M#2026-11|triage': { fn: 1 },
      'M#2026-11|pupr': { ao: 1 },
      'M#now|pupr': { o: 1 },
      'M#labels|pupr#normal#pupr': { 'l-banjir': 1, 'l-dak': 1 },
      'M#instructions|2026-12-01#CODE#4#normal#pupr': { n: 1 },
    },
  ],
  [
    'while it waits for a validator it is in that queue, not in its person’s',
    {
      custody: [pupr],
      unit: 'pupr',
      assignee: 'budi',
      validating: 'pemerintahan',
      clocks: { question: clock('2026-12-11T09:00:00Z') },
    },
    {
      'M#2026-11|triage': { fn: 1 },
      'M#2026-11|pupr': { ao: 1 },
      'M#now|pupr': { o: 1, w: 1 },
      'M#validating|pemerintahan#normal#pupr': { o: 1, w: 1 },
    },
  ],
  [
    'an oversight case counts apart, all of it',
    {
      custody: [{ ...pupr, unit: 'inspektorat' }],
      unit: 'inspektorat',
      flags: { ...fresh.flags, confidential: true, oversight: true },
    },
    {
      'M#2026-11#oversight|triage': { fn: 1 },
      'M#2026-11#oversight|inspektorat': { ao: 1 },
      'M#now#oversight|inspektorat': { o: 1 },
    },
  ],
  [
    'a confidential case counts apart',
    { flags: { ...fresh.flags, confidential: true } },
    { 'M#2026-11#confidential|triage': { fn: 1 }, 'M#now#confidential|triage': { o: 1 } },
  ],
  [
    'a case about somebody counts for the named substitute alone',
    { about: 'sekda', flags: { ...fresh.flags, oversight: true } },
    { 'M#2026-11#about-sekda|triage': { fn: 1 }, 'M#now#about-sekda|triage': { o: 1 } },
  ],
];

describe('what a case adds to the figures', () => {
  test.each(rules)('%s', (_, part, adds) => {
    expect(contributionOf({ ...fresh, ...part }, city)).toEqual(adds);
  });

  test('a case in eastern time counts on that zone’s day', () => {
    const late = { ...fresh, filedAt: '2026-11-30T15:30:00Z', closedAt: '2026-12-20T02:00:00Z', custody: [] };
    expect(contributionOf(late, testCity('Asia/Jayapura'))).toEqual({ 'M#2026-12|triage': { f1: 1 } });
    expect(contributionOf(late, testCity('Asia/Jakarta'))).toEqual({ 'M#2026-11|triage': { fu: 1 } });
  });
});

/** The letters of an attribute summed over all counters of a kind of partition and some units. */
const total = (figures: Figures, period: RegExp, letter: string, triage: boolean): number =>
  Object.entries(figures)
    .filter(([name]) => period.test(name) && name.endsWith('|triage') === triage)
    .flatMap(([, item]) => Object.entries(item))
    .reduce((n, [attribute, value]) => n + (attribute.startsWith(letter) ? value : 0), 0);

const histories = plans(4, 8).map((of) => of.map((plan, i) => snapshotsOf(city, plan, `CASE${i}`)));
const month = /^M#\d{4}-\d{2}/;
const now = /^M#now/;

describe('figures of any cases', () => {
  test('count every stay, response and open case once, whatever happened', () => {
    fc.assert(
      fc.property(histories, (all) => {
        const records: readonly CaseRecord[] = all.map(lastOf);
        const figures = figuresOf(records, city);
        const stays = records.flatMap((record) => record.custody);
        const withUnits = stays.filter((stay) => stay.unit !== 'triage');
        const open = records.filter((record) => record.closedAt === undefined);
        expect({
          filed: total(figures, month, 'f', true),
          triaged: total(figures, month, 'd', true),
          assigned: total(figures, month, 'a', false),
          responded: total(figures, month, 'r', false),
          open: total(figures, now, 'o', false) + total(figures, now, 'o', true),
        }).toEqual({
          filed: records.length,
          triaged: stays.length - withUnits.length - open.filter((record) => record.root === null).length,
          assigned: withUnits.length,
          responded: withUnits.filter((stay) => stay.respondedAt !== undefined).length,
          open: open.length,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('are the sum of the changes that led to them', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const snapshots of all) {
          const each = snapshots.map((record) => contributionOf(record, city));
          const steps = each.map((figures, i) => change(each[i - 1] ?? noFigures, figures));
          expect(sum(steps)).toEqual(lastOf(each));
          for (const figures of each) expect(change(figures, figures)).toEqual({});
        }
      }),
      { numRuns: 200 },
    );
  });

  test('do not change when old events are archived', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const record of all.map(lastOf)) {
          const archived = { ...record, rev: record.rev + 1, archived: record.seq, events: [] };
          expect(contributionOf(archived, city)).toEqual(contributionOf(record, city));
        }
      }),
      { numRuns: 50 },
    );
  });
});

test('a deadline is overdue from the first full minute after it', () => {
  const due = dueAttribute('2026-12-11T09:00:30Z');
  expect(isDue(due) && !isDue('o') && !isDue('d1')).toBe(true);
  expect(isOverdue(due, '2026-12-11T09:00:59Z')).toBe(false);
  expect(isOverdue(due, '2026-12-11T09:01:00Z')).toBe(true);
  expect(isOverdue(due, '2027-12-11T09:01:00Z')).toBe(true);
  expect(isOverdue(due, '2025-12-11T09:01:00Z')).toBe(false);
});
