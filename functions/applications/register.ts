import { wallTime } from '../cases/clock/local.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import type { Asked, Cells, Register, RegisterHead } from '../registers/model.ts';
import { type CaseRows, openCases } from '../registers/of-cases.ts';
import { application } from './kind.ts';
import { dataOf } from './model.ts';

/**
 * Applications of a period, of one service or of all: when each was filed, complete and ended, against what was
 * promised. No answers and nobody's name: these lie sealed, and an export opens nothing.
 */
export const applicationsHead: RegisterHead = {
  id: 'applications',
  names: { id: 'Register permohonan layanan', en: 'Register of service applications' },
  readers: 'units',
  personal: false,
  of: 'service',
  columns: [
    { id: 'code', names: { id: 'Kode', en: 'Code' }, share: 1.2 },
    { id: 'filedAt', names: { id: 'Diajukan', en: 'Filed' }, share: 1.3 },
    { id: 'service', names: { id: 'Layanan', en: 'Service' }, share: 2 },
    { id: 'applicant', names: { id: 'Pemohon', en: 'Applicant' } },
    { id: 'origin', names: { id: 'Asal', en: 'Origin' } },
    { id: 'unit', names: { id: 'Unit', en: 'Unit' }, share: 1.6 },
    { id: 'state', names: { id: 'Status', en: 'State' }, share: 1.3 },
    { id: 'completeAt', names: { id: 'Lengkap', en: 'Complete' }, share: 1.3 },
    { id: 'promised', names: { id: 'Tenggat', en: 'Due' }, share: 1.3 },
    { id: 'closedAt', names: { id: 'Selesai', en: 'Ended' }, share: 1.3 },
    { id: 'inTime', names: { id: 'Tepat waktu', en: 'In time' }, share: 0.8 },
    { id: 'product', names: { id: 'Nomor produk', en: 'Product number' }, share: 1.6 },
  ],
};

const words = {
  id: { person: 'perorangan', organisation: 'lembaga', proxy: 'dengan kuasa', yes: 'ya', no: 'tidak' },
  en: { person: 'person', organisation: 'organisation', proxy: 'by proxy', yes: 'yes', no: 'no' },
} as const;

/** Of an issued one alone: nobody was promised a refusal. Null while it is open. */
const inTime = ({ state, closedAt, clocks }: CaseRecord): boolean | null => {
  const { promise } = clocks;
  return state !== 'issued' || closedAt === undefined || promise === undefined
    ? null
    : closedAt <= promise.due;
};

const cellsOf = (
  record: CaseRecord,
  city: City,
  { zone, language }: Pick<Asked, 'zone' | 'language'>,
): Cells => {
  const say = words[language];
  const { applicant, onBehalf, product } = dataOf(record);
  const moment = (at: Instant | undefined): string | null =>
    at === undefined ? null : wallTime(at, zone).slice(0, 16).replace('T', ' ');
  const kept = inTime(record);
  return {
    code: record.code,
    filedAt: moment(record.filedAt),
    service: city.services.find(({ code }) => code === record.category)?.name[language] ?? record.category,
    applicant: onBehalf === true ? `${say[applicant]}, ${say.proxy}` : say[applicant],
    origin: record.origin,
    unit: record.unit === null ? null : (unitOf(city, record.unit)?.name ?? record.unit),
    state: application.states[record.state]?.names[language] ?? record.state,
    completeAt: moment(record.clocks['promise']?.startedAt),
    promised: moment(record.clocks['promise']?.due),
    closedAt: moment(record.closedAt),
    inTime: kept === null ? null : kept ? say.yes : say.no,
    product: product ?? null,
  };
};

export const applicationsRegister = (rows: CaseRows): Register => ({
  ...applicationsHead,
  open: (asked, after) =>
    openCases(
      rows,
      asked,
      after,
      ({ kind, category }) => kind === 'application' && (asked.of === undefined || category === asked.of),
      (records, city) => records.map((record) => cellsOf(record, city, asked)),
    ),
});
