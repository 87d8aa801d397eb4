import * as z from 'zod/mini';
import { caseKey } from '../cases/keys.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table, TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * Somebody to whom a report of another matters too: one item each, so that a thousand of them never meet in a write.
 * Holds no contact: an account's is the account's, that of others an identity of their own (`supporterRef`).
 */
export const supporter = z.object({
  v: z.literal(1),
  /** Keyed hash: of the account, of the contact given, or of the command, always with the code. */
  id: z.string(),
  code: z.string(),
  /** Keyed hash of the account; absent for those without one. */
  citizen: z.optional(z.string()),
  joinedAt: instant,
  leftAt: z.optional(instant),
  /** Counts writes by the supporter, so that an older image never undoes a newer one. */
  rev: z.int(),
  /** What it adds to the case's number: 1, or 0 once it left. Written with the number, together. */
  counted: z._default(z.int(), 0),
});
export type Supporter = z.output<typeof supporter>;

/** Fewer than this are not told in public (`domain` §5). */
const fewest = 5;
export const toldInPublic = (supporters: number): number | null => (supporters < fewest ? null : supporters);

/** What one batch read takes. */
const readAtOnce = 100;

const prefix = 'SUP#';
export const isSupporterKey = (sk: string): boolean => sk.startsWith(prefix);
const keyOf = (code: string, id: string): Key => ({ pk: caseKey(code).pk, sk: `${prefix}${id}` });
const countKey = (code: string): Key => ({ pk: caseKey(code).pk, sk: 'SUPPORTERS' });
const accountIndex = (account: string): string => `J#${account}`;

const itemOf = (one: Supporter): Item => ({
  ...keyOf(one.code, one.id),
  ...one,
  ...(one.citizen === undefined || one.leftAt !== undefined
    ? {}
    : { gsi5pk: accountIndex(one.citizen), gsi5sk: `${one.joinedAt}#${one.code}` }),
});

const rememberedSeconds = 7 * 86_400;

export type SupporterStore = ReturnType<typeof supporterStore>;

/** Supporters of cases: the only file that knows their keys. */
export const supporterStore = (table: Table) => {
  const read = async (code: string, id: string): Promise<Supporter | undefined> => {
    const item = await table.get(keyOf(code, id));
    return item === undefined ? undefined : supporter.parse(item);
  };

  /** One put. @returns who stands there already, having joined before */
  const put = async (one: Supporter): Promise<Supporter | undefined> => {
    const written = await table.put(itemOf(one), { ConditionExpression: 'attribute_not_exists(pk)' });
    return written.done || written.old === undefined ? undefined : supporter.parse(written.old);
  };

  /**
   * Keeps for a week what a command of somebody without account said: a person's id there comes from it.
   * @returns what the same command said before, if anything
   */
  const remember = async (
    commandId: string,
    fingerprint: string,
    nowSeconds: number,
  ): Promise<string | undefined> => {
    const written = await table.put(
      { pk: `JOINCMD#${commandId}`, sk: 'CMD', v: 1, fingerprint, expires: nowSeconds + rememberedSeconds },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return written.done || written.old === undefined ? undefined : String(written.old['fingerprint']);
  };

  /** Joins again or leaves, if nobody changed it since `was` was read. What was counted stays until it is counted anew. */
  const change = async (was: Supporter, leftAt: Instant | undefined): Promise<boolean> => {
    const { leftAt: _, ...rest } = was;
    const next: Supporter = { ...rest, rev: was.rev + 1, ...(leftAt === undefined ? {} : { leftAt }) };
    const written = await table.put(itemOf(next), {
      ConditionExpression: '#rev = :rev AND counted = :counted',
      ExpressionAttributeNames: { '#rev': 'rev' },
      values: { ':rev': was.rev, ':counted': was.counted },
    });
    return written.done;
  };

  /** Codes that an account joined, newest first, after `after` (exclusive). */
  const ofAccount = async (account: string, after: string | undefined, limit: number) => {
    const { items } = await table.query({
      IndexName: 'gsi5',
      KeyConditionExpression: `gsi5pk = :pk${after === undefined ? '' : ' AND gsi5sk < :after'}`,
      values: { ':pk': accountIndex(account), ...(after === undefined ? {} : { ':after': after }) },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items.map((item) => {
      const sort = String(item['gsi5sk']);
      const [joinedAt = '', code = ''] = sort.split('#');
      return { sort, joinedAt, code };
    });
  };

  /** How many support each of these cases, as far as it was counted. */
  const counts = async (codes: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const items: Item[] = [];
    for (let from = 0; from < codes.length; from += readAtOnce)
      items.push(...(await table.batchGet(codes.slice(from, from + readAtOnce).map(countKey), false)));
    return new Map(items.map((item) => [String(item['pk']).slice(2), Number(item['n'])]));
  };

  /**
   * How many wait for each of these cases beside its reporter: its supporters, and of each report that it took in the
   * supporters and the reporter.
   */
  const totals = async (
    of: readonly { readonly code: string; readonly absorbed?: readonly string[] | undefined }[],
  ): Promise<ReadonlyMap<string, number>> => {
    const known = await counts([...new Set(of.flatMap(({ code, absorbed = [] }) => [code, ...absorbed]))]);
    return new Map(
      of.map(({ code, absorbed = [] }) => [
        code,
        [code, ...absorbed].reduce((n, one) => n + (known.get(one) ?? 0), absorbed.length),
      ]),
    );
  };

  /**
   * Brings a case's number up to one supporter's image, in one transaction with the mark on the supporter.
   * @returns false when the supporter changed since, or was counted so already: a newer image says what it adds
   */
  const count = async (one: Supporter): Promise<boolean> => {
    const wanted = one.leftAt === undefined ? 1 : 0;
    if (one.counted === wanted) return false;
    return (await table.transact(countParts(one, wanted))).done;
  };

  return { read, put, remember, change, ofAccount, counts, totals, count };
};

const countParts = (one: Supporter, wanted: number): readonly TransactPart[] => [
  {
    update: {
      key: keyOf(one.code, one.id),
      UpdateExpression: 'SET counted = :wanted',
      ConditionExpression: '#rev = :rev AND counted = :counted',
      ExpressionAttributeNames: { '#rev': 'rev' },
      values: { ':wanted': wanted, ':rev': one.rev, ':counted': one.counted },
    },
  },
  {
    update: {
      key: countKey(one.code),
      UpdateExpression: 'ADD n :more',
      values: { ':more': wanted - one.counted },
    },
  },
];
