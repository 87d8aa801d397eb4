import { describe, expect, test } from 'vitest';
import { staffOf } from '../../../test/city.ts';
import { ladderCity } from '../../../test/ladder.ts';
import type { CaseRow } from '../../cases/model.ts';
import { type DueOf, escalatedUnseen, executiveNotice, reportFor } from './executive.ts';

const city = ladderCity();
const mayor = staffOf(city, 'executive', 'setda', 'mayor-1', 'mayor');
const sekda = staffOf(city, 'executive', 'setda', 'sekda-1', 'sekda');
const now = '2026-12-08T00:30:00Z';

let n = 0;
const row = (more: Partial<CaseRow> = {}): CaseRow => {
  n += 1;
  return {
    ...{
      code: `CASE${n}`,
      kind: 'complaint',
      state: 'assigned',
      seq: 2,
      excerpt: 'lubang di jalan Pak Amir',
    },
    ...{ category: 'jalan', area: null, unit: 'pupr', flags: '', filedAt: '2026-11-23T02:00:00Z' },
    due: '2026-12-01T09:00:00Z',
    ...more,
  };
};
const cityWith = (of: Readonly<Record<string, readonly CaseRow[]>>, cutAt?: string): DueOf =>
  ['triage', 'pupr', 'perkim', 'setda', 'inspektorat'].map((unit) => ({
    unit,
    due: { rows: of[unit] ?? [], cutAt },
  }));
const told = (actor: typeof mayor, all: DueOf) =>
  executiveNotice(city, reportFor(actor, city, all, now), now, 'https://lapau.example.go.id');

describe('the executive’s message', () => {
  test('counts by unit, in the order of the settings, and names what climbed', () => {
    const [a, b] = [row({ escalation: 'mayor' }), row({ escalation: 'sekda', unit: 'perkim' })];
    const all = cityWith({ perkim: [b, row({ unit: 'perkim' })], pupr: [a, row({ due: now })] });
    expect(told(mayor, all)?.subject).toBe('Uji: 3 lewat batas, 1 dinaikkan kepada Anda');
    expect(told(mayor, all)?.text.split('\n')).toEqual([
      'Laporan kota pagi ini: 3 lewat batas, 1 dinaikkan kepada Anda.',
      'pupr: 1 lewat batas, 1 dinaikkan',
      `- ${a.code} · 6 hari · https://lapau.example.go.id/desk/cases/${a.code}`,
      'perkim: 2 lewat batas',
      'Buka: https://lapau.example.go.id/desk',
      '',
      "The city's reports this morning: 3 overdue, 1 escalated to you.",
    ]);
    expect(told(sekda, all)?.subject).toBe('Uji: 3 lewat batas, 2 dinaikkan kepada Anda');
    expect(told(sekda, all)?.text).toContain(b.code);
  });

  test('carries no word of any case', () => {
    expect(JSON.stringify(told(mayor, cityWith({ pupr: [row({ escalation: 'mayor' })] })))).not.toMatch(
      /Amir|lubang/,
    );
  });

  test('is none when nothing is late', () => {
    expect(told(mayor, cityWith({ pupr: [row({ due: '2026-12-08T09:00:00Z' })] }))).toBeUndefined();
  });

  test('leaves out what an executive may not know: oversight, confidential, about somebody else', () => {
    const secret = [
      row({ flags: 'o', unit: 'inspektorat', escalation: 'mayor' }),
      row({ flags: 'c', escalation: 'mayor' }),
      row({ about: 'kominfo', unit: 'inspektorat', escalation: 'mayor' }),
    ];
    expect(told(mayor, cityWith({ pupr: secret.slice(1, 2), inspektorat: secret }))).toBeUndefined();
  });

  test('of a complaint about the Sekda the mayor alone hears, as one of his own', () => {
    const all = cityWith({ setda: [row({ about: 'sekda', unit: 'setda', flags: '' })] });
    expect(told(mayor, all)?.text).toContain('Yang Anda tangani sendiri: 1 lewat batas');
    expect(told(sekda, all)).toBeUndefined();
  });

  test('names at most twenty cases, and says how many more there are', () => {
    const all = cityWith({ pupr: Array.from({ length: 50 }, () => row({ escalation: 'mayor' })) });
    const lines = told(mayor, all)?.text.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(20);
    expect(lines).toContain('dan 30 laporan lain');
    expect(lines[1]).toBe('pupr: 50 lewat batas, 50 dinaikkan');
  });

  test('says more than where the reading stopped', () => {
    const all = cityWith({ pupr: [row({ escalation: 'mayor' })] }, '2026-12-01T09:00:00Z');
    expect(told(mayor, all)?.subject).toBe(
      'Uji: lebih dari 1 lewat batas, lebih dari 1 dinaikkan kepada Anda',
    );
  });

  test('a step that the settings no longer have raises nobody', () => {
    expect(told(mayor, cityWith({ pupr: [row({ escalation: 'gone' })] }))?.subject).toBe(
      'Uji: 1 lewat batas, 0 dinaikkan kepada Anda',
    );
  });
});

test('inspectors are shown the secret ones that climbed, others nothing of them', () => {
  const secret = [
    row({ flags: 'c', escalation: 'sekda' }),
    row({ flags: 'o', unit: 'inspektorat', escalation: 'mayor' }),
  ];
  const all = cityWith({
    pupr: [secret[0] ?? row(), row({ escalation: 'mayor' }), row({ flags: 'c', escalation: 'head' })],
    inspektorat: secret.slice(1),
  });
  const inspector = staffOf(city, 'inspector', 'inspektorat');
  expect(escalatedUnseen(inspector, city, all)).toEqual(secret);
  expect(escalatedUnseen(mayor, city, all)).toEqual([]);
});
