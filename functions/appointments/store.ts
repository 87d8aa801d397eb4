import * as z from 'zod/mini';
import { whenContended } from '../kernel/contention.ts';
import type { Item, Table, TransactPart } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { type Booking, booking, type Place, placeOf, slotItem, type TakenSlot } from './model.ts';

const queueItem = z.object({ of: z.record(z.string(), z.int()) });

const slotKey = (resource: string, at: string) => ({ pk: `SLOT#${resource}`, sk: at });
const bookingKey = (person: string, resource: string) => ({ pk: `BOOKER#${person}`, sk: resource });
const queueKey = (resource: string, date: string) => ({ pk: `QUEUE#${resource}`, sk: date });

/** A year and a month: the register of the year before can still be written. */
const keptSeconds = 400 * 86_400;
/** Numbers of one day; a counter that gives more has lost its office. */
const queueLimit = 2000;
/** A slot that others make and fill meanwhile is tried again this often. */
const attempts = 4;
/** Pages of a query over slots: three months of the largest resource are fewer. */
const pageLimit = 50;

/** There is a place, and this booking has none of them yet. */
const isFree = 'size(taken) < :capacity AND attribute_not_exists(taken.#id)';

export type AppointmentStore = ReturnType<typeof appointmentStore>;

/** The only file that knows how slots, bookings and queues lie in the table. */
export const appointmentStore = (table: Table) => {
  /**
   * Writes down that a person has a booking with the resource, unless they have one that is not over.
   * @param instead id of a booking that came to nothing and gives way
   * @returns what they have instead
   */
  const hold = async (wanted: Booking, now: Instant, instead?: string): Promise<Booking | undefined> => {
    const written = await table.put(
      { ...bookingKey(wanted.person, wanted.resource), ...wanted },
      {
        ConditionExpression: `attribute_not_exists(pk) OR endsAt <= :now${instead === undefined ? '' : ' OR id = :instead'}`,
        values: { ':now': now, ...(instead === undefined ? {} : { ':instead': instead }) },
      },
    );
    return written.done || written.old === undefined ? undefined : booking.parse(written.old);
  };

  /** Forgets a booking, if it is still this one. */
  const forget = async ({ person, resource, id }: Booking): Promise<void> => {
    await table.remove(bookingKey(person, resource), {
      ConditionExpression: 'id = :id',
      values: { ':id': id },
    });
  };

  /**
   * Takes a place in one conditional write: of any number at once, as many get in as there is capacity.
   * @returns false when the slot is full; true again for whoever is in it already
   */
  const take = async (one: Booking, capacity: number): Promise<boolean> => {
    const { id, resource, at } = one;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const written = await table.update(slotKey(resource, at), {
        UpdateExpression: 'SET taken.#id = :place',
        ConditionExpression: isFree,
        ExpressionAttributeNames: { '#id': id },
        values: { ':place': placeOf(one), ':capacity': capacity },
      });
      if (written.done) return true;
      if (written.old !== undefined) return slotItem.parse(written.old).taken[id] !== undefined;
      if ((await open(resource, at, one.endsAt, { [id]: placeOf(one) })).done) return true;
    }
    return false;
  };

  /** Makes the item of a slot that nobody booked before. */
  const open = (resource: string, at: string, endsAt: Instant, taken: Readonly<Record<string, Place>>) =>
    table.put(
      { ...slotKey(resource, at), v: 1, resource, at, taken, expires: toSeconds(endsAt) + keptSeconds },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );

  /** Gives a place back. @returns false when it was none, or its holder came already */
  const release = async ({ resource, at, id }: Booking): Promise<boolean> =>
    (
      await table.update(slotKey(resource, at), {
        UpdateExpression: 'REMOVE taken.#id',
        ConditionExpression: 'taken.#id.#state = :booked',
        ExpressionAttributeNames: { '#id': id, '#state': 'state' },
        values: { ':booked': 'booked' },
      })
    ).done;

  /**
   * Leaves one slot and takes another, both or neither.
   * @returns why not: the other is full, or there is no booking to move (any more)
   */
  const move = async (
    was: Booking,
    next: Pick<Booking, 'at' | 'endsAt' | 'expires'>,
    capacity: number,
  ): Promise<'moved' | 'full' | 'gone'> => {
    const { id, resource, person } = was;
    const moved: Booking = { ...was, ...next };
    await open(resource, next.at, next.endsAt, {});
    const parts: readonly TransactPart[] = [
      {
        update: {
          key: slotKey(resource, was.at),
          UpdateExpression: 'REMOVE taken.#id',
          ConditionExpression: 'taken.#id.#state = :booked',
          ExpressionAttributeNames: { '#id': id, '#state': 'state' },
          values: { ':booked': 'booked' },
        },
      },
      {
        update: {
          key: slotKey(resource, next.at),
          UpdateExpression: 'SET taken.#id = :place',
          ConditionExpression: isFree,
          ExpressionAttributeNames: { '#id': id },
          values: { ':place': placeOf(moved), ':capacity': capacity },
        },
      },
      {
        put: {
          item: { ...bookingKey(person, resource), ...moved },
          ConditionExpression: 'id = :id AND #at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          values: { ':id': id, ':at': was.at },
        },
      },
    ];
    const done = await whenContended(() => table.transact(parts));
    if (done.done) return 'moved';
    return done.failed.some((part) => part !== 1) ? 'gone' : 'full';
  };

  /** A person's bookings, one a resource. */
  const ofPerson = async (person: string): Promise<readonly Booking[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': bookingKey(person, '').pk },
      ConsistentRead: true,
    });
    return items.map((item) => booking.parse(item));
  };

  const read = async (person: string, resource: string): Promise<Booking | undefined> => {
    const item = await table.get(bookingKey(person, resource));
    return item === undefined ? undefined : booking.parse(item);
  };

  const slot = async (resource: string, at: string): Promise<TakenSlot | undefined> => {
    const item = await table.get(slotKey(resource, at));
    return item === undefined ? undefined : slotItem.parse(item);
  };

  /** Slots of a resource that somebody booked, in order. @param from, to local beginnings, both inclusive */
  const slotsBetween = async (resource: string, from: string, to: string): Promise<readonly TakenSlot[]> => {
    const found: TakenSlot[] = [];
    let next: Item | undefined;
    for (let page = 0; page < pageLimit; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        values: { ':pk': slotKey(resource, '').pk, ':from': from, ':to': to },
        from: next,
      });
      found.push(...items.map((item) => slotItem.parse(item)));
      if (last === undefined) break;
      next = last;
    }
    return found;
  };

  /** Writes down that somebody came, with their number, or did not. @returns false when neither can be said of them now */
  const settle = async (
    { resource, at, id }: Pick<Booking, 'resource' | 'at' | 'id'>,
    what: { readonly state: 'arrived'; readonly queue: number } | { readonly state: 'absent' },
  ): Promise<boolean> => {
    const arrived = what.state === 'arrived';
    const written = await table.update(slotKey(resource, at), {
      UpdateExpression: `SET taken.#id.#state = :state${arrived ? ', taken.#id.#queue = :queue' : ''}`,
      ConditionExpression: 'taken.#id.#state IN (:booked, :state)',
      ExpressionAttributeNames: { '#id': id, '#state': 'state', ...(arrived ? { '#queue': 'queue' } : {}) },
      values: { ':state': what.state, ':booked': 'booked', ...(arrived ? { ':queue': what.queue } : {}) },
    });
    return written.done;
  };

  /**
   * The next number of a day's queue, in one write that gives each only once; the same again for whoever has one.
   * @param id of a booking, or of the command that asked for somebody without one
   * @returns undefined when the day has no more
   */
  const draw = async (resource: string, date: string, id: string): Promise<number | undefined> => {
    const key = queueKey(resource, date);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const written = await table.update(key, {
        UpdateExpression: 'SET #of.#id = #n + :one, #n = #n + :one',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#of.#id) AND #n < :limit',
        ExpressionAttributeNames: { '#of': 'of', '#id': id, '#n': 'n' },
        values: { ':one': 1, ':limit': queueLimit },
      });
      const item = written.done ? await table.get(key) : written.old;
      if (item !== undefined) return queueItem.parse(item).of[id];
      const expires = Date.parse(`${date}T00:00:00Z`) / 1000 + keptSeconds;
      await table.put(
        { ...key, v: 1, n: 0, of: {}, expires },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    }
    return undefined;
  };

  /** Numbers given on a day, by booking or walk-in. */
  const queue = async (resource: string, date: string): Promise<Readonly<Record<string, number>>> => {
    const item = await table.get(queueKey(resource, date));
    return item === undefined ? {} : queueItem.parse(item).of;
  };

  return {
    ...{ hold, forget, take, release, move, ofPerson, read },
    ...{ slot, slotsBetween, settle, draw, queue },
  };
};
