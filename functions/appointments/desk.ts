import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import { identify } from '../cases/commands.ts';
import { subjectOf } from '../cases/engine.ts';
import type { Resource } from '../city/appointments.ts';
import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { e164 } from '../people/identity.ts';
import { bookings, resourceOf } from './booking.ts';
import type { appointments } from './contract.ts';
import type { Booking } from './model.ts';
import { type Deps, personOf, typed } from './operations.ts';
import { affectedBy, dayOf, daysLater, mayCome, slotsOn } from './rules.ts';

type Operations = (typeof appointments)['operations'];

/** Bookings reach no further, whatever a resource allowed before its setting changed. */
const furthestDays = 120;

interface Guest extends Pick<Booking, 'resource' | 'at' | 'id'> {
  readonly isOver: boolean;
}

/** What people at a counter do with the book of their resources. */
export const deskOperations = (deps: Deps) => {
  const { store, city, keys, now } = deps;
  const all = bookings(deps);

  /** A resource whose book this person keeps. */
  const kept = async (actor: StaffActor, id: string): Promise<{ live: City; resource: Resource }> => {
    const live = await city();
    const resource = resourceOf(live, id);
    if (actor.role !== 'coordinator' && !actor.units.has(resource.unit)) throw problem('forbidden');
    return { live, resource };
  };

  /** Who comes: the holder of a case, whoever has this phone, or somebody of whom nothing is known. */
  const guest = async (
    actor: StaffActor,
    live: City,
    resource: Resource,
    { code: typedAs, phone }: { readonly code?: string | undefined; readonly phone?: string | undefined },
  ): Promise<{ readonly person: string | undefined; readonly code: string | undefined }> => {
    const code = typedAs === undefined ? undefined : typed(typedAs, '/code');
    const record = code === undefined ? undefined : await deps.cases.read(code);
    const isKnown = record !== undefined && visibleTo(subjectOf(record), actor, live.substitutes);
    if (code !== undefined && !isKnown) throw problem('notFound');
    if (!mayCome(live, resource, record)) throw problem('notForThisCase');
    const secret = await keys();
    if (record !== undefined) return { person: personOf(secret, record), code };
    return {
      person:
        phone === undefined ? undefined : keyedHash(secret.first('contact'), 'appointment', e164(phone)),
      code,
    };
  };

  /** The booking of an hour by its id, as its slot and its holder's record have it. */
  const bookingAt = async (resource: string, at: string, id: string): Promise<Booking> => {
    const place = (await store.slot(resource, at))?.taken[id];
    const booking = place === undefined ? undefined : await store.read(place.person, resource);
    if (booking?.id !== id) throw problem('notFound');
    return booking;
  };

  /** Somebody in an hour. Who booked anew is in it too: nobody can before it is over, and then its record is gone. */
  const guestAt = async (resource: string, at: string, id: string): Promise<Guest> => {
    const place = (await store.slot(resource, at))?.taken[id];
    if (place === undefined) throw problem('notFound');
    const booking = await store.read(place.person, resource);
    return { resource, at, id, isOver: booking?.id !== id || booking.endsAt <= now() };
  };

  const arrive = async (live: City, guest: Guest) => {
    const today = localDate(now(), live.profile.zone);
    if (dayOf(guest.at) !== today) throw problem('notToday');
    const queue = await store.draw(guest.resource, today, guest.id);
    if (queue === undefined) throw problem('busy', { retryAfter: 5 });
    if (!(await store.settle(guest, { state: 'arrived', queue }))) throw problem('appointmentOver');
    return { state: 'arrived' as const, queue };
  };

  const absent = async (guest: Guest) => {
    if (!guest.isOver) throw problem('notOverYet');
    if (!(await store.settle(guest, { state: 'absent' }))) throw problem('appointmentOver');
    return { state: 'absent' as const, queue: null };
  };

  return {
    bookAtCounter: async (call: Call<Operations['bookAtCounter'], StaffActor>) => {
      const { actor, input, idempotencyKey, language } = call;
      const { at, phone } = input.body;
      const { live, resource } = await kept(actor, input.body.resource);
      const { person, code } = await guest(actor, live, resource, input.body);
      const content = {
        resource: resource.id,
        at,
        code: code ?? null,
        person: phone === undefined ? null : person,
      };
      const command = identify(await keys(), actor, idempotencyKey, content);
      const booking = await all.book({ command, resource: resource.id, at, person, by: 'staff', code });
      return {
        location: `/v1/desk/appointments?resource=${resource.id}&date=${dayOf(booking.at)}`,
        body: await all.show(booking, language),
      };
    },

    listOfDay: async ({ actor, input }: Call<Operations['listOfDay'], StaffActor>) => {
      const { live, resource } = await kept(actor, input.query.resource);
      const date = input.query.date ?? localDate(now(), live.profile.zone);
      const [slots, numbers] = await Promise.all([
        store.slotsBetween(resource.id, `${date}T00:00`, `${date}T23:59`),
        store.queue(resource.id, date),
      ]);
      const booked = slots.flatMap(({ at, taken }) =>
        Object.entries(taken).map(([id, { state, queue, code }]) => ({
          ...{ id, at, state, queue: queue ?? null, code: code ?? null },
          affected: affectedBy(live, resource, at, Object.keys(taken).length) ?? null,
        })),
      );
      const ids = new Set(booked.map(({ id }) => id));
      const walkIns = Object.entries(numbers).flatMap(([id, number]) => (ids.has(id) ? [] : [number]));
      return {
        body: {
          date,
          queue: Object.keys(numbers).length,
          appointments: booked,
          walkIns: walkIns.sort((a, b) => a - b),
        },
      };
    },

    listAffected: async ({ actor, input }: Call<Operations['listAffected'], StaffActor>) => {
      const { live, resource } = await kept(actor, input.query.resource);
      const today = localDate(now(), live.profile.zone);
      const slots = await store.slotsBetween(
        resource.id,
        `${today}T00:00`,
        `${daysLater(today, furthestDays)}T23:59`,
      );
      const hit = slots.flatMap(({ at, taken }) => {
        const why = affectedBy(live, resource, at, Object.keys(taken).length);
        return why === undefined
          ? []
          : Object.entries(taken).map(([id, { code }]) => ({ id, at, code: code ?? null, why }));
      });
      return { body: { appointments: hit } };
    },

    actOnAppointment: async ({ actor, input }: Call<Operations['actOnAppointment'], StaffActor>) => {
      const { id, action } = input.params;
      const { at, to } = input.body;
      const { live, resource } = await kept(actor, input.body.resource);
      if (action === 'arrive' || action === 'absent') {
        const who = await guestAt(resource.id, at, id);
        return { body: { id, at, ...(action === 'arrive' ? await arrive(live, who) : await absent(who)) } };
      }
      const booking = await bookingAt(resource.id, at, id);
      if (action === 'cancel') {
        await all.cancel(booking);
        return { body: { id, at, state: 'cancelled' as const, queue: null } };
      }
      if (to === undefined)
        throw problem('invalidInput', { fields: [{ field: '/to', problem: 'slotOutsideHours' }] });
      const moved = await all.move(booking, to);
      return { body: { id, at: moved.at, state: 'booked' as const, queue: null } };
    },

    drawNumber: async ({ actor, input, idempotencyKey }: Call<Operations['drawNumber'], StaffActor>) => {
      const { live, resource } = await kept(actor, input.body.resource);
      const date = localDate(now(), live.profile.zone);
      const { id } = identify(await keys(), actor, idempotencyKey, input.body);
      // Nobody gets a number on a day on which nobody is there.
      if (slotsOn(live, resource, date).length === 0) throw problem('slotOnClosedDay');
      const number = await store.draw(resource.id, date, id);
      if (number === undefined) throw problem('busy', { retryAfter: 5 });
      return { body: { number, date } };
    },
  };
};
