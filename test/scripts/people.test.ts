import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootOf } from '../../functions/cases/units.ts';
import { roles } from '../../functions/kernel/contract.ts';
import { misfit, seatOf } from '../../functions/staff/rules.ts';
import { keepingUnit, packOf } from '../../scripts/bootstrap.ts';
import { seedPeople } from '../../scripts/people.ts';
import { smallCity } from '../small-city.ts';

const today = '2026-11-23';
const cities = ['padang-panjang', 'padangsidimpuan'].map(
  (id) => [id, packOf(join(import.meta.dirname, '..', '..', 'cities', id), id).city] as const,
);

describe.each([...cities, ['kota contoh', smallCity()] as const])('the people of %s', (_, city) => {
  const people = seedPeople(city, today);
  const slugs = people.map(({ email }) => email.replace(/@.*/, ''));

  it('are one a role at least, under the names that everybody tries first', () => {
    expect(roles.filter((role) => !people.some((p) => p.role === role))).toEqual([]);
    for (const slug of [
      'koordinator',
      'koordinator-2',
      'inspektur',
      'inspektur-2',
      'validator',
      'walikota',
      'sekda',
      'camat',
    ]) {
      expect(slugs).toContain(slug);
    }
  });

  it('have an address and a seat each, and fit their units', () => {
    const seats = people.flatMap((p) => seatOf(city, p) ?? []);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(new Set(seats).size).toBe(seats.length);
    expect(people.filter((p) => misfit(city, p, today) !== undefined)).toEqual([]);
  });

  it('some have a chat beside their mail, at addresses that nobody can have', () => {
    const chats = people.flatMap(({ channels }) =>
      [channels?.telegram, channels?.whatsapp].filter((c) => c != null),
    );
    expect(chats.length).toBeGreaterThan(2);
    expect(chats.length).toBeLessThan(people.length);
    for (const chat of chats) expect(chat).toMatch(/^(?:\+6200000\d+|00000\d+)$/);
  });

  it('are there wherever a rule leads', () => {
    const led = city.routing.flatMap(({ to }) => ('unit' in to ? [to.unit] : []));
    const reached = (unit: string) => people.some((p) => p.unit === unit || p.unit === rootOf(city, unit));
    expect(led.filter((unit) => !reached(unit))).toEqual([]);
  });
});

it('the city is kept by whoever does communication, else by its first OPD', () => {
  const city = smallCity();
  expect(keepingUnit(city, today)).toBe('kominfo');
  const without = { ...city, units: city.units.filter(({ id }) => id !== 'kominfo') };
  expect(keepingUnit(without, today)).toBe('pupr');
});
