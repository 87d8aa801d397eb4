import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { uploader } from '../attachments/file-id.ts';
import { holderOf } from '../cases/actor.ts';
import { serviceCity, services } from './test/city.ts';
import { answers, applicationWorld, budi, refusal, rina } from './test/world.ts';

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
    const file = (saidAt: string, service = 'akta') =>
      world.run.applyForCitizen(
        world.call(officer, {
          body: {
            service,
            applicant: { kind: 'person' },
            answers,
            documents: { kk: world.upload(uploader.staff(officer.id)) },
            contact: { name: 'Rina', phone: '081234567890' },
            origin: 'counter',
            saidAt,
          },
        }),
      );
    const { body } = await file('2026-11-20T03:00:00Z');
    const record = await world.recordOf(body.code);
    expect(record).toMatchObject({ origin: 'counter', filedAt: '2026-11-20T03:00:00Z', identified: true });
    expect(record.clocks['completeness']?.due).toBe('2026-11-24T09:00:00Z');
    expect(world.contacts.get(body.code)).toMatchObject({ name: 'Rina' });
    expect(await refusal(file('2026-11-24T03:00:00Z'))).toBe('dateOutOfRange /saidAt');
    // Paused since, not when it was handed in.
    expect(await refusal(file('2026-10-30T03:00:00Z', 'jeda'))).toBe('done');
    expect(await refusal(file('2026-11-02T03:00:00Z', 'jeda'))).toBe('servicePaused');
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
