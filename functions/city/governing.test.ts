import { describe, expect, it } from 'vitest';
import { unitForService } from './governing.ts';
import type { Unit } from './schema.ts';

const unit = (id: string, more: Partial<Unit>): Unit => ({
  id,
  name: id,
  short: id,
  kind: 'opd',
  calendar: 'office',
  contacts: {},
  validFrom: '2020-01-01',
  ...more,
});
const units = [
  unit('timur', { kind: 'kecamatan', area: '13.74.01' }),
  unit('ganting', { kind: 'kelurahan', parent: 'timur', area: '13.74.01.1001' }),
  unit('clinic', { kind: 'uptd', area: '13.74.01.1002' }),
  unit('old', { validTo: '2026-06-30', successor: 'new' }),
  unit('new', { validFrom: '2026-07-01' }),
  unit('gone', { validTo: '2025-12-31' }),
];

describe('who takes an application', () => {
  it.each<[string, { unit: string; governs?: 'kelurahan' | 'kecamatan' }, string | null, string | undefined]>(
    [
      ['the unit of the service', { unit: 'new' }, '13.74.01.1001', 'new'],
      ['the successor of a unit that ended', { unit: 'old' }, null, 'new'],
      ['nobody where nothing succeeds it', { unit: 'gone' }, null, undefined],
      [
        'the kelurahan that the applicant names',
        { unit: 'new', governs: 'kelurahan' },
        '13.74.01.1001',
        'ganting',
      ],
      [
        'the kecamatan of a kelurahan without a unit',
        { unit: 'new', governs: 'kelurahan' },
        '13.74.01.1002',
        'timur',
      ],
      [
        'the kecamatan where it gives the service',
        { unit: 'new', governs: 'kecamatan' },
        '13.74.01.1001',
        'timur',
      ],
      ['the unit of the service where no area is named', { unit: 'new', governs: 'kelurahan' }, null, 'new'],
      [
        'the unit of the service where nobody governs the area',
        { unit: 'new', governs: 'kelurahan' },
        '13.74.02.1001',
        'new',
      ],
    ],
  )('is %s', (_, service, area, expected) => {
    expect(unitForService(units, service, area, '2026-11-22')?.id).toBe(expected);
  });
});
