import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { citizensOf } from '../../../test/citizens.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/identities.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { holderOf, type StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { supporterRef } from '../../people/book.ts';
import { supporterStore } from '../../people/supporters.ts';

let tables: TestTables;
let world: World;
let citizens: ReturnType<typeof citizensOf>;
let kominfo: StaffActor;
let officer: StaffActor;
let validator: StaffActor;
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  citizens = citizensOf(world);
  kominfo = await world.staff('coordinator', 'kominfo');
  officer = await world.staff('officer', 'pupr');
  validator = await world.staff('validator', 'pemerintahan');
});
afterAll(() => tables.stop());

const text = 'Kata-kata Marker';
const system = { kind: 'system', id: 'sweep' } as const;
/** A report with a reporter and one who joined, told of its receipt. */
const filed = async (filing = {}): Promise<CaseRecord> => {
  const record = await world.file(filing);
  const { code } = record;
  await citizens.contact(record, { email: 'pelapor@x.id' });
  await supporterStore(world.table).put({ v: 1, id: 's1', code, joinedAt: world.now(), rev: 1, counted: 0 });
  await citizens.chooses(supporterRef(testKeys, code, 's1'), { language: 'id' }, { email: 'ikut@x.id' });
  return record;
};
const act = (
  record: CaseRecord,
  actor: Parameters<World['act']>[1],
  action: string,
  input = {},
  looked = {},
) => world.act(record, actor, action, input, looked);
const withReporter = ({ code }: CaseRecord) => holderOf({ code, pinVersion: 1 });
const inUnit = async (record: CaseRecord): Promise<CaseRecord> => {
  const assigned = await act(record, kominfo, 'assign', { unit: 'pupr' });
  return act(assigned, officer, 'accept');
};
const proposed = async (record: CaseRecord): Promise<CaseRecord> =>
  act(await inUnit(record), officer, 'followUp', { outcome: 'fixed', text });

/** Mails of the newest event: to whom, and how each begins. */
const news = async ({ code, seq }: CaseRecord): Promise<Readonly<Record<string, string>>> => {
  await world.runRelay();
  expect(await world.runDeliver()).toBe(0);
  const receipts = (await world.receipts(code)).filter((receipt) => receipt.seq === seq);
  const to = { reporter: 'pelapor@x.id', 'supporter.s1': 'ikut@x.id' } as Readonly<Record<string, string>>;
  return Object.fromEntries(
    receipts.map(({ recipient }) => {
      const address = to[recipient] ?? `${recipient}@kota.go.id`;
      return [
        recipient,
        world.mails
          .filter((mail) => mail.to === address)
          .at(-1)
          ?.text.split('\n')[0] ?? '',
      ];
    }),
  );
};

describe('how a report ends is told to its reporter and to who joined it', () => {
  test.each<[string, (record: CaseRecord) => Promise<CaseRecord>, RegExp]>([
    ['archived', (r) => act(r, kominfo, 'archive', { reason: 'repeated', text }), /diarsipkan/],
    ['forwarded', (r) => act(r, kominfo, 'forward', { body: 'pln', text }), /Bukan kewenangan/],
    [
      'deemed withdrawn',
      async (r) => {
        const waits = await act(r, kominfo, 'postpone', { text });
        world.pass(31 * 86_400);
        return act(waits, system, 'deemWithdrawn');
      },
      /dianggap dicabut/,
    ],
    [
      'finished by silence',
      async (r) => {
        const done = await act(await proposed(r), validator, 'approve');
        world.pass(31 * 86_400);
        return act(done, system, 'finish', {}, { delivered: true });
      },
      /laporan ditutup/,
    ],
    [
      'past its promise',
      async (r) => {
        const late = await inUnit(r);
        world.pass(31 * 86_400);
        return act(late, system, 'overdue', { clock: 'promise' });
      },
      /melewati tenggatnya/,
    ],
  ])('%s', async (_, history, says) => {
    const heard = await news(await history(await filed()));
    expect(heard).toMatchObject({
      reporter: expect.stringMatching(says),
      'supporter.s1': expect.stringMatching(says),
    });
    expect(world.mails.map((mail) => mail.text).join()).not.toContain('Marker');
  });

  test('withdrawn by its reporter: who joined hears that, and that they can file their own', async () => {
    const record = await filed();
    const heard = await news(await act(record, withReporter(record), 'withdraw'));
    expect(Object.keys(heard).sort()).toEqual(['coordinator-kominfo', 'supporter.s1']);
    expect(heard['supporter.s1']).toMatch(/Pelapor mencabut laporannya; .* dapat membuat laporan sendiri/);
  });

  test('of a report that turned secret who joined hears nothing', async () => {
    const record = await act(await filed(), kominfo, 'mark', { confidential: true, text });
    expect(Object.keys(await news(await act(record, withReporter(record), 'withdraw')))).toEqual([
      'coordinator-kominfo',
    ]);
  });
});

describe('a validator whose proposal is gone', () => {
  test('hears that the report was withdrawn', async () => {
    const record = await proposed(await filed());
    const heard = await news(await act(record, withReporter(record), 'withdraw'));
    expect(Object.keys(heard).sort()).toEqual(['officer-pupr', 'supporter.s1', 'validator-pemerintahan']);
    expect(heard['validator-pemerintahan']).toMatch(/mencabut/);
  });

  test('hears nothing of one that turned secret, which is not theirs to see', async () => {
    await world.staff('head', 'pupr');
    const record = await proposed(await filed());
    const secret = await act(record, kominfo, 'mark', { confidential: true, text });
    const heard = await news(await act(secret, withReporter(record), 'withdraw'));
    expect(Object.keys(heard)).toEqual(['head-pupr']);
  });
});

describe('what happens in between is told to the reporter', () => {
  test.each<[string, (record: CaseRecord) => Promise<CaseRecord>, RegExp]>([
    ['proposed', proposed, /menunggu pengesahan/],
    ['rejected', async (r) => act(await proposed(r), validator, 'reject', { text }), /Bukti belum cukup/],
    [
      'returned',
      async (r) => act(await inUnit(r), officer, 'return', { reason: 'notOurs', text }),
      /dikembalikan/,
    ],
    [
      'taken down',
      async (r) => {
        const checked = await act(r, kominfo, 'verify');
        const input = { title: 'Jalan berlubang', summary: 'Sebuah jalan berlubang di depan pasar.' };
        const shown = await act(checked, kominfo, 'publish', input);
        return act(shown, kominfo, 'takedown', { reason: 'mistake' });
      },
      /tidak lagi terbit/,
    ],
  ])('%s', async (_, history, says) => {
    const heard = await news(await history(await filed()));
    expect(heard['reporter']).toMatch(says);
    expect(Object.keys(heard)).not.toContain('supporter.s1');
  });
});
