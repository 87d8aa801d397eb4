import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code as outcome } from '../../test/staff.ts';
import { reporterIndex } from '../cases/keys.ts';
import { listRows } from '../cases/store.ts';
import { openedMarks } from '../events/delivered.ts';
import { budi, done, kominfo, officer, rina, start, trackWorld } from './test/world.ts';

let tables: TestTables;
let world: ReturnType<typeof trackWorld>;
beforeAll(async () => {
  tables = await testTables();
  world = trackWorld(tables);
});
beforeEach(() => world.at(start));
afterAll(() => tables.stop());

const mine = { reporter: 'rina' };
const view = async (code: string) =>
  (await world.run.readMyCase(world.call(rina, { params: { code } }))).body;

describe('the private view', () => {
  test('tells what happens now, until when, by which rule, and the way to the Ombudsman from the first day', async () => {
    const { code } = await world.filed([], mine);
    const shown = await view(code);
    expect(shown.now).toEqual({ says: expect.stringContaining('koordinator'), until: shown.limits.promise });
    expect(shown.clocks.map(({ name, reference }) => [name, reference])).toEqual([
      ['promise', 'test'],
      ['outer', 'test'],
    ]);
    expect(shown.ombudsman.reference).toContain('46 ayat (2)');
    expect(shown.actions.map(({ id }) => id)).toEqual(['addInformation', 'withdraw', 'redact']);
    expect(shown.contestUntil).toBeNull();
  });

  test('asks for what is waited for: an answer, data, a confirmation', async () => {
    const asked = await world.filed(
      [...done.slice(0, 2), [officer, 'ask', { text: 'Di sebelah mana?', days: 2 }]],
      mine,
    );
    const question = await view(asked.code);
    expect(question.now.until).toBe('2026-11-25T09:00:00Z');
    expect(question.actions).toContainEqual({
      id: 'answer',
      name: 'Jawab pertanyaan unit',
      until: '2026-11-25T09:00:00Z',
    });
    expect(question.clocks.find(({ name }) => name === 'promise')?.paused).toBe(true);
    expect(question.clocks.find(({ name }) => name === 'outer')?.paused).toBe(false);

    const postponed = await world.filed([[kominfo, 'postpone', { text: 'Jalan yang mana?' }]], mine);
    expect((await view(postponed.code)).now.until).toBe('2026-12-23T03:00:00Z');

    const result = await view((await world.filed(done, mine)).code);
    expect(result.now.until).toBe('2026-12-07T09:00:00Z');
    expect(result.contestUntil).toBe('2026-12-07T09:00:00Z');
    expect(result.actions.map(({ id }) => id)).toEqual([
      'addInformation',
      'confirm',
      'dispute',
      'rate',
      'withdraw',
      'redact',
    ]);
  });

  test('says why a report was archived, and that one may object', async () => {
    const { code } = await world.filed(
      [[kominfo, 'archive', { reason: 'repeated', text: 'Lihat jawaban kami.' }]],
      mine,
    );
    const shown = await view(code);
    expect(shown.timeline.at(-1)?.why).toBe('Sudah pernah dijawab.');
    expect(shown.actions.map(({ id }) => id)).toContain('object');
    expect(shown.contestUntil).toBe('2026-12-07T09:00:00Z');
  });

  test('names the report that it was merged into for as long as that is no secret', async () => {
    const main = await world.filed();
    const secret = await world.filed([], { flags: { ...main.flags, confidential: true } });
    const follows = async (mergedInto: string) =>
      (await view((await world.filed([], { ...mine, mergedInto })).code)).mergedInto;
    expect(await follows(main.code)).toBe(main.code);
    expect(await follows(secret.code)).toBeNull();
  });

  test('hides a plan that the head has not approved', async () => {
    const plan = { date: '2027-06-30', source: 'dpa', year: 2027, text: 'Menunggu DPA.' };
    const { code } = await world.filed([...done.slice(0, 2), [officer, 'plan', plan]], mine);
    const shown = await view(code);
    expect([shown.plan, shown.timeline.some(({ type }) => type === 'planProposed')]).toEqual([null, false]);
  });

  test('notes that it was opened, and up to which event', async () => {
    const { code, seq } = await world.filed(done, mine);
    await view(code);
    expect(await openedMarks(tables.cases).read(code)).toMatchObject({ seq, at: start });
  });
});

