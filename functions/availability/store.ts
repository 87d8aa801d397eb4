import type { Key, Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { type Availability, availability } from './record.ts';

/** One item an app, history included. */
const key = (id: string): Key => ({ pk: `APP#${id}`, sk: 'AVAILABILITY' });

export type AvailabilityStore = ReturnType<typeof availabilityStore>;

export const availabilityStore = (table: Table) => {
  /** What is known of these apps, by id; one that was never looked at is absent. */
  const readMany = async (ids: readonly string[]): Promise<ReadonlyMap<string, Availability>> => {
    const items = await table.batchGet(ids.map(key));
    return new Map(
      items.map((item) => {
        const record = availability.parse(item);
        return [record.id, record] as const;
      }),
    );
  };

  const read = async (id: string): Promise<Availability | undefined> => (await readMany([id])).get(id);

  /** @returns false when another run was faster, whose look counts */
  const save = async (record: Availability): Promise<boolean> => {
    const written = await table.put(
      { ...key(record.id), ...record },
      record.rev === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'rev = :before', values: { ':before': record.rev - 1 } },
    );
    return written.done;
  };

  /** Notes that the owner was told of the outage that this record saw; one that ended meanwhile needs no note. */
  const told = async ({ id, since }: Pick<Availability, 'id' | 'since'>, now: Instant): Promise<void> => {
    await table.update(key(id), {
      UpdateExpression: 'SET toldAt = :now ADD rev :one',
      ConditionExpression: 'since = :since AND attribute_not_exists(toldAt)',
      values: { ':now': now, ':since': since, ':one': 1 },
    });
  };

  return { readMany, read, save, told };
};
