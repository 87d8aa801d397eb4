import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';

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
