import * as z from 'zod/mini';
import { whenContended } from '../kernel/contention.ts';
import type { Table, TransactPart } from '../kernel/table.ts';
import { type Issued, issued } from './model.ts';

const keyOf = (number: string) => ({ pk: `PROD#${number}`, sk: 'PROD' });
const digestKey = (digest: string) => ({ pk: `DIGEST#${digest}`, sk: 'PROD' });
/** That a case has a document lies with the case; papers of ours are found by their number alone. */
const ofCaseKey = (code: string, number: string) => ({ pk: `C#${code}`, sk: `PROD#${number}` });
const pointer = z.object({ number: z.string() });

/** A case has no more documents than this, revoked ones counted. */
export const mostOfCase = 20;

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

const parse = (item: unknown): Issued => issued.parse(item);

/** What became of a document that was to be new. */
export type Created =
  | { readonly done: true }
  /** Another one has its number, perhaps by the same command. */
  | { readonly done: false; readonly holder: Issued; readonly sameFile?: undefined }
  /** A document with the very same bytes is known already, under this number. */
  | { readonly done: false; readonly holder?: undefined; readonly sameFile: string };

export type IssuedStore = ReturnType<typeof issuedStore>;

/** The only reader and writer of `PROD#` and `DIGEST#` items. */
export const issuedStore = (table: Table) => {
  const read = async (number: string): Promise<Issued | undefined> => {
    const item = await table.get(keyOf(number));
    return item === undefined ? undefined : parse(item);
  };

  const numberOf = async (digest: string): Promise<string | undefined> => {
    const item = await table.get(digestKey(digest));
    return item === undefined ? undefined : pointer.parse(item).number;
  };

  /** The document with exactly these bytes. */
  const byDigest = async (digest: string): Promise<Issued | undefined> => {
    const number = await numberOf(digest);
    return number === undefined ? undefined : read(number);
  };

  /** A document is found by its number and by its bytes, or not at all. */
  const partsOf = (record: Issued, ofCase: boolean): readonly TransactPart[] => [
    { put: { item: { ...keyOf(record.number), ...record }, ...isNew } },
    ...(record.digest === undefined
      ? []
      : [{ put: { item: { ...digestKey(record.digest), number: record.number }, ...isNew } }]),
    ...(ofCase
      ? [{ put: { item: { ...ofCaseKey(record.case, record.number), number: record.number } } }]
      : []),
  ];

  const whyNot = async (record: Issued): Promise<Created> => {
    const holder = await read(record.number);
    if (holder !== undefined) return { done: false, holder };
    const sameFile = record.digest === undefined ? undefined : await numberOf(record.digest);
    if (sameFile === undefined) throw new Error('a document was refused and nothing stands in its way');
    return { done: false, sameFile };
  };

  /** @param ofCase whether it is listed with its case */
  const create = async (record: Issued, ofCase: boolean): Promise<Created> => {
    const written = await whenContended(() => table.transact(partsOf(record, ofCase)));
    return written.done ? written : whyNot(record);
  };

  const unchanged = (record: Issued) => ({
    ConditionExpression: '#rev = :seen',
    ExpressionAttributeNames: { '#rev': 'rev' },
    values: { ':seen': record.rev - 1 },
  });

  /** Holds only when nobody wrote since `record.rev - 1` was read. @returns false otherwise */
  const change = async (record: Issued): Promise<boolean> =>
    (await table.put({ ...keyOf(record.number), ...record }, unchanged(record))).done;

  /**
   * A document is revoked and its successor issued in one write: at no moment are both good, or neither known.
   * @returns `stale` when the revoked one is no longer as it was read
   */
  const replace = async (revoked: Issued, successor: Issued): Promise<Created | 'stale'> => {
    const old = { put: { item: { ...keyOf(revoked.number), ...revoked }, ...unchanged(revoked) } };
    const written = await whenContended(() => table.transact([old, ...partsOf(successor, true)]));
    if (written.done) return written;
    return written.failed.includes(0) ? 'stale' : whyNot(successor);
  };

  /** Takes away what was never issued. @returns false when it was meanwhile */
  const drop = async (record: Issued): Promise<boolean> => {
    const written = await whenContended(() =>
      table.transact([
        {
          remove: {
            key: keyOf(record.number),
            ConditionExpression: '#state = :prepared',
            ExpressionAttributeNames: { '#state': 'state' },
            values: { ':prepared': 'prepared' },
          },
        },
        ...(record.digest === undefined ? [] : [{ remove: { key: digestKey(record.digest) } }]),
        { remove: { key: ofCaseKey(record.case, record.number) } },
      ]),
    );
    return written.done;
  };

  /** Documents of a case, in no order; at most `mostOfCase`. */
  const ofCase = async (code: string): Promise<readonly Issued[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :product)',
      values: { ':pk': `C#${code}`, ':product': 'PROD#' },
      Limit: mostOfCase,
      ConsistentRead: true,
    });
    const numbers = items.map((item) => pointer.parse(item).number);
    return numbers.length === 0 ? [] : (await table.batchGet(numbers.map(keyOf))).map(parse);
  };

  return { read, byDigest, numberOf, create, change, replace, drop, ofCase };
};
