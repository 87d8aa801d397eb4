import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/identities.ts';
import { Crash, dice, tapped } from '../../../test/interleave.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { newId } from '../../attachments/file-id.ts';
import { fileStates } from '../../attachments/naming.ts';
import { fileStore } from '../../attachments/store.ts';
import { act } from '../../cases/commands.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import { complaint } from '../../complaints/workflow.ts';
import { eventsBetween } from '../../events/missing.ts';
import { createCodecs } from './codecs.ts';
import type { Made } from './inspect.ts';
import type { Objects } from './objects.ts';
import { inspectFiles } from './run.ts';
import { jpegOf, picture } from './test/samples.ts';

const codecs = createCodecs();
let tables: TestTables;
let world: World;
let photo: Buffer;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
  photo = await jpegOf(picture(60, 40), { make: 'Samsung', taken: '2026:11:23 09:00:00' });
});
afterAll(() => tables.stop());

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
  return { incoming, served, reads, objects };
};
let s3: ReturnType<typeof buckets>;
beforeEach(() => {
  s3 = buckets();
});

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

const arrived = (id: string) => ({
  id: `a-${id}`,
  body: JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'b' }, object: { key: `incoming/${id}`, size: 1 } },
  }),
});
const named = ({ code }: CaseRecord, seq = 1) => ({
  id: `n-${code}-${seq}`,
  body: JSON.stringify({ v: 1, code, seq, kind: 'complaint', event: 'filed' }),
});
const now = async ({ code }: CaseRecord): Promise<CaseRecord> => {
  const record = await world.store.read(code);
  if (record === undefined) throw new Error('gone');
  return record;
};
const found = async (record: CaseRecord, id: string) =>
  fileStates(await eventsBetween(world.store, await now(record), 0), world.now()).get(id);
const ready = { state: 'ready', kind: 'photo' };
const refused = (why: string) => ({ state: 'refused', why });
const findings = async (record: CaseRecord) =>
  (await eventsBetween(world.store, await now(record), 0)).filter(
    ({ facts }) => facts?.['found'] !== undefined,
  );