describe('an action of the reporter', () => {
  test('is another’s case to everybody else: it does not exist', async () => {
    const record = await world.filed(done, mine);
    expect(await outcome(world.act(budi, record, 'confirm'))).toBe('notFound');
    expect(await outcome(world.run.readMyCase(world.call(budi, { params: { code: record.code } })))).toBe(
      'notFound',
    );
  });

  test('by a token of another case or of an older PIN is refused', async () => {
    const [record, other] = [await world.filed(done), await world.filed(done)];
    const how = { params: { code: record.code, action: 'confirm' }, body: {} };
    const by = (holder: object) =>
      outcome(world.run.actOnOwn(world.call(holder as never, how, { ifMatch: record.seq })));
    expect(await by(world.holder(other))).toBe('caseTokenInvalid');
    expect(await by({ ...world.holder(record), pinVersion: 2 })).toBe('caseTokenInvalid');
    expect(await by(world.holder(record))).toBe('done');
  });

  test('that does not exist is refused to a good token without ending its session', async () => {
    const record = await world.filed(done);
    const by = (action: string, body: object, holder: object = world.holder(record)) =>
      world.run
        .actOnOwn(
          world.call(
            holder as never,
            { params: { code: record.code, action }, body },
            { ifMatch: record.seq },
          ),
        )
        .catch((e: unknown) => e);
    expect(await by('redact', { seq: 999 })).toMatchObject({
      code: 'invalidInput',
      fields: [{ field: '/seq', problem: 'invalidInput' }],
    });
    for (const action of ['merge', 'claim', 'renewPin', 'nothing', 'toString'])
      expect(await by(action, {})).toMatchObject({ code: 'notFound' });
    expect(await by('archive', { reason: 'abuse', text: 'Tidak sopan.' })).toMatchObject({
      code: 'forbidden',
    });
    const old = { ...world.holder(record), pinVersion: 2 };
    expect(await by('merge', {}, old)).toMatchObject({ code: 'caseTokenInvalid' });
  });

  test('with a stale If-Match is refused, and tells nothing of what staff did', async () => {
    const record = await world.filed(done, mine);
    const refusal = await world
      .act(rina, record, 'confirm', {}, { ifMatch: record.seq - 1 })
      .catch((e: unknown) => e);
    expect(refusal).toMatchObject({ code: 'staleVersion', extra: { seq: record.seq, changes: [] } });
  });

  test('with a repeated key gets the first answer, also with the old If-Match; other words do not', async () => {
    const record = await world.filed(done, mine);
    const more = { key: 'the-same-key-22-characters' };
    const first = await world.act(rina, record, 'dispute', { text: 'Masih berlubang.' }, more);
    const again = await world.act(rina, record, 'dispute', { text: 'Masih berlubang.' }, more);
    expect(again).toEqual(first);
    expect(await outcome(world.act(rina, record, 'dispute', { text: 'Lain.' }, more))).toBe('keyReused');
    expect((await world.store.read(record.code))?.data['disputes']).toBe(1);
  });

  test('that only staff take, or that has an operation of its own, is refused', async () => {
    const record = await world.filed([], mine);
    expect(await outcome(world.act(rina, record, 'archive', { reason: 'abuse', text: 'xx' }))).toBe(
      'forbidden',
    );
    expect(await outcome(world.act(rina, record, 'finish'))).toBe('forbidden');
    for (const apart of ['claim', 'renewPin']) {
      expect(await outcome(world.act(rina, record, apart))).toBe('notFound');
    }
  });
});

describe('taking words back', () => {
  test('empties text, place and the first words in every list; the case goes on', async () => {
    const record = await world.filed(done, mine);
    await world.act(rina, record, 'redact', { seq: 1 });
    const stored = await world.store.read(record.code);
    expect([stored?.excerpt, stored?.events.at(-1)?.type]).toEqual(['', 'redacted']);
    const shown = await view(record.code);
    expect([shown.text, shown.place.landmark]).toEqual([null, null]);
    const rows = await listRows(tables.cases, 'gsi5', reporterIndex('rina'), undefined, 100, true);
    expect(rows.find(({ row }) => row.code === record.code)?.row.excerpt).toBe('');
    expect(
      JSON.stringify(
        await tables.cases.query({
          KeyConditionExpression: 'pk = :pk',
          values: { ':pk': `C#${record.code}` },
        }),
      ),
    ).not.toContain('Budi');
  });

  test('is of one’s own words only; the coordinator’s with a reason', async () => {
    const record = await world.filed([...done.slice(0, 2), [officer, 'reply', { text: 'Kami cek.' }]], mine);
    expect(await outcome(world.act(rina, record, 'redact', { seq: record.seq }))).toBe('forbidden');
    expect(await outcome(world.act(rina, record, 'redact', { seq: 99 }))).toBe('invalidInput');
  });

  test('that crashed before the words were overwritten is finished by its retry', async () => {
    const record = await world.filed(done, mine);
    const more = { key: 'redact-key-of-22-characters' };
    const first = await world.act(rina, record, 'redact', { seq: 1 }, more);
    // As after a crash between the case’s write and the overwriting.
    await tables.cases.put({
      pk: `C#${record.code}`,
      sk: `TEXT#${record.filing.id}`,
      v: 1,
      ...record.filing,
      audience: 'reporter',
      body: 'Pak Budi',
      at: start,
    });
    expect(await world.act(rina, record, 'redact', { seq: 1 }, more)).toEqual(first);
    expect((await world.store.texts(record.code)).get(record.filing.id)).toMatchObject({
      body: '',
      redacted: true,
    });
  });
});
