import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import type { City, Zone } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import type { Instant } from '../kernel/time.ts';

/** Papers are in Indonesian: they go from office to office. */
const locale = 'id-ID';
const zoneNames: Readonly<Record<Zone, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** `22 November 2026 pukul 10.15 WIB`. */
export const moment = (at: Instant, zone: Zone): string => {
  const date = new Date(at);
  const day = date.toLocaleDateString(locale, { timeZone: zone, dateStyle: 'long' });
  const time = date.toLocaleTimeString(locale, { timeZone: zone, timeStyle: 'short' });
  return `${day} pukul ${time} ${zoneNames[zone]}`;
};

/** `22 Nov 2026 10.15`, or `22 Nov 2026` alone. */
export const briefly = (at: Instant, zone: Zone, withTime = true): string => {
  const date = new Date(at);
  const day = date.toLocaleDateString(locale, { timeZone: zone, dateStyle: 'medium' });
  return withTime ? `${day} ${date.toLocaleTimeString(locale, { timeZone: zone, timeStyle: 'short' })}` : day;
};

/** `7K2M-9QXA-B`: as people read a code aloud. */
export const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

export const cityName = (city: City): string => `Pemerintah ${city.profile.names.id}`;

const roleNames: Readonly<Record<Role, string>> = {
  coordinator: 'Koordinator',
  liaison: 'Pejabat penghubung',
  officer: 'Petugas',
  head: 'Kepala unit',
  areaHead: 'Lurah atau camat',
  validator: 'Pengesah',
  inspector: 'Inspektur',
  executive: 'Pimpinan',
};

const kindNames: Readonly<Record<string, string>> = {
  complaint: 'Pengaduan',
  aspiration: 'Aspirasi',
  question: 'Permintaan informasi',
};
export const kindName = (kind: string): string => kindNames[kind] ?? kind;

const originNames: Readonly<Record<string, string>> = {
  app: 'Aplikasi',
  web: 'Halaman web',
  counter: 'Loket',
  phone: 'Telepon',
  whatsapp: 'WhatsApp',
  instagram: 'Instagram',
  letter: 'Surat',
  lapor: 'SP4N-LAPOR!',
  mayor: 'Telepon wali kota',
};
export const originName = (origin: string): string => originNames[origin] ?? origin;

export const shortUnit = (city: City, id: string | undefined): string =>
  id === undefined ? '' : (unitOf(city, id)?.name ?? id);

/** What happened, in the sentence of its kind. */
export const eventSays = ({ says }: CaseKind, { type }: Pick<CaseEvent, 'type'>): string =>
  says[type]?.id ?? type;

/** Who did it, by role and unit: a paper names nobody but the person in charge and whoever printed it. */
export const eventBy = (city: City, { actor, unitTo, unitFrom }: CaseEvent): string => {
  const moved = unitTo !== undefined && unitTo !== unitFrom ? `ke ${shortUnit(city, unitTo)}` : '';
  const by =
    actor.kind === 'staff'
      ? [actor.role === undefined ? '' : roleNames[actor.role], shortUnit(city, actor.unit)]
      : [actor.kind === 'system' ? 'Sistem' : 'Warga'];
  return [...by, moved].filter((part) => part !== '').join(' · ');
};

/** What whoever holds the paper must see first. */
export const stampsOf = ({ flags, about }: Pick<CaseRecord, 'flags' | 'about'>): readonly string[] => [
  ...(flags.oversight || about !== undefined ? ['PENGAWASAN'] : []),
  ...(flags.confidential ? ['RAHASIA'] : []),
  ...(flags.emergency ? ['DARURAT'] : []),
];
