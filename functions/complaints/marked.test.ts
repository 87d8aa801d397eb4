import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { citizenDue, earliestDue } from '../cases/clock/clock.ts';
import { rowOf } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import { messageOf } from '../events/message.ts';
import { contributionOf } from '../figures/contribution.ts';
import { privateView } from '../track/view.ts';
import { reasons } from './states.ts';
import { city, kominfo, kominfo2, monday, reporter } from './test/people.ts';
import { complaint } from './workflow.ts';

const archived = (reason: string): CaseRecord =>
  taken(city, filedCase(city), kominfo, 'archive', { reason, text: 'Sudah kami datangi.' });
const objected = (record: CaseRecord): CaseRecord =>
  taken(city, record, reporter, 'object', { text: 'Itu benar ada.' });
const decided = (record: CaseRecord, decision: string): CaseRecord =>
  taken(city, record, kominfo2, 'decideObjection', { decision, text: 'Diputus.' });
const shown = (record: CaseRecord, now = monday) =>
  privateView(
    { city, workflow: complaint, record, events: record.events, language: 'id', supporters: 0 },
    reporter,
    new Map(),
    now,
  );

describe.each(['abuse', 'hoax'])('a report that is archived as %s', (reason) => {
  test('is marked so, and its reporter reads why, to whom and until when to object', () => {
    const record = archived(reason);
    expect(record.data['mark']).toBe(reason);
    const { appeal, actions, timeline, contestUntil } = shown(record);
    expect(appeal?.says).toMatch(/^Laporan ini ditandai sebagai .* keberatan .* koordinator lain atau Sekda/);
    expect(appeal?.until).toBe('2026-12-07T09:00:00Z');
    expect([contestUntil, actions.map(({ id }) => id)]).toEqual([appeal?.until, ['object', 'redact']]);
    expect(timeline.at(-1)?.why).toBe(reasons[reason]?.id);
    expect(reasons[reason]?.id).toContain('berkeberatan');
  });

  test('loses the mark with a won objection, decided by another person', () => {
    const waits = objected(archived(reason));
    expect(take(city, waits, kominfo, 'decideObjection', { decision: 'overturned', text: 'xx' })).toEqual({
      refuse: 'secondPersonNeeded',
    });
    expect(decided(waits, 'overturned')).toMatchObject({ state: 'verifying' });
    expect(decided(waits, 'overturned').data).not.toHaveProperty('mark');
    expect(decided(waits, 'upheld').data['mark']).toBe(reason);
    expect(shown(decided(waits, 'upheld')).appeal).toBeNull();
  });

  test('cannot be objected to once the time is over', () => {
    const record = archived(reason);
    expect(shown(record, '2026-12-08T00:00:00Z').appeal).toBeNull();
    expect(take(city, record, reporter, 'object', { text: 'xx' }, '2026-12-08T00:00:00Z')).toEqual({
      refuse: 'disputeOver',
    });
  });

  test('is told apart in no list, message or figure: nobody counts whose it was', () => {
    const row = (record: CaseRecord) =>
      JSON.stringify(rowOf(record, earliestDue(record.clocks), citizenDue(record.clocks)));
    const [marked, other] = [archived(reason), archived('repeated')];
    expect(row(marked)).toBe(row(other));
    const last = marked.events.at(-1);
    expect(JSON.stringify(last === undefined ? '' : messageOf(marked, last))).not.toContain(reason);
    expect(contributionOf(marked, city)).toEqual(contributionOf(other, city));
  });

  test('is not a resolved one: it has no outcome, and no unit answered it', () => {
    const record = archived(reason);
    expect(record.outcome).toBeUndefined();
    expect(Object.values(contributionOf(record, city)).flatMap(Object.keys).join(' ')).not.toMatch(/respon/);
  });
});

test.each(['notAComplaint', 'noContentToActOn', 'repeated'])('archived as %s is no mark', (reason) => {
  expect(archived(reason).data).not.toHaveProperty('mark');
  expect(shown(archived(reason)).appeal?.says).toMatch(/^Bila keliru/);
});
