import { type TestTables, testTables } from '../../../../test/engine.ts';
import { tapped } from '../../../../test/interleave.ts';
import { pipeline, type World } from '../../../../test/pipeline.ts';
import { fileStates } from '../../../attachments/naming.ts';
import { fileStore } from '../../../attachments/store.ts';
import type { CaseRecord } from '../../../cases/model.ts';
import { caseStore } from '../../../cases/store.ts';
import { complaint } from '../../../complaints/workflow.ts';
import { eventsBetween } from '../../../events/missing.ts';
import { createCodecs } from '../codecs.ts';
import type { Made } from '../inspect.ts';
import type { Objects } from '../objects.ts';
import { inspectFiles } from '../run.ts';
import { jpegOf, picture } from './samples.ts';

const codecs = createCodecs();
/** Two buckets in memory. */
const buckets = () => {
  const incoming = new Map<string, Buffer>();
  const served = new Map<string, Made>();
  const reads: string[] = [];
  const objects: Objects = {
    upload: async (id) => {
      const body = incoming.get(id);
      if (body === undefined) return undefined;
      return {
        bytes: body.length,
        read: async () => {
          reads.push(id);
          return body;
        },
      };
    },
    serve: async (id, which, made) => void served.set(`${id}/${which}`, made),
    remove: async (id) => void incoming.delete(id),
  };
  const clear = (): void => {
    for (const all of [incoming, served]) all.clear();
    reads.splice(0);
  };
  return { incoming, served, reads, objects, clear };
};

export const arrived = (id: string) => ({
  id: `a-${id}`,
  body: JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'b' }, object: { key: `incoming/${id}`, size: 1 } },
  }),
});
export const named = ({ code }: CaseRecord, seq = 1) => ({
  id: `n-${code}-${seq}`,
  body: JSON.stringify({ v: 1, code, seq, kind: 'complaint', event: 'filed' }),
});
export const ready = { state: 'ready', kind: 'photo' };
export const refused = (why: string) => ({ state: 'refused', why });

/** Cases on a table of the real engine, buckets in memory, and the job over them. */
export const inspecting = async () => {
  const tables: TestTables = await testTables();
  const world: World = await pipeline(tables);
  const photo = await jpegOf(picture(60, 40), { make: 'Samsung', taken: '2026:11:23 09:00:00' });
  const s3 = buckets();
  const job = (before: () => Promise<void> = async () => {}) => {
    const table = tapped(world.table, before);
    const killed =
      <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        await before();
        return call(...args);
      };
    return inspectFiles({
      store: caseStore(table),
      files: fileStore(table),
      objects: {
        upload: killed(s3.objects.upload),
        serve: killed(s3.objects.serve),
        remove: killed(s3.objects.remove),
      },
      codecs,
      city: async () => world.city,
      workflows: { complaint },
      now: world.now,
      log: world.log,
    });
  };

  const now = async ({ code }: CaseRecord): Promise<CaseRecord> => {
    const record = await world.store.read(code);
    if (record === undefined) throw new Error('gone');
    return record;
  };
  const found = async (record: CaseRecord, id: string) =>
    fileStates(await eventsBetween(world.store, await now(record), 0), world.now()).get(id);
  const findings = async (record: CaseRecord) =>
    (await eventsBetween(world.store, await now(record), 0)).filter(
      ({ facts }) => facts?.['found'] !== undefined,
    );

  const stop = (): Promise<void> => tables.stop();
  return { world, photo, s3, job, now, found, findings, stop };
};
