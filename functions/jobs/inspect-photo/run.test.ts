import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Crash, dice } from '../../../test/interleave.ts';
import { newId } from '../../attachments/file-id.ts';
import { fileStore } from '../../attachments/store.ts';
import { complaint } from '../../complaints/workflow.ts';
import { arrived, inspecting, named, ready, refused } from './test/job.ts';

let at: Awaited<ReturnType<typeof inspecting>>;
beforeAll(async () => {
  at = await inspecting();
});
beforeEach(() => at.s3.clear());
afterAll(() => at.stop());

describe('an upload is inspected', () => {
  test('when the case names it after it came', async () => {
    const id = newId();
    at.s3.incoming.set(id, at.photo);
    expect(await at.job()([arrived(id)])).toEqual([]);
    // Nobody named it: it is not read at all.
    expect(at.s3.reads).toEqual([]);
    const record = await at.world.file({ files: [id] });
    expect(await at.job()([named(record)])).toEqual([]);
    expect(await at.found(record, id)).toEqual(ready);
    expect([...at.s3.served.keys()]).toEqual([`${id}/full`, `${id}/thumbnail`]);
    expect(at.s3.incoming.size).toBe(0);
    const file = await fileStore(at.world.table).read(id);
    expect(file).toMatchObject({
      code: record.code,
      by: 'reporter',
      audience: 'reporter',
      facts: { exif: { make: 'Samsung', takenAt: '2026-11-23T09:00:00' } },
      served: { full: { contentType: 'image/jpeg' }, thumbnail: { contentType: 'image/jpeg' } },
    });
    // What the camera wrote is not in the case, whose item everybody around it reads.
    expect(JSON.stringify(await at.now(record))).not.toContain('Samsung');
  });

  test('when it comes after the case that names it', async () => {
    const id = newId();
    const record = await at.world.file({ files: [id] });
    expect(await at.job()([named(record)])).toEqual([]);
    expect(await at.found(record, id)).toEqual({ state: 'pending' });
    at.s3.incoming.set(id, at.photo);
    expect(await at.job()([arrived(id)])).toEqual([]);
    expect(await at.found(record, id)).toEqual(ready);
  });

  test('once, however often and in whatever order it is told', async () => {
    const { shuffled } = dice(7);
    for (let round = 0; round < 12; round += 1) {
      const id = newId();
      at.s3.incoming.set(id, at.photo);
      const record = await at.world.file({ files: [id] });
      const messages = shuffled([arrived(id), named(record), arrived(id), named(record)]);
      if (round % 2 === 0) for (const message of messages) expect(await at.job()([message])).toEqual([]);
      else {
        const failed = (await Promise.all(messages.map((message) => at.job()([message])))).flat();
        // Who lost a race too often comes again.
        expect(await at.job()(messages.filter(({ id: m }) => failed.includes(m)))).toEqual([]);
      }
      expect(await at.findings(record)).toHaveLength(1);
      expect(await at.found(record, id)).toEqual(ready);
    }
  });

  test('with the reason where it is refused, which the reporter is told and staff are not', async () => {
    const [heic, empty] = [newId(), newId()];
    at.s3.incoming.set(heic, Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
    at.s3.incoming.set(empty, Buffer.alloc(0));
    const record = await at.world.file({ files: [heic, empty] });
    expect(await at.job()([named(record)])).toEqual([]);
    expect([await at.found(record, heic), await at.found(record, empty)]).toEqual([
      refused('heic'),
      refused('empty'),
    ]);
    expect(
      (await at.findings(record)).map(({ type, audience, actor }) => [type, audience, actor.id]),
    ).toEqual([
      ['fileRefused', 'reporter', 'inspect-photo'],
      ['fileRefused', 'reporter', 'inspect-photo'],
    ]);
    expect(complaint.actions['refuseFile']?.tells).toEqual(['reporter']);
    expect([at.s3.served.size, at.s3.incoming.size]).toEqual([0, 0]);
  });

  test('without being read when it is larger than anything may be', async () => {
    const id = newId();
    at.s3.incoming.set(id, Buffer.alloc(10_000_001));
    const record = await at.world.file({ files: [id] });
    await at.job()([named(record)]);
    expect([await at.found(record, id), at.s3.reads]).toEqual([refused('tooLarge'), []]);
  });

  test('and is not served when it never was what it claims, nor when it never comes', async () => {
    const [text, never] = [newId(), newId()];
    at.s3.incoming.set(text, Buffer.from('<svg onload="alert(1)"></svg> called image/jpeg'));
    const record = await at.world.file({ files: [text, never] });
    await at.job()([named(record)]);
    expect(await at.found(record, text)).toEqual(refused('unknownType'));
    expect(await at.found(record, never)).toEqual({ state: 'pending' });
    at.world.pass(25 * 3600);
    expect(await at.found(record, never)).toEqual({ state: 'missing' });
  });
});

test('killed at any call and told again: one finding, everything served, nothing left', async () => {
  for (let n = 1; n <= 16; n += 1) {
    const id = newId();
    at.s3.incoming.set(id, at.photo);
    const record = await at.world.file({ files: [id] });
    let calls = 0;
    const dying = at.job(async () => {
      calls += 1;
      if (calls >= n) throw new Crash('killed');
    });
    const failed = await dying([named(record)]);
    if (failed.length > 0) expect(await at.job()([named(record)])).toEqual([]);
    expect([n, await at.found(record, id), (await at.findings(record)).length]).toEqual([n, ready, 1]);
    expect([
      at.s3.served.has(`${id}/full`),
      at.s3.served.has(`${id}/thumbnail`),
      at.s3.incoming.has(id),
    ]).toEqual([true, true, false]);
  }
});

test('a message that is none, or of an event that is not there yet, comes again', async () => {
  const record = await at.world.file();
  expect(await at.job()([{ id: 'x', body: '{}' }, { id: 'y', body: 'no' }, named(record, 9)])).toEqual([
    'x',
    'y',
    `n-${record.code}-9`,
  ]);
});
