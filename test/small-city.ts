import {
  type City,
  cityFrom,
  type Setting,
  type SettingKind,
  type spareKinds,
} from '../functions/city/schema.ts';

/** A city of a few units in Eastern Indonesian time: whole and valid, small enough to reason about in a test. */
const office: [string, string][] = [
  ['07:30', '12:00'],
  ['13:00', '16:00'],
];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] };
const allDay: [string, string][] = [['00:00', '24:00']];
const always = { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay };
const both = (text: string) => ({ id: text, en: text });
const practice = { reference: 'SP4N', validFrom: '2026-01-01', certainty: 'practice' as const };

const unit = (
  id: string,
  kind: Setting<'units'>['units'][number]['kind'],
  more: Partial<Setting<'units'>['units'][number]> = {},
) => ({
  id,
  name: `Unit ${id}`,
  short: id.slice(0, 24),
  kind,
  validFrom: '2020-01-01',
  contacts: {},
  ...more,
});

const rule = (id: string, clock: Setting<'clocks'>['rules'][number]['clock'], amount: number) => ({
  id,
  clock,
  when: {},
  amount,
  in: 'workingDays' as const,
  calendar: 'city' as const,
  pausable: true,
  legal: practice,
});

export const smallBodies = (): Required<{
  [K in Exclude<SettingKind, (typeof spareKinds)[number]>]: Setting<K>;
}> => ({
  profile: {
    code: '91.71',
    names: both('Kota Contoh'),
    app: 'Lapau Contoh',
    zone: 'Asia/Jayapura',
    languages: ['id', 'en'],
    oversightUnit: 'inspektorat',
    validatingUnit: 'bagian-pemerintahan',
    bounds: { south: -3, west: 140, north: -2, east: 141 },
    emergency: {
      message: both('Darurat'),
      numbers: [{ name: 'Darurat', number: '112' }],
      words: ['kebakaran'],
    },
  },
  calendars: {
    source: 'contoh',
    version: '1',
    calendars: [
      { id: 'kantor', name: 'Kantor', week, periods: [], observesHolidays: true },
      { id: 'siaga', name: 'Siaga', week: always, periods: [], observesHolidays: false },
    ],
    holidays: [{ date: '2026-12-25', name: 'Natal', kind: 'national' }],
    city: 'kantor',
  },
  areas: {
    areas: [
      { code: '91.71.01', name: 'Utara', kind: 'kecamatan', aliases: [] },
      { code: '91.71.01.1001', name: 'Gurabesi', kind: 'kelurahan', aliases: [] },
      { code: '91.71.01.1002', name: 'Bayangkara', kind: 'kelurahan', aliases: [] },
    ],
  },
  units: {
    source: 'contoh',
    units: [
      unit('kominfo', 'opd', { name: 'Dinas Komunikasi dan Informatika' }),
      unit('pupr', 'opd', { name: 'Dinas Pekerjaan Umum' }),
      unit('bidang-jalan', 'bidang', { parent: 'pupr' }),
      unit('dukcapil', 'opd'),
      unit('pemadam', 'opd', { calendar: 'siaga' }),
      unit('inspektorat', 'opd'),
      unit('setda', 'opd'),
      unit('bagian-pemerintahan', 'bagian', { parent: 'setda' }),
      unit('utara', 'kecamatan', { area: '91.71.01' }),
      unit('gurabesi', 'kelurahan', { parent: 'utara', area: '91.71.01.1001' }),
      unit('lama', 'opd', { validTo: '2024-12-31', successor: 'pupr' }),
    ],
  },
  outside: { bodies: [{ id: 'pln', name: 'PLN', handles: 'listrik' }] },
  categories: {
    threshold: 0.5,
    spellings: {},
    shifts: [],
    fillers: [],
    clitics: [],
    groups: [
      {
        id: 'jalan',
        names: both('Jalan'),
        categories: [
          {
            id: 'jalan-rusak',
            names: { id: 'Jalan rusak', en: 'Damaged road' },
            keywords: ['jalan', 'lubang'],
            against: [],
            examples: ['jalan berlubang'],
            dispatch: 'triage',
            confidential: false,
            emergency: false,
            oversight: false,
          },
          {
            id: 'ktp',
            names: { id: 'KTP', en: 'ID card' },
            keywords: ['ktp'],
            against: [],
            examples: ['ktp belum jadi'],
            dispatch: 'triage',
            confidential: false,
            emergency: false,
            oversight: false,
          },
        ],
      },
    ],
  },
  routing: {
    rules: [
      {
        id: 'jalan',
        when: { categories: ['jalan-rusak'] },
        to: { unit: 'pupr' },
        reason: both('Jalan kota'),
      },
      { id: 'ktp', when: { categories: ['ktp'] }, to: { unit: 'dukcapil' }, reason: both('Dokumen') },
    ],
  },
  clocks: {
    rules: [
      rule('verifikasi', 'verification', 3),
      rule('tanggapan', 'firstResponse', 5),
      rule('selesai', 'resolution', 10),
      rule('janji', 'promise', 14),
      { ...rule('batas', 'outer', 60), in: 'calendarDays', pausable: false },
      rule('pertanyaan', 'question', 10),
      { ...rule('data', 'data', 30), in: 'calendarDays' },
      rule('konfirmasi', 'confirmation', 10),
      rule('keberatan', 'objection', 5),
      { ...rule('rencana', 'planned', 730), in: 'calendarDays' },
      rule('sanggahan', 'dispute', 10),
      rule('kelengkapan', 'completeness', 3),
      rule('gugatan', 'contest', 21),
    ],
  },
  substitutes: { substitutes: [{ about: 'kominfo', names: both('Kominfo'), unit: 'inspektorat' }] },
  ladder: {
    source: 'contoh',
    steps: [
      { id: 'kepala', clocks: ['firstResponse', 'promise', 'outer'], days: 0, tells: 'head' },
      { id: 'dianggap-mencabut', clocks: ['data'], days: -7, tells: 'reporter' },
    ],
  },
});

export const smallCity = (): City => {
  const bodies = smallBodies();
  const versions = Object.fromEntries(Object.keys(bodies).map((kind) => [kind, 1]));
  return cityFrom({ ...bodies, boundaries: undefined }, versions);
};
