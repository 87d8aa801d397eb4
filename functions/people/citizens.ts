import type { KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import { caseKey } from '../cases/keys.ts';
import {
  type Citizens,
  choicesOf,
  isOn,
  type Supporter,
  sourcesOf,
  type Wishes,
} from '../events/citizens.ts';
import type { ChannelName } from '../events/told.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Table } from '../kernel/table.ts';
import { toSeconds } from '../kernel/time.ts';
import { pinToken, seal } from '../kernel/token.ts';
import { addressReader, entriesOf, type Refs } from './addresses.ts';
import { accountRef, type BookStore, type Entry, supporterRef } from './book.ts';
import { identityRef } from './identity.ts';

/** Somebody who joined a case: item `SUP#<id>` of the case, written by the feature that lets people join. */
const supporterItem = z.object({
  v: z.literal(1),
  id: z.string(),
  /** Keyed hash of their account; absent for who joined without one. */
  citizen: z.optional(z.string()),
  /** They left again. */
  leftAt: z.optional(z.string()),
});
export const supporterKey = (code: string, id: string) => ({ pk: caseKey(code).pk, sk: `SUP#${id}` });

/** Supporters told by one message; the next page is another message. */
const pageSize = 25;

/** Every stop link begins so, below the city's public address. */
export const stopPath = '/v1/notices/stop';

export interface CitizenDeps {
  readonly cases: Pick<Table, 'get' | 'query'>;
  readonly books: BookStore;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keys: () => Promise<Keys>;
  /** Those that this deployment has. */
  readonly channels: ReadonlySet<ChannelName>;
}

/** Reaches the citizens of a case. Addresses stay sealed until one is sent to. */
export const citizenReader = ({ cases, books, kms, keys, channels }: CitizenDeps): Citizens => {
  const refsOf = async (own: (secret: Keys) => string, citizen: string | undefined): Promise<Refs> => {
    const secret = await keys();
    return { own: own(secret), account: citizen === undefined ? undefined : accountRef(secret, citizen) };
  };

  const addressOf = addressReader(kms);

  const wishesOf = (refs: Refs, entries: ReadonlyMap<string, Entry>): Wishes => {
    const { own, account } = entriesOf(refs, entries);
    const filed = new Set(Object.keys(own.filed?.fields ?? {}));
    const addresses = sourcesOf(own.book, account.book, filed)
      .filter(({ channel, gone }) => gone === undefined && channels.has(channel))
      .filter(({ channel }) => isOn(channel, own.book, account.book))
      .flatMap((source) => addressOf(refs, { own, account }, source) ?? []);
    return { ref: refs.own, ...choicesOf(own.book, account.book), addresses };
  };

  const supporterOf = async (code: string, items: readonly unknown[]): Promise<readonly Supporter[]> => {
    const present = items.map((item) => supporterItem.parse(item)).filter((s) => s.leftAt === undefined);
    const people = await Promise.all(
      present.map(async ({ id, citizen }) => ({
        id,
        refs: await refsOf((secret) => supporterRef(secret, code, id), citizen),
      })),
    );
    if (people.length === 0) return [];
    const entries = await books.read(people.flatMap(({ refs }) => [refs.own, refs.account ?? refs.own]));
    return people.map(({ id, refs }) => ({ id, wishes: wishesOf(refs, entries) }));
  };

  return {
    reporter: async ({ code, reporter }) => {
      const refs = await refsOf((secret) => identityRef(secret, code), reporter);
      return wishesOf(refs, await books.read([refs.own, refs.account ?? refs.own]));
    },

    supporters: async (code, after) => {
      const { pk, sk } = supporterKey(code, '');
      const { items, last } = await cases.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :after AND :end',
        values: {
          ':pk': pk,
          ':after': `${sk}${after === undefined ? '' : `${after}\u0000`}`,
          ':end': `${sk}\uffff`,
        },
        Limit: pageSize,
      });
      const next = last === undefined ? undefined : String(last['sk']).slice(sk.length);
      return { people: await supporterOf(code, items), next };
    },

    supporter: async (code, id) => {
      const item = await cases.get(supporterKey(code, id));
      return item === undefined ? undefined : (await supporterOf(code, [item]))[0];
    },

    gone: books.close,

    stopPath: async (ref) => `${stopPath}?t=${seal(await keys(), 'stop', ref)}`,

    pinFragment: async ({ code, pin }, { at }) =>
      `#pin=${pinToken(await keys(), code, pin.version, toSeconds(at))}`,
  };
};