describe('an upload is inspected', () => {
  test('when the case names it after it came', async () => {
    const id = newId();
    s3.incoming.set(id, photo);
    expect(await job()([arrived(id)])).toEqual([]);
    // Nobody named it: it is not read at all.
    expect(s3.reads).toEqual([]);
    const record = await world.file({ files: [id] });
    expect(await job()([named(record)])).toEqual([]);
    expect(await found(record, id)).toEqual(ready);
    expect([...s3.served.keys()]).toEqual([`${id}/full`, `${id}/thumbnail`]);
    expect(s3.incoming.size).toBe(0);
    const file = await fileStore(world.table).read(id);
    expect(file).toMatchObject({
      code: record.code,
      by: 'reporter',
      audience: 'reporter',
      facts: { exif: { make: 'Samsung', takenAt: '2026-11-23T09:00:00' } },
      served: { full: { contentType: 'image/jpeg' }, thumbnail: { contentType: 'image/jpeg' } },
    });
    // What the camera wrote is not in the case, whose item everybody around it reads.
    expect(JSON.stringify(await now(record))).not.toContain('Samsung');
  });

  test('when it comes after the case that names it', async () => {
    const id = newId();
    const record = await world.file({ files: [id] });
    expect(await job()([named(record)])).toEqual([]);
    expect(await found(record, id)).toEqual({ state: 'pending' });
    s3.incoming.set(id, photo);
    expect(await job()([arrived(id)])).toEqual([]);
    expect(await found(record, id)).toEqual(ready);
  });

  test('once, however often and in whatever order it is told', async () => {
    const { shuffled } = dice(7);
    for (let round = 0; round < 12; round += 1) {
      const id = newId();
      s3.incoming.set(id, photo);
      const record = await world.file({ files: [id] });
      const messages = shuffled([arrived(id), named(record), arrived(id), named(record)]);
      if (round % 2 === 0) for (const message of messages) expect(await job()([message])).toEqual([]);
      else {
        const failed = (await Promise.all(messages.map((message) => job()([message])))).flat();
        // Who lost a race too often comes again.
        expect(await job()(messages.filter(({ id: m }) => failed.includes(m)))).toEqual([]);
      }
      expect(await findings(record)).toHaveLength(1);
      expect(await found(record, id)).toEqual(ready);
    }
  });

  test('with the reason where it is refused, which the reporter is told and staff are not', async () => {
    const [heic, empty] = [newId(), newId()];
    s3.incoming.set(heic, Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
    s3.incoming.set(empty, Buffer.alloc(0));
    const record = await world.file({ files: [heic, empty] });
    expect(await job()([named(record)])).toEqual([]);
    expect([await found(record, heic), await found(record, empty)]).toEqual([
      refused('heic'),
      refused('empty'),
    ]);
    expect((await findings(record)).map(({ type, audience, actor }) => [type, audience, actor.id])).toEqual([
      ['fileRefused', 'reporter', 'inspect-photo'],
      ['fileRefused', 'reporter', 'inspect-photo'],
    ]);
    expect(complaint.actions['refuseFile']?.tells).toEqual(['reporter']);
    expect([s3.served.size, s3.incoming.size]).toEqual([0, 0]);
  });

  test('without being read when it is larger than anything may be', async () => {
    const id = newId();
    s3.incoming.set(id, Buffer.alloc(10_000_001));
    const record = await world.file({ files: [id] });
    await job()([named(record)]);
    expect([await found(record, id), s3.reads]).toEqual([refused('tooLarge'), []]);
  });

  test('and is not served when it never was what it claims, nor when it never comes', async () => {
    const [text, never] = [newId(), newId()];
    s3.incoming.set(text, Buffer.from('<svg onload="alert(1)"></svg> called image/jpeg'));
    const record = await world.file({ files: [text, never] });
    await job()([named(record)]);
    expect(await found(record, text)).toEqual(refused('unknownType'));
    expect(await found(record, never)).toEqual({ state: 'pending' });
    world.pass(25 * 3600);
    expect(await found(record, never)).toEqual({ state: 'missing' });
  });
});

describe('a file', () => {
  test('belongs to the first case that names it', async () => {
    const id = newId();
    s3.incoming.set(id, photo);
    const [first, second] = [await world.file({ files: [id] }), await world.file({ files: [id] })];
    expect(await job()([named(first), named(second), named(second)])).toEqual([]);
    expect([await found(first, id), await found(second, id)]).toEqual([ready, refused('namedElsewhere')]);
    expect(await findings(second)).toHaveLength(1);
    expect((await fileStore(world.table).read(id))?.code).toBe(first.code);
  });

  test('put once more under the same form does not change what is served', async () => {
    const id = newId();
    s3.incoming.set(id, photo);
    const record = await world.file({ files: [id] });
    await job()([named(record)]);
    const before = s3.served.get(`${id}/full`);
    s3.incoming.set(id, await jpegOf(picture(300, 300)));
    expect(await job()([arrived(id)])).toEqual([]);
    expect(s3.served.get(`${id}/full`)).toBe(before);
    expect([s3.incoming.size, (await findings(record)).length]).toEqual([0, 1]);
  });

  test('that comes after its case has ended is inspected all the same, and the case stays ended', async () => {
    const coordinator = await world.staff('coordinator', 'kominfo');
    const id = newId();
    const filed = await world.file({ files: [id] });
    await job()([named(filed)]);
    const ended = await world.act(filed, coordinator, 'archive', {
      reason: 'noSubstance',
      text: 'Tidak ada isi.',
    });
    s3.incoming.set(id, photo);
    expect(await job()([arrived(id)])).toEqual([]);
    const after = await now(filed);
    expect([after.state, after.closedAt]).toEqual([ended.state, ended.closedAt]);
    expect(await found(filed, id)).toEqual(ready);
  });

  test('whose finding comes meanwhile does not make an officer’s open page stale; anything else does', async () => {
    const coordinator = await world.staff('coordinator', 'kominfo');
    const deps = {
      store: caseStore(world.table),
      city: async () => world.city,
      keys: async () => testKeys,
      now: world.now,
      workflows: { complaint },
    };
    const note = (record: CaseRecord, idempotencyKey: string) => {
      const body = { text: 'Sudah ditelepon.' };
      return act(deps, coordinator, {
        code: record.code,
        action: 'note',
        body,
        parse: () => body,
        look: async () => ({}),
        idempotencyKey,
        ifMatch: record.seq,
      });
    };
    const id = newId();
    s3.incoming.set(id, photo);
    const record = await world.file({ files: [id] });
    await job()([named(record)]);
    expect((await note(record, 'one')).seq).toBe(record.seq + 2);
    await expect(note(record, 'two')).rejects.toThrow('staleVersion');
  });

  test('of staff is told nobody', async () => {
    const coordinator = await world.staff('coordinator', 'kominfo');
    const liaison = await world.staff('liaison', 'pupr');
    const id = newId();
    s3.incoming.set(id, Buffer.from('no photo at all, just words'));
    let record = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr' });
    record = await world.act(record, liaison, 'note', { text: 'Foto lokasi.', files: [id] });
    expect(await job()([named(record, record.seq)])).toEqual([]);
    const [finding] = await findings(record);
    expect([finding?.type, finding?.audience]).toEqual(['fileChecked', 'staff']);
    expect(complaint.actions['checkStaffFile']?.tells).toEqual([]);
  });
});

test('killed at any call and told again: one finding, everything served, nothing left', async () => {
  for (let n = 1; n <= 16; n += 1) {
    const id = newId();
    s3.incoming.set(id, photo);
    const record = await world.file({ files: [id] });
    let calls = 0;
    const dying = job(async () => {
      calls += 1;
      if (calls >= n) throw new Crash('killed');
    });
    const failed = await dying([named(record)]);
    if (failed.length > 0) expect(await job()([named(record)])).toEqual([]);
    expect([n, await found(record, id), (await findings(record)).length]).toEqual([n, ready, 1]);
    expect([s3.served.has(`${id}/full`), s3.served.has(`${id}/thumbnail`), s3.incoming.has(id)]).toEqual([
      true,
      true,
      false,
    ]);
  }
});

test('a message that is none, or of an event that is not there yet, comes again', async () => {
  const record = await world.file();
  expect(await job()([{ id: 'x', body: '{}' }, { id: 'y', body: 'no' }, named(record, 9)])).toEqual([
    'x',
    'y',
    `n-${record.code}-9`,
  ]);
});
