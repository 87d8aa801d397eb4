import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { citizensOf } from '../../../test/citizens.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/identities.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { laterStore } from '../../events/later.ts';
import { unseal } from '../../kernel/token.ts';
import { supporterRef } from '../../people/book.ts';
import { supporterStore } from '../../people/supporters.ts';
import { later } from '../later/later.ts';

let tables: TestTables;
let world: World;
let citizens: ReturnType<typeof citizensOf>;
let kominfo: StaffActor;
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  citizens = citizensOf(world);
  kominfo = await world.staff('coordinator', 'kominfo');
});
afterAll(() => tables.stop());

const relations = { kind: 'system', id: 'relations' } as const;
const filed = async (email: string, filing = {}): Promise<CaseRecord> => {
  const record = await world.file(filing);
  await citizens.contact(record, { email });
  return record;
};
const join = async ({ code }: CaseRecord, id: string): Promise<void> => {
  await supporterStore(world.table).put({ v: 1, id, code, joinedAt: world.now(), rev: 1, counted: 0 });
  await citizens.chooses(supporterRef(testKeys, code, id), {}, { email: `${id}@example.id` });
};
/** Both halves of a merging, as the operation writes them. */
const merge = async (from: CaseRecord, into: CaseRecord) => ({
  from: await world.act(from, kominfo, 'merge', { into: into.code, text: 'sama' }, { other: into }),
  into: await world.act(into, relations, 'absorb', { from: from.code }),
});
/** A step that supporters hear of: another body’s answer, as it is the shortest way to one. */
const news = async (record: CaseRecord): Promise<CaseRecord> => {
  const on = await world.act(record, kominfo, 'forward', { body: 'pln', text: 'xx' });
  return world.act(on, kominfo, 'settleOutside', { text: 'Sudah.' });
};
/** Hands on every message by itself. @returns how many there were */
const tell = async (): Promise<number> => {
  let messages = 0;
  await world.runRelay();
  for (; world.topic.length > 0; messages += 1)
    expect(await world.runDeliver(world.topic.splice(0, 1))).toBe(0);
  return messages;
};
const told = async ({ code }: CaseRecord, seq: number) =>
  (await world.receipts(code))
    .filter((r) => r.seq === seq && (r.via === 'reporter' || r.via === 'supporters'))
    .map(({ recipient, state }) => `${recipient} ${state}`)
    .sort();
const mailTo = (to: string) => world.mails.filter((mail) => mail.to === to).at(-1);

