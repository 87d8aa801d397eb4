import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { uploader } from '../attachments/file-id.ts';
import { holderOf } from '../cases/actor.ts';
import { certificate, serviceCity, services } from './test/city.ts';
import { answers, applicationWorld, budi, refusal, rina } from './test/world.ts';

const city = serviceCity();
const officer = staffOf(city, 'officer', 'perkim');
const head = staffOf(city, 'head', 'perkim');
const head2 = staffOf(city, 'head', 'perkim', 'second-head');
const visitor = staffOf(city, 'officer', 'pupr');
const validator = staffOf(city, 'validator', 'pemerintahan');
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

const accepted = { documents: { kk: 'accepted' } };
const rejected = {
  documents: { kk: 'unreadable' },
  answers: { '/nik': 'wrongAnswer' },
  notes: { kk: 'Halaman kedua buram.' },
};

describe('from submission to product', () => {
  test('a certificate goes its whole way, and its clock starts with the complete file', async () => {
    const code = await world.submitted();
    const filed = await world.recordOf(code);
    expect(filed).toMatchObject({
      kind: 'application',
      state: 'submitted',
      unit: 'perkim',
      excerpt: 'Akta Uji',
    });
    expect(Object.keys(filed.clocks)).toEqual(['completeness']);

    world.at('2026-11-24T03:00:00Z');
    await world.act(officer, code, 'begin');
    await world.act(officer, code, 'askCorrection', rejected);
    const waiting = await world.mine(code);
    expect(waiting).toMatchObject({
      state: 'correction',
      completeAt: null,
      documents: [{ id: 'kk', verdict: 'rejected', fault: { code: 'unreadable' }, open: true }],
      faults: [{ pointer: '/nik', open: true }],
    });
    expect(waiting.correctBy).not.toBeNull();
    expect((await world.recordOf(code)).clocks['completeness']?.pausedAt).toBe('2026-11-24T03:00:00Z');

    world.at('2026-11-30T03:00:00Z');
    await world.correct(code, {
      documents: { kk: world.citizenUpload('document') },
      answers: { '/nik': '1374014107900002' },
    });
    expect(await world.mine(code)).toMatchObject({
      state: 'checking',
      answers: { nik: '1374014107900002', phone: '+6281234567890' },
      documents: [{ id: 'kk', verdict: null, fault: null, open: false }],
      faults: [],
    });
    await world.inspect(code, 'document');
    await world.act(officer, code, 'complete', accepted);
    const complete = await world.mine(code);
    // Three working days from Monday: Thursday, at closing time.
    expect(complete).toMatchObject({
      state: 'processing',
      completeAt: '2026-11-30T03:00:00Z',
      due: '2026-12-03T09:00:00Z',
      steps: [{ id: 'verify', place: 'now' }, { place: 'ahead' }, { place: 'ahead' }],
    });

    await world.act(officer, code, 'completeStep', { step: 'verify' });
    expect(await world.recordOf(code)).toMatchObject({ unit: 'pupr', root: 'pupr' });
    expect(await refusal(world.act(officer, code, 'completeStep', { step: 'visit' }))).toBe('notFound');
    await world.act(visitor, code, 'completeStep', { step: 'visit' });
    expect(await refusal(world.act(officer, code, 'completeStep', { step: 'visit' }))).toBe(
      'notItsTurn /step',
    );
    await world.act(officer, code, 'completeStep', { step: 'print' });
    expect(await world.recordOf(code)).toMatchObject({ unit: 'perkim', validating: 'pemerintahan' });
    await world.act(validator, code, 'sendBack', { text: 'Nama salah.' });
    await world.act(officer, code, 'completeStep', { step: 'print' });
    await world.act(validator, code, 'approve');
    expect(await world.mine(code)).toMatchObject({
      state: 'awaitingSignature',
      steps: [{ place: 'done' }, { place: 'done' }, { place: 'done' }],
    });
    expect(await refusal(world.act(officer, code, 'issue', { product: 'PERKIM-2026-1' }))).toBe('notFound');
  });

  test('a service without steps, validation and product is done when it is complete', async () => {
    const code = await world.submitted({}, 'catatan');
    await world.act(officer, code, 'complete', accepted);
    expect(await world.recordOf(code)).toMatchObject({ state: 'issued', outcome: 'issued' });
    await world.actMine(code, 'rate', { stars: 5, done: true });
    expect(await refusal(world.actMine(code, 'rate', { stars: 1, done: false }))).toBe('ratedAlready');
  });

  test('steps and grounds stay those of the day on which it was submitted', async () => {
    const code = await world.submitted();
    world.newServices(
      services.map((one) =>
        one.code === 'akta'
          ? {
              ...one,
              steps: [],
              refusals: certificate.refusals.map((ground) => ({ ...ground, id: 'other' })),
            }
          : one,
      ),
    );
    await world.act(officer, code, 'complete', accepted);
    expect(await world.mine(code)).toMatchObject({ state: 'processing', steps: [{ id: 'verify' }, {}, {}] });
    expect(await refusal(world.act(officer, code, 'refuse', { ground: 'other', text: 'xx' }))).toBe(
      'unknownGround /ground',
    );
    await world.act(officer, code, 'refuse', { ground: 'no-proof', text: 'Tidak ada bukti.' });
    expect((await world.mine(code)).refusal).toMatchObject({ ground: 'no-proof', legal: 'Pasal 1' });
  });

  test('each kelurahan’s own unit takes what is asked of it, and the head of the house approves it', async () => {
    const code = await world.submitted({}, 'surat');
    const lurah = staffOf(city, 'areaHead', 'ganting');
    expect(await world.recordOf(code)).toMatchObject({ unit: 'ganting', area: '99.01.01.1001' });
    await world.act(lurah, code, 'complete', accepted);
    await world.act(lurah, code, 'completeStep', { step: 'draft' });
    expect(await world.recordOf(code)).toMatchObject({ state: 'validation', validating: 'perkim' });
  });
});

