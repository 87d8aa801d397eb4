import type { Resource } from '../city/appointments.ts';
import type { City } from '../city/schema.ts';
import { trackingCode } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import type { Booking, Place } from './model.ts';
import { affectedBy, judge } from './rules.ts';
import type { AppointmentStore } from './store.ts';

export interface BookingDeps {
  readonly store: AppointmentStore;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/** Bookings are remembered for a month after their hour. */
const rememberedSeconds = 31 * 86_400;
/** A booking without its place after this long was cut off in between, and stands for nothing. */
const cutOffSeconds = 60;

export const resourceOf = ({ appointments }: Pick<City, 'appointments'>, id: string): Resource => {
  const resource = appointments.find((one) => one.id === id);
  if (resource === undefined)
    throw problem('unknownResource', { fields: [{ field: '/resource', problem: 'unknownResource' }] });
  return resource;
};

export interface Wanted {
  readonly command: { readonly id: string; readonly fingerprint: string };
  readonly resource: string;
  /** Local beginning. */
  readonly at: string;
  /** Undefined for somebody of whom nothing is known. */
  readonly person: string | undefined;
  readonly by: Booking['by'];
  readonly code?: string | undefined;
}

export type Bookings = ReturnType<typeof bookings>;

/** What everybody does with places, whoever they are: book, move, cancel, look. */
export const bookings = ({ store, city, keys, now }: BookingDeps) => {
  const slotFor = (live: City, resource: Resource, at: string, moment: Instant) => {
    const judged = judge(live, resource, at, moment);
    if ('refuse' in judged)
      throw problem(judged.refuse, { fields: [{ field: '/at', problem: judged.refuse }] });
    return judged.slot;
  };

  const placeOf = async ({ resource, at, id }: Booking): Promise<Place | undefined> =>
    (await store.slot(resource, at))?.taken[id];

  /** Whether it never got its place: whoever booked was cut off. */
  const isCutOff = async (held: Booking, moment: Instant): Promise<boolean> =>
    toSeconds(moment) - toSeconds(held.bookedAt) > cutOffSeconds && (await placeOf(held)) === undefined;

  /**
   * First the person's one booking, then the place: cut off in between, the same command finds its booking and takes the
   * place, and another one may take the booking over after a minute. No transaction: of two hundred at once each would
   * meet the others on the slot.
   * @throws Problem alreadyBooked, slotFull, keyReused, and whatever `judge` refuses by
   */
  const book = async ({ command, resource: wanted, at, person, by, code }: Wanted): Promise<Booking> => {
    const [live, moment] = [await city(), now()];
    const resource = resourceOf(live, wanted);
    const id = trackingCode((await keys()).first('code'), command.id, 0);
    const of = person ?? id;
    const known = await store.read(of, resource.id);
    if (known?.id === id) return resumed(known, command.fingerprint, resource);
    const { endsAt } = slotFor(live, resource, at, moment);
    const booking: Booking = {
      ...{ v: 1, id, fingerprint: command.fingerprint, person: of, resource: resource.id, at, endsAt, by },
      ...{ bookedAt: moment, expires: toSeconds(endsAt) + rememberedSeconds },
      ...(code === undefined ? {} : { code }),
    };
    const held = await store.hold(booking, moment);
    if (held?.id === id) return resumed(held, command.fingerprint, resource);
    if (held !== undefined) {
      const gaveWay =
        (await isCutOff(held, moment)) && (await store.hold(booking, moment, held.id)) === undefined;
      if (!gaveWay) throw problem('alreadyBooked', { extra: { appointment: { id: held.id, at: held.at } } });
    }
    return placed(booking, resource);
  };

  const placed = async (booking: Booking, { capacity }: Resource): Promise<Booking> => {
    if (await store.take(booking, capacity)) return booking;
    await store.forget(booking);
    throw problem('slotFull', { fields: [{ field: '/at', problem: 'slotFull' }] });
  };

  /** The same command again: its first answer, and the place if that is what it was cut off before. */
  const resumed = async (known: Booking, fingerprint: string, resource: Resource): Promise<Booking> => {
    if (known.fingerprint !== fingerprint) throw problem('keyReused');
    return (await placeOf(known)) === undefined ? placed(known, resource) : known;
  };

  /** A person's booking by its id. @throws Problem notFound */
  const owned = async (person: string, id: string): Promise<Booking> => {
    const found = (await store.ofPerson(person)).find((one) => one.id === id);
    if (found === undefined) throw problem('notFound');
    return found;
  };

  /** @throws Problem appointmentOver, slotFull, and whatever `judge` refuses by */
  const move = async (booking: Booking, at: string): Promise<Booking> => {
    if (booking.at === at) return booking;
    const [live, moment] = [await city(), now()];
    const resource = resourceOf(live, booking.resource);
    const { endsAt } = slotFor(live, resource, at, moment);
    if (booking.endsAt <= moment) throw problem('appointmentOver');
    const next = { at, endsAt, expires: toSeconds(endsAt) + rememberedSeconds };
    const moved = await store.move(booking, next, resource.capacity);
    if (moved === 'full') throw problem('slotFull', { fields: [{ field: '/at', problem: 'slotFull' }] });
    if (moved === 'gone') throw problem('appointmentOver');
    return { ...booking, ...next };
  };

  /** Gives the place back and forgets the booking; again changes nothing. @throws Problem appointmentOver */
  const cancel = async (booking: Booking): Promise<void> => {
    if (booking.endsAt <= now()) throw problem('appointmentOver');
    const released = await store.release(booking);
    // Somebody who came keeps the place; a booking without one is only forgotten.
    if (!released && (await placeOf(booking)) !== undefined) throw problem('appointmentOver');
    await store.forget(booking);
  };

  /** As its holder and the counter read it. */
  const shown = (live: City, booking: Booking, place: Place | undefined, language: Language, taken = 0) => {
    const resource = live.appointments.find(({ id }) => id === booking.resource);
    return {
      id: booking.id,
      resource: booking.resource,
      name: resource?.names[language] ?? booking.resource,
      place: resource?.place[language] ?? null,
      at: booking.at,
      endsAt: booking.endsAt,
      code: booking.code ?? null,
      state: place?.state ?? 'booked',
      queue: place?.queue ?? null,
      // A resource that is gone, or hours that changed: whoever booked should choose anew.
      affected:
        resource === undefined ? 'closedDay' : (affectedBy(live, resource, booking.at, taken) ?? null),
    };
  };

  const show = async (booking: Booking, language: Language) => {
    const slot = await store.slot(booking.resource, booking.at);
    const taken = slot?.taken ?? {};
    return shown(await city(), booking, taken[booking.id], language, Object.keys(taken).length);
  };

  /** What a person still has before them, and what was today. */
  const list = async (person: string, language: Language) => {
    const moment = now();
    const recent = (await store.ofPerson(person)).filter(
      ({ endsAt }) => toSeconds(endsAt) > toSeconds(moment) - 86_400,
    );
    const whole: Booking[] = [];
    for (const one of recent) if (!(await isCutOff(one, moment))) whole.push(one);
    const all = await Promise.all(whole.map((one) => show(one, language)));
    return all.sort((a, b) => (a.at < b.at ? -1 : 1));
  };

  return { book, owned, move, cancel, show, list };
};
