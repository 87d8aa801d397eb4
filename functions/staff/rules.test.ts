import { describe, expect, it } from 'vitest';
import { smallCity } from '../../test/small-city.ts';
import type { City } from '../city/schema.ts';
import { changed, channelsWith, misfit, movesRights, normalEmail, type Post, seatOf } from './rules.ts';

const city = smallCity();
const today = '2026-11-23';
const at = (post: Post, of: City = city) => misfit(of, post, today)?.field ?? 'fits';

describe('a post fits its unit', () => {
  it.each<[string, Post, string]>([
    ['a coordinator in Kominfo', { role: 'coordinator', unit: 'kominfo' }, 'fits'],
    ['an officer in a bidang', { role: 'officer', unit: 'bidang-jalan' }, 'fits'],
    ['nobody in a unit that is not there', { role: 'officer', unit: 'nirwana' }, '/unit'],
    ['nobody in a unit that ended', { role: 'officer', unit: 'lama' }, '/unit'],
    ['a lurah in a kelurahan', { role: 'areaHead', unit: 'gurabesi' }, 'fits'],
    ['a camat in a kecamatan', { role: 'areaHead', unit: 'utara' }, 'fits'],
    ['no area head in an OPD', { role: 'areaHead', unit: 'pupr' }, '/unit'],
    ['an inspector in the oversight unit', { role: 'inspector', unit: 'inspektorat' }, 'fits'],
    ['no coordinator in the oversight unit', { role: 'coordinator', unit: 'inspektorat' }, '/unit'],
    ['no inspector elsewhere', { role: 'inspector', unit: 'kominfo' }, '/unit'],
    ['a validator in the validating unit', { role: 'validator', unit: 'bagian-pemerintahan' }, 'fits'],
    ['no validator in an OPD that handles', { role: 'validator', unit: 'pupr' }, '/unit'],
    ['no validator beside the validating unit', { role: 'validator', unit: 'setda' }, '/unit'],
    ['the mayor as executive', { role: 'executive', unit: 'setda', position: 'mayor' }, 'fits'],
    ['no mayor who answers complaints', { role: 'officer', unit: 'pupr', position: 'mayor' }, '/position'],
    ['the head of Kominfo as PPID Utama', { role: 'head', unit: 'kominfo', position: 'ppidUtama' }, 'fits'],
    ['a liaison as PPID Pelaksana', { role: 'liaison', unit: 'pupr', position: 'ppidPelaksana' }, 'fits'],
    [
      'no validator as PPID Pelaksana',
      { role: 'validator', unit: 'bagian-pemerintahan', position: 'ppidPelaksana' },
      '/position',
    ],
  ])('%s', (_, post, expected) => {
    expect(at(post)).toBe(expected);
  });

  it('a puskesmas in a kelurahan governs nothing', () => {
    const units = city.units.map((u) => (u.id === 'pemadam' ? { ...u, area: '91.71.01.1001' } : u));
    expect(at({ role: 'areaHead', unit: 'pemadam' }, { ...city, units })).toBe('/unit');
  });
});

describe('what follows from a post', () => {
  it('every OPD has a PPID Pelaksana of its own, the city one mayor', () => {
    const seat = (unit: string) => seatOf(city, { role: 'officer', unit, position: 'ppidPelaksana' });
    expect(seat('bidang-jalan')).toBe(seat('pupr'));
    expect(seat('dukcapil')).not.toBe(seat('pupr'));
    expect(seatOf(city, { role: 'executive', unit: 'setda', position: 'mayor' })).toBe('mayor');
    expect(seatOf(city, { role: 'officer', unit: 'pupr' })).toBeUndefined();
  });

  it('one mailbox has one spelling', () => {
    expect(normalEmail(' Rina@Kota.GO.id ')).toBe('rina@kota.go.id');
  });
});

describe('a change', () => {
  const record = {
    v: 1 as const,
    id: 'p1',
    name: 'Rina',
    email: 'rina@kota.go.id',
    role: 'liaison' as const,
    unit: 'pupr',
    position: 'ppidPelaksana' as const,
    status: 'active' as const,
    channels: { telegram: '@rina_pupr' },
    rev: 3,
    invitedBy: 'x',
    invitedAt: '2026-01-01T00:00:00Z',
    changedAt: '2026-01-01T00:00:00Z',
  };

  it('leaves alone what it does not name and clears what it names null', () => {
    expect(changed(record, { name: 'Rina S.' })).toEqual({ ...record, name: 'Rina S.' });
    expect(changed(record, { position: null })).not.toHaveProperty('position');
    expect(channelsWith(record.channels, { telegram: null, whatsapp: '+628123456789' })).toEqual({
      whatsapp: '+628123456789',
    });
  });

  it('of role, unit or position moves rights; of name and channels does not', () => {
    expect(movesRights(record, changed(record, { name: 'R', channels: { telegram: null } }))).toBe(false);
    for (const wish of [{ role: 'head' as const }, { unit: 'dukcapil' }, { position: null }]) {
      expect(movesRights(record, changed(record, wish))).toBe(true);
    }
  });
});
