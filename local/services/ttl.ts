import type { MovedClock } from '../moved.ts';
import type { Source } from '../sources/source.ts';
import type { Loaded } from '../template/load.ts';
import type { Call } from './engine.ts';

type Item = Readonly<Record<string, unknown>>;
type Table = Loaded<'AWS::DynamoDB::Table'>;

interface Page {
  readonly Items: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

/** Items looked at in one go: a large table is gone through bit by bit, as DynamoDB does within 48 hours. */
const pageSize = 1_000;
const every = 10_000;

/**
 * Deletes expired items by the moved clock, which the engine does not do itself. Every look takes one page of each
 * table on from where the last one ended.
 */
export const startExpiry = (
  call: Call,
  tables: readonly Table[],
  clock: MovedClock,
  log: (line: string) => void,
): Source => {
  const timed = tables.flatMap((table) => {
    const attribute = table.props.TimeToLiveSpecification;
    return attribute?.Enabled === true && attribute.AttributeName !== undefined
      ? [{ table, attribute: attribute.AttributeName, from: undefined as Item | undefined }]
      : [];
  });
  let stopping = false;
  let deleted = 0;

  const look = async (at: (typeof timed)[number]): Promise<void> => {
    const keys = at.table.props.KeySchema.map((k) => k.AttributeName);
    const names = Object.fromEntries([...keys, at.attribute].map((name, i) => [`#n${i}`, name]));
    const page = (await call('Scan', {
      TableName: at.table.name,
      Limit: pageSize,
      ProjectionExpression: Object.keys(names).join(','),
      FilterExpression: `#n${keys.length} < :now`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(clock.now() / 1000)) } },
      ...(at.from === undefined ? {} : { ExclusiveStartKey: at.from }),
    })) as unknown as Page;
    at.from = page.LastEvaluatedKey;
    for (const item of page.Items) {
      if (stopping) return;
      await call('DeleteItem', {
        TableName: at.table.name,
        Key: Object.fromEntries(keys.map((k) => [k, item[k]])),
        // It may have been given more time since it was read.
        ConditionExpression: '#t = :was',
        ExpressionAttributeNames: { '#t': at.attribute },
        ExpressionAttributeValues: { ':was': item[at.attribute] },
      }).then(
        () => deleted++,
        () => {},
      );
    }
  };

  let looking: Promise<void> | undefined;
  const lookAtAll = (): void => {
    looking ??= Promise.all(timed.map(look))
      .then(() => {})
      .catch((error: unknown) => {
        if (!stopping) log(`expiry: ${String(error)}`);
      })
      .finally(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(lookAtAll, every);
  clock.onMove(() => {
    for (const at of timed) at.from = undefined;
    lookAtAll();
  });

  return {
    name: 'expiry',
    status: async () => ({ kind: 'expiry', tables: timed.map((t) => t.table.name), deleted }),
    pending: async () => (looking === undefined ? undefined : 'expired items are being deleted'),
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await looking;
    },
  };
};
