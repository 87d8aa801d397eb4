import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locate } from '../functions/complaints/place.ts';
import { propose } from '../functions/complaints/route.ts';
import { prepare, suggest } from '../functions/complaints/suggest.ts';
import { loadPack } from './load.ts';

const padangPanjang = loadPack(join(import.meta.dirname, 'padang-panjang'));
const padangsidimpuan = loadPack(join(import.meta.dirname, 'padangsidimpuan'));
const workday = '2026-11-23T03:00:00Z';
const night = '2026-11-23T15:00:00Z';

describe('places of Padang Panjang', () => {
  it('every centre is in its own kelurahan', () => {
    for (const area of padangPanjang.areas.filter((a) => a.centre !== undefined)) {
      expect(locate(padangPanjang, { point: area.centre })).toMatchObject({
        code: area.code,
        distanceMetres: 0,
      });
    }
  });

  it.each([
    ['simpang Gantiang', '13.74.01.1001'],
    ['Guguak Malintang RT 4', '13.74.01.1005'],
    ['Kampuang Manggih', '13.74.02.1003'],
    ['Bukik Suruangan dekat terminal', '13.74.02.1001'],
    ['Balai Balai', '13.74.02.1008'],
    ['Tanah Paklambiak', '13.74.01.1008'],
  ])('"%s", as people say it, is %s', (landmark, code) => {
    expect(locate(padangPanjang, { landmark })).toMatchObject({ code, how: 'address' });
  });

  it('Bukittinggi is outside', () => {
    expect(locate(padangPanjang, { point: { lat: -0.305, lon: 100.369 } }).how).toBe('outside');
  });
});

describe('routing of Padang Panjang', () => {
  const to = (category: string, area: string | null = null, filedAt = workday) => {
    const { unit, outside } = propose(padangPanjang, { category, area, filedAt });
    return unit ?? outside;
  };

  it.each([
    ['road-damage', 'pupr'],
    ['street-lamp', 'perhubungan'],
    ['extortion', 'inspektorat'],
    ['piped-water', 'pdam'],
    ['national-road', 'bpjn'],
  ])('%s goes to %s', (category, unit) => {
    expect(to(category)).toBe(unit);
  });

  it('sends a flood to the people on duty when the office is closed', () => {
    expect(to('flood')).toBe('bpbd-kesbangpol');
    expect(to('flood', null, night)).toBe('pusdalops');
    expect(to('flood', null, '2026-12-25T03:00:00Z')).toBe('pusdalops');
  });

  it('sends a clinic to its own kelurahan, and a letter to the lurah of the place', () => {
    expect(to('clinic', '13.74.02.1001')).toBe('puskesmas-bukit-surungan');
    expect(to('clinic', '13.74.02.1004')).toBe('kesehatan');
    expect(to('urban-village', '13.74.01.1002')).toBe('kelurahan-sigando');
    expect(to('urban-village', '13.74.01')).toBe('kecamatan-padang-panjang-timur');
    expect(to('urban-village')).toBeNull();
  });

  it('knows a way for every category, everywhere and at any time', () => {
    const leaves = padangPanjang.categories.groups.flatMap((group) => group.categories);
    for (const { id } of leaves) {
      for (const filedAt of [workday, night]) expect(to(id, '13.74.02.1006', filedAt)).not.toBeNull();
    }
  });
});

describe('Padangsidimpuan, on the other side of the equator', () => {
  it('has two Huta Padang, told apart only with their kecamatan', () => {
    expect(locate(padangsidimpuan, { address: 'Desa Huta Padang' }).how).toBe('unknown');
    expect(locate(padangsidimpuan, { address: 'Huta Padang, Padangsidimpuan Tenggara' }).code).toBe(
      '12.77.05.2012',
    );
    expect(locate(padangsidimpuan, { area: '12.77.04', landmark: 'mesjid Huta Padang' }).code).toBe(
      '12.77.04.2008',
    );
  });

  it('tells Wek I from Wek II and Padang Matinggi from Padang Matinggi Lestari', () => {
    expect(locate(padangsidimpuan, { address: 'Wek 2' }).code).toBe('12.77.01.1002');
    expect(locate(padangsidimpuan, { address: 'Wek I' }).code).toBe('12.77.01.1001');
    expect(locate(padangsidimpuan, { address: 'Padang Matinggi Lestari' }).code).toBe('12.77.02.1011');
  });

  it('has no centres yet: a point stays unknown, and Padang Panjang is outside', () => {
    expect(locate(padangsidimpuan, { point: { lat: 1.38, lon: 99.27 } }).how).toBe('unknown');
    expect(locate(padangsidimpuan, { point: { lat: -0.46, lon: 100.4 } }).how).toBe('outside');
  });

  it('has its lamps elsewhere', () => {
    const words = prepare(padangsidimpuan.categories);
    const { category } = suggest('Lampu jalan di Sitamiang mati, gelap sekali', words);
    expect(category).toBe('street-lamp');
    expect(propose(padangsidimpuan, { category, area: '12.77.02.1004', filedAt: workday }).unit).toBe(
      'dinas-perkim',
    );
  });
});
