import type { StaffActor } from '../cases/actor.ts';
import { citizenDue, earliestDue } from '../cases/clock/clock.ts';
import type { CaseEvent, CaseRecord, CaseText } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { matterOf } from '../city/find.ts';
import { briefly, cityName, grouped, moment } from '../city/printed.ts';
import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { coarsePlace, withoutPersons } from './anonymous.ts';
import type { Receipt } from './receipt.ts';
import type { Sheet } from './sheet.ts';
import { eventBy, eventSays, kindName, originName, shortUnit, stampsOf } from './words.ts';

interface About {
  readonly city: City;
  readonly record: CaseRecord;
  /** Address by which anybody follows it. */
  readonly track: string;
}

interface Printing extends About {
  readonly actor: StaffActor;
  readonly now: Instant;
}

const areaName = (city: City, code: string | null): string =>
  city.areas.find((area) => area.code === code)?.name ?? 'belum diketahui';
const categoryName = (city: City, id: string | null): string =>
  matterOf(city, id)?.names.id ?? 'belum ditentukan';
const holder = ({ city, record }: About): string =>
  record.unit === null ? 'Koordinator' : (unitOf(city, record.unit)?.name ?? record.unit);

const dueOr = (due: Instant | null, city: City): string =>
  due === null ? 'tidak berjalan' : moment(due, city.profile.zone);

const printedBy = ({ city, actor, now }: Printing): string =>
  `Dicetak ${moment(now, city.profile.zone)} oleh ${actor.name}, ${shortUnit(city, actor.unit)}`;

/** How the kelurahan was found, where that leaves a doubt. */
const doubt: Readonly<Record<string, string>> = {
  nearest: ' (dugaan dari titik)',
  address: ' (dari alamat)',
};

export const sheetOf = (
  printing: Printing & {
    readonly kind: CaseKind;
    readonly events: readonly CaseEvent[];
    readonly texts: ReadonlyMap<string, CaseText>;
    readonly assignee: string | undefined;
  },
): Sheet => {
  const { city, record, kind, events, texts, assignee } = printing;
  const { zone } = city.profile;
  const filed = texts.get(record.filing.id);
  const place = filed?.place;
  const { point } = record;
  return {
    city: cityName(city),
    code: grouped(record.code),
    track: printing.track,
    stamps: stampsOf(record),
    facts: [
      { label: 'Jenis', value: kindName(record.kind) },
      { label: 'Status', value: kind.states[record.state]?.names.id ?? record.state },
      { label: 'Disampaikan', value: moment(record.filedAt, zone) },
      { label: 'Saluran', value: originName(record.origin) },
      { label: 'Kategori', value: categoryName(city, record.category) },
      { label: 'Kelurahan', value: areaName(city, record.area) + (doubt[record.areaHow] ?? '') },
      { label: 'Alamat', value: place?.address ?? '' },
      { label: 'Patokan', value: place?.landmark ?? '' },
      { label: 'RT / RW', value: `${place?.rt ?? '–'} / ${place?.rw ?? '–'}` },
      { label: 'Titik', value: point === undefined ? '' : `${point.lat}, ${point.lon}` },
      { label: 'Unit penanggung jawab', value: holder(printing) },
      { label: 'Petugas', value: assignee ?? '' },
      { label: 'Janji kepada warga', value: dueOr(citizenDue(record.clocks), city) },
      { label: 'Tenggat terdekat', value: dueOr(earliestDue(record.clocks), city) },
    ],
    text: filed === undefined || filed.body === '' ? '(dihapus)' : filed.body,
    history: events.map((event) => ({
      when: briefly(event.on, zone),
      what: eventSays(kind, event),
      who: eventBy(city, event),
      // The report itself stands above.
      words: event.texts.flatMap(({ id }) => {
        const body = id === record.filing.id ? undefined : texts.get(id)?.body;
        return body === undefined || body === '' ? [] : [body];
      }),
    })),
    printed: printedBy(printing),
    at: printing.now,
  };
};

export const receiptOf = (printing: Printing & { readonly pin: string | undefined }): Receipt => {
  const { city, record, pin, track } = printing;
  const due = citizenDue(record.clocks);
  return {
    city: cityName(city),
    app: city.profile.app,
    code: grouped(record.code),
    pin: pin === undefined ? undefined : grouped(pin),
    track,
    facts: [
      { label: 'Disampaikan', value: moment(record.filedAt, city.profile.zone) },
      { label: 'Jenis', value: `${kindName(record.kind)}, ${categoryName(city, record.category)}` },
      { label: 'Kelurahan', value: areaName(city, record.area) },
      ...(due === null
        ? []
        : [{ label: 'Selesai paling lambat', value: briefly(due, city.profile.zone, false) }]),
    ],
    printed: printedBy(printing),
    at: printing.now,
  };
};

/** Longest part of the report that is copied. */
const copied = 600;

/** Of a text, what a group message holds; cut between words. */
const shortened = (text: string): string => {
  if (text.length <= copied) return text;
  const head = text.slice(0, copied);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), copied / 2)).trimEnd()} …`;
};

/**
 * Without who reports, and with what leads to a person masked: people copy it into groups all the same. Of the place
 * the street, not the door.
 */
export const groupText = ({
  city,
  record,
  kind,
  filed,
  track,
}: About & { readonly kind: CaseKind; readonly filed: CaseText | undefined }): string => {
  const { zone } = city.profile;
  const due = citizenDue(record.clocks);
  const { address = '', landmark = '' } = filed?.place ?? {};
  const spot = [address, landmark]
    .map(coarsePlace)
    .filter((part) => part !== '')
    .join('; ');
  return [
    `*Laporan ${grouped(record.code)}*`,
    `Status: ${kind.states[record.state]?.names.id ?? record.state}`,
    `Hal: ${categoryName(city, record.category)}`,
    `Tempat: ${areaName(city, record.area)}${spot === '' ? '' : ` (${spot})`}`,
    `Unit: ${holder({ city, record, track })}`,
    `Disampaikan: ${briefly(record.filedAt, zone, false)}`,
    ...(due === null ? [] : [`Tenggat: ${briefly(due, zone, false)}`]),
    '',
    shortened(withoutPersons(filed?.body ?? '')),
    '',
    `Lacak: ${track}`,
  ].join('\n');
};