describe('what is refused when it is submitted', () => {
  const tries: readonly (readonly [string, object, string])[] = [
    [
      'a document that the answers need',
      { answers: { ...answers, married: true, spouse: 'Budi' } },
      'documentMissing /documents/buku-nikah',
    ],
    ['an answer of the wrong shape', { answers: { ...answers, nik: '12' } }, 'answersWrong /answers/nik'],
    [
      'everything at once',
      { answers: { ...answers, nik: '12' }, documents: {} },
      'answersWrong /answers/nik /documents/kk',
    ],
    ['what is not accepted', { answers: { ...answers, sure: false } }, 'answersWrong /answers/sure'],
  ];
  test.each(tries)('%s', async (_, more, wanted) => {
    const { id } = await world.draft(rina, more);
    expect(await refusal(world.submit(id))).toBe(wanted);
  });

  test('a document that is not asked for, and one that is a voice note', async () => {
    const apply = (documents: object) =>
      world.run.apply(
        world.call({ kind: 'anonymous', id: 'anonymous' } as const, {
          body: { service: 'akta', applicant: { kind: 'person' }, answers, documents },
        }),
      );
    const photo = () => world.upload(uploader.anonymous);
    expect(await refusal(apply({ kk: photo(), 'buku-nikah': photo() }))).toBe(
      'unknownDocument /documents/buku-nikah',
    );
    expect(await refusal(apply({ kk: world.upload(uploader.anonymous, 'voice') }))).toBe(
      'wrongDocumentKind /documents/kk',
    );
    expect(await refusal(apply({ kk: world.citizenUpload() }))).toBe('unknownFile /documents/kk');
    const { body } = await apply({ kk: photo() });
    expect(body).toMatchObject({ state: 'submitted', promise: { amount: 3, in: 'workingDays' } });
    expect(body.checkedBy).toBe('2026-11-25T09:00:00Z');
  });

  test('a service that is paused, issued elsewhere, or unknown says so, with reason and date', async () => {
    const startDraft = (service: string) =>
      world.run.startDraft(world.call(rina, { body: { service, reuse: false } }));
    await expect(startDraft('jeda')).rejects.toMatchObject({
      code: 'servicePaused',
      extra: { reason: 'Blangko habis.', until: '2026-12-31' },
    });
    await expect(startDraft('oss')).rejects.toMatchObject({
      code: 'serviceElsewhere',
      extra: { url: 'https://oss.go.id/' },
    });
    expect(await refusal(startDraft('apa'))).toBe('unknownService /service');
    world.at('2027-01-04T03:00:00Z');
    expect((await startDraft('jeda')).body.service.id).toBe('jeda');
  });

  test('somebody else applies with a power of attorney, an organisation through whom it sends, where the service allows', async () => {
    const proxy = { name: 'Budi', nik: '1374010101900001' };
    const apply = (service: string, applicant: object, more: readonly string[] = []) => {
      const documents = Object.fromEntries(
        ['kk', ...more].map((id) => [id, world.upload(uploader.anonymous)]),
      );
      return world.run.apply(
        world.call({ kind: 'anonymous', id: 'anonymous' } as const, {
          body: { service, applicant, answers, documents },
        }),
      );
    };
    expect(await refusal(apply('catatan', { kind: 'person', proxy }))).toBe(
      'onBehalfNotOffered /applicant/proxy',
    );
    expect(await refusal(apply('akta', { kind: 'person', proxy }))).toBe(
      'documentMissing /documents/surat-kuasa',
    );
    const { body } = await apply('akta', { kind: 'person', proxy }, ['surat-kuasa']);
    const shown = await world.seen(body.code, officer);
    expect(shown).toMatchObject({
      onBehalf: true,
      papers: { applicant: { proxy: { nik: '************0001' } } },
    });
    const organisation = {
      kind: 'organisation',
      name: 'PT Uji',
      representative: { name: 'Budi', nik: proxy.nik, position: 'Direktur' },
    };
    expect(await refusal(apply('catatan', organisation))).toBe('applicantNotServed /applicant/kind');
    expect(await refusal(apply('akta', organisation))).toBe('documentMissing /documents/surat-tugas');
    expect((await apply('akta', organisation, ['surat-tugas'])).body.state).toBe('submitted');
  });

  test('staff at a counter file what was handed in before, not in the future', async () => {
    const file = (saidAt: string, key?: string) =>
      world.run.applyForCitizen(
        world.call(
          officer,
          {
            body: {
              service: 'akta',
              applicant: { kind: 'person' },
              answers,
              documents: { kk: world.upload(uploader.staff(officer.id)) },
              contact: { name: 'Rina', phone: '081234567890' },
              origin: 'counter',
              saidAt,
            },
          },
          key === undefined ? {} : { key },
        ),
      );
    const { body } = await file('2026-11-20T03:00:00Z');
    const record = await world.recordOf(body.code);
    expect(record).toMatchObject({ origin: 'counter', filedAt: '2026-11-20T03:00:00Z', identified: true });
    expect(record.clocks['completeness']?.due).toBe('2026-11-24T09:00:00Z');
    expect(world.contacts.get(body.code)).toMatchObject({ name: 'Rina' });
    expect(await refusal(file('2026-11-24T03:00:00Z'))).toBe('dateOutOfRange /saidAt');
    const holder = { code: body.code, pinVersion: 1 };
    const own = await world.run.readOwnApplication(world.call(holder, { params: { code: body.code } }));
    expect(own.body.answers).toMatchObject({ name: 'Rina Wati' });
    expect(holderOf(holder).id).toBe('pin-1');
  });
});

