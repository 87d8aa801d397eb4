import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { Table } from '../kernel/table.ts';
import {
  type Asked,
  type Cells,
  type Entry,
  isAsked,
  type Register,
  type RegisterHead,
} from '../registers/model.ts';
import type { Place } from './model.ts';
import { appointmentStore } from './store.ts';

/** Who came when to which counter, by the number of the booking: nobody's name. */
export const appointmentsHead: RegisterHead = {
  id: 'appointments',
  names: { id: 'Register janji temu', en: 'Register of appointments' },
  readers: 'units',
  personal: false,
  of: 'resource',
  columns: [
    { id: 'resource', names: { id: 'Tempat', en: 'Place' }, share: 2 },
    { id: 'at', names: { id: 'Jam', en: 'Time' }, share: 1.3 },
    { id: 'id', names: { id: 'Nomor', en: 'Number' }, share: 1.2 },
    { id: 'code', names: { id: 'Permohonan', en: 'Application' }, share: 1.2 },
    { id: 'by', names: { id: 'Dibuat oleh', en: 'Booked by' }, share: 1.2 },
    { id: 'state', names: { id: 'Kehadiran', en: 'Attendance' } },
    { id: 'queue', names: { id: 'Antrean', en: 'Queue' }, share: 0.8 },
  ],
};

const words: Readonly<Record<Place['by'] | Place['state'], Readonly<Record<Language, string>>>> = {
  citizen: { id: 'Warga', en: 'Citizen' },
  holder: { id: 'Pemegang kode', en: 'Holder of the code' },
  staff: { id: 'Petugas', en: 'Staff' },
  booked: { id: 'Belum dicatat', en: 'Not recorded' },
  arrived: { id: 'Hadir', en: 'Came' },
  absent: { id: 'Tidak hadir', en: 'Absent' },
};

const cellsOf = (name: string, at: string, id: string, place: Place, language: Language): Cells => ({
  ...{ resource: name, at: at.replace('T', ' '), id, code: place.code ?? null, queue: place.queue ?? null },
  by: words[place.by][language],
  state: words[place.state][language],
});

export interface AppointmentRows {
  readonly table: Table;
  readonly city: () => Promise<City>;
}

/** Counter after counter, hour after hour. A counter that is no longer set up has its rows no more. */
export const appointmentsRegister = ({ table, city }: AppointmentRows): Register => {
  const store = appointmentStore(table);

  async function* entries(live: City, asked: Asked): AsyncGenerator<Entry, void> {
    const resources = live.appointments
      .filter(({ id, unit }) => isAsked(asked, unit) && (asked.of === undefined || asked.of === id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { from, to } = asked.period;
    for (const { id: resource, names } of resources)
      for (const { at, taken } of await store.slotsBetween(resource, `${from}T00:00`, `${to}T23:59`))
        for (const [id, place] of Object.entries(taken).sort(([a], [b]) => (a < b ? -1 : 1)))
          yield {
            place: `${resource}#${at}#${id}`,
            cells: cellsOf(names[asked.language], at, id, place, asked.language),
          };
  }

  return {
    ...appointmentsHead,
    open: async (asked, after) => {
      const live = await city();
      let total = 0;
      for await (const _ of entries(live, asked)) total += 1;
      async function* left(): AsyncGenerator<Entry, void> {
        for await (const entry of entries(live, asked))
          if (after === undefined || entry.place > after) yield entry;
      }
      return { total, rows: left() };
    },
  };
};
