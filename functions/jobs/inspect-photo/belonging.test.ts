import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testKeys } from '../../../test/identities.ts';
import { newId } from '../../attachments/file-id.ts';
import { fileStore } from '../../attachments/store.ts';
import { act } from '../../cases/commands.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import { complaint } from '../../complaints/workflow.ts';
import { arrived, inspecting, named, ready, refused } from './test/job.ts';
import { jpegOf, picture } from './test/samples.ts';

let at: Awaited<ReturnType<typeof inspecting>>;
beforeAll(async () => {
  at = await inspecting();
});
beforeEach(() => at.s3.clear());
afterAll(() => at.stop());

describe('a file', () => {
  test('belongs to the first case that names it', async () => {
    const id = newId();
    at.s3.incoming.set(id, at.photo);
    const [first, second] = [await at.world.file({ files: [id] }), await at.world.file({ files: [id] })];
    expect(await at.job()([named(first), named(second), named(second)])).toEqual([]);
    expect([await at.found(first, id), await at.found(second, id)]).toEqual([
      ready,
      refused('namedElsewhere'),
    ]);
    expect(await at.findings(second)).toHaveLength(1);
    expect((await fileStore(at.world.table).read(id))?.code).toBe(first.code);
  });

  test('put once more under the same form does not change what is served', async () => {
    const id = newId();
    at.s3.incoming.set(id, at.photo);
    const record = await at.world.file({ files: [id] });
    await at.job()([named(record)]);
    const before = at.s3.served.get(`${id}/full`);
    at.s3.incoming.set(id, await jpegOf(picture(300, 300)));
    expect(await at.job()([arrived(id)])).toEqual([]);
    expect(at.s3.served.get(`${id}/full`)).toBe(before);
    expect([at.s3.incoming.size, (await at.findings(record)).length]).toEqual([0, 1]);
  });

  test('that comes after its case has ended is inspected all the same, and the case stays ended', async () => {
    const coordinator = await at.world.staff('coordinator', 'kominfo');
    const id = newId();
    const filed = await at.world.file({ files: [id] });
    await at.job()([named(filed)]);
    const ended = await at.world.act(filed, coordinator, 'archive', {
      reason: 'noSubstance',
      text: 'Tidak ada isi.',
    });
    at.s3.incoming.set(id, at.photo);
    expect(await at.job()([arrived(id)])).toEqual([]);
    const after = await at.now(filed);
    expect([after.state, after.closedAt]).toEqual([ended.state, ended.closedAt]);
    expect(await at.found(filed, id)).toEqual(ready);
  });

  test('whose finding comes meanwhile does not make an officer’s open page stale; anything else does', async () => {
    const coordinator = await at.world.staff('coordinator', 'kominfo');
    const deps = {
      store: caseStore(at.world.table),
      city: async () => at.world.city,
      keys: async () => testKeys,
      now: at.world.now,
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
    at.s3.incoming.set(id, at.photo);
    const record = await at.world.file({ files: [id] });
    await at.job()([named(record)]);
    expect((await note(record, 'one')).seq).toBe(record.seq + 2);
    await expect(note(record, 'two')).rejects.toThrow('staleVersion');
  });

  test('of staff is told nobody', async () => {
    const coordinator = await at.world.staff('coordinator', 'kominfo');
    const liaison = await at.world.staff('liaison', 'pupr');
    const id = newId();
    at.s3.incoming.set(id, Buffer.from('no photo at all, just words'));
    let record = await at.world.act(await at.world.file(), coordinator, 'assign', { unit: 'pupr' });
    record = await at.world.act(record, liaison, 'note', { text: 'Foto lokasi.', files: [id] });
    expect(await at.job()([named(record, record.seq)])).toEqual([]);
    const [finding] = await at.findings(record);
    expect([finding?.type, finding?.audience]).toEqual(['fileChecked', 'staff']);
    expect(complaint.actions['checkStaffFile']?.tells).toEqual([]);
  });
});
