import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import type { Actor } from '../cases/actor.ts';
import { isRunning } from '../cases/clock/clock.ts';
import { allowedActions } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { complaint } from './workflow.ts';

const plain = testCity();
/** PUPR wants its head to look at replies; its water section does not. */
const city = {
  ...plain,
  units: plain.units.map((unit) => {
    if (unit.id === 'pupr') return { ...unit, approvesReplies: true };
    return unit.id === 'pupr-air' ? { ...unit, approvesReplies: false } : unit;
  }),
};
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');
const officer = staffOf(city, 'officer', 'pupr-jalan');
const head = staffOf(city, 'head', 'pupr');
const mayor = staffOf(city, 'executive', 'setda', 'mayor', 'mayor');
const at = '2026-11-24T03:00:00Z';

const inUnit = (unit = 'pupr-jalan', category = 'jalan'): CaseRecord =>
  taken(city, filedCase(city, { category }), coordinator, 'assign', { unit });
const outcome = (record: CaseRecord, actor: Actor, action: string, input = {}) => {
  const stepped = take(city, record, actor, action, input, at);
  return 'refuse' in stepped ? stepped.refuse : 'done';
};
const after = (record: CaseRecord, actor: Actor, action: string, input = {}) =>
  taken(city, record, actor, action, input, at);

describe('labels', () => {
  test('are put on and taken off, eight at most, each once', () => {
    const two = after(inUnit(), officer, 'label', { add: ['musrenbang', 'banjir', 'banjir'] });
    expect(two.labels).toEqual(['banjir', 'musrenbang']);
    expect(after(two, liaison, 'label', { remove: ['banjir'] }).labels).toEqual(['musrenbang']);
    expect('labels' in after(two, liaison, 'label', { remove: ['banjir', 'musrenbang'] })).toBe(false);
    const six = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
    expect(after(two, officer, 'label', { add: six }).labels).toHaveLength(8);
    expect(outcome(two, officer, 'label', { add: [...six, 'a7'] })).toBe('tooManyLabels');
    expect(outcome(two, officer, 'label', { add: ['banjir'] })).toBe('invalidInput');
  });
});

describe('a label', () => {
  test.each([
    '081234567890',
    'hp-0812-3456-7890',
    'nik-1374020101900001',
    'ba-1234-xy',
    'ig-budi',
  ])('%s leads to a person and is refused', (personal) => {
    expect(outcome(inUnit(), officer, 'label', { add: ['banjir', personal] })).toBe('personalLabel');
  });

  test.each([
    'dak-2026',
    'rt-02-rw-05',
    'musrenbang-2025-2026',
    'blok-b-12',
    'perda-3-2024',
  ])('%s leads to nobody', (plain) => {
    expect(after(inUnit(), officer, 'label', { add: [plain] }).labels).toEqual([plain]);
  });
});

describe('priority', () => {
  test('is said with its reason; the normal one is none', () => {
    const urgent = after(inUnit(), liaison, 'prioritise', { level: 'urgent', text: 'Di depan sekolah.' });
    expect(urgent.priority).toEqual({ level: 'urgent', text: urgent.events.at(-1)?.texts[0]?.id });
    expect(JSON.stringify(urgent)).not.toContain('sekolah');
    expect('priority' in after(urgent, liaison, 'prioritise', { level: 'normal', text: 'Sudah aman.' })).toBe(
      false,
    );
    expect(outcome(urgent, liaison, 'prioritise', { level: 'urgent', text: 'Lagi.' })).toBe('invalidInput');
  });
});

