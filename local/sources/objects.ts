import { randomUUID } from 'node:crypto';
import type { MovedClock } from '../moved.ts';
import type { Queues } from '../services/queues.ts';
import { account, region } from '../template/kind.ts';
import type { Loadout } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import { type Json, matches, unknownIn } from './pattern.ts';

/** What a bucket tells EventBridge of a new object. */
const created = (bucket: string, key: string, millis: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account,
  time: `${new Date(millis).toISOString().slice(0, 19)}Z`,
  region,
  resources: [`arn:aws:s3:::${bucket}`],
  detail: { version: '0', bucket: { name: bucket }, object: { key }, reason: 'PostObject' },
});

/**
 * Passes what buckets tell to the queues of the rules that match. An object that came while nobody ran, or in the moment
 * of a `kill -9`, is told at the next start, as a service that tells at least once may.
 */
export const startObjects = async (loadout: Loadout, queues: Queues, clock: MovedClock): Promise<void> => {
  const telling = loadout
    .of('AWS::S3::Bucket')
    .filter(
      ({ props }) => props.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled === true,
    )
    .map(({ ref }) => ref);
  const rules = loadout.of('AWS::Events::Rule').flatMap(({ props, stack, logicalId }) => {
    const unknown = unknownIn(props.EventPattern);
    if (unknown !== undefined)
      throw new CannotStart(`${stack.name}/${logicalId}: event pattern: ${unknown} is not known here`);
    return props.State === 'ENABLED'
      ? [
          {
            pattern: props.EventPattern as Json,
            queues: props.Targets.map(({ Arn }) => Arn.split(':').at(-1) ?? ''),
          },
        ]
      : [];
  });
  if (rules.length === 0) return;
  const tell = (bucket: string, key: string): void => {
    if (!telling.includes(bucket)) return;
    const event = created(bucket, key, clock.now());
    for (const rule of rules)
      if (matches(rule.pattern, event))
        for (const queue of rule.queues) queues.send(queue, JSON.stringify(event));
  };
  for (const bucket of telling) for (const key of await queues.objects(bucket)) tell(bucket, key);
  queues.onObject(tell);
};