describe('submitting twice is one case', () => {
  test('whatever the keys and the devices', async () => {
    const { id } = await world.draft();
    const both = await Promise.all([world.submit(id), world.submit(id)]);
    expect(both[0]).toEqual(both[1]);
    expect(await world.submit(id)).toEqual(both[0]);
    expect(await refusal(world.submit(id, budi))).toBe('notFound');
  });

  test('a retry is answered when the service was paused meanwhile; another content is not', async () => {
    const body = {
      service: 'akta',
      applicant: { kind: 'person' },
      answers,
      documents: { kk: world.upload(uploader.anonymous) },
    };
    const apply = (what: object) =>
      world.run.apply(
        world.call(
          { kind: 'anonymous', id: 'anonymous' } as const,
          { body: what },
          { key: 'same'.padEnd(22, '-') },
        ),
      );
    const first = await apply(body);
    world.newServices(
      services.map((one) => (one.code === 'akta' ? { ...one, status: { state: 'closed' as const } } : one)),
    );
    expect(await apply(body)).toEqual(first);
    expect(await refusal(apply({ ...body, answers: { ...answers, name: 'Lain' } }))).toBe('keyReused');
  });

  test('killed before the contact was kept, a retry keeps it, even of a service that was paused meanwhile', async () => {
    const body = {
      service: 'akta',
      applicant: { kind: 'person' },
      answers,
      documents: { kk: world.upload(uploader.anonymous) },
      contact: { phone: '081234567890' },
    };
    const apply = () =>
      world.run.apply(
        world.call({ kind: 'anonymous', id: 'anonymous' } as const, { body }, { key: 'cut'.padEnd(22, '-') }),
      );
    world.contacts.set = () => {
      throw new Error('killed');
    };
    await expect(apply()).rejects.toThrow('killed');
    Reflect.deleteProperty(world.contacts, 'set');
    world.newServices(
      services.map((one) => (one.code === 'akta' ? { ...one, status: { state: 'closed' as const } } : one)),
    );
    const { code } = (await apply()).body;
    expect((await world.recordOf(code)).identified).toBe(true);
    expect(world.contacts.get(code)).toEqual({ phone: '081234567890' });
  });
});

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

describe('refusal and objection', () => {
  test('another person decides, once and in time; overturned, it goes on where it ended', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'complete', accepted);
    await world.act(head, code, 'refuse', { ground: 'no-proof', text: 'Tidak ada bukti.' });
    const refused = await world.mine(code);
    expect(refused.refusal).toMatchObject({ name: 'Tanpa bukti', objectTo: 'Kepada kepala dinas.' });
    await world.actMine(code, 'object', { text: 'Ada buktinya.' });
    expect(await refusal(world.act(head, code, 'decideObjection', { decision: 'upheld', text: 'xx' }))).toBe(
      'secondPersonNeeded',
    );
    await world.act(head2, code, 'decideObjection', { decision: 'overturned', text: 'Bukti cukup.' });
    const again = await world.recordOf(code);
    expect(again).toMatchObject({ state: 'processing' });
    expect(again.closedAt).toBeUndefined();
    expect(again.clocks['promise']?.doneAt).toBeUndefined();
    await world.act(officer, code, 'refuse', { ground: 'no-proof', text: 'xx' });
    expect(await refusal(world.actMine(code, 'object', { text: 'Lagi.' }))).toBe('objectionUsed');
  });

  test('an objection that comes too late is refused', async () => {
    const code = await world.submitted();
    await world.act(officer, code, 'begin');
    await world.act(officer, code, 'refuse', { ground: 'no-proof', text: 'xx' });
    world.at('2027-01-04T03:00:00Z');
    expect(await refusal(world.actMine(code, 'object', { text: 'Terlambat.' }))).toBe('contestOver');
  });
});
