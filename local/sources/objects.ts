import type { MovedClock } from '../moved.ts';
import type { Queues } from '../services/queues.ts';
import type { Loadout } from '../template/load.ts';
import { openBus } from './bus.ts';

/**
 * Tells the event bus of what is put into buckets. An object that came while nobody ran, or in the moment of a
 * `kill -9`, is told at the next start, as a service that tells at least once may.
 */
export const startObjects = async (loadout: Loadout, queues: Queues, clock: MovedClock): Promise<void> => {
  const telling = loadout
    .of('AWS::S3::Bucket')
    .filter(
      ({ props }) => props.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled === true,
    )
    .map(({ ref }) => ref);
  const bus = openBus(loadout, queues, clock);
  if (bus.idle) return;
  const tell = (bucket: string, key: string): void => {
    if (!telling.includes(bucket)) return;
    const detail = { version: '0', bucket: { name: bucket }, object: { key }, reason: 'PostObject' };
    bus.put('aws.s3', 'Object Created', detail, [`arn:aws:s3:::${bucket}`]);
  };
  for (const bucket of telling) for (const key of await queues.objects(bucket)) tell(bucket, key);
  queues.onObject(tell);
};
