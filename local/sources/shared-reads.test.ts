import { expect, it } from 'vitest';
import { createSharedReads, type StreamRecord } from './stream-reader.ts';

const record = { eventID: '1' } as unknown as StreamRecord;

it('two consumers at the same place of a stream read it once', async () => {
  const shared = createSharedReads();
  let reads = 0;
  const read = async () => {
    reads += 1;
    return { Records: [record] };
  };
  const [first, second] = await Promise.all([shared('a 1', read), shared('a 1', read)]);
  expect(second).toBe(first);
  expect(reads).toBe(1);
  await shared('a 2', read);
  expect(reads).toBe(2);
});

it('that there was nothing is no answer for another consumer', async () => {
  const shared = createSharedReads();
  const empty = shared('a 1', async () => ({ Records: [] }));
  const other = await shared('a 1', async () => ({ Records: [record] }));
  expect((await empty).Records).toEqual([]);
  expect(other.Records).toEqual([record]);
});

it('a read that failed is no answer either', async () => {
  const shared = createSharedReads();
  await expect(shared('a 1', () => Promise.reject(new Error('expired')))).rejects.toThrow('expired');
  expect((await shared('a 1', async () => ({ Records: [record] }))).Records).toEqual([record]);
});
