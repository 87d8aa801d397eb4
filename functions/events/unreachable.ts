import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Item, Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

/** Message of the log line that the infrastructure's alarm counts (lib/app/alarms.ts); a test compares the two. */
export const unreachableMessage = 'unreachable unit';

/** `nobody`: no one in the unit or above it · `failed`: every address of its people was refused for good. */
const unreachableReasons = ['nobody', 'failed'] as const;

const unreachable = z.object({
  v: z.literal(1),
  sk: z.string(),
  unit: z.string(),
  code: z.string(),
  /** The newest event that could not be told. */
  seq: z.int(),
  reason: z.enum(unreachableReasons),
  /** Of a case that only some may know of; `about`: whom it concerns may be anybody, so no list shows it. */
  secret: z.optional(z.enum(['about', 'inspectors'])),
  since: instant,
  at: instant,
  expires: z.int(),
  reachedAt: z.optional(instant),
});
export type Unreachable = z.output<typeof unreachable>;

/** After this many days without a new event the case's own clocks have told everybody above. */
const keptSeconds = 60 * 86_400;

const key = (unit: string, code: string) => ({ pk: 'UNREACHABLE', sk: `${unit}#${code}` });

export type UnreachableStore = ReturnType<typeof unreachableStore>;

/** The list of cases whose unit could not be told; `reconcile` has them told again every night. */
export const unreachableStore = (table: Table) => {
  const add = async (
    what: Pick<Unreachable, 'unit' | 'code' | 'seq' | 'reason' | 'secret'>,
    now: Instant,
  ): Promise<void> => {
    const { secret } = what;
    await table.update(key(what.unit, what.code), {
      UpdateExpression:
        'SET v = :v, #unit = :unit, code = :code, #seq = :seq, reason = :reason, #at = :now, expires = :expires, ' +
        `since = if_not_exists(since, :now)${secret === undefined ? '' : ', secret = :secret'} ` +
        `REMOVE reachedAt${secret === undefined ? ', secret' : ''}`,
      // A late message about an older event does not hide the newer one.
      ConditionExpression: 'attribute_not_exists(#seq) OR #seq <= :seq',
      ExpressionAttributeNames: { '#unit': 'unit', '#seq': 'seq', '#at': 'at' },
      values: {
        ':v': 1,
        ':unit': what.unit,
        ':code': what.code,
        ':seq': what.seq,
        ':reason': what.reason,
        ...(secret === undefined ? {} : { ':secret': secret }),
        ':now': now,
        ':expires': toSeconds(now) + keptSeconds,
      },
    });
  };

  /** Somebody of the unit was told after all, of this event or a later one. */
  const reached = async (unit: string, code: string, seq: number, now: Instant): Promise<void> => {
    await table.update(key(unit, code), {
      UpdateExpression: 'SET reachedAt = :now, expires = :expires',
      ConditionExpression: 'attribute_exists(pk) AND #seq <= :seq',
      ExpressionAttributeNames: { '#seq': 'seq' },
      values: { ':now': now, ':expires': toSeconds(now) + 86_400, ':seq': seq },
    });
  };

  /** One page of what still waits. */
  const page = async (
    now: Instant,
    from?: Item,
  ): Promise<{ readonly waiting: readonly Unreachable[]; readonly last: Item | undefined }> => {
    const { items, last } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': key('', '').pk },
      Limit: 500,
      from,
    });
    const waiting = items
      .map((item) => unreachable.parse(item))
      // The table forgets expired items only when it finds the time.
      .filter((item) => item.reachedAt === undefined && item.expires > toSeconds(now));
    return { waiting, last };
  };

  return { add, reached, page };
};
