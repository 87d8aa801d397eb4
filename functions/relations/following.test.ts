import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key, testKeys } from '../../test/staff.ts';
import { visibleTo } from '../cases/access.ts';
import { type Actor, holderOf, type StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/workflow.ts';
import { taking } from '../desk/take.ts';
import { parts } from '../jobs/parts/parts.ts';
import type { Log } from '../kernel/log.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const kominfo2 = staffOf(city, 'coordinator', 'kominfo', 'second-coordinator');
const officer = staffOf(city, 'officer', 'pupr');
const inspector = staffOf(city, 'inspector', 'inspektorat');
const now = '2026-11-23T05:00:00Z';
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [A, B] = ['AAAAAAAAA', 'BBBBBBBBB'] as const;
const reporter: Actor = holderOf({ code: A, pinVersion: 1 });

let engine: FigureTables;
let table: Table;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table } = await engine.fresh());
  for (const code of [A, B]) await store().create(filedCase(city, {}, { code }));
});

const store = () => caseStore(table);
const read = async (code: string): Promise<CaseRecord> => {
  const record = await store().read(code);
  if (record === undefined) throw new Error(`no ${code}`);
  return record;
};
const common = () => ({
  store: store(),
  city: async () => city,
  keys: async () => testKeys,
  now: () => now,
  workflows: { complaint },
});
let commands = 0;
/** An action at the desk, as the operation takes it. */
const at = async (code: string, actor: StaffActor, action: string, body: object, id?: string) => {
  commands += 1;
  return taking({ ...common(), staff: { byId: async () => undefined, isVacant: async () => false } })(actor, {
    ...{ code, action, body: { ...body }, language: 'id', ifMatch: (await read(code)).seq },
    idempotencyKey: key(id ?? `c${commands}`),
  });
};
/** An operation that writes two cases. */
const both = async (run: 'mergeCase' | 'splitCase', code: string, body: object) => {
  commands += 1;
  const call = {
    ...{ language: 'id', actor: kominfo, address: '', requestId: '', ifMatch: (await read(code)).seq },
    idempotencyKey: key(`r${commands}`),
    input: { params: { code }, query: undefined, body },
  } as const;
  return (await operations(common())[run](call as never)).body as { part?: string };
};
const split = async (unit: string): Promise<string> =>
  String((await both('splitCase', A, { unit, text: 'perbaiki bagiannya' })).part);
/** A step of somebody else than the desk, on the case as it stands. */
const step = async (code: string, actor: Actor, action: string, input = {}): Promise<void> => {
  await store().save(taken(city, await read(code), actor, action, input, now));
};
const passOn = (...codes: readonly string[]) =>
  parts({ ...common(), log })(codes.map((code) => ({ id: code, body: JSON.stringify({ code }) })));
const sees = async (actor: StaffActor, code: string): Promise<boolean> =>
  visibleTo(subjectOf(await read(code)), actor, city.substitutes);

