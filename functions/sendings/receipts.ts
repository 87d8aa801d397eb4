import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Key, Table } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import type { OrderKey } from './model.ts';

/**
 * `claimed`: being sent, until the lease ends · `waiting`: the channel did not take it · `sent` · `failed` ·
 * `uncertain`: a try ended without a word · `pruned`: no address was left that is open · `bounced`: taken, and sent back.
 */
export const sendingStates = [
  'claimed',
  'waiting',
  'sent',
  'failed',
  'uncertain',
  'pruned',
  'bounced',
] as const;
export type SendingState = (typeof sendingStates)[number];

const receipt = z.object({
  sk: z.string(),
  state: z.enum(sendingStates),
  claim: z.string(),
  leaseUntil: instant,
  /** Page of the order in which it was last in hand: it is counted there, and nowhere else. */
  turn: z.int(),
  tries: z.int(),
  slot: z.string(),
  at: instant,
  reason: z.optional(z.string()),
});
export type SendingReceipt = z.output<typeof receipt>;

/** One partition takes 1,000 writes a second; a sending writes two for each person. */
const shards = 8;
const shardOf = (person: string): number => (createHash('sha256').update(person).digest()[0] ?? 0) % shards;
const prefix = 'RCPT#';
export const sendingReceiptKey = ({ id, version }: OrderKey, person: string): Key => ({
  pk: `SENDING#${id}#${version}#${shardOf(person)}`,
  sk: `${prefix}${person}`,
});

/** Longer than a run of the job, shorter than its message stays hidden. */
export const leaseSeconds = 120;
/** A receipt keeps anybody from being told again; no order lives nearly so long. */
const keptSeconds = 180 * 86_400;

export type SendingClaim =
  | { readonly mine: true; readonly claim: string; readonly tries: number }
  | { readonly mine: false };

export interface Ended {
  readonly state: Exclude<SendingState, 'claimed'>;
  readonly reason?: string | undefined;
  readonly messageId?: string | undefined;
}

export type SendingReceipts = ReturnType<typeof sendingReceipts>;

/**
 * One receipt for each person and order, whatever subscriptions and channels they have. Whoever puts the claim may send,
 * and a claim whose holder is gone ends as `uncertain`: an announcement is not sent twice.
 */
export const sendingReceipts = (table: Pick<Table, 'get' | 'put' | 'update' | 'batchGet'>) => {
  /** Receipts of at most 100 people, by person. */
  const read = async (
    order: OrderKey,
    people: readonly string[],
  ): Promise<ReadonlyMap<string, SendingReceipt>> => {
    const keys = [...new Set(people)].map((person) => sendingReceiptKey(order, person));
    const items = keys.length === 0 ? [] : await table.batchGet(keys);
    return new Map(items.map((item) => receipt.parse(item)).map((one) => [one.sk.slice(prefix.length), one]));
  };

  /** Takes somebody in hand who never was, or whose channel did not take it: one conditional put. */
  const claim = async (
    order: OrderKey,
    person: string,
    at: { readonly turn: number; readonly slot: string; readonly tries: number; readonly now: Instant },
  ): Promise<SendingClaim> => {
    const { turn, slot, now } = at;
    const id = randomUUID();
    const tries = at.tries + 1;
    const { done } = await table.put(
      {
        ...sendingReceiptKey(order, person),
        ...{ v: 1, state: 'claimed', claim: id, turn, tries, slot, at: now },
        leaseUntil: fromSeconds(toSeconds(now) + leaseSeconds),
        expires: toSeconds(now) + keptSeconds,
      },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR #state = :waiting',
        ExpressionAttributeNames: { '#state': 'state' },
        values: { ':waiting': 'waiting' },
      },
    );
    return done ? { mine: true, claim: id, tries } : { mine: false };
  };

  /** Writes down how it ended, unless somebody declared it uncertain meanwhile. @param turn that counts it */
  const settle = async (
    order: OrderKey,
    person: string,
    claimId: string,
    { state, reason, messageId }: Ended,
    { turn, now }: { readonly turn: number; readonly now: Instant },
  ): Promise<void> => {
    const set = { state, reason, messageId, turn, at: now };
    const given = Object.entries(set).filter(([, value]) => value !== undefined);
    await table.update(sendingReceiptKey(order, person), {
      UpdateExpression: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: '#claim = :mine AND #state = :claimed',
      ExpressionAttributeNames: {
        ...{ '#claim': 'claim', '#state': 'state' },
        ...Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
      },
      values: {
        ...{ ':mine': claimId, ':claimed': 'claimed' },
        ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
      },
    });
  };

  /** When somebody was last in hand; undefined when they never were. */
  const sentAt = async (order: OrderKey, person: string): Promise<Instant | undefined> => {
    const item = await table.get(sendingReceiptKey(order, person));
    return item === undefined ? undefined : receipt.parse(item).at;
  };

  /** It came back: whatever the sender wrote down. */
  const bounced = async (order: OrderKey, person: string, why: string): Promise<void> => {
    await table.update(sendingReceiptKey(order, person), {
      UpdateExpression: 'SET #state = :bounced, reason = :why',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      values: { ':bounced': 'bounced', ':why': why },
    });
  };

  return { read, claim, settle, sentAt, bounced };
};
