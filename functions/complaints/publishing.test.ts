import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import type { CaseRecord } from '../cases/model.ts';
import { isSecret, publicBody, publicWords } from '../cases/publication.ts';
import { publishable, states } from './states.ts';

const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');
const inspector = staffOf(city, 'inspector', 'inspektorat');
const words = {
  title: 'Jalan berlubang di Ganting',
  summary: 'Lubang besar di depan pasar, sudah dua minggu.',
};

const verifying = () => taken(city, filedCase(city), coordinator, 'verify');
const published = (record = verifying()) => taken(city, record, coordinator, 'publish', words);
const withFile = (record: CaseRecord): CaseRecord => ({
  ...record,
  events: record.events.map((event) =>
    event.seq === 1 ? { ...event, files: [{ id: 'foto-0123456789abcdef', audience: 'reporter' }] } : event,
  ),
});

describe('publishing', () => {
  test('makes the words of its command public, and counts the edits', () => {
    const record = published();
    const event = record.events.at(-1);
    expect(event).toMatchObject({ type: 'published', audience: 'public', facts: { version: 1 } });
    expect(record.public?.text).toBe(event?.texts[0]?.id);
    expect(event?.texts[0]?.audience).toBe('public');
    const again = taken(city, record, coordinator, 'publish', words, '2026-11-24T03:00:00Z');
    expect(again.published).toEqual({ at: '2026-11-23T03:00:00Z', versions: 2 });
    expect(again.public).toMatchObject({
      at: '2026-11-24T03:00:00Z',
      text: again.events.at(-1)?.texts[0]?.id,
    });
  });

  test.each([
    ['title', { ...words, title: 'Lapor ke 081234567890' }],
    ['summary', { ...words, summary: 'Mobil BA 1234 XY parkir di trotoar setiap hari.' }],
  ])('is refused while personal data stands in the %s', (field, input) => {
    expect(take(city, verifying(), coordinator, 'publish', input)).toEqual({
      refuse: 'personalDataFound',
      field,
    });
  });

  test('passes when every find is confirmed, and only then', () => {
    const input = { ...words, summary: 'Telepon kantor (0752) 82345 atau 0752-82346 tidak diangkat.' };
    const confirm = (...texts: readonly string[]) => ({
      ...input,
      findings: texts.map((text) => ({ text, confirmed: true })),
    });
    const tried = (given: object) => take(city, verifying(), coordinator, 'publish', { ...given });
    expect(tried(confirm('(0752) 82345'))).toMatchObject({ refuse: 'personalDataFound' });
    expect(tried(confirm('(0752) 82345', '0752-82346'))).toHaveProperty('event');
  });

  test.each([
    ['confidential', filedCase(city, { confidential: true }), coordinator],
    ['oversight', filedCase(city, { oversight: true }), inspector],
    ['substitute', filedCase(city, { about: 'kominfo' }), staffOf(city, 'head', 'inspektorat')],
  ])('is refused for a %s case, whoever may act on it', (_, record, actor) => {
    expect(take(city, { ...record, state: 'verifying' }, actor, 'publish', words)).toEqual({
      refuse: 'secretCase',
    });
  });

  test('is the coordinator’s alone', () => {
    const assigned = taken(city, verifying(), coordinator, 'assign', { unit: 'pupr' });
    for (const action of ['publish', 'takedown', 'releaseFile', 'withholdFile'])
      expect(take(city, assigned, liaison, action, words)).toEqual({ refuse: 'forbidden' });
  });

  test('is for no case that nobody has looked at, nor for one that is gone', () => {
    expect(Object.keys(states).filter((state) => !publishable.includes(state))).toEqual([
      'received',
      'withdrawn',
      'merged',
      'archived',
    ]);
    expect(take(city, filedCase(city), coordinator, 'publish', words)).toEqual({ refuse: 'wrongState' });
  });
});

describe('a case that is public', () => {
  test('is taken down with a reason, keeps its place, and is published anew', () => {
    const down = taken(city, published(), coordinator, 'takedown', { reason: 'mistake' });
    expect([down.public, down.published]).toEqual([undefined, { at: '2026-11-23T03:00:00Z', versions: 1 }]);
    expect(down.events.at(-1)).toMatchObject({ type: 'takenDown', reasonCode: 'mistake' });
    expect(down.events.at(-1)).not.toHaveProperty('redacts');
    expect(take(city, down, coordinator, 'takedown', { reason: 'mistake' })).toEqual({
      refuse: 'notPublished',
    });
    const again = taken(city, down, coordinator, 'publish', words, '2026-12-01T03:00:00Z');
    expect(again.published).toEqual({ at: '2026-11-23T03:00:00Z', versions: 2 });
  });

  test('has its words overwritten when they leaked personal data', () => {
    const record = published();
    const down = taken(city, record, coordinator, 'takedown', { reason: 'personalData' });
    expect(down.events.at(-1)?.redacts).toEqual([record.public?.text]);
  });

  test.each([
    ['turns confidential', 'mark', { confidential: true, text: 'Ada saksi anak.' }],
    ['turns out to be oversight', 'mark', { oversight: true, text: 'Ada pungutan liar.' }],
    ['is about somebody with a substitute', 'mark', { about: 'kominfo', text: 'Tentang Kominfo.' }],
    ['gets a confidential category', 'correct', { category: 'kekerasan' }],
    ['is archived', 'archive', { reason: 'abuse', text: 'Tidak benar.' }],
    ['has its report redacted', 'redact', { seq: 1, reason: 'otherPerson' }],
  ])('is taken down in the same write when it %s', (_, action, input) => {
    const after = taken(city, published(), coordinator, action, input);
    expect(after.public).toBeUndefined();
    expect(after.published).toBeDefined();
  });

  test('stays public while its work goes on', () => {
    const assigned = taken(city, published(), coordinator, 'assign', { unit: 'pupr' });
    expect(taken(city, assigned, liaison, 'accept').public).toEqual(assigned.public);
  });

  test('is not public again by losing its secrecy: that is for the coordinator to do', () => {
    const secret = taken(city, published(), coordinator, 'mark', { confidential: true, text: 'Saksi.' });
    const open = taken(city, secret, coordinator, 'mark', { confidential: false, text: 'Sudah jelas.' });
    expect(open.public).toBeUndefined();
  });
});

