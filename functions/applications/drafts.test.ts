import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { form } from './test/city.ts';
import { answers, applicationWorld, budi, refusal, rina } from './test/world.ts';

let tables: TestTables;
let world: ReturnType<typeof applicationWorld>;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  world = applicationWorld(tables);
  // One account for all of these: what an earlier one left is discarded.
  for (const { id } of await listed()) await world.run.discardDraft(world.call(rina, { params: { id } }));
  await world.run.forgetAnswers(world.call(rina, {}));
});

const listed = async () => (await world.run.listDrafts(world.call(rina, {}))).body.drafts;
const read = async (id: string, actor = rina) =>
  (await world.run.readDraft(world.call(actor, { params: { id } }))).body;
const begin = (body: object = {}, actor = rina) =>
  world.run.startDraft(world.call(actor, { body: { service: 'akta', reuse: false, ...body } }));
const save = (id: string, rev: number, more: object) =>
  world.run.saveDraft(
    world.call(
      rina,
      { params: { id }, body: { applicant: { kind: 'person' }, answers: {}, documents: {}, ...more } },
      { ifMatch: rev },
    ),
  );

describe('a draft', () => {
  test('is kept as far as it came, opened on another device, and nobody else’s', async () => {
    const { body } = await begin();
    const kk = world.citizenUpload();
    await save(body.id, body.rev, { answers: { name: 'Rina', nik: '13' }, documents: { kk } });
    expect(await listed()).toMatchObject([{ id: body.id, service: { name: 'Akta Uji' } }]);
    expect(await read(body.id)).toMatchObject({
      rev: 2,
      answers: { name: 'Rina', nik: '13' },
      documents: [{ id: 'kk', file: kk, until: '2026-11-24T02:00:00Z' }],
      needed: [{ id: 'kk' }],
      changes: [],
    });
    expect(await refusal(read(body.id, budi))).toBe('notFound');
    expect(await refusal(save(body.id, 1, {}))).toBe('staleDraft');
    expect(await refusal(save(body.id, 2, { answers: { apa: 1 } }))).toBe('answersWrong /answers/apa');
    expect(await refusal(save(body.id, 2, { documents: { apa: kk } }))).toBe(
      'unknownDocument /documents/apa',
    );
    expect(await refusal(save(body.id, 2, { documents: { kk: 'x'.repeat(40) } }))).toBe(
      'unknownFile /documents/kk',
    );
  });

  test('is no case: it counts nowhere, and goes by itself', async () => {
    const { body } = await begin();
    expect(body.expires).toBe('2027-01-22T02:00:00Z');
    const { items } = await tables.identities.scan({
      FilterExpression: '#id = :id',
      values: { ':id': body.id.slice(2) },
      ExpressionAttributeNames: { '#id': 'id' },
    } as never);
    expect(items).toMatchObject([{ expires: Date.parse('2027-01-22T02:00:00Z') / 1000 }]);
    world.at('2027-01-23T02:00:00Z');
    expect(await listed()).toEqual([]);
    expect(await refusal(read(body.id))).toBe('notFound');
  });

  test('there are ten at most, however many are started at once', async () => {
    const many = await Promise.all(Array.from({ length: 14 }, () => refusal(begin())));
    expect(many.filter((one) => one === 'done').length).toBeLessThanOrEqual(10);
    while ((await refusal(begin())) === 'done');
    expect((await listed()).length).toBe(10);
    expect(await refusal(begin())).toBe('tooManyDrafts');
  });
});

describe('a draft of an older form', () => {
  const newer = {
    ...form,
    required: [...(form.required ?? []), 'email'],
    properties: {
      name: form.properties['name'] as never,
      nikNumber: { ...(form.properties['nik'] as object) } as never,
      phone: form.properties['phone'] as never,
      married: form.properties['married'] as never,
      sure: form.properties['sure'] as never,
      email: { type: 'string', format: 'email', 'x-title': { id: 'Surel', en: 'Email' } } as const,
    },
  };

  test('is taken over, says what changed, and is submitted only after it was saved anew', async () => {
    const draft = await world.draft(rina, { answers: { ...answers, children: [{ name: 'Anak' }] } });
    world.newForm({ ...newer, required: ['name', 'nikNumber', 'married', 'sure', 'email'] });
    const carried = await read(draft.id);
    expect(carried.answers).toMatchObject({ name: 'Rina Wati', nikNumber: answers.nik });
    expect(carried.changes).toEqual(
      expect.arrayContaining([
        { pointer: '/nik', change: 'moved', to: '/nikNumber' },
        { pointer: '/children', change: 'removed', to: null },
        { pointer: '/email', change: 'added', to: null },
      ]),
    );
    expect(await refusal(world.submit(draft.id))).toBe('formChanged');
    const saved = { ...carried.answers, email: 'rina@contoh.id' };
    await save(draft.id, carried.rev, { answers: saved, documents: { kk: world.citizenUpload() } });
    expect((await world.submit(draft.id)).state).toBe('submitted');
  });

  test('an upload that is gone after a day is named, and asked for again', async () => {
    const draft = await world.draft();
    world.at('2026-11-24T03:00:00Z');
    expect((await read(draft.id)).changes).toEqual([
      { pointer: '/documents/kk', change: 'expired', to: null },
    ]);
    expect(await refusal(world.submit(draft.id))).toBe('formChanged');
  });
});

describe('earlier answers', () => {
  test('are kept by consent alone, filled in by wish alone, and forgotten when asked', async () => {
    await world.submit((await world.draft()).id);
    expect((await begin({ reuse: true })).body.filled).toEqual([]);
    await world.submit((await world.draft()).id, rina, { remember: true });
    expect((await begin()).body.answers).toEqual({});
    const { body } = await begin({ reuse: true });
    expect(body.answers).toEqual({
      name: 'Rina Wati',
      nik: answers.nik,
      phone: '+6281234567890',
      area: '99.01.01.1001',
    });
    expect([...body.filled].sort()).toEqual(['/area', '/name', '/nik', '/phone']);
    expect((await begin({ reuse: true }, budi)).body.answers).toEqual({});
    await world.run.forgetAnswers(world.call(rina, {}));
    expect((await begin({ reuse: true })).body.filled).toEqual([]);
  });
});

test('a draft saved anew after it was submitted says what it became', async () => {
  const draft = await world.draft();
  const { code } = await world.submit(draft.id);
  // As if the answer and the discarding had been lost.
  const again = await world.deps.drafts.create(
    rina.id,
    { id: draft.id.slice(2), service: 'akta', standards: 1 },
    {
      applicant: { kind: 'person' },
      answers: { ...answers, name: 'Rina Wahyuni' },
      documents: { kk: world.citizenUpload() },
      filled: [],
    },
    world.now(),
  );
  const id = `${again?.slot}-${again?.id}`;
  expect(id).toBe(draft.id);
  await expect(world.submit(id)).rejects.toMatchObject({ code: 'draftSubmitted', extra: { code } });
});
