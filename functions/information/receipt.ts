import { ruleOf } from '../cases/common/facts.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { Ppid } from '../city/ppid.ts';
import { cityName, grouped, moment } from '../city/printed.ts';
import type { City, ClockName, ClockRule } from '../city/schema.ts';
import type { Mark } from '../issued/paper.ts';
import type { Field } from '../pdf/layout.ts';
import { slipPdf } from '../pdf/slip.ts';
import { type Numbered, written } from './books.ts';
import { limitsOf } from './views.ts';

/** A request as its receipt says it: no name, no address, no word of what is asked, since the paper's digest is public. */
export interface Registered {
  readonly city: City;
  readonly ppid: Ppid;
  readonly record: CaseRecord;
  readonly number: Numbered;
  readonly objectionNumber: Numbered | undefined;
}

const until = {
  answer: 'Dijawab paling lambat',
  object: 'Keberatan sampai dengan',
  superior: 'Keberatan dijawab',
  ordered: 'Jawaban baru',
  dispute: 'Sengketa sampai dengan',
} as const satisfies Record<ReturnType<typeof limitsOf>[number]['name'], string>;

const spans = {
  workingDays: 'hari kerja',
  calendarDays: 'hari kalender',
  workingHours: 'jam kerja',
  hours: 'jam',
} as const satisfies Record<ClockRule['in'], string>;

/** What follows, in the city's own limits; nothing of a limit that it has not set. */
const rightsOf = (
  { city, ppid, record, objectionNumber }: Registered,
  mayExtend: boolean,
): readonly string[] => {
  if (record.state === 'withdrawn') return [];
  const within = (clock: ClockName, say: (span: string) => string): readonly string[] => {
    const rule = ruleOf(city, record, clock);
    return rule === undefined ? [] : [say(`${rule.amount} ${spans[rule.in]}`)];
  };
  return [
    ...(mayExtend
      ? within('extension', (span) => `Batas jawaban dapat diperpanjang satu kali, ${span}, dengan alasan.`)
      : []),
    ...(objectionNumber === undefined
      ? within(
          'contest',
          (span) =>
            `Tidak dijawab, atau keberatan atas jawaban? Ajukan kepada Atasan PPID dalam ${span}, di laman itu atau di loket PPID (UU 14/2008 pasal 35–36).`,
        )
      : []),
    ...within(
      'dispute',
      (span) => `Sesudah tanggapan Atasan PPID: ${ppid.commission.name}, dalam ${span} (pasal 37).`,
    ),
  ];
};

/**
 * The receipt of a request for information, which is its number in the register (Perki 1/2021; UU 14/2008 article
 * 22 (4)): with its limits as they stand at the moment of the mark, and how to follow it and object. Without the PIN,
 * as every numbered paper.
 */
export const receiptOf = (request: Registered, publicUrl: string, { number, url, at }: Mark): Uint8Array => {
  const { city, ppid, record, objectionNumber } = request;
  const { zone } = city.profile;
  const said = (instant: string): string => moment(instant, zone);
  const limits = limitsOf({ city, record, language: 'id', now: at });
  const track = `${publicUrl}/v1/track/${record.code}`.replace(/^https?:\/\//, '');
  const registered = written('requests', request.number);
  const facts: readonly Field[] = [
    { label: 'Diajukan', value: said(record.filedAt) },
    ...(record.recordedAt === record.filedAt
      ? []
      : [{ label: 'Didaftarkan', value: said(record.recordedAt) }]),
    { label: 'PPID', value: unitOf(city, ppid.unit)?.name ?? ppid.unit },
    ...(objectionNumber === undefined
      ? []
      : [{ label: 'Register keberatan', value: written('objections', objectionNumber) }]),
    ...limits.map((limit) => ({ label: until[limit.name], value: said(limit.until) })),
    { label: 'Nomor lembar', value: number },
  ];
  return slipPdf({
    city: cityName(city),
    app: city.profile.app,
    title: 'Tanda Terima Permohonan Informasi',
    keep: [
      { label: 'Nomor register', value: registered },
      { label: 'Kode permohonan', value: grouped(record.code) },
    ],
    qr: { url, for: 'Periksa keaslian' },
    facts,
    steps: {
      title: 'Cara mengikuti dan mengajukan keberatan',
      lines: [
        `Buka ${track} dengan kode dan PIN, atau dengan akun Anda.`,
        ...rightsOf(
          request,
          record.state !== 'extended' && limits.some((limit) => limit.name === 'answer' && at <= limit.until),
        ),
        'Pindai kode QR untuk memeriksa bahwa lembar ini diterbitkan pemerintah kota.',
      ],
    },
    printed: `Dicetak ${said(at)}`,
    // Asking is free; copies may cost something (article 21).
    free: false,
    name: `Tanda terima ${registered}`,
    at,
    number,
  });
};
