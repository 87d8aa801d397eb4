import { describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import type { City, RoutingRule } from '../city/schema.ts';
import { dryRun, explainRouting } from './dry-run.ts';
import type { Routed } from './route.ts';

const reason = { id: 'alasan', en: 'reason' };
const rule = (id: string, when: RoutingRule['when'], to: RoutingRule['to']): RoutingRule => ({
  id,
  when,
  to,
  reason,
});
const city: City = {
  ...testCity(),
  routing: [
    rule('night', { categories: ['jalan'], closed: 'office' }, { unit: 'damkar' }),
    rule('national', { categories: ['jalan'], roadClasses: ['national', 'provincial'] }, { outside: 'pln' }),
    rule('east', { categories: ['jalan'], areas: ['99.01.01.1002'] }, { governs: 'kelurahan' }),
    rule('nobody', { categories: ['listrik'] }, { governs: 'kelurahan' }),
    rule('roads', { categories: ['jalan'] }, { unit: 'pupr' }),
    rule('roads-again', { categories: ['jalan'] }, { unit: 'pupr-jalan' }),
    rule('rest', { categories: ['jalan', 'sampah'] }, { unit: 'perkim' }),
    rule('waste', { categories: ['sampah'] }, { unit: 'perkim' }),
  ],
};
const day: Routed = { category: 'jalan', area: '99.01.01.1001', filedAt: '2026-11-23T03:00:00Z' };

describe('a dry run', () => {
  test('names the rule that decides, every loser and why, and whose it is next', () => {
    const { matched, losers, next } = explainRouting(city, day);
    expect(matched).toMatchObject({ rule: 'roads', to: { unit: 'pupr' } });
    expect(losers.map(({ rule: id, why }) => `${id} ${why}`)).toEqual([
      'night time',
      'national roadClass',
      'east area',
      'roads-again later',
      'rest later',
      'nobody category',
      'waste category',
    ]);
    // Another part of the same unit is no other owner.
    expect(next).toEqual({ unit: 'perkim', outside: null });
  });

  test.each<[string, Partial<Routed>, string | null]>([
    ['at night', { filedAt: '2026-11-23T15:00:00Z' }, 'night'],
    ['on a national road', { roadClass: 'national' }, 'national'],
    ['on a road of the city', { roadClass: 'city' }, 'roads'],
    ['about waste', { category: 'sampah' }, 'rest'],
    ['about what no rule names', { category: 'pungli' }, null],
    ['without a category', { category: null }, null],
    ['that leads nowhere', { category: 'listrik', area: null }, null],
  ])('%s', (_, more, expected) => {
    const { matched, reason: said, next } = explainRouting(city, { ...day, ...more });
    expect(matched?.rule ?? null).toBe(expected);
    if (expected === null) {
      expect(said.en).toBe('No rule fits; the coordinator decides.');
      expect(next).toBeNull();
    }
  });
});

describe('the class of a road', () => {
  test('routes a filing, and is corrected by the coordinator, which routes anew', () => {
    const filed = filedCase(city, { roadClass: 'city' });
    expect([filed.roadClass, filed.proposal.rule]).toEqual(['city', 'roads']);
    const coordinator = staffOf(city, 'coordinator', 'kominfo');
    const corrected = taken(city, filed, coordinator, 'correct', { roadClass: 'national' });
    expect([corrected.roadClass, corrected.proposal.outside]).toEqual(['national', 'pln']);
    expect(corrected.events.at(-1)?.facts).toMatchObject({ roadClass: 'national' });
    // A later correction of the place keeps it.
    expect(taken(city, corrected, coordinator, 'correct', { area: '99.01.01.1002' }).proposal.rule).toBe(
      'national',
    );
  });
});

test('says of a whole filing what would become of it, nothing of it kept', () => {
  const suggested = { category: 'jalan', confidence: 0.9, reasons: ['jalan'], candidates: [] };
  const body = { text: 'Jalan rusak dekat kebakaran pasar', place: { area: '99.01.01.1001' } };
  const said = dryRun(city, body, suggested, day.filedAt, 'id');
  expect(said).toMatchObject({
    at: day.filedAt,
    category: { id: 'jalan', by: 'suggested' },
    area: { code: '99.01.01.1001', how: 'given' },
    matched: { rule: 'roads', to: { unit: { id: 'pupr' }, outside: null } },
    reason: 'alasan',
    next: { unit: { id: 'perkim' } },
    direct: false,
    emergency: true,
  });
});
