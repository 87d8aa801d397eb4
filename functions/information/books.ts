import * as z from 'zod/mini';
import { pad } from '../cases/keys.ts';
import { problem } from '../kernel/errors.ts';
import { instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

/** The two books that the law asks for; each counts from 1 every year (Perki 1/2021). */
export const books = ['requests', 'objections'] as const;
export type Book = (typeof books)[number];

const counterItem = z.object({ n: z.int(), holder: z.string(), at: instant });
const entryItem = z.object({ n: z.int(), code: z.string(), at: instant });
const numberItem = z.object({ year: z.int(), n: z.int() });
/** A number of a book: `n` of a year. */
export type Numbered = z.output<typeof numberItem>;
export type BookEntry = z.output<typeof entryItem>;

const bookKey = (book: Book, year: number, sk: string) => ({ pk: `PPID#${book}#${year}`, sk });
const entryKey = (book: Book, year: number, n: number) => bookKey(book, year, `N#${pad(n)}`);
const numberKey = (book: Book, code: string) => ({ pk: `PPIDNO#${code}`, sk: book });

/** Somebody else takes a number at the same moment now and then; nobody loses this often. */
const attempts = 12;
/** Entries of one read: some 20 KB. */
export const entriesAtOnce = 200;

/** As people write it: `012/PPID/2026`, `003/KBR-PPID/2026` of objections. */
export const written = (book: Book, { year, n }: Numbered): string =>
  `${String(n).padStart(3, '0')}/${book === 'requests' ? 'PPID' : 'KBR-PPID'}/${year}`;

export type Books = ReturnType<typeof bookStore>;

/**
 * Numbers without a gap and without a transaction: the counter names who holds its newest number, so whoever comes next
 * first writes down what that one may not have come to write, and then takes the number after it
 * (docs/adr/0165-register-numbers.md). Nobody's request gets a second number, however often it is asked for.
 */
export const bookStore = (table: Table) => {
  const find = async (book: Book, code: string): Promise<Numbered | undefined> => {
    const item = await table.get(numberKey(book, code));
    return item === undefined ? undefined : numberItem.parse(item);
  };

  /** Each put once; repeating changes nothing. */
  const write = async (book: Book, year: number, { n, code, at }: BookEntry): Promise<void> => {
    const once = { ConditionExpression: 'attribute_not_exists(pk)' };
    await table.put({ ...entryKey(book, year, n), n, code, at }, once);
    await table.put({ ...numberKey(book, code), year, n }, once);
  };

  /**
   * The number of a case in a book, given to it now if it has none.
   * @param at when it is entered; `year` is the local year of that
   * @throws Problem busy
   */
  const enter = async (book: Book, year: number, code: string, at: Instant): Promise<Numbered> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // The counter before the number: whoever took one for this case in between is either its holder or written down.
      const item = await table.get(bookKey(book, year, 'COUNTER'));
      const counter = item === undefined ? undefined : counterItem.parse(item);
      if (counter !== undefined)
        await write(book, year, { n: counter.n, code: counter.holder, at: counter.at });
      const known = await find(book, code);
      if (known !== undefined) return known;
      const n = (counter?.n ?? 0) + 1;
      const taken = await table.put(
        { ...bookKey(book, year, 'COUNTER'), n, holder: code, at },
        counter === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#n = :seen',
              ExpressionAttributeNames: { '#n': 'n' },
              values: { ':seen': counter.n },
            },
      );
      if (!taken.done) continue;
      await write(book, year, { n, code, at });
      return { year, n };
    }
    throw problem('busy', { retryAfter: 1 });
  };

  /** Entries of a year after a number, in order; one page. */
  const entries = async (book: Book, year: number, after = 0): Promise<readonly BookEntry[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      values: {
        ':pk': bookKey(book, year, '').pk,
        ':from': entryKey(book, year, after + 1).sk,
        ':to': entryKey(book, year, 999_999).sk,
      },
      Limit: entriesAtOnce,
    });
    return items.map((item) => entryItem.parse(item));
  };

  return { find, enter, entries };
};
