import * as z from 'zod/mini';
import { caseKey } from '../cases/keys.ts';
import { whenContended } from '../kernel/contention.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table, TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import type { Lists } from './scopes.ts';

/** One case's postings, all of them: what exists is what is listed here, whatever happened between two calls. */
const terms = z.object({
  pk: z.string(),
  /** Version of the rules, and of the city's words, that made them. */
  v: z.int(),
  lexicon: z.string(),
  /** `seq` of the case that they were made from; behind it while a long change is under way. */
  seq: z.int(),
  /** Counts writes of this record; every write is conditional on the one that was read. */
  rev: z.int(),
  /** When the case was filed: by that its postings are sorted. */
  at: instant,
  /** Scope → terms, each list as one text: an item of words is half as large as one of lists. */
  lists: z.record(z.string(), z.string()),
});
export interface Terms {
  readonly v: number;
  readonly lexicon: string;
  readonly seq: number;
  readonly rev: number;
  readonly at: Instant;
  readonly lists: Lists;
}

export interface Posting {
  readonly scope: string;
  readonly term: string;
}

/** One case in the order of a list: `<filed at>#<code>`. */
export type Place = string;
export const codeAt = (place: Place): string => place.slice(place.indexOf('#') + 1);

/** A page of a list, newest first. */
export interface Listed {
  readonly places: readonly Place[];
  /** Postings that were read for it. */
  readonly read: number;
  /** Nothing further lies in the range. */
  readonly ended: boolean;
}

export interface Range {
  readonly from: Instant;
  /** Exclusive: an instant, or the place of the last case that was shown. */
  readonly before: string;
}

/** Parts of one transaction: the record itself is the hundredth. */
export const postingsAtOnce = 99;

export const termsKey = (code: string): Key => ({ pk: caseKey(code).pk, sk: 'TERMS' });

/** The first letters spread a scope over partitions, and let a word's beginning be looked up. */
const partition = (scope: string, term: string): string => `W#${scope}#${term.slice(0, 2)}`;
export const postingKey = ({ scope, term }: Posting, at: Instant, code: string): Key => ({
  pk: partition(scope, term),
  sk: `${term}#${at}#${code}`,
});

/** The greatest key below this one: a key condition knows no exclusive end. */
const justBefore = (key: string): string =>
  `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}\uffff`;

export const parseTerms = (item: Item): Terms => {
  const { v, lexicon, seq, rev, at, lists } = terms.parse(item);
  const split = Object.entries(lists).map(([scope, text]) => [scope, text.split(' ')] as const);
  return { v, lexicon, seq, rev, at, lists: Object.fromEntries(split) };
};

export const termsItem = (code: string, { lists, ...rest }: Terms): Item => ({
  ...termsKey(code),
  ...rest,
  lists: Object.fromEntries(
    Object.entries(lists).flatMap(([scope, list]) => (list.length === 0 ? [] : [[scope, list.join(' ')]])),
  ),
});

export type PostingStore = ReturnType<typeof postingStore>;

/** Postings and the record of each case's own: the only file that knows their keys and expressions. */
export const postingStore = (table: Table) => {
  const read = async (code: string): Promise<Terms | undefined> => {
    const item = await table.get(termsKey(code));
    return item === undefined ? undefined : parseTerms(item);
  };

  /** Terms of at most 100 cases; eventually consistent, since what is found is read again. */
  const readMany = async (codes: readonly string[]): Promise<ReadonlyMap<string, Lists>> => {
    const items = codes.length === 0 ? [] : await table.batchGet(codes.map(termsKey), false);
    return new Map(
      items.map((item) => [String(item['pk']).slice(caseKey('').pk.length), parseTerms(item).lists] as const),
    );
  };

  /**
   * Some postings and the record that lists them, together or not at all; at most `postingsAtOnce`.
   * @returns false when the record is no longer the one that was read
   */
  const write = async (
    code: string,
    next: Terms,
    changes: { readonly removed: readonly Key[]; readonly added: readonly Posting[] },
  ): Promise<boolean> => {
    const first = next.rev === 1;
    const condition = first
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#rev = :rev',
          ExpressionAttributeNames: { '#rev': 'rev' },
          values: { ':rev': next.rev - 1 },
        };
    const item = termsItem(code, next);
    const parts: TransactPart[] = [
      ...changes.removed.map((key) => ({ remove: { key } })),
      ...changes.added.map((posting) => ({ put: { item: { ...postingKey(posting, next.at, code) } } })),
    ];
    // Most events change no word: one plain write at half the units.
    if (parts.length === 0) return (await table.put(item, condition)).done;
    return (await whenContended(() => table.transact([{ put: { item, ...condition } }, ...parts]))).done;
  };

  /** One page of a term's list, newest first. */
  const list = async (scope: string, term: string, range: Range, limit: number): Promise<Listed> => {
    const { items, last } = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
      values: {
        ':pk': partition(scope, term),
        ':from': `${term}#${range.from}`,
        ':before': justBefore(`${term}#${range.before}`),
      },
      Limit: limit,
      ScanIndexForward: false,
    });
    const places = items.map((item) => String(item['sk']).slice(term.length + 1));
    return { places, read: items.length, ended: last === undefined };
  };

  /**
   * Everything under the terms that begin so, at most `limit` postings; newest first, each case once.
   * @param beginning at least two letters
   */
  const beginning = async (
    scope: string,
    beginning: string,
    range: Range,
    limit: number,
  ): Promise<Listed> => {
    const found = new Set<Place>();
    let read = 0;
    let from: Item | undefined;
    do {
      const page = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :term)',
        values: { ':pk': partition(scope, beginning), ':term': beginning },
        Limit: limit - read,
        from,
      });
      for (const { sk } of page.items) {
        const place = String(sk).slice(String(sk).indexOf('#') + 1);
        if (place >= range.from && place < range.before) found.add(place);
      }
      read += page.items.length;
      from = page.last;
    } while (from !== undefined && read < limit);
    return { places: [...found].sort().reverse(), read, ended: from === undefined };
  };

  const keysOf = (code: string, postings: readonly Posting[], at: Instant): readonly Key[] =>
    postings.map((posting) => postingKey(posting, at, code));

  return { read, readMany, write, list, beginning, keysOf };
};
