import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { certificate, serviceCity, services } from './test/city.ts';
import { applicationWorld, refusal } from './test/world.ts';

const city = serviceCity();
const officer = staffOf(city, 'officer', 'perkim');
const head = staffOf(city, 'head', 'perkim');
const head2 = staffOf(city, 'head', 'perkim', 'second-head');
const visitor = staffOf(city, 'officer', 'pupr');
const validator = staffOf(city, 'validator', 'pemerintahan');

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
