import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitOn } from '../city/governing.ts';
import type { Calendar, RoutingRule, Unit } from '../city/schema.ts';
import { propose, type RoutedCity } from './route.ts';

const hours: Calendar['week']['mon'] = [['08:00', '16:00']];
const unit = (id: string, more: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  short: id,
  kind: 'opd',
  validFrom: '2020-01-01',
  contacts: {},
  ...more,
});
const rule = (id: string, when: RoutingRule['when'], to: RoutingRule['to']): RoutingRule => ({
  id,
  when,
  to,
  reason: { id: `karena ${id}`, en: `because ${id}` },
});

const city = (routing: RoutingRule[], zone: RoutedCity['profile']['zone'] = 'Asia/Makassar'): RoutedCity => ({
  profile: { zone } as RoutedCity['profile'],
  areas: [],
  calendars: {
    source: 's',
    version: 'v',
    city: 'office',
    calendars: [
      {
        id: 'office',
        name: 'office',
        week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] },
        periods: [],
        observesHolidays: true,
      },
    ],
    holidays: [{ date: '2026-11-25', name: 'x', kind: 'local' }],
  },
  units: [
    unit('roads'),
    unit('old', { validTo: '2026-06-30', successor: 'middle' }),
    unit('middle', { validFrom: '2026-07-01', validTo: '2026-09-30', successor: 'new' }),
    unit('new', { validFrom: '2026-10-01' }),
    unit('gone', { validTo: '2026-06-30' }),
    unit('coming', { validFrom: '2027-01-01' }),
    unit('district', { kind: 'kecamatan', area: '13.74.01' }),
    unit('village', { kind: 'kelurahan', area: '13.74.01.1001' }),
    unit('clinic', { kind: 'uptd', area: '13.74.01.1002' }),
  ],
  routing,
});
const about = (category: string | null, area: string | null = null, filedAt = '2026-11-23T02:00:00Z') => ({
  category,
  area,
  filedAt,
});

describe('the first rule that matches', () => {
  const routed = city([
    rule('here', { categories: ['road'], areas: ['13.74.02'] }, { unit: 'new' }),
    rule('road', { categories: ['road', 'bridge'] }, { unit: 'roads' }),
    rule('water', { categories: ['water'] }, { outside: 'pdam' }),
    rule('rest', {}, { unit: 'new' }),
  ]);

  it('decides, and says why and what it beat', () => {
    expect(propose(routed, about('road'))).toEqual({
      unit: 'roads',
      outside: null,
      rule: 'road',
      reason: { id: 'karena road', en: 'because road' },
      losers: [{ rule: 'rest', to: 'new' }],
    });
  });

  it('for a kecamatan takes all of its kelurahan and no neighbour', () => {
    expect(propose(routed, about('road', '13.74.02.1004')).rule).toBe('here');
    expect(propose(routed, about('road', '13.74.02')).rule).toBe('here');
    expect(propose(routed, about('road', '13.74.01.1004')).rule).toBe('road');
    expect(propose(routed, about('road', '13.74.021')).rule).toBe('road');
  });

  it('may lead to a body outside of the city', () => {
    expect(propose(routed, about('water'))).toMatchObject({ unit: null, outside: 'pdam', rule: 'water' });
  });

  it('without a category is one that asks for none', () => {
    expect(propose(routed, about(null)).rule).toBe('rest');
    expect(propose(city([]), about('road'))).toMatchObject({ unit: null, outside: null, rule: null });
  });

  it('names at most five that it beat', () => {
    const many = city(Array.from({ length: 9 }, (_, i) => rule(`r${i}`, {}, { unit: 'roads' })));
    expect(propose(many, about('road')).losers.map((loser) => loser.rule)).toEqual([
      'r1',
      'r2',
      'r3',
      'r4',
      'r5',
    ]);
  });
});

describe('units come and go', () => {
  const to = (id: string, filedAt: string) =>
    propose(city([rule('a', {}, { unit: id }), rule('b', {}, { unit: 'roads' })]), {
      category: 'road',
      area: null,
      filedAt,
    }).unit;

  it('an ended unit is followed by its successor, and that by its own', () => {
    expect(to('old', '2026-06-30T15:59:59Z')).toBe('old');
    expect(to('old', '2026-06-30T16:00:00Z')).toBe('middle');
    expect(to('old', '2026-10-01T02:00:00Z')).toBe('new');
  });

  it('a unit that ended without one, has not begun or does not exist is passed over', () => {
    expect(to('gone', '2026-11-23T02:00:00Z')).toBe('roads');
    expect(to('coming', '2026-11-23T02:00:00Z')).toBe('roads');
    expect(to('nobody', '2026-11-23T02:00:00Z')).toBe('roads');
  });

  it('and a circle of successors ends', () => {
    const circle = [
      unit('a', { validTo: '2020-02-01', successor: 'b' }),
      unit('b', { validTo: '2020-02-01', successor: 'a' }),
    ];
    expect(unitOn(circle, 'a', '2026-01-01')).toBeUndefined();
  });
});

describe('the unit that governs the place', () => {
  const routed = city([
    rule('village', { categories: ['letter'] }, { governs: 'kelurahan' }),
    rule('district', { categories: ['fight'] }, { governs: 'kecamatan' }),
  ]);

  it('is the kelurahan, else its kecamatan', () => {
    expect(propose(routed, about('letter', '13.74.01.1001')).unit).toBe('village');
    expect(propose(routed, about('letter', '13.74.01.1002')).unit).toBe('district');
    expect(propose(routed, about('letter', '13.74.01')).unit).toBe('district');
    expect(propose(routed, about('fight', '13.74.01.1001')).unit).toBe('district');
  });

  it('is nobody where the place is unknown', () => {
    expect(propose(routed, about('letter'))).toMatchObject({ unit: null, rule: null });
    expect(propose(routed, about('letter', '13.74.02.1001'))).toMatchObject({ unit: null, rule: null });
  });
});

describe('open and closed', () => {
  const rules = [
    rule('night', { closed: 'office' }, { unit: 'clinic' }),
    rule('day', { open: 'office' }, { unit: 'roads' }),
  ];
  const at = (filedAt: string, zone?: RoutedCity['profile']['zone']) =>
    propose(city(rules, zone), about('road', null, filedAt)).rule;

  it('are asked in the zone of the city', () => {
    expect(at('2026-11-23T00:30:00Z')).toBe('day');
    expect(at('2026-11-23T00:30:00Z', 'Asia/Jakarta')).toBe('night');
    expect(at('2026-11-23T07:30:00Z', 'Asia/Jayapura')).toBe('night');
  });

  it('know week ends and holidays', () => {
    expect(at('2026-11-22T02:00:00Z')).toBe('night');
    expect(at('2026-11-25T02:00:00Z')).toBe('night');
    expect(at('2026-11-26T02:00:00Z')).toBe('day');
  });

  it('are never both, never neither', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_767_225_600, max: 1_830_297_600 }), (seconds) => {
        const filedAt = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
        expect(propose(city(rules), about('road', null, filedAt)).losers).toEqual([]);
        expect(['day', 'night']).toContain(at(filedAt));
      }),
    );
  });
});
