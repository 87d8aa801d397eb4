import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { caseKey, pad } from '../cases/keys.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

/**
 * `claimed`: being sent, until the lease ends · `waiting`: not taken by the channel, or held back until `notBefore` ·
 * `sent` · `failed`: the channel will never take it · `superseded`: a newer notice reached this person before, or
 * waits for them · `bounced`: taken, and sent back by whoever keeps the mailbox or number.
 */
export const receiptStates = ['claimed', 'waiting', 'sent', 'failed', 'superseded', 'bounced'] as const;

/** One notice to one person by one channel. It names people by their pseudonym and holds no address. */
export const receipt = z.object({
  v: z.literal(1),
  sk: z.string(),
  seq: z.int(),
  recipient: z.string(),
  channel: z.string(),
  /** As what they were told: `unit`, `assignee` … */
  via: z.string(),
  unit: z.string(),
  event: z.string(),
  state: z.enum(receiptStates),
  /** Who holds it; changes with every try. */
  claim: z.string(),
  leaseUntil: instant,
  tries: z.int(),
  /** An earlier try ended without a word: this one may have arrived twice. */
  uncertain: z.boolean(),
  at: instant,
  reason: z.optional(z.string()),
  /** The channel's own id of the message. */
  messageId: z.optional(z.string()),
  /** While it waits: nobody sends it before. */
  notBefore: z.optional(instant),
  /** When the channel said that it arrived; what that proves is in delivered.ts. */
  deliveredAt: z.optional(instant),
  /** Staff who handed it over in person; `channel` is then `handover`. */
  by: z.optional(z.string()),
});
export type Receipt = z.output<typeof receipt>;

export type ReceiptFacts = Pick<Receipt, 'seq' | 'recipient' | 'channel' | 'via' | 'unit' | 'event'> & {
  /** Epoch seconds after which the receipt goes; those of cases stay as long as the case. */
  readonly expires?: number;
};

const prefix = 'RCPT#';
export const receiptKey = (code: string, recipient: string, channel: string, seq: number): Key => ({
  pk: caseKey(code).pk,
  sk: `${prefix}${recipient}#${channel}#${pad(seq)}`,
});
export const digestKey = (date: string, recipient: string, channel: string): Key => ({
  pk: `DIGEST#${date}`,
  sk: `${prefix}${recipient}#${channel}`,
});

/**
 * Longer than any job that holds one may run (60 s), shorter than a message stays hidden (6 × 60 s): what a killed
 * run left behind is free when the message comes again.
 */
export const leaseSeconds = 120;

export type Claim =
  | { readonly mine: true; readonly claim: string; readonly uncertain: boolean; readonly tries: number }
  /** `held`: it waits for a moment that has not come. */
  | { readonly mine: false; readonly state: Receipt['state'] | 'held' };

export interface Settled {
  readonly state: 'sent' | 'failed' | 'waiting' | 'superseded';
  readonly uncertain: boolean;
  readonly reason?: string | undefined;
  readonly messageId?: string | undefined;
  readonly notBefore?: Instant | undefined;
  readonly deliveredAt?: Instant | undefined;
}

/** What came back about a notice that a channel had taken. */
export type Feedback = { readonly arrived: Instant } | { readonly bounced: string };

export type ReceiptStore = ReturnType<typeof receiptStore>;

