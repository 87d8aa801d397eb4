import { type AnonymousActor, type CitizenActor, holderOf } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import { identify } from '../cases/commands.ts';
import { isReporter } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { keyedHash, readCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type BookingDeps, bookings, resourceOf, type Wanted } from './booking.ts';
import type { appointments } from './contract.ts';
import { daysLater, isOpen, lastDay, mayCome, slotsOn } from './rules.ts';

type Operations = (typeof appointments)['operations'];
/** Whoever holds a case's token. */
export type Opened = { readonly code: string; readonly pinVersion: number };

/** Bookings of one person: who changes their mind moves one. */
const perPerson: Quota = { limit: 20, seconds: 86_400 };

export interface Deps extends BookingDeps {
  readonly table: Table;
  readonly cases: Pick<CaseStore, 'read'>;
}

export const typed = (text: string, field: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field, problem: 'wrongCode' }] });
  return code;
};

/** Whoever reported a case, by account or by its code alone: the same person by whichever door they come. */
export const personOf = (keys: Keys, { code, reporter }: Pick<CaseRecord, 'code' | 'reporter'>): string =>
  reporter ?? keyedHash(keys.first('reporter'), 'appointment', code);

/** What citizens and holders of a case do, and what everybody may see. */
export const operations = (deps: Deps) => {
  const { store, city, keys, now } = deps;
  const all = bookings(deps);

  const created = async (wanted: Wanted, location: string, language: 'id' | 'en') => {
    if (wanted.person !== undefined)
      await countAgainst(deps.table, `appointment#${wanted.person}`, perPerson, now());
    const body = await all.show(await all.book(wanted), language);
    return { location: `${location}/${body.id}`, body };
  };

  /** Refuses a booking that the resource is not there for. */
  const allowed = async (resource: string, about: CaseRecord | undefined): Promise<void> => {
    const live = await city();
    if (!mayCome(live, resourceOf(live, resource), about)) throw problem('notForThisCase');
  };

  /** The case of a token, while the token opens it. */
  const held = async (actor: Opened, typedAs: string): Promise<{ record: CaseRecord; person: string }> => {
    const code = typed(typedAs, '{code}');
    const record = actor.code === code ? await deps.cases.read(code) : undefined;
    if (record === undefined || !isReporter(holderOf(actor), record)) throw problem('caseTokenInvalid');
    return { record, person: personOf(await keys(), record) };
  };

  /** A booking of this case, by its holder, who need not know of others that the same account has. */
  const ownedBy = async (actor: Opened, typedAs: string, id: string) => {
    const { record, person } = await held(actor, typedAs);
    const booking = await all.owned(person, id);
    if (booking.code !== record.code) throw problem('notFound');
    return booking;
  };

  return {
    listResources: async ({ language }: Call<Operations['listResources'], AnonymousActor>) => {
      const live = await city();
      return {
        body: {
          resources: live.appointments.map((resource) => ({
            id: resource.id,
            name: resource.names[language],
            place: resource.place[language],
            unit: live.units.find(({ id }) => id === resource.unit)?.name ?? resource.unit,
            minutes: resource.minutes,
            anybody: resource.anybody,
            lastDay: lastDay(live, resource, now()),
          })),
        },
      };
    },

    listSlots: async ({ input }: Call<Operations['listSlots'], AnonymousActor>) => {
      const [live, moment] = [await city(), now()];
      const resource = resourceOf(live, input.params.resource);
      const today = localDate(moment, live.profile.zone);
      const wanted = input.query.from ?? today;
      const from = wanted < today ? today : wanted;
      const last = lastDay(live, resource, moment);
      const dates = Array.from({ length: input.query.days }, (_, i) => daysLater(from, i)).filter(
        (date) => date <= last,
      );
      const until = dates.at(-1) ?? from;
      const booked = await store.slotsBetween(resource.id, `${from}T00:00`, `${until}T23:59`);
      const taken = new Map(booked.map((slot) => [slot.at, Object.keys(slot.taken).length]));
      return {
        body: {
          days: dates.map((date) => {
            const slots = slotsOn(live, resource, date);
            return {
              date,
              closed: slots.length === 0,
              slots: slots
                .filter((slot) => isOpen(slot, resource, moment))
                .map(({ at, endsAt }) => ({
                  at,
                  endsAt,
                  free: Math.max(0, resource.capacity - (taken.get(at) ?? 0)),
                })),
            };
          }),
        },
      };
    },

    bookMine: async (call: Call<Operations['bookMine'], CitizenActor>) => {
      const { actor, input, idempotencyKey, language } = call;
      const { resource, at, code: typedAs } = input.body;
      const code = typedAs === undefined ? undefined : typed(typedAs, '/code');
      const record = code === undefined ? undefined : await deps.cases.read(code);
      // A case of others answers as one that does not exist.
      if (code !== undefined && record?.reporter !== actor.id) throw problem('notFound');
      await allowed(resource, record);
      const command = identify(await keys(), actor, idempotencyKey, { resource, at, code: code ?? null });
      return created(
        { command, resource, at, person: actor.id, by: 'citizen', code },
        '/v1/me/appointments',
        language,
      );
    },

    listMine: async ({ actor, language }: Call<Operations['listMine'], CitizenActor>) => ({
      body: { appointments: await all.list(actor.id, language) },
    }),

    moveMine: async ({ actor, input, language }: Call<Operations['moveMine'], CitizenActor>) => {
      const booking = await all.owned(actor.id, input.params.id);
      return { body: await all.show(await all.move(booking, input.body.at), language) };
    },

    cancelMine: async ({ actor, input }: Call<Operations['cancelMine'], CitizenActor>) => {
      await all.cancel(await all.owned(actor.id, input.params.id));
      return { body: undefined };
    },

    bookForCase: async (call: Call<Operations['bookForCase'], Opened>) => {
      const { actor, input, idempotencyKey, language } = call;
      const { record, person } = await held(actor, input.params.code);
      const { resource, at } = input.body;
      await allowed(resource, record);
      const { code } = record;
      const command = identify(await keys(), holderOf(actor), idempotencyKey, { resource, at, code });
      return created(
        { command, resource, at, person, by: 'holder', code },
        `/v1/track/${code}/appointments`,
        language,
      );
    },

    listForCase: async ({ actor, input, language }: Call<Operations['listForCase'], Opened>) => {
      const { record, person } = await held(actor, input.params.code);
      const own = (await all.list(person, language)).filter(({ code }) => code === record.code);
      return { body: { appointments: own } };
    },

    moveForCase: async ({ actor, input, language }: Call<Operations['moveForCase'], Opened>) => {
      const booking = await ownedBy(actor, input.params.code, input.params.id);
      return { body: await all.show(await all.move(booking, input.body.at), language) };
    },

    cancelForCase: async ({ actor, input }: Call<Operations['cancelForCase'], Opened>) => {
      await all.cancel(await ownedBy(actor, input.params.code, input.params.id));
      return { body: undefined };
    },
  };
};
