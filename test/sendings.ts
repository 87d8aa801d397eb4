import { inject } from 'vitest';
import type { City } from '../functions/city/schema.ts';
import type { Notice } from '../functions/events/notice.ts';
import type { Channel, Sent } from '../functions/events/tell.ts';
import type { ChannelName } from '../functions/events/told.ts';
import { type FanoutDeps, fanout, type Ran } from '../functions/jobs/fanout/fanout.ts';
import { keyedHash } from '../functions/kernel/code.ts';
import type { Log } from '../functions/kernel/log.ts';
import { type Table, tableOf } from '../functions/kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../functions/kernel/time.ts';
import { bookStore, subscriberRef } from '../functions/people/book.ts';
import { sealGroup } from '../functions/people/sealed.ts';
import { subscriberReader } from '../functions/people/subscribers.ts';
import { sendingAllowance } from '../functions/sendings/allowance.ts';
import { linksOf } from '../functions/sendings/links.ts';
import type { OrderKey, Subscription } from '../functions/sendings/model.ts';
import { type Announced, orderStore } from '../functions/sendings/order.ts';
import { sendingReceipts } from '../functions/sendings/receipts.ts';
import { type Subscriber, subscriberStore } from '../functions/sendings/subscribers.ts';
import { testCity } from './city.ts';
import { createTables, type TestTables } from './engine.ts';
import { testKeys, testKms } from './identities.ts';
import { mortality, tapped } from './interleave.ts';

export const ganting = '99.01.01.1001';
export const ngalau = '99.01.01.1002';
export const pasar = '99.01.02.1001';

/** The test city with a second kecamatan. */
export const cityOfSendings = (): City => {
  const city = testCity();
  const area = (code: string, kind: 'kecamatan' | 'kelurahan') => ({ code, name: code, kind, aliases: [] });
  const channels = city.sendings.channels.map((one) =>
    one.channel === 'email' ? { ...one, perMonth: 1_000_000 } : one,
  );
  return {
    ...city,
    areas: [...city.areas, area('99.01.02', 'kecamatan'), area(pasar, 'kelurahan')],
    sendings: { ...city.sendings, channels },
  };
};

export interface Message {
  readonly channel: ChannelName;
  readonly to: string;
  readonly notice: Notice;
}

/** What somebody chose; everything of the whole city by mail, at once, where nothing is said. */
export interface Choice extends Partial<Omit<Subscription, 'id'>> {}

let serial = 0;

export type SendingWorld = Awaited<ReturnType<typeof sendingWorld>>;

/**
 * Orders → fan-out → channels on tables of its own. Every call to table and channel counts in `life`, which can end the
 * process at any of them, before it happens or before its answer arrives.
 */