describe('reports that were merged bring those who wait for them', () => {
  test('its reporter and its supporters, each once, beside the case’s own', async () => {
    const [one, two, main] = [await filed('satu@x.id'), await filed('dua@x.id'), await filed('utama@x.id')];
    await join(one, 'a1');
    await join(two, 'a1');
    await join(main, 'm1');
    const { into } = await merge(one, main);
    const both = (await merge(two, into)).into;
    await tell();
    const last = await news(both);
    await tell();
    const expected = [
      'reporter',
      'supporter.m1',
      `supporter.${one.code}.a1`,
      `supporter.${one.code}.reporter`,
      `supporter.${two.code}.a1`,
      `supporter.${two.code}.reporter`,
    ].map((recipient) => `${recipient} sent`);
    expect(await told(main, last.seq)).toEqual(expected.sort());
    const sent = world.mails.length;
    world.stream.push({ id: 'again', read: () => last });
    await tell();
    expect(world.mails.length).toBe(sent);
  });

  test('in words that say why, with a link to the case that lives and a stop of their own', async () => {
    const [one, main] = [await filed('satu@x.id'), await filed('utama@x.id')];
    await join(one, 'a1');
    const { into } = await merge(one, main);
    await tell();
    // Of the merging itself those who joined are sent to the case that lives; the reporter may object to it.
    expect(mailTo('a1@example.id')?.text).toContain(`/lacak/${main.code}`);
    expect(mailTo('satu@x.id')?.text).toContain(`/lacak/${one.code}`);
    await news(into);
    await tell();
    const mail = mailTo('satu@x.id');
    expect(mail?.text).toContain(`karena laporan Anda ${one.code} digabung ke laporan ${main.code}`);
    expect(mail?.text).toContain(`/lacak/${main.code}`);
    expect(mailTo('a1@example.id')?.text).toContain(`laporan ${one.code} yang Anda dukung digabung`);
    const token = /stop\?t=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(unseal(testKeys, 'stop', token)).toBe(citizens.refOf(one));
  });

  test('parted again they hear of their own report only, by whichever way it was parted', async () => {
    const [one, main] = [await filed('satu@x.id'), await filed('utama@x.id')];
    await join(one, 'a1');
    const { from, into } = await merge(one, main);
    await tell();
    await world.act(from, kominfo, 'unmerge', { text: 'ternyata lain' });
    // Its half of the parting is still on its way.
    const last = await news(into);
    await tell();
    expect(await told(main, last.seq)).toEqual(['reporter sent']);
  });

  test('hear nothing of a case that turned secret', async () => {
    const [one, main] = [await filed('satu@x.id'), await filed('utama@x.id')];
    await join(one, 'a1');
    const { into } = await merge(one, main);
    await tell();
    const last = await news(await world.act(into, kominfo, 'mark', { confidential: true, text: 'rahasia' }));
    await tell();
    expect(await told(main, last.seq)).toEqual(['reporter sent']);
  });

  test('one who reported both is told once', async () => {
    const [one, main] = [await filed('satu@x.id'), await filed('utama@x.id')];
    const own = async (record: CaseRecord): Promise<CaseRecord> => {
      const kept = { ...record, reporter: 'akun', rev: record.rev + 1 };
      await world.store.save(kept);
      return kept;
    };
    const { into } = await merge(await own(one), await own(main));
    await tell();
    const last = await news(into);
    await tell();
    expect(await told(main, last.seq)).toEqual(['reporter sent']);
  });

  test('many of them come in pages, each person once, however the pages are cut', async () => {
    const main = await filed('utama@x.id');
    let into = main;
    const ids: string[] = [];
    const expected: string[] = [];
    for (const [n, size] of [3, 30, 0, 26].entries()) {
      const other = await filed(`r${n}@x.id`);
      for (let k = 0; k < size; k += 1) {
        ids.push(`s${n}-${String(k).padStart(2, '0')}`);
        expected.push(`supporter.${other.code}.${ids.at(-1)} sent`);
        await join(other, ids.at(-1) ?? '');
      }
      expected.push(`supporter.${other.code}.reporter sent`);
      into = (await merge(other, into)).into;
    }
    const on = await world.act(into, kominfo, 'forward', { body: 'pln', text: 'xx' });
    await tell();
    const last = await world.act(on, kominfo, 'settleOutside', { text: 'Sudah.' });
    // The event itself, and the pages after the first one.
    expect(await tell()).toBe(1 + 2);
    expect(await told(main, last.seq)).toEqual(['reporter sent', ...expected].sort());
  });

  test('who waits for the morning is told alone, if the reports are one still', async () => {
    const [one, two, main] = [await filed('satu@x.id'), await filed('dua@x.id'), await filed('utama@x.id')];
    await join(one, 'a1');
    const { into } = await merge(one, main);
    const { from, into: both } = await merge(two, into);
    await tell();
    world.mails.splice(0);
    world.pass(12.5 * 3600);
    await news(both);
    await tell();
    expect(world.mails.filter(({ to }) => !to.includes('kota.go.id'))).toEqual([]);
    await world.act(from, kominfo, 'unmerge', { text: 'ternyata lain' });
    world.pass(9 * 3600);
    const run = later({
      ...{ later: laterStore(world.mortal), publish: world.publish, now: world.now, log: world.log },
    });
    await run(() => 60_000);
    await world.runDeliver();
    const reached = world.mails.map(({ to }) => to).filter((to) => !to.includes('kota.go.id'));
    expect(reached.sort()).toEqual(['a1@example.id', 'satu@x.id', 'utama@x.id']);
  });
});

test('the number counts them all, and those alone who are there now', async () => {
  const [one, main] = [await filed('satu@x.id'), await filed('utama@x.id')];
  for (const [record, id] of [
    [one, 'a1'],
    [one, 'a2'],
    [main, 'm1'],
  ] as const) {
    await join(record, id);
    const item = await supporterStore(world.table).read(record.code, id);
    if (item !== undefined) await supporterStore(world.table).count(item);
  }
  const totals = async (record: CaseRecord) =>
    (await supporterStore(world.table).totals([record])).get(record.code);
  expect([await totals(main), await totals(one)]).toEqual([1, 2]);
  const { into } = await merge(one, main);
  expect(await totals(into)).toBe(4);
  const again = await world.act(into, relations, 'release', { from: one.code });
  expect(await totals(again)).toBe(1);
});
