import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { complaint } from '../complaints/workflow.ts';
import { trackingCode } from '../kernel/code.ts';
import { isProblem } from '../kernel/errors.ts';
import { keysFrom } from '../kernel/keys.ts';
import type { Actor } from './actor.ts';
import { act, type CommandDeps } from './commands.ts';
import { caseStore } from './store.ts';

const city = testCity();
const keys = keysFrom('{"current":"k1","k1":"test"}');
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const second = staffOf(city, 'coordinator', 'kominfo', 'coordinator-2');
const liaison = staffOf(city, 'liaison', 'pupr');
const stranger = staffOf(city, 'head', 'perkim');

let tables: TestTables;
let deps: CommandDeps;
let code: string;
let cases = 0;

beforeAll(async () => {
  tables = await testTables();
  deps = {
    store: caseStore(tables.cases),
    city: async () => city,
    keys: async () => keys,
    now: () => '2026-11-23T03:00:00Z',
    workflows: { complaint },
  };
});
afterAll(() => tables.stop());
beforeEach(async () => {
  cases += 1;
  code = trackingCode(keys.first('code'), `case-${cases}`, 0);
  await deps.store.create(filedCase(city, {}, { code }));
});

let counter = 0;
const fresh = (): string => {
  counter += 1;
  return `key-${String(counter).padStart(22, '0')}`;
};

const doing = (actor: Actor, action: string, body: Record<string, unknown>, ifMatch: number, key = fresh()) =>
  act(deps, actor, {
    code,
    action,
    body,
    parse: () => body,
    look: async () => ({}),
    idempotencyKey: key,
    ifMatch,
  });

const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!isProblem(error)) throw new Error(`expected a problem, got ${String(error)}`);
  return error;
};