describe('what the whole becomes', () => {
  test('confidential: its parts are, open and ended, in the same write', async () => {
    const [open, ended] = [await split('pupr'), await split('perkim')];
    await step(ended, { kind: 'system', id: 'x' }, 'wholeEnded');
    expect(await sees(officer, open)).toBe(true);
    await at(A, kominfo, 'mark', { confidential: true, text: 'rahasia' });
    for (const code of [open, ended]) {
      const record = await read(code);
      expect(record).toMatchObject({ flags: { confidential: true }, data: { confidentialBy: 'whole' } });
      expect(record.events.at(-1)).toMatchObject({ type: 'marked', actor: { kind: 'system' } });
    }
    expect([(await read(open)).state, await sees(officer, open)]).toEqual(['assigned', false]);
    await expect(at(open, kominfo, 'mark', { confidential: false, text: 'xx' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('open again: those with it that followed it, and new parts; not one that is secret by itself', async () => {
    const [own, other] = [await split('pupr'), await split('perkim')];
    await at(own, kominfo, 'mark', { confidential: true, text: 'memuat nama' });
    await at(A, kominfo, 'mark', { confidential: true, text: 'rahasia' });
    const later = await split('setda');
    expect((await read(later)).flags.confidential).toBe(true);
    await at(A, kominfo, 'mark', { confidential: false, text: 'tidak lagi' });
    const flags = await Promise.all(
      [own, other, later].map(async (code) => (await read(code)).flags.confidential),
    );
    expect(flags).toEqual([true, false, false]);
  });

  test('oversight: its parts go to the Inspektorat too, and nobody else knows of them any more', async () => {
    const [open, ended] = [await split('pupr'), await split('perkim')];
    await step(ended, { kind: 'system', id: 'x' }, 'wholeEnded');
    await at(A, kominfo, 'mark', { oversight: true, text: 'menyangkut petugas' });
    expect(await read(open)).toMatchObject({ state: 'assigned', unit: 'inspektorat' });
    expect(await read(ended)).toMatchObject({ state: 'withdrawn', flags: { oversight: true } });
    for (const code of [A, open, ended])
      expect([await sees(kominfo, code), await sees(officer, code), await sees(inspector, code)]).toEqual([
        false,
        false,
        true,
      ]);
  });

  test('about somebody with a substitute: its parts are that one’s too', async () => {
    const part = await split('pupr');
    await at(A, kominfo, 'mark', { about: 'sekda', text: 'tentang Sekda' });
    expect(await read(part)).toMatchObject({ about: 'sekda', unit: 'setda' });
    expect([await sees(kominfo, part), await sees(inspector, part)]).toEqual([false, false]);
  });

  test('by its category: the same', async () => {
    const part = await split('pupr');
    await at(A, kominfo, 'correct', { category: 'kekerasan' });
    expect((await read(part)).flags.confidential).toBe(true);
  });

  test('a part that changes at that moment: both are written, whoever was first', async () => {
    const part = await split('pupr');
    await Promise.all([
      at(A, kominfo, 'mark', { confidential: true, text: 'rahasia' }),
      at(part, officer, 'accept', {}).catch(() => undefined),
    ]);
    expect([(await read(A)).flags.confidential, (await read(part)).flags.confidential]).toEqual([true, true]);
  });

  test('a retry marks nothing twice', async () => {
    const part = await split('pupr');
    const seq = (await read(A)).seq;
    const mark = { confidential: true, text: 'rahasia' };
    await at(A, kominfo, 'mark', mark, 'same');
    await at(A, kominfo, 'mark', mark, 'same');
    expect((await read(A)).seq).toBe(seq + 1);
    expect((await read(part)).events.filter(({ type }) => type === 'marked')).toHaveLength(1);
  });
});

describe('a whole with open parts', () => {
  test('withdrawn by its reporter ends them; their ends bring it back from nowhere', async () => {
    const [one, two] = [await split('pupr'), await split('perkim')];
    await step(A, reporter, 'withdraw');
    expect(await passOn(A)).toEqual([]);
    expect(await passOn(one, two, A)).toEqual([]);
    for (const code of [one, two]) expect(await read(code)).toMatchObject({ state: 'withdrawn' });
    expect(await read(A)).toMatchObject({ state: 'withdrawn', closedAt: now });
  });

  test('archived, and brought back by a won objection, waits for none of those that went with it', async () => {
    const [one, two] = [await split('pupr'), await split('perkim')];
    await at(A, kominfo, 'note', { text: 'dikembalikan' });
    const back = { ...(await read(A)), unit: null, root: null, state: 'verifying' };
    await store().save({ ...back, rev: back.rev + 1 });
    await at(A, kominfo, 'archive', { reason: 'repeated', text: 'sudah dijawab' });
    await passOn(A);
    await passOn(one, two);
    await step(A, reporter, 'object', { text: 'belum' });
    await at(A, kominfo2, 'decideObjection', { decision: 'overturned', text: 'benar' });
    expect(await read(A)).toMatchObject({ state: 'verifying', data: { ended: { [one]: '-', [two]: '-' } } });
    await at(A, kominfo, 'assign', { unit: 'pupr' });
    await at(A, officer, 'accept', {});
    await at(A, officer, 'followUp', { outcome: 'fixed', text: 'beres' });
    expect((await read(A)).state).toBe('awaitingValidation');
  });
});

describe('an objection against a merging', () => {
  const objected = async () => {
    await both('mergeCase', A, { into: B, text: 'lubang yang sama' });
    await step(A, reporter, 'object', { text: 'lubang lain' });
  };

  test('that is won parts the two at once: each with what it had', async () => {
    const promised = (await read(A)).clocks['promise']?.due;
    await objected();
    await expect(
      at(A, kominfo, 'decideObjection', { decision: 'overturned', text: 'xx' }),
    ).rejects.toMatchObject({ code: 'secondPersonNeeded' });
    await at(A, kominfo2, 'decideObjection', { decision: 'overturned', text: 'memang lain' });
    const [own, other] = [await read(A), await read(B)];
    expect(own).toMatchObject({ state: 'verifying', unit: null });
    expect([own.mergedInto, own.closedAt, own.clocks['promise']?.due]).toEqual([
      undefined,
      undefined,
      promised,
    ]);
    expect(other.absorbed).toBeUndefined();
    expect(other.events.at(-1)).toMatchObject({ type: 'released', facts: { from: A } });
  });

  test('that is lost leaves them one', async () => {
    await objected();
    await at(A, kominfo2, 'decideObjection', { decision: 'upheld', text: 'memang sama' });
    expect([(await read(A)).mergedInto, (await read(B)).absorbed]).toEqual([B, [A]]);
  });

  test('after which it is merged again, as if never before', async () => {
    await objected();
    await at(A, kominfo2, 'decideObjection', { decision: 'overturned', text: 'memang lain' });
    await both('mergeCase', A, { into: B, text: 'ternyata sama' });
    expect([(await read(A)).mergedInto, (await read(B)).absorbed]).toEqual([B, [A]]);
  });
});
