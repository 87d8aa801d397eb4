import { whenContended } from '../kernel/contention.ts';
import type { Table, TransactPart } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import {
  type Absence,
  absenceKey,
  type Delegation,
  delegation,
  delegationKey,
  delegationReader,
  standing,
  standingKey,
} from '../people/delegations.ts';

const unseen = { ConditionExpression: 'attribute_not_exists(pk)' } as const;
const atRev = (rev: number) =>
  rev === 0
    ? unseen
    : {
        ConditionExpression: '#rev = :seen',
        ExpressionAttributeNames: { '#rev': 'rev' },
        values: { ':seen': rev },
      };

const standingItem = (one: Delegation) => ({
  ...standingKey(one),
  ...standing.parse(one),
  expires: toSeconds(one.untilAt),
});

export type DelegationStore = ReturnType<typeof delegationStore>;

/** The only writer of delegations. */
export const delegationStore = (table: Table) => {
  const { absenceOf } = delegationReader(table);

  const read = async (absent: string, id: string): Promise<Delegation | undefined> => {
    const item = await table.get(delegationKey(absent, id));
    return item === undefined ? undefined : delegation.parse(item);
  };

  /** Newest first, below `before`. */
  const list = async (absent: string, before: string | undefined, limit: number) => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      values: {
        ':pk': delegationKey(absent, '').pk,
        ':first': delegationKey(absent, '').sk,
        ':last': before === undefined ? delegationKey(absent, '~').sk : delegationKey(absent, before).sk,
      },
      ScanIndexForward: false,
      // One to know of more, one for `before` itself.
      Limit: limit + 2,
    });
    const found = page.items.map((item) => delegation.parse(item)).filter(({ id }) => id !== before);
    return { found: found.slice(0, limit), more: found.length > limit };
  };

  const transact = async (parts: readonly TransactPart[]): Promise<boolean> =>
    (await whenContended(() => table.transact(parts))).done;

  /**
   * Both sides and the record together. Holds only while neither person's absences changed since they were read: two
   * delegations that would close a circle cannot both be made.
   */
  const make = (one: Delegation, before: Absence, after: Absence, ofDelegate: Absence): Promise<boolean> =>
    transact([
      { put: { item: { ...absenceKey(one.absent), ...after }, ...atRev(before.rev) } },
      { check: { key: absenceKey(one.delegate), ...atRev(ofDelegate.rev) } },
      { put: { item: { ...delegationKey(one.absent, one.id), ...one }, ...unseen } },
      { put: { item: standingItem(one) } },
    ]);

  /** The delegate's side ends at that moment and goes by TTL, as it does by its date. */
  const revoke = (one: Delegation, before: Absence, after: Absence, at: Instant): Promise<boolean> =>
    transact([
      { put: { item: { ...absenceKey(one.absent), ...after }, ...atRev(before.rev) } },
      { put: { item: { ...delegationKey(one.absent, one.id), ...one } } },
      { put: { item: standingItem({ ...one, untilAt: at }) } },
    ]);

  return { absenceOf, read, list, make, revoke };
};
