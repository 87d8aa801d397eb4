import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../functions/city/check.ts';
import { neededClocks } from '../functions/city/checks/clocks.ts';
import { caseKinds } from '../functions/city/kinds.ts';
import type { LadderStep } from '../functions/city/ladder.ts';
import { describe as say } from '../functions/city/problem.ts';
import { clockNames, type Setting, type SettingBodies } from '../functions/city/schema.ts';
import { isIssuedHere } from '../functions/city/services.ts';
import { workflows } from '../functions/workflows.ts';
import { readPack } from './load.ts';

const packs = ['padang-panjang', 'padangsidimpuan'] as const;
const bodiesOf = (city: string): SettingBodies => readPack(join(import.meta.dirname, city)).bodies;
const bodies = bodiesOf('padang-panjang');

const saidOf = (changed: SettingBodies): string[] => check({ ...bodies, ...changed }).map(say);
const withSteps = (...steps: readonly Partial<LadderStep>[]): string[] =>
  saidOf({
    ladder: {
      source: 'x',
      steps: [
        { id: 'notice', clocks: ['data'], days: -7, tells: 'reporter' },
        ...steps.map((step, i) => ({
          ...{ id: `s-${i}`, clocks: ['promise'], days: i, tells: 'unit' as const },
          ...step,
        })),
      ],
    },
  });
const without = (drop: (rule: Setting<'clocks'>['rules'][number]) => boolean): string[] => {
  const clocks = bodies.clocks;
  if (clocks === undefined) throw new Error('no clocks');
  return saidOf({ clocks: { rules: clocks.rules.filter((rule) => !drop(rule)) } });
};

describe('the ladder', () => {
  it.each<[string, Partial<LadderStep>[], string]>([
    ['an unknown clock', [{ clocks: ['lunch'] }], 'ladder.json steps[1].clocks[0]: unknown clock "lunch"'],
    ['a step twice', [{ id: 'a' }, { id: 'a' }], 'ladder.json steps[2].id: step "a" stands twice'],
    [
      'a clock twice in a step',
      [{ clocks: ['promise', 'promise'] }],
      'ladder.json steps[1].clocks[1]: clock "promise" stands twice',
    ],
    [
      'a step that comes before the one above it',
      [{ id: 'a', days: 3 }, { days: 1 }],
      'ladder.json steps[2].days: of "promise" comes before "a", which stands above it',
    ],
    [
      'a ladder that climbs down',
      [{ tells: 'mayor' }, { tells: 'sekda' }],
      'ladder.json steps[2].tells: "promise" climbs down from mayor to sekda',
    ],
    [
      'the mayor over a deadline of the reporter',
      [{ clocks: ['question'], tells: 'mayor' }],
      'ladder.json steps[1].clocks[0]: "question" is the reporter\'s own deadline: it tells the reporter',
    ],
    [
      'the reporter over a deadline of the city hall',
      [{ tells: 'reporter', days: -1 }],
      'ladder.json steps[1].clocks[0]: the reporter is not late on "promise"',
    ],
    [
      'the reporter after a deadline that acts by itself',
      [{ clocks: ['question'], tells: 'reporter', days: 0 }],
      'ladder.json steps[1].days: the reporter is told before the deadline, which acts by itself',
    ],
    [
      'a clock that nobody is late on',
      [{ clocks: ['dispute'] }],
      'ladder.json steps[1].clocks[0]: nobody is late on "dispute"',
    ],
  ])('%s is refused', (_, steps, says) => {
    expect(withSteps(...steps).filter((said) => !said.includes('"outer"'))).toEqual([says]);
  });

  it('two clocks climb for themselves', () => {
    const outer = { clocks: ['outer'] };
    expect(
      withSteps(
        { days: 5, tells: 'mayor' },
        { days: 1, clocks: ['firstResponse'] },
        { ...outer, days: -1 },
        { ...outer, days: 5, tells: 'mayor' },
      ),
    ).toEqual([]);
  });

  it.each([
    'unit',
    'head',
    'sekda',
    'mayor',
  ] as const)('that tells the %s of a deadline, but not of the outer one, is refused', (tells) => {
    expect(withSteps({ days: -1, tells })).toEqual([
      `ladder.json steps: "outer" tells no ${tells}, whom other deadlines tell`,
    ]);
    expect(withSteps({ days: -1, tells, clocks: ['outer'] })).toEqual([]);
  });

  it('without a notice before deemed withdrawal is refused', () => {
    expect(saidOf({ ladder: { source: 'x', steps: [] } })).toEqual([
      'ladder.json steps: nobody is told before a report is deemed withdrawn: a step of "data" must tell the reporter',
    ]);
  });

  it.each(packs)('of %s tells head and Sekda of an application that nobody checks', (city) => {
    const climbs = (bodiesOf(city).ladder?.steps ?? []).filter(({ clocks }) =>
      clocks.includes('completeness'),
    );
    expect(climbs.map(({ tells, days }) => `${tells} ${days}`)).toEqual(['head 0', 'sekda 3']);
  });

  it.each(packs)('of %s: a reminder, then head, Sekda and mayor at 0, 3 and 5 working days', (city) => {
    const steps = bodiesOf(city).ladder?.steps ?? [];
    for (const clock of ['verification', 'firstResponse', 'promise', 'planned', 'outer', 'objection']) {
      const climbs = steps.filter((step) => step.clocks.includes(clock));
      expect(climbs.map((step) => step.tells)).toEqual(['unit', 'head', 'sekda', 'mayor']);
      expect(climbs.map((step) => step.days)).toEqual([expect.any(Number), 0, 3, 5]);
      expect(climbs[0]?.days).toBeLessThan(0);
    }
  });
});

