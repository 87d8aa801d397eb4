import { wallTime } from '../cases/clock/local.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { categoryOf } from '../city/find.ts';
import { reportKinds } from '../city/kinds.ts';
import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import type { Asked, Cells, Names, Register, RegisterHead } from '../registers/model.ts';
import { type CaseRows, openCases } from '../registers/of-cases.ts';

/** Reports of a period, as a unit's books want them; no words of the reporter and nobody's name. */
export const complaintsHead: RegisterHead = {
  id: 'complaints',
  names: { id: 'Register pengaduan', en: 'Register of complaints' },
  readers: 'units',
  personal: false,
  columns: [
    { id: 'code', names: { id: 'Kode', en: 'Code' }, share: 1.2 },
    { id: 'filedAt', names: { id: 'Diterima', en: 'Received' }, share: 1.3 },
    { id: 'kind', names: { id: 'Jenis', en: 'Kind' } },
    { id: 'category', names: { id: 'Kategori', en: 'Category' }, share: 1.6 },
    { id: 'area', names: { id: 'Kelurahan', en: 'Area' }, share: 1.4 },
    { id: 'unit', names: { id: 'Unit', en: 'Unit' }, share: 1.6 },
    { id: 'state', names: { id: 'Status', en: 'State' }, share: 1.3 },
    { id: 'outcome', names: { id: 'Hasil', en: 'Outcome' } },
    { id: 'promised', names: { id: 'Tenggat', en: 'Due' }, share: 1.3 },
    { id: 'closedAt', names: { id: 'Selesai', en: 'Ended' }, share: 1.3 },
  ],
};

const kinds: ReadonlySet<string> = new Set(reportKinds);
const kindNames: Readonly<Record<string, Names>> = {
  complaint: { id: 'Pengaduan', en: 'Complaint' },
  aspiration: { id: 'Aspirasi', en: 'Aspiration' },
  question: { id: 'Permintaan informasi', en: 'Question' },
};

const cellsOf = (
  record: CaseRecord,
  city: City,
  { zone, language }: Pick<Asked, 'zone' | 'language'>,
  of: Readonly<Record<string, CaseKind>>,
): Cells => {
  const moment = (at: Instant | undefined): string | null =>
    at === undefined ? null : wallTime(at, zone).slice(0, 16).replace('T', ' ');
  return {
    code: record.code,
    filedAt: moment(record.filedAt),
    kind: kindNames[record.kind]?.[language] ?? record.kind,
    category: categoryOf(city, record.category)?.names[language] ?? record.category,
    area: city.areas.find(({ code }) => code === record.area)?.name ?? record.area,
    unit: record.unit === null ? null : (unitOf(city, record.unit)?.name ?? record.unit),
    state: of[record.kind]?.states[record.state]?.names[language] ?? record.state,
    outcome: record.outcome ?? null,
    promised: moment(record.clocks['promise']?.due),
    closedAt: moment(record.closedAt),
  };
};

export const complaintsRegister = (rows: CaseRows, of: Readonly<Record<string, CaseKind>>): Register => ({
  ...complaintsHead,
  open: (asked, after) =>
    openCases(
      rows,
      asked,
      after,
      ({ kind }) => kinds.has(kind),
      (records, city) => records.map((record) => cellsOf(record, city, asked, of)),
    ),
});
