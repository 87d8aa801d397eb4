import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { form, serviceCity } from './test/city.ts';
import { answers, applicationWorld, refusal, rina } from './test/world.ts';

const city = serviceCity();
const officer = staffOf(city, 'officer', 'perkim');

let tables: TestTables;
let world: ReturnType<typeof applicationWorld>;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  world = applicationWorld(tables);
});

const accepted = { documents: { kk: 'accepted' } };
const rejected = {
  documents: { kk: 'unreadable' },
  answers: { '/nik': 'wrongAnswer' },
  notes: { kk: 'Halaman kedua buram.' },
};

describe('corrections', () => {
  test('only what was rejected opens, all of it at once', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'askCorrection', rejected);
    const photo = () => ({ kk: world.citizenUpload() });
    expect(await refusal(world.correct(code, { documents: photo() }))).toBe('partMissing /answers/nik');
    expect(
      await refusal(
        world.correct(code, { documents: photo(), answers: { '/nik': answers.nik, '/name': 'X Y' } }),
      ),
    ).toBe('partNotOpen /answers/name');
    expect(await refusal(world.correct(code, { documents: photo(), answers: { '/nik': '1' } }))).toBe(
      'answersWrong /answers/nik',
    );
    expect(await refusal(world.correct(code, {}))).toBe('nothingHandedIn');
    const key = 'again'.padEnd(22, '-');
    const body = { documents: photo(), answers: { '/nik': '1374014107900009' } };
    const { seq } = await world.recordOf(code);
    const send = () =>
      world.run.correctMyApplication(world.call(rina, { params: { code }, body }, { key, ifMatch: seq }));
    const first = await send();
    expect(await send()).toEqual(first);
    expect((await world.mine(code)).answers).toMatchObject({ nik: '1374014107900009' });
  });

  test('an answer that asks for more brings it along', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'askCorrection', {
      documents: { kk: 'accepted' },
      answers: { '/married': 'wrongAnswer' },
    });
    expect(await refusal(world.correct(code, { answers: { '/married': true } }))).toBe(
      'answersWrong /answers/spouse',
    );
    const whole = { '/married': true, '/spouse': 'Budi' };
    expect(await refusal(world.correct(code, { answers: whole }))).toBe(
      'documentMissing /documents/buku-nikah',
    );
    await world.correct(code, { answers: whole, documents: { 'buku-nikah': world.citizenUpload() } });
    expect((await world.mine(code)).documents.map(({ id }) => id)).toEqual(['kk', 'buku-nikah']);
  });

  test('an answer to what is not asked is refused, not left out in silence', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'askCorrection', rejected);
    const idle = { '/nik': '1374014107900009', '/spouse': 'Budi' };
    expect(
      await refusal(world.correct(code, { documents: { kk: world.citizenUpload() }, answers: idle })),
    ).toBe('answersWrong /answers/spouse');
  });

  test('an answer that asks for less takes along what was rejected of it, and nobody judges that again', async () => {
    const code = await world.submitted({
      answers: { ...answers, married: true, spouse: 'Budi' },
      documents: { kk: world.citizenUpload(), 'buku-nikah': world.citizenUpload() },
    });
    await world.act(officer, code, 'askCorrection', {
      documents: { kk: 'accepted', 'buku-nikah': 'wrongDocument' },
      answers: { '/married': 'wrongAnswer', '/spouse': 'wrongAnswer' },
    });
    expect(await refusal(world.correct(code, { answers: { '/married': true } }))).toBe(
      'partMissing /documents/buku-nikah',
    );
    await world.correct(code, { answers: { '/married': false } });
    const own = await world.mine(code);
    expect(own).toMatchObject({ state: 'checking', answers: { married: false } });
    expect(own.answers).not.toHaveProperty('spouse');
    expect(own.documents.map(({ id }) => id)).toEqual(['kk']);
    await world.act(officer, code, 'complete', accepted);
    expect((await world.mine(code)).completeAt).not.toBeNull();
  });

  test('are judged by the form under which it was submitted, which both sides can look up', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'askCorrection', rejected);
    world.newForm({ ...form, required: [...(form.required ?? []), 'phone'], properties: {} });
    const versions = { catalogue: 1, standards: 1 };
    expect(await world.mine(code)).toMatchObject({ versions });
    expect(await world.seen(code, officer)).toMatchObject({ versions });
    await world.correct(code, {
      documents: { kk: world.citizenUpload() },
      answers: { '/nik': '1374014107900009' },
    });
    expect((await world.mine(code)).state).toBe('checking');
  });

  test('are not made wrong by the days that they take, and may be younger than the application', async () => {
    world.newForm({
      ...form,
      required: [...(form.required ?? []), 'letter'],
      properties: {
        ...form.properties,
        letter: {
          type: 'string',
          format: 'date',
          'x-date': { notBefore: { days: -3 }, notAfter: 'today' },
          'x-title': { id: 'Tanggal surat', en: 'Date of the letter' },
        },
      },
    });
    const dated = (letter: string) => ({ answers: { ...answers, letter } });
    const ask = (code: string, pointer: string) =>
      world.act(officer, code, 'askCorrection', { ...accepted, answers: { [pointer]: 'wrongAnswer' } });
    const [one, other] = [
      await world.submitted(dated('2026-11-21')),
      await world.submitted(dated('2026-11-22')),
    ];
    await ask(one, '/nik');
    await ask(other, '/letter');
    world.at('2026-12-01T03:00:00Z');
    await world.correct(one, { answers: { '/nik': '1374014107900009' } });
    expect((await world.mine(one)).state).toBe('checking');
    const letter = (day: string) => refusal(world.correct(other, { answers: { '/letter': day } }));
    expect(await letter('2026-12-02')).toBe('answersWrong /answers/letter');
    expect(await letter('2026-11-10')).toBe('answersWrong /answers/letter');
    expect(await letter('2026-11-30')).toBe('done');
  });

  test('a file that inspection refuses reopens by itself, and nobody can accept it', async () => {
    const { code } = await world.submit((await world.draft()).id);
    expect(await refusal(world.act(officer, code, 'complete', accepted))).toBe('fileNotReady /documents/kk');
    await world.inspect(code, 'broken');
    expect(await refusal(world.act(officer, code, 'complete', accepted))).toBe('fileNotReady /documents/kk');
    expect((await world.mine(code)).documents).toMatchObject([
      { id: 'kk', open: true, file: { state: 'refused' } },
    ]);
    await world.correct(code, { documents: { kk: world.citizenUpload() } });
    await world.inspect(code);
    await world.act(officer, code, 'complete', accepted);
    expect(await refusal(world.correct(code, { documents: { kk: world.citizenUpload() } }))).toBe(
      'wrongState',
    );
  });

  test('a verdict is on every document, names real answers, and rejects something', async () => {
    const code = await world.submitted();
    const ask = (body: object) => refusal(world.act(officer, code, 'askCorrection', body));
    expect(await ask({ documents: {} })).toBe('verdictMissing /documents/kk');
    expect(await ask(accepted)).toBe('nothingRejected');
    expect(await ask({ documents: { kk: 'accepted', apa: 'expired' } })).toBe(
      'unknownDocument /documents/apa',
    );
    expect(await ask({ ...accepted, answers: { '/apa': 'wrongAnswer' } })).toBe(
      'unknownAnswer /answers/~1apa',
    );
  });
});