describe('clocks', () => {
  it('are compared for every kind of case that there is', () => {
    expect(caseKinds).toEqual(Object.keys(workflows));
  });

  it('are all needed but those that a city may choose', () => {
    expect(clockNames.filter((name) => !neededClocks.some((needed) => needed === name))).toEqual([
      'dispatch',
      'completeness',
      'contest',
      'extension',
      'reminder',
    ]);
  });

  it.each(neededClocks)('without a rule for %s nothing goes live, named by the first category', (clock) => {
    expect(without((rule) => rule.clock === clock)).toContain(
      `clocks.json rules: no ${clock} for kind "aspiration" with oversight, category "road-damage"`,
    );
  });

  it('that only some categories have are missed by the others, and by cases without one', () => {
    const ids = bodies.categories?.groups.flatMap((group) => group.categories.map(({ id }) => id)) ?? [];
    const only = (categories: string[]): string[] => {
      const rules = structuredClone(bodies.clocks?.rules ?? []);
      for (const rule of rules) if (rule.id === 'verification') rule.when = { categories };
      return saidOf({ clocks: { rules } });
    };
    expect(only(ids.slice(1))).toContain(
      `clocks.json rules: no verification for kind "complaint", category "${ids[0]}"`,
    );
    expect(only(ids)).toContain(
      'clocks.json rules: no verification for kind "question" with oversight without a category',
    );
  });

  it('of a kind or nature that has no rule of its own are missed there alone', () => {
    expect(without((rule) => ['resolution', 'resolution-urgent'].includes(rule.id))).toEqual(
      ['complaint', 'aspiration'].map(
        (kind) => `clocks.json rules: no resolution for kind "${kind}", category "road-damage"`,
      ),
    );
  });

  it('of applications and requests for information are those of their own laws', () => {
    expect(without((rule) => rule.clock === 'contest')).toEqual([
      'clocks.json rules: no contest for kind "application", category "birth-certificate"',
      'clocks.json rules: no contest for kind "informationRequest" without a category',
    ]);
    expect(without((rule) => rule.id === 'completeness')).toEqual([
      'clocks.json rules: no completeness for kind "application", category "birth-certificate"',
    ]);
  });

  it('of applications are missed only where the city takes any', () => {
    const isOfClocks = (line: string) => line.startsWith('clocks.json');
    const services = (bodies.services?.services ?? []).filter((service) => !isIssuedHere(service));
    const rules = (bodies.clocks?.rules ?? []).filter((rule) => rule.when.kinds?.[0] !== 'application');
    expect(services.length).toBeGreaterThan(0);
    expect(saidOf({ clocks: { rules }, services: { services } }).filter(isOfClocks)).toEqual([]);
    expect(saidOf({ clocks: { rules } }).filter(isOfClocks)).not.toEqual([]);
  });
});
