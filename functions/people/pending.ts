import * as z from 'zod/mini';
import { quietHours } from '../events/quiet.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { type SealedGroup, sealedGroup } from './sealed.ts';

/** What somebody wants to hear of, as they say it. */
const wanted = z.object({
  areas: z.array(z.string()),
  topics: z.array(z.string()),
  channel: z.enum(['email', 'telegram', 'whatsapp', 'push', 'sms']),
  pace: z.enum(['instant', 'daily']),
});

/** A wish to hear of announcements at an address that nobody has confirmed: it is used for one letter alone. */
const pending = z.object({
  v: z.literal(1),
  /** Of the subscriber that it will be. */
  id: z.string(),
  /** The address, sealed as books seal it: it goes into one unopened. */
  reach: sealedGroup,
  wanted: z.array(wanted),
  hour: z.optional(z.int()),
  language: z.enum(['id', 'en']),
  quiet: z.optional(z.union([quietHours, z.literal('none')])),
  at: instant,
  confirmedAt: z.optional(instant),
  expires: z.int(),
});
export type Pending = Omit<z.output<typeof pending>, 'reach'> & { readonly reach: SealedGroup };

const keyOf = (ref: string): Key => ({ pk: `I#${ref}`, sk: 'PENDING' });

export type PendingStore = ReturnType<typeof pendingStore>;

/** Addresses that wait to be confirmed; the table forgets them by itself (TTL). */
export const pendingStore = (table: Pick<Table, 'batchGet' | 'update'>) => {
  /** At most 100. What has expired is left out, whether the table forgot it already or not. */
  const read = async (refs: readonly string[], now: Instant): Promise<ReadonlyMap<string, Pending>> => {
    const items = refs.length === 0 ? [] : await table.batchGet(refs.map(keyOf));
    return new Map(
      items
        .map((item: Item) => [String(item['pk']).slice(keyOf('').pk.length), pending.parse(item)] as const)
        .filter(([, { expires }]) => expires > toSeconds(now)),
    );
  };

  /** Takes the place of what waited at this address. */
  const put = async (ref: string, one: Pending): Promise<void> => {
    const { confirmedAt: _, ...values } = one;
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const absent = ['confirmedAt', 'hour', 'quiet'].filter((name) => !given.some(([key]) => key === name));
    await table.update(keyOf(ref), {
      UpdateExpression:
        `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')} ` +
        `REMOVE ${absent.map((name) => `#${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(
        [...given.map(([name]) => name), ...absent].map((name) => [`#${name}`, name]),
      ),
      values: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
    });
  };

  /** @returns false when it was confirmed before, or is gone */
  const confirm = async (ref: string, now: Instant): Promise<boolean> => {
    const { done } = await table.update(keyOf(ref), {
      UpdateExpression: 'SET confirmedAt = :now',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(confirmedAt)',
      values: { ':now': now },
    });
    return done;
  };

  return { read, put, confirm };
};