/** Claims and receipts. Whoever puts the claim may send; everybody else finds it there. */
export const receiptStore = (table: Table) => {
  /**
   * Takes a notice in hand: a new one, one that waits to be tried again, or one whose holder's lease ended without
   * a word, which is then `uncertain`.
   */
  const claim = async (key: Key, facts: ReceiptFacts, now: Instant): Promise<Claim> => {
    const id = randomUUID();
    const item = (tries: number, uncertain: boolean): Item => ({
      ...key,
      v: 1,
      ...facts,
      state: 'claimed',
      claim: id,
      leaseUntil: fromSeconds(toSeconds(now) + leaseSeconds),
      tries,
      uncertain,
      at: now,
    });
    const first = await table.put(item(1, false), { ConditionExpression: 'attribute_not_exists(pk)' });
    if (first.done) return { mine: true, claim: id, uncertain: false, tries: 1 };
    if (first.old === undefined) throw new Error('a refused claim without the receipt that refused it');
    const old = receipt.parse(first.old);
    if (old.state === 'waiting' && old.notBefore !== undefined && old.notBefore > now)
      return { mine: false, state: 'held' };
    const free = old.state === 'waiting' || (old.state === 'claimed' && old.leaseUntil < now);
    if (!free) return { mine: false, state: old.state };
    const uncertain = old.uncertain || old.state === 'claimed';
    const again = await table.put(item(old.tries + 1, uncertain), {
      ConditionExpression: '#claim = :old',
      ExpressionAttributeNames: { '#claim': 'claim' },
      values: { ':old': old.claim },
    });
    return again.done
      ? { mine: true, claim: id, uncertain, tries: old.tries + 1 }
      : { mine: false, state: 'claimed' };
  };

  /** Puts a notice down as waiting, untried; one that somebody already has in hand, or that has ended, stays. */
  const hold = async (key: Key, facts: ReceiptFacts, notBefore: Instant, now: Instant): Promise<void> => {
    const item: Item = {
      ...{ ...key, v: 1, ...facts, state: 'waiting', claim: randomUUID(), leaseUntil: now },
      ...{ tries: 0, uncertain: false, at: now, notBefore, reason: 'quietHours' },
    };
    await table.put(item, { ConditionExpression: 'attribute_not_exists(pk)' });
  };

  /** Writes down a hand-over that staff recorded; the first record of an event stands. */
  const handedOver = async (code: string, facts: ReceiptFacts, by: string, now: Instant): Promise<void> => {
    const item: Item = {
      ...{ ...receiptKey(code, facts.recipient, facts.channel, facts.seq), v: 1, ...facts, state: 'sent' },
      ...{ claim: randomUUID(), leaseUntil: now, tries: 1, uncertain: false, at: now, deliveredAt: now, by },
    };
    await table.put(item, { ConditionExpression: 'attribute_not_exists(pk)' });
  };

  /**
   * Writes down what came back, whichever came first, this or the sender's own settling. A bounce ends a receipt for
   * good, and an arrival keeps its first moment.
   */
  const heard = async (key: Key, what: Feedback): Promise<void> => {
    if ('arrived' in what)
      await table.update(key, {
        UpdateExpression: 'SET deliveredAt = :at',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deliveredAt)',
        values: { ':at': what.arrived },
      });
    else
      await table.update(key, {
        UpdateExpression: 'SET #state = :bounced, reason = :why',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#state': 'state' },
        values: { ':bounced': 'bounced', ':why': what.bounced },
      });
  };

  /** When a notice was last in somebody's hands; undefined when there is no such receipt. */
  const sentAt = async (key: Key): Promise<Instant | undefined> => {
    const item = await table.get(key);
    return item === undefined ? undefined : receipt.parse(item).at;
  };

  /** Writes down how it ended, unless somebody else has taken it over meanwhile. */
  const settle = async (key: Key, claimId: string, how: Settled, now: Instant): Promise<void> => {
    const { state, uncertain, ...more } = how;
    const set = Object.entries({ ...more, state, uncertain, at: now }).filter(
      ([, value]) => value !== undefined,
    );
    await table.update(key, {
      UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: '#claim = :mine AND #state = :claimed',
      ExpressionAttributeNames: {
        '#claim': 'claim',
        ...Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
      },
      values: {
        ':mine': claimId,
        ':claimed': 'claimed',
        ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      },
    });
  };

  /**
   * Whether a newer notice of this case reached this person by this channel, or is to: one that is in hand right now ends as
   * sent, or fails where this one would. The newest few tell.
   */
  const newerSent = async (code: string, facts: ReceiptFacts): Promise<boolean> => {
    const key = (seq: number) => receiptKey(code, facts.recipient, facts.channel, seq);
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      values: { ':pk': key(0).pk, ':from': key(facts.seq + 1).sk, ':to': key(999_999).sk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: 10,
    });
    return page.items
      .map((item) => receipt.parse(item))
      .some(
        ({ state, notBefore }) =>
          state === 'sent' || state === 'claimed' || (state === 'waiting' && notBefore !== undefined),
      );
  };

  /** One page of a case's receipts, in key order after `after` (exclusive). */
  const list = async (
    code: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly Receipt[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :after AND :end',
      values: {
        ':pk': caseKey(code).pk,
        ':after': after === undefined ? prefix : `${after}\u0000`,
        ':end': `${prefix}\uffff`,
      },
      Limit: limit,
    });
    return page.items.map((item) => receipt.parse(item));
  };

  return { claim, settle, hold, handedOver, heard, sentAt, newerSent, list };
};
