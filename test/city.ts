import type { StaffActor } from '../functions/cases/actor.ts';
import { areasOf, branchOf, rootOf } from '../functions/cases/units.ts';
import type { Calendar, City, ClockRule, Unit, Zone } from '../functions/city/schema.ts';
import type { Role } from '../functions/kernel/contract.ts';

const day = [
  ['07:30', '12:00'],
  ['13:00', '16:00'],
] satisfies Calendar['week']['mon'];
const whole = [['00:00', '24:00']] satisfies Calendar['week']['mon'];

const legal = { reference: 'test', validFrom: '2020-01-01', certainty: 'practice' } as const;
const rule = (clock: ClockRule['clock'], amount: number, more: Partial<ClockRule> = {}): ClockRule => ({
  id: clock.toLowerCase(),
  clock,
  when: {},
  amount,
  in: 'workingDays',
  calendar: clock === 'firstResponse' || clock === 'resolution' ? 'unit' : 'city',
  pausable: clock !== 'outer',
  legal,
  ...more,
});

const unit = (id: string, kind: Unit['kind'], more: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  short: id.slice(0, 24),
  kind,
  validFrom: '2020-01-01',
  contacts: {},
  ...more,
});

const category = (id: string, more: object = {}) => ({
  id,
  names: { id, en: id },
  keywords: [id],
  against: [],
  examples: [id],
  dispatch: 'triage' as const,
  confidential: false,
  emergency: false,
  oversight: false,
  ...more,
});