describe('a reply that the head approves', () => {
  const draft = { text: 'Kami tambal Kamis.', by: '2026-11-26' };
  const firstResponse = (record: CaseRecord) => {
    const clock = record.clocks['firstResponse'];
    return clock !== undefined && isRunning(clock);
  };

  test('is a draft first; the reporter sees nothing and the first response still runs', () => {
    expect(outcome(inUnit(), officer, 'reply', draft)).toBe('approvalNeeded');
    const waiting = after(inUnit(), officer, 'draftReply', draft);
    const event = waiting.events.at(-1);
    expect(event).toMatchObject({ type: 'replyDrafted', audience: 'staff', tells: ['head'] });
    expect(event?.texts.map(({ audience }) => audience)).toEqual(['staff']);
    expect(firstResponse(waiting)).toBe(true);
    expect(waiting.custody.at(-1)?.respondedAt).toBeUndefined();
  });

  test('is said in the draft’s words when approved, and only then is the first response', () => {
    const waiting = after(inUnit(), officer, 'draftReply', draft);
    const said = after(waiting, head, 'approveReply');
    const words = waiting.events.at(-1)?.texts[0]?.id;
    expect(said.events.at(-1)).toMatchObject({
      type: 'replied',
      audience: 'code',
      texts: [{ id: words, audience: 'reporter' }],
      facts: { by: '2026-11-26' },
    });
    expect(firstResponse(said)).toBe(false);
    expect(said.custody.at(-1)?.respondedAt).toBe(at);
    expect(outcome(said, head, 'approveReply')).toBe('noDraft');
  });

  test('is rejected with a reason, after which nothing waits', () => {
    const rejected = after(after(inUnit(), officer, 'draftReply', draft), head, 'rejectReply', {
      text: 'Tulis tanggal pasti.',
    });
    expect(rejected.events.at(-1)).toMatchObject({ type: 'replyRejected', audience: 'staff' });
    expect(rejected.data['draft']).toBeUndefined();
    expect(firstResponse(rejected)).toBe(true);
  });

  test('stays behind when the case moves to another unit', () => {
    const waiting = after(inUnit(), officer, 'draftReply', draft);
    const moved = after(waiting, coordinator, 'assign', { unit: 'perkim' });
    expect(outcome(moved, staffOf(city, 'head', 'perkim'), 'approveReply')).toBe('noDraft');
    const back = after(moved, coordinator, 'assign', { unit: 'damkar' });
    expect(allowedActions(complaint, staffOf(city, 'head', 'damkar'), back, city, at)).not.toContain(
      'approveReply',
    );
  });

  test.each<[string, Actor, string, object, string]>([
    ['the head replies at once', head, 'reply', draft, 'done'],
    ['a liaison does not', liaison, 'reply', draft, 'approvalNeeded'],
    ['an officer approves nothing', officer, 'approveReply', {}, 'forbidden'],
    [
      'a date in the past is no promise',
      officer,
      'draftReply',
      { ...draft, by: '2026-11-01' },
      'dateOutOfRange',
    ],
  ])('%s', (_, actor, action, input, expected) => {
    expect(outcome(inUnit(), actor, action, input)).toBe(expected);
  });

  test('nobody approves the own draft', () => {
    const own = after(inUnit(), head, 'draftReply', draft);
    expect(outcome(own, head, 'approveReply')).toBe('secondPersonNeeded');
  });

  test('is not asked for where the unit does not want it', () => {
    expect(outcome(inUnit('pupr-air'), liaison, 'reply', draft)).toBe('done');
    expect(outcome(inUnit('perkim', 'sampah'), staffOf(city, 'officer', 'perkim'), 'reply', draft)).toBe(
      'done',
    );
  });
});

describe('an instruction', () => {
  const wish = { text: 'Selesaikan sebelum hari pasar.', due: '2026-11-27' };

  test('waits until the unit answers it, and goes to the head', () => {
    const given = after(inUnit(), mayor, 'instruct', wish);
    expect(given.instructions).toEqual([{ seq: given.seq, by: 'mayor', due: '2026-11-27' }]);
    expect(given.events.at(-1)).toMatchObject({ audience: 'staff', tells: ['head', 'unit'] });
    const again = after(given, mayor, 'instruct', { ...wish, due: '2026-12-01' });
    const answered = after(again, liaison, 'answerInstruction', {
      seq: given.seq,
      text: 'Besok dikerjakan.',
    });
    expect(answered.instructions?.map(({ due }) => due)).toEqual(['2026-12-01']);
    expect(outcome(answered, liaison, 'answerInstruction', { seq: given.seq, text: '-' })).toBe(
      'noInstruction',
    );
  });

  test.each<[string, CaseRecord, Actor, object, string]>([
    ['of yesterday', inUnit(), mayor, { ...wish, due: '2026-11-23' }, 'dateOutOfRange'],
    ['for the year after next', inUnit(), mayor, { ...wish, due: '2028-01-01' }, 'dateOutOfRange'],
    ['by a head', inUnit(), head, wish, 'forbidden'],
    ['on a case that the mayor may not know', inUnit('perkim', 'kekerasan'), mayor, wish, 'forbidden'],
  ])('%s is refused', (_, record, actor, input, expected) => {
    expect(outcome(record, actor, 'instruct', input)).toBe(expected);
  });

  test('is one of three at most', () => {
    const three = [1, 2, 3].reduce((record) => after(record, mayor, 'instruct', wish), inUnit());
    expect(outcome(three, mayor, 'instruct', wish)).toBe('tooManyInstructions');
  });

  test('in triage goes to the coordinators', () => {
    const given = after(filedCase(city, { category: undefined }), mayor, 'instruct', wish);
    expect(given.events.at(-1)?.tells).toEqual(['coordinators']);
    expect(outcome(given, coordinator, 'answerInstruction', { seq: given.seq, text: 'Baik.' })).toBe('done');
  });
});
