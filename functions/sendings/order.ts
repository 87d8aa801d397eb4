import type { Item, Key, Table, TransactPart } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import { noneLeft, noTally, type Order, type OrderKey, order as orderItem } from './model.ts';

/** Old news is worth no message: after this many seconds those still left are given up. */
const triedFor = { usual: 3 * 86_400, emergency: 86_400, digest: 20 * 3600 } as const;
/** Orders of one announcement: one for each version that was told. */
const versionsLimit = 100;
/** Tries to write beside other writers. */
const tries = 6;

const pad = (version: number): string => String(version).padStart(4, '0');
export const orderKey = ({ id, version }: OrderKey): Key => ({
  pk: `SENDING#${id}`,
  sk: `ORDER#${pad(version)}`,
});
const list = 'SENDINGS';
const nameOf = ({ at, id, version }: Pick<Order, 'at' | 'id' | 'version'>): string =>
  `${at}#${id}#${pad(version)}`;
const openPrefix = (emergency: boolean): string => `OPEN#${emergency ? 0 : 1}#`;
const openKey = (one: Order): Key => ({ pk: list, sk: `${openPrefix(one.emergency)}${nameOf(one)}` });
const readOpen = (sk: string): OrderKey => {
  const [, , , id = '', version = ''] = sk.split('#');
  return { id, version: Number(version) };
};

/** What is announced, as its subscribers are told of it. */
export interface Announced {
  readonly id: string;
  readonly version: number;
  readonly at: Instant;
  readonly emergency: boolean;
  readonly headline: Order['headline'];
  /** `/…`, below the city's public address. */
  readonly path: string;
  /** None: the whole city. */
  readonly areas: readonly string[];
  readonly topics: readonly string[];
  readonly until?: Instant | undefined;
}

const earlier = (a: Instant, b: Instant | undefined): Instant => (b !== undefined && b < a ? b : a);

/** A new order; pure. */
export const orderOf = (what: Announced & Pick<Order, 'digest'>): Order => {
  const usual = what.digest === undefined ? triedFor.usual : triedFor.digest;
  const seconds = what.emergency ? triedFor.emergency : usual;
  return {
    v: 1,
    ...{ id: what.id, version: what.version, emergency: what.emergency, at: what.at, path: what.path },
    ...(what.digest === undefined ? {} : { digest: what.digest }),
    headline: what.headline,
    areas: [...what.areas],
    topics: [...what.topics],
    until: earlier(fromSeconds(toSeconds(what.at) + seconds), what.until),
    ...{ state: 'open', rev: 1, turn: 0, walk: 1, tally: noTally, left: noneLeft, down: [] },
    touchedAt: what.at,
  };
};

export type OrderStore = ReturnType<typeof orderStore>;

/** Orders to send: the only file that knows where they lie. Who publishes places them; the job `fanout` works them off. */
export const orderStore = (
  table: Pick<Table, 'get' | 'put' | 'query' | 'remove' | 'batchGet' | 'transact'>,
) => {
  const read = async (key: OrderKey): Promise<Order | undefined> => {
    const item = await table.get(orderKey(key));
    return item === undefined ? undefined : orderItem.parse(item);
  };

  /**
   * Places an order where it is found, in one write with what belongs to it; one that stands already stays as it is.
   * @returns false when it stood there, or when a part beside it was refused
   */
  const place = async (
    what: Announced & Pick<Order, 'digest'>,
    beside: readonly TransactPart[] = [],
  ): Promise<boolean> => {
    const one = orderOf(what);
    const item: Item = { ...orderKey(one), ...one };
    // Digests name what was announced, and no warning: that was told at once.
    const named = one.digest === undefined && !one.emergency;
    const { done } = await table.transact([
      { put: { item, ConditionExpression: 'attribute_not_exists(pk)' } },
      { put: { item: { ...openKey(one), v: 1 } } },
      ...(named ? [{ put: { item: { pk: list, sk: `AT#${nameOf(one)}`, v: 1 } } }] : []),
      ...beside,
    ]);
    return done;
  };

  /** Takes an order that is over off the list of open ones, where a run broke off before it did. */
  const close = async (one: Order): Promise<void> => {
    await table.remove(openKey(one));
  };

  /**
   * Reads, changes, writes what nobody changed meanwhile.
   * @param step undefined leaves it as it is
   * @returns the order as it stands, and whether this call changed it
   */
  const change = async (
    key: OrderKey,
    step: (one: Order) => Order | undefined,
  ): Promise<{ readonly changed: boolean; readonly order: Order | undefined }> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const one = await read(key);
      const next = one === undefined ? undefined : step(one);
      if (one === undefined || next === undefined) return { changed: false, order: one };
      const written = await table.put(
        { ...orderKey(key), ...next, rev: one.rev + 1 },
        {
          ConditionExpression: '#rev = :rev',
          ExpressionAttributeNames: { '#rev': 'rev' },
          values: { ':rev': one.rev },
        },
      );
      if (!written.done) continue;
      if (next.state !== 'open') await close(next);
      return { changed: true, order: next };
    }
    throw new Error('an order changes too often');
  };

  /** Every order of an announcement, oldest version first. */
  const ofAnnouncement = async (id: string): Promise<readonly Order[]> => {
    const { pk } = orderKey({ id, version: 0 });
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :order)',
      values: { ':pk': pk, ':order': 'ORDER#' },
      ConsistentRead: true,
      Limit: versionsLimit,
    });
    return items.map((item) => orderItem.parse(item));
  };

  const ofEach = async (id: string, step: (one: Order) => Order | undefined): Promise<void> => {
    for (const one of await ofAnnouncement(id)) await change(one, step);
  };

  /** Tells nobody more: the announcement was withdrawn. What was told stays told. */
  const cancel = (id: string, now: Instant): Promise<void> =>
    ofEach(id, (one) =>
      one.state === 'cancelled' ? undefined : { ...one, state: 'cancelled', endedAt: one.endedAt ?? now },
    );

  /** Has whoever is not told yet told in the words of a correction. */
  const amend = (id: string, words: Pick<Announced, 'headline' | 'until'>): Promise<void> =>
    ofEach(id, (one) =>
      one.state === 'cancelled'
        ? undefined
        : { ...one, headline: words.headline, until: earlier(one.until, words.until) },
    );

  /** Open orders, emergencies first, then the oldest. */
  const open = async (limit: number, emergenciesOnly = false): Promise<readonly OrderKey[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :open)',
      values: { ':pk': list, ':open': emergenciesOnly ? openPrefix(true) : 'OPEN#' },
      ConsistentRead: true,
      Limit: limit,
    });
    return items.map((item) => readOpen(String(item['sk'])));
  };

  /** Orders of announcements, no warnings, that were published after `from`, up to `to`: the newest `limit`, newest first. */
  const between = async (from: Instant, to: Instant, limit: number): Promise<readonly Order[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      values: { ':pk': list, ':from': `AT#${from}$`, ':to': `AT#${to}$` },
      ScanIndexForward: false,
      Limit: limit,
    });
    const keys = items.map((item) => readOpen(`#${String(item['sk'])}`)).map(orderKey);
    const found = keys.length === 0 ? [] : await table.batchGet(keys);
    return found.map((item) => orderItem.parse(item)).sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1));
  };

  return { place, read, change, ofAnnouncement, cancel, amend, open, close, between };
};
