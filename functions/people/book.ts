import * as z from 'zod/mini';
import type { BookFacts } from '../events/citizens.ts';
import { quietHours } from '../events/quiet.ts';
import { type ChannelName, channelNames } from '../events/told.ts';
import { keyedHash } from '../kernel/code.ts';
import type { Language } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { identityKey, identityRecord } from './identity.ts';
import { type SealedGroup, sealedGroup } from './sealed.ts';

/** Book of an account: its choices hold for every case filed with it. */
export const accountRef = (keys: Keys, citizenId: string): string =>
  keyedHash(keys.first('contact'), 'account', citizenId);
/** Book of somebody who joined a case; `id` is that of the item `SUP#<id>`. */
export const supporterRef = (keys: Keys, code: string, id: string): string =>
  keyedHash(keys.first('contact'), 'supporter', code, id);
/** Book of somebody who subscribed to announcements; `id` is that of the subscriber (functions/sendings). */
export const subscriberRef = (keys: Keys, id: string): string =>
  keyedHash(keys.first('contact'), 'subscriber', id);

const bookKey = (ref: string): Key => ({ pk: `I#${ref}`, sk: 'NOTICES' });

/** The most devices that a book holds; an old one goes first. */
export const devicesLimit = 5;

const facts = z.looseObject({
  v: z.literal(1),
  language: z.optional(z.enum(['id', 'en'])),
  quiet: z.optional(z.union([quietHours, z.literal('none')])),
  stoppedAt: z.optional(instant),
});
const reach = z.object({ ...sealedGroup.shape, at: instant });
const gone = z.object({ at: instant, why: z.string() });

export interface Book extends BookFacts {
  readonly reach: ReadonlyMap<string, z.output<typeof reach>>;
}

/** What one citizen wrote down, and what came with the report. */
export interface Entry {
  readonly book: Book;
  /** Contact of the report, sealed; its fields' names are readable. */
  readonly filed: SealedGroup | undefined;
}

const noBook: Book = { on: new Map(), slots: new Set(), gone: new Map(), reach: new Map() };
export const noEntry: Entry = { book: noBook, filed: undefined };

const isChannel = (name: string): name is ChannelName => (channelNames as readonly string[]).includes(name);

/** Choices lie side by side as attributes (`on:email`, `reach:push.ab`, `gone:sms`), so that each changes alone. */
const bookOf = (item: Item): Book => {
  const { language, quiet, stoppedAt } = facts.parse(item);
  const on = new Map<ChannelName, boolean>();
  const reaches = new Map<string, z.output<typeof reach>>();
  const closed = new Map<string, z.output<typeof gone>>();
  for (const [attribute, value] of Object.entries(item)) {
    const [part, name] = attribute.split(':', 2);
    if (name === undefined) continue;
    if (part === 'on' && isChannel(name)) on.set(name, value === true);
    if (part === 'reach') reaches.set(name, reach.parse(value));
    if (part === 'gone') closed.set(name, gone.parse(value));
  }
  return { language, quiet, stoppedAt, on, reach: reaches, slots: new Set(reaches.keys()), gone: closed };
};

export interface BookChange {
  readonly language?: Language | undefined;
  readonly quiet?: z.output<typeof quietHours> | 'none' | undefined;
  readonly stopped?: boolean | undefined;
  readonly on?: Readonly<Partial<Record<ChannelName, boolean>>>;
  /** New addresses by slot, sealed under `notices`; one takes the place of what was there, closed or not. */
  readonly reach?: Readonly<Record<string, SealedGroup>>;
  readonly remove?: readonly string[];
}

export type BookStore = ReturnType<typeof bookStore>;

/** Who wants to be told how. The only file that knows how it lies in the table `identities`. */
export const bookStore = (table: Pick<Table, 'batchGet' | 'update'>) => {
  /** Books and reports' contacts of at most 50 references, in one read. */
  const read = async (refs: readonly string[]): Promise<ReadonlyMap<string, Entry>> => {
    const unique = [...new Set(refs)];
    const items = await table.batchGet(unique.flatMap((ref) => [bookKey(ref), identityKey(ref)]));
    const entries = new Map<string, Entry>(unique.map((ref) => [ref, noEntry]));
    for (const item of items) {
      const ref = String(item['pk']).slice(bookKey('').pk.length);
      const entry = entries.get(ref) ?? noEntry;
      entries.set(
        ref,
        item['sk'] === bookKey(ref).sk
          ? { ...entry, book: bookOf(item) }
          : { ...entry, filed: identityRecord.parse(item).contact },
      );
    }
    return entries;
  };

  /** Changes what is named and leaves everything else; one write, whoever writes beside it. */
  const change = async (ref: string, what: BookChange, now: Instant): Promise<void> => {
    const set = new Map<string, unknown>([['v', 1]]);
    const drop = new Set<string>();
    if (what.language !== undefined) set.set('language', what.language);
    if (what.quiet !== undefined) set.set('quiet', what.quiet);
    if (what.stopped === true) set.set('stoppedAt', now);
    if (what.stopped === false) drop.add('stoppedAt');
    for (const [channel, wanted] of Object.entries(what.on ?? {})) set.set(`on:${channel}`, wanted);
    for (const [slot, group] of Object.entries(what.reach ?? {})) {
      set.set(`reach:${slot}`, { ...group, at: now });
      drop.add(`gone:${slot}`);
    }
    for (const slot of what.remove ?? []) {
      drop.add(`reach:${slot}`);
      drop.add(`gone:${slot}`);
    }
    const names = [...set.keys(), ...drop];
    const nameOf = (name: string): string => `#n${names.indexOf(name)}`;
    await table.update(bookKey(ref), {
      UpdateExpression:
        `SET ${[...set.keys()].map((name) => `${nameOf(name)} = :v${names.indexOf(name)}`).join(', ')}` +
        (drop.size === 0 ? '' : ` REMOVE ${[...drop].map(nameOf).join(', ')}`),
      ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
      values: Object.fromEntries([...set].map(([name, value]) => [`:v${names.indexOf(name)}`, value])),
    });
  };

  /** Marks an address as closed, unless another one took its place after the notice was sent. */
  const close = async (ref: string, slot: string, why: string, sentAt: Instant): Promise<void> => {
    await table.update(bookKey(ref), {
      UpdateExpression: 'SET v = :v, #gone = :mark',
      ConditionExpression: 'attribute_not_exists(#reach) OR #reach.#at <= :sent',
      ExpressionAttributeNames: { '#gone': `gone:${slot}`, '#reach': `reach:${slot}`, '#at': 'at' },
      values: { ':v': 1, ':mark': { at: sentAt, why: why.slice(0, 40) }, ':sent': sentAt },
    });
  };

  return { read, change, close };
};