describe('a command', () => {
  test('is one read, one text and one write, with state and event together', async () => {
    expect(await doing(kominfo, 'assign', { unit: 'pupr', text: 'Mohon segera.' }, 1)).toEqual({
      code,
      seq: 2,
      at: '2026-11-23T03:00:00Z',
      state: 'assigned',
      facts: { unit: 'pupr' },
    });
    const record = await deps.store.read(code);
    expect(record).toMatchObject({ seq: 2, rev: 2, unit: 'pupr' });
    const id = record?.events[1]?.texts[0]?.id ?? '';
    expect((await deps.store.texts(code)).get(id)).toMatchObject({
      body: 'Mohon segera.',
      audience: 'staff',
    });
  });

  test('repeated with its key gets the first answer, ahead of If-Match and even when it lost sight of the case', async () => {
    const key = fresh();
    const first = await doing(kominfo, 'assign', { unit: 'pupr' }, 1, key);
    await doing(liaison, 'accept', {}, 2);
    expect(await doing(kominfo, 'assign', { unit: 'pupr' }, 1, key)).toEqual(first);
    const back = fresh();
    const returned = await doing(liaison, 'return', { reason: 'notOurs', text: 'bukan kami' }, 3, back);
    expect(await doing(liaison, 'return', { reason: 'notOurs', text: 'bukan kami' }, 3, back)).toEqual(
      returned,
    );
    expect((await deps.store.read(code))?.seq).toBe(4);
  });

  test('with the same key and another body is refused, before and after its event', async () => {
    const key = fresh();
    await doing(kominfo, 'assign', { unit: 'pupr' }, 1, key);
    expect((await problemOf(doing(kominfo, 'assign', { unit: 'perkim' }, 2, key))).code).toBe('keyReused');
  });

  test('the same key of two people is two commands', async () => {
    const key = fresh();
    await doing(kominfo, 'note', { text: 'satu' }, 1, key);
    await doing(second, 'note', { text: 'satu' }, 2, key);
    expect((await deps.store.read(code))?.seq).toBe(3);
  });

  test('goes on from the page that was open before somebody asked for a new PIN: that concerns no decision', async () => {
    const system: Actor = { kind: 'system', id: 'lost-pin' };
    await doing(system, 'askPin', {}, 1);
    expect((await doing(kominfo, 'note', { text: 'satu' }, 1)).seq).toBe(3);
    expect((await problemOf(doing(second, 'note', { text: 'dua' }, 2))).code).toBe('staleVersion');
  });

  test('two officers at once: one wins, the other is shown what changed', async () => {
    const results = await Promise.allSettled([
      doing(kominfo, 'assign', { unit: 'pupr' }, 1),
      doing(second, 'assign', { unit: 'perkim' }, 1),
    ]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((r) => r.status === 'rejected');
    expect(isProblem(lost?.reason) && lost.reason.code).toBe('staleVersion');
    expect(lost?.reason.extra).toMatchObject({
      seq: 2,
      changes: [{ seq: 2, type: 'assigned', role: 'coordinator' }],
    });
    expect((await deps.store.read(code))?.seq).toBe(2);
  });

  test('ten notes at once on the same version: exactly one is written', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => doing(kominfo, 'note', { text: 'sama-sama' }, 1)),
    );
    expect(results.filter((r) => r.status === 'fulfilled').length).toBe(1);
  });

  test('a twin that saves without its condition loses an event, and this test sees it', async () => {
    const store = caseStore(tables.cases);
    let readers = 0;
    let open = (): void => {};
    const bothHaveRead = new Promise<void>((resolve) => {
      open = resolve;
    });
    const careless: CommandDeps = {
      ...deps,
      store: {
        ...store,
        read: async (which) => {
          const record = await store.read(which);
          readers += 1;
          if (readers === 2) open();
          await bothHaveRead;
          return record;
        },
        save: async (record) => {
          await tables.cases.put({ pk: `C#${record.code}`, sk: 'CASE', ...record });
          return undefined;
        },
      },
    };
    const note = (text: string) =>
      act(careless, kominfo, {
        code,
        action: 'note',
        body: { text },
        parse: () => ({ text }),
        look: async () => ({}),
        idempotencyKey: fresh(),
        ifMatch: 1,
      });
    const results = await Promise.allSettled([note('a'), note('b')]);
    expect(results.filter((r) => r.status === 'fulfilled').length).toBe(2);
    // Both were acknowledged, one is gone: what the condition prevents.
    expect((await store.read(code))?.events.filter((e) => e.type === 'noted').length).toBe(1);
  });

  test('another unit’s case answers as one that does not exist', async () => {
    expect((await problemOf(doing(stranger, 'note', { text: 'x' }, 1))).code).toBe('notFound');
  });

  test('archiving in between invalidates no open editor, and an archived command is still answered', async () => {
    const key = fresh();
    const first = await doing(kominfo, 'note', { text: 'pertama' }, 1, key);
    await doing(kominfo, 'note', { text: 'kedua' }, 2);
    const record = await deps.store.read(code);
    if (record === undefined) throw new Error('gone');
    expect(await deps.store.archive(record, 2)).toBe(true);
    expect(await deps.store.archive(record, 2)).toBe(false);
    expect((await deps.store.read(code))?.events.map((e) => e.seq)).toEqual([3]);
    expect((await deps.store.archivedEvents(code)).map((e) => e.seq)).toEqual([1, 2]);
    expect(await doing(kominfo, 'note', { text: 'pertama' }, 1, key)).toEqual(first);
    expect(await doing(kominfo, 'note', { text: 'pertama' }, 3, key)).toEqual(first);
    expect(await doing(kominfo, 'note', { text: 'ketiga' }, 3)).toMatchObject({ seq: 4 });
  });

  test('words of a command that never reached its write are kept for its retry, not for another body', async () => {
    const key = fresh();
    const failing: CommandDeps = {
      ...deps,
      store: { ...deps.store, save: () => Promise.reject(new Error('cut off')) },
    };
    const input = (text: string) => ({
      code,
      action: 'note',
      body: { text },
      parse: () => ({ text }),
      look: async () => ({}),
      idempotencyKey: key,
      ifMatch: 1,
    });
    await expect(act(failing, kominfo, input('satu'))).rejects.toThrow('cut off');
    expect((await problemOf(act(deps, kominfo, input('dua')))).code).toBe('keyReused');
    expect(await act(deps, kominfo, input('satu'))).toMatchObject({ seq: 2 });
  });
});