export const sendingWorld = async ({ client }: Pick<TestTables, 'client'>) => {
  serial += 1;
  const names = { cases: `send-cases-${serial}`, identities: `send-identities-${serial}` };
  await createTables(client, inject('tables'), names);
  const table = tableOf(client, names.cases);
  const identities = tableOf(client, names.identities);
  const kms = testKms();
  const city = cityOfSendings();
  let seconds = toSeconds('2026-11-23T03:00:00Z');
  const now = (): Instant => fromSeconds(Math.floor(seconds));
  const pass = (more: number): void => {
    seconds += more;
  };

  const { life, before, after, endAt } = mortality();
  const mortal: Table = tapped(table, before, after);
  const mortalBooks = bookStore(tapped(identities, before, after));

  const messages: Message[] = [];
  /** What a channel answers instead of taking a message. */
  const faults: { answer?: (message: Message) => Sent | undefined } = {};
  const channel = (name: ChannelName): Channel => ({
    name,
    send: async (to, notice) => {
      await before();
      const message = { channel: name, to, notice };
      const fault = faults.answer?.(message);
      if (fault === undefined) messages.push(message);
      after();
      return fault ?? { state: 'sent', messageId: `m${messages.length}` };
    },
  });
  const topic: Parameters<FanoutDeps['publish']>[0][number][] = [];
  const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const depsOn = (on: Table, books: ReturnType<typeof bookStore>): FanoutDeps => ({
    orders: orderStore(on),
    subscribers: subscriberStore(on),
    receipts: sendingReceipts(on),
    allowance: sendingAllowance(on),
    channels: (['email', 'push', 'whatsapp'] as const).map(channel),
    reaching: subscriberReader({
      books,
      kms,
      keys: async () => testKeys,
      channels: new Set(['email', 'push', 'whatsapp']),
    }),
    gone: books.close,
    links: linksOf(async () => testKeys),
    city: async () => city,
    publish: async (outgoing) => {
      topic.push(...outgoing);
      return { failed: new Set(), error: undefined };
    },
    publicUrl: 'https://lapau.example.go.id',
    now,
    millis: () => seconds * 1000,
    sleep: async (millis) => pass(millis / 1000),
    log: silent,
  });
  const deps = depsOn(mortal, mortalBooks);

  const subscribers = subscriberStore(table);
  /** Somebody with these subscriptions and an address `<slot> of <name>` in each slot. */
  const subscribe = async (
    name: string,
    choices: readonly Choice[] = [{}],
    more: {
      readonly slots?: readonly string[];
      readonly person?: string;
      readonly hour?: number;
      readonly quiet?: 'none';
    } = {},
  ): Promise<Subscriber> => {
    const id = keyedHash(testKeys.first('contact'), 'test', name);
    const one: Subscriber = {
      ...{ v: 1, id, rev: 1, person: more.person ?? id, hour: more.hour ?? 7, at: now() },
      subscriptions: choices.map((choice, i) => ({
        ...{ id: `s${i + 1}`, areas: [], topics: [], channel: 'email', pace: 'instant' },
        since: '2026-01-01T00:00:00Z',
        ...choice,
      })),
    };
    const ref = subscriberRef(testKeys, id);
    const reach: Record<string, Awaited<ReturnType<typeof sealGroup>>> = {};
    for (const slot of more.slots ?? [...new Set(one.subscriptions.map((s) => s.channel))])
      reach[slot] = await sealGroup({ kms, keyId: 'k' }, ref, 'notices', { [slot]: `${slot} of ${name}` });
    await bookStore(identities).change(ref, { reach, quiet: more.quiet }, now());
    await subscribers.write(undefined, one);
    return one;
  };

  const announced = (more: Partial<Announced> = {}): Announced => ({
    ...{
      id: `a${messages.length}-${life.calls}`,
      version: 1,
      at: now(),
      emergency: false,
      path: '/pengumuman/a',
    },
    headline: { id: 'Air mati besok', en: 'No water tomorrow' },
    ...{ areas: [], topics: ['air'] },
    ...more,
  });

  const orders = orderStore(table);
  /** Works an order off as the topic and the job `rounds` would: run after run, a dead process started anew. */
  const work = async (
    key: OrderKey,
    more: Partial<FanoutDeps> = {},
    runs = 12,
    remaining = () => 60_000,
  ): Promise<Ran | 'killed'> => {
    let last: Ran | 'killed' = 'nothing';
    for (let n = 0; n < runs; n += 1) {
      last = await fanout({ ...deps, ...more })(key, remaining).catch(() => 'killed' as const);
      if (life.dead) last = 'killed';
      life.dead = false;
      if (last === 'done' || last === 'nothing') break;
      // Longer than a lease, and than the first wait for a channel.
      if (last !== 'next') pass(600);
    }
    return last;
  };
  const killAt = (n: number, answered: boolean): void => {
    endAt(n, answered);
  };
  const toldTo = (): readonly string[] => messages.map(({ to }) => to).sort();

  return {
    ...{ client, table, identities, mortal, city, kms, now, pass, life, killAt, faults, messages, topic },
    ...{ deps, depsOn, orders, subscribers, subscribe, announced, work, toldTo },
    books: bookStore(identities),
  };
};
