import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { serviceCity } from './test/city.ts';
import { answers, applicationWorld, budi, refusal } from './test/world.ts';

const city = serviceCity();
const officer = staffOf(city, 'officer', 'perkim');
const visitor = staffOf(city, 'officer', 'pupr');
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const mayor = staffOf(city, 'executive', 'setda', 'mayor', 'mayor');

let tables: TestTables;
let world: ReturnType<typeof applicationWorld>;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  world = applicationWorld(tables);
});

const rejected = {
  documents: { kk: 'unreadable' },
  answers: { '/nik': 'wrongAnswer' },
  notes: { kk: 'Halaman kedua buram.' },
};

describe('who reads what', () => {
  test('who handles it reads masked answers; all others who know of it, its steps alone', async () => {
    const code = await world.submitted();
    const shown = await world.seen(code, officer);
    expect(shown.papers?.answers).toMatchObject({ name: 'Rina Wati', nik: '************0001' });
    for (const other of [coordinator, mayor]) {
      const seen = await world.seen(code, other);
      expect(seen.papers).toBeNull();
      expect(JSON.stringify(seen)).not.toContain('Rina');
    }
    expect(await refusal(world.seen(code, visitor))).toBe('notFound');
    expect(await refusal(world.mine(code, budi))).toBe('notFound');
  });

  test('a reveal needs a reason, is an event, and leaves an open page good', async () => {
    const code = await world.submitted();
    const { seq } = await world.recordOf(code);
    const reveal = (actor: typeof officer) =>
      world.run.revealAnswers(
        world.call(actor, { params: { code }, body: { reason: 'Mencocokkan dengan SIAK.' } }),
      );
    expect((await reveal(officer)).body.answers).toMatchObject({ nik: answers.nik });
    const after = await world.recordOf(code);
    expect(after.events.at(-1)).toMatchObject({
      type: 'revealed',
      audience: 'staff',
      actor: { id: officer.id },
    });
    expect(await refusal(reveal(coordinator))).toBe('forbidden');
    const same = { key: 'again'.padEnd(22, '-') };
    const body = { reason: 'Mencocokkan dengan SIAK.' };
    const again = (actor: typeof officer) =>
      world.run.revealAnswers(world.call(actor, { params: { code }, body }, same));
    expect(await refusal(again(officer))).toBe('done');
    // The same person, the same call, another post by now.
    expect(await refusal(again({ ...coordinator, id: officer.id }))).toBe('forbidden');
    expect(
      (
        await world.run.actOnApplication(
          world.call(officer, { params: { code, action: 'begin' }, body: {} }, { ifMatch: seq }),
        )
      ).body.state,
    ).toBe('checking');
  });

  test('nothing that was filled in lies open anywhere', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'askCorrection', rejected);
    const { items } = await tables.cases.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': `C#${code}` },
    });
    const identities = await tables.identities.scan({ FilterExpression: 'v = :v', values: { ':v': 1 } });
    const sealed = identities.items.map((item) =>
      Object.values(item)
        .flatMap((value) => Object.values(Object((value as { fields?: object } | undefined)?.fields ?? {})))
        .map((bytes) => Buffer.from(bytes as Uint8Array).toString('latin1')),
    );
    expect(items.length).toBeGreaterThan(1);
    expect(sealed.flat().length).toBeGreaterThan(0);
    const all = JSON.stringify([items, identities.items, sealed]);
    for (const secret of [answers.nik, 'Rina Wati', '81234567890']) expect(all).not.toContain(secret);
  });
});