/** A made-up town, small enough to reason about: every kind of unit, category and clock once. */
export const testCity = (zone: Zone = 'Asia/Jakarta'): City => ({
  versions: { clocks: 1, calendars: 1, routing: 1, units: 1, categories: 1 },
  profile: {
    code: '99.01',
    names: { id: 'Kota Uji', en: 'Test Town' },
    app: 'Uji',
    zone,
    languages: ['id', 'en'],
    oversightUnit: 'inspektorat',
    validatingUnit: 'pemerintahan',
    bounds: { south: -0.6, west: 100.3, north: -0.4, east: 100.5 },
    emergency: {
      message: { id: 'Hubungi nomor darurat.', en: 'Call the emergency number.' },
      numbers: [{ name: 'Damkar', number: '113' }],
      words: ['kebakaran', 'tenggelam'],
    },
  },
  calendars: {
    source: 'test',
    version: '1',
    city: 'office',
    calendars: [
      {
        id: 'office',
        name: 'Kantor',
        week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
        periods: [],
        observesHolidays: true,
      },
      {
        id: 'always',
        name: '24 jam',
        week: { mon: whole, tue: whole, wed: whole, thu: whole, fri: whole, sat: whole, sun: whole },
        periods: [],
        observesHolidays: false,
      },
    ],
    holidays: [{ date: '2026-12-25', name: 'Natal', kind: 'national' }],
  },
  areas: [
    { code: '99.01.01', name: 'Timur', kind: 'kecamatan', aliases: [] },
    {
      code: '99.01.01.1001',
      name: 'Ganting',
      kind: 'kelurahan',
      aliases: ['Gantiang'],
      centre: { lat: -0.46, lon: 100.41 },
    },
    {
      code: '99.01.01.1002',
      name: 'Ngalau',
      kind: 'kelurahan',
      aliases: [],
      centre: { lat: -0.48, lon: 100.43 },
    },
  ],
  units: [
    unit('kominfo', 'opd'),
    unit('pupr', 'opd'),
    unit('pupr-jalan', 'bidang', { parent: 'pupr' }),
    unit('pupr-air', 'bidang', { parent: 'pupr' }),
    unit('perkim', 'opd'),
    unit('damkar', 'opd', { calendar: 'always' }),
    unit('inspektorat', 'opd'),
    unit('setda', 'opd'),
    unit('pemerintahan', 'bagian', { parent: 'setda' }),
    unit('timur', 'kecamatan', { area: '99.01.01' }),
    unit('ganting', 'kelurahan', { parent: 'timur', area: '99.01.01.1001' }),
    unit('lama', 'opd', { validTo: '2021-12-31', successor: 'perkim' }),
  ],
  outside: [{ id: 'pln', name: 'PLN', handles: 'listrik' }],
  categories: {
    threshold: 0.5,
    spellings: {},
    shifts: [],
    fillers: [],
    clitics: [],
    groups: [
      {
        id: 'all',
        names: { id: 'Semua', en: 'All' },
        categories: [
          category('jalan'),
          category('sampah'),
          category('kebakaran', { dispatch: 'direct' }),
          category('kekerasan', { confidential: true }),
          category('pungli', { dispatch: 'direct', oversight: true }),
          category('listrik'),
        ],
      },
    ],
  },
  routing: [
    {
      id: 'r-jalan',
      when: { categories: ['jalan'] },
      to: { unit: 'pupr' },
      reason: { id: 'jalan', en: 'roads' },
    },
    {
      id: 'r-sampah',
      when: { categories: ['sampah', 'kekerasan'] },
      to: { unit: 'perkim' },
      reason: { id: 's', en: 's' },
    },
    {
      id: 'r-api',
      when: { categories: ['kebakaran'] },
      to: { unit: 'damkar' },
      reason: { id: 'api', en: 'fire' },
    },
    {
      id: 'r-pungli',
      when: { categories: ['pungli'] },
      to: { unit: 'inspektorat' },
      reason: { id: 'p', en: 'p' },
    },
    {
      id: 'r-listrik',
      when: { categories: ['listrik'] },
      to: { outside: 'pln' },
      reason: { id: 'l', en: 'l' },
    },
  ],
  clocks: [
    rule('verification', 3),
    rule('firstResponse', 5),
    rule('resolution', 60, { id: 'resolution-oversight', when: { oversight: true } }),
    rule('resolution', 14),
    rule('promise', 14),
    rule('question', 10),
    rule('outer', 60, { in: 'calendarDays' }),
    rule('dispatch', 1, { pausable: false }),
    rule('data', 30, { in: 'calendarDays', pausable: false }),
    rule('confirmation', 10, { pausable: false }),
    rule('objection', 5, { pausable: false }),
    rule('planned', 730, { in: 'calendarDays', pausable: false }),
    rule('dispute', 10, { pausable: false }),
    rule('reminder', 180, { in: 'calendarDays', pausable: false }),
  ],
  substitutes: [
    { about: 'kominfo', names: { id: 'Kominfo', en: 'Kominfo' }, unit: 'inspektorat' },
    { about: 'sekda', names: { id: 'Sekda', en: 'Sekda' }, unit: 'setda', position: 'mayor' },
  ],
  ladder: [],
  boundaries: undefined,
  answers: [],
  duty: [],
  ppid: {
    unit: 'kominfo',
    office: { address: 'Jl. Uji 1', hours: { id: 'Jam kerja', en: 'Office hours' } },
    copies: [{ what: { id: 'Fotokopi hitam-putih, per lembar', en: 'Photocopy, a sheet' }, rupiah: 300 }],
    commission: { name: 'Komisi Informasi Uji', address: 'Jl. Uji 2' },
  },
  services: [],
  standards: undefined,
  apps: [],
  appointments: [],
  sendings: {
    source: 'Uji',
    channels: [
      { channel: 'email', perSecond: 1000, perMonth: 1000, forEmergencies: 100, rupiah: 2 },
      { channel: 'push', perSecond: 1000, perMonth: 1000, forEmergencies: 100, rupiah: 0 },
      { channel: 'whatsapp', perSecond: 1000, perMonth: 100, forEmergencies: 50, rupiah: 300 },
    ],
  },
  documents: { ministryHosts: ['dukcapil.example.go.id'] },
  topics: {
    review: false,
    topics: [
      { id: 'air', names: { id: 'Air bersih', en: 'Water' } },
      { id: 'cuaca', names: { id: 'Cuaca', en: 'Weather' } },
    ],
    alerts: {
      senders: ['peringatan@cuaca.example'],
      publish: 'atOnce',
      unit: 'damkar',
      topic: 'cuaca',
      hours: 6,
      feeds: [],
    },
  },
});

/** A member of staff of the test city. */
export const staffOf = (
  city: City,
  role: Role,
  unitId: string,
  id = `${role}-${unitId}`,
  position?: StaffActor['position'],
): StaffActor => {
  const units = branchOf(city, unitId);
  return {
    kind: 'staff',
    id,
    name: id,
    role,
    unit: unitId,
    root: rootOf(city, unitId),
    units,
    areas: areasOf(city, units),
    ...(position === undefined ? {} : { position }),
  };
};