describe('photos', () => {
  const file = 'foto-0123456789abcdef';
  const shown = () => published(withFile(verifying()));

  test('are released and withheld one by one', () => {
    const released = taken(city, shown(), coordinator, 'releaseFile', { seq: 1, file });
    expect(released.public?.files).toEqual([file]);
    expect(take(city, released, coordinator, 'releaseFile', { seq: 1, file })).toMatchObject({
      refuse: 'invalidInput',
    });
    const withheld = taken(city, released, coordinator, 'withholdFile', { file });
    expect(withheld.public?.files).toEqual([]);
    expect(take(city, withheld, coordinator, 'withholdFile', { file })).toMatchObject({
      refuse: 'unknownFile',
    });
  });

  test('stay released through a new edit, and not through a takedown', () => {
    const released = taken(city, shown(), coordinator, 'releaseFile', { seq: 1, file });
    const edited = taken(city, released, coordinator, 'publish', words);
    expect(edited.public?.files).toEqual([file]);
    const down = taken(city, edited, coordinator, 'takedown', { reason: 'request' });
    expect(taken(city, down, coordinator, 'publish', words).public?.files).toEqual([]);
  });

  test.each([
    ['another case’s', { seq: 1, file: 'lain-0123456789abcdef' }],
    ['one that another event brought', { seq: 2, file }],
  ])('%s is not released', (_, input) => {
    expect(take(city, shown(), coordinator, 'releaseFile', input)).toEqual({
      refuse: 'unknownFile',
      field: 'file',
    });
  });

  test('that the desk keeps to itself are not released', () => {
    const record = withFile(verifying());
    const events = record.events.map((event) => ({
      ...event,
      ...(event.files === undefined ? {} : { files: [{ id: file, audience: 'staff' as const }] }),
    }));
    expect(
      take(city, published({ ...record, events }), coordinator, 'releaseFile', { seq: 1, file }),
    ).toEqual({
      refuse: 'unknownFile',
      field: 'file',
    });
  });

  test('are released of public cases only', () => {
    expect(take(city, withFile(verifying()), coordinator, 'releaseFile', { seq: 1, file })).toEqual({
      refuse: 'notPublished',
    });
  });
});

describe('whatever is done to it, in whatever order', () => {
  const moves: readonly (readonly [action: string, input: object])[] = [
    ['verify', {}],
    ['publish', words],
    ['publish', words],
    ['assign', { unit: 'pupr' }],
    ['mark', { confidential: true, text: 'Saksi.' }],
    ['mark', { confidential: false, text: 'Sudah jelas.' }],
    ['mark', { oversight: true, text: 'Pungutan.' }],
    ['correct', { category: 'kekerasan' }],
    ['correct', { category: 'sampah' }],
    ['takedown', { reason: 'request' }],
    ['archive', { reason: 'abuse', text: 'Tidak benar.' }],
    ['redact', { seq: 1, reason: 'otherPerson' }],
  ];
  type Keep = (before: CaseRecord, after: CaseRecord) => CaseRecord;
  const leaks = (keep: Keep) =>
    fc.check(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 14 }), (sequence) => {
        let record = filedCase(city);
        let redactedAt = 0;
        for (const [action, input] of sequence) {
          const stepped = [coordinator, inspector]
            .map((actor) => take(city, record, actor, action, { ...input }))
            .find((one) => 'record' in one);
          if (stepped === undefined || !('record' in stepped)) continue;
          record = keep(record, stepped.record);
          if (stepped.event.redacts?.includes(record.filing.id)) redactedAt = record.seq;
          if (record.public === undefined) continue;
          expect(isSecret(record)).toBe(false);
          expect(publishable).toContain(record.state);
          expect(record.published).toBeDefined();
          const from = record.events.findLast(({ type }) => type === 'published')?.seq ?? 0;
          expect(from).toBeGreaterThan(redactedAt);
        }
      }),
      { numRuns: 300, seed: 20_261_122 },
    ).failed;

  test('no secret, hidden or redacted case is public', () => {
    expect(leaks((_, after) => after)).toBe(false);
  });

  test('a twin that leaves taking down to people is caught', () => {
    const forgetful: Keep = (before, after) =>
      before.public === undefined || after.public !== undefined || after.events.at(-1)?.type === 'takenDown'
        ? after
        : { ...after, public: before.public };
    expect(leaks(forgetful)).toBe(true);
  });
});

test('title and summary are one text, and come apart again', () => {
  const summary = 'Baris satu.\n\nBaris dua.';
  expect(publicWords(publicBody('Judul', summary))).toEqual({ title: 'Judul', summary });
});
