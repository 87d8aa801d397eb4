import { describe, expect, test } from 'vitest';
import { take } from '../../test/cases.ts';
import { type Actor, holderOf } from '../cases/actor.ts';
import { dataLimit } from '../cases/change.ts';
import type { CaseRecord } from '../cases/model.ts';
import { city, followedUp, inProgress, people } from './test/table.ts';

const bytesOf = (data: CaseRecord['data']): number => Buffer.byteLength(JSON.stringify(data));

/** A case with facts up to some bytes below the limit. */
const filled = (record: CaseRecord, left: number): CaseRecord => {
  const data = { ...record.data, filler: '' };
  return { ...record, data: { ...data, filler: 'x'.repeat(dataLimit - left - bytesOf(data)) } };
};
const officer = people['officer'] as Actor;
const head = people['head'] as Actor;
const drafted = (record: CaseRecord) => take(city, record, officer, 'draftReply', { text: 'Baik.' });

describe('what a kind keeps with a case', () => {
  test('staff add facts up to the limit and nothing beyond it', () => {
    expect(drafted(filled(inProgress, 200))).toMatchObject({ event: { type: 'replyDrafted' } });
    expect(drafted(filled(inProgress, 20))).toEqual({ refuse: 'caseFull' });
  });

  test('steps that add nothing, or take something away, go on as before', () => {
    const full = filled(inProgress, -40);
    expect(take(city, full, officer, 'note', { text: 'Catatan.' })).toMatchObject({
      event: { type: 'noted' },
    });
    const waits = drafted(filled(inProgress, 200));
    if ('refuse' in waits) throw new Error(waits.refuse);
    const rejected = take(city, filled(waits.record, -40), head, 'rejectReply', { text: 'Ulangi.' });
    expect(rejected).toMatchObject({ event: { type: 'replyRejected' } });
  });

  test('no right of a reporter ends at a number of bytes', () => {
    const full = filled(followedUp, 0);
    const reporter = holderOf({ code: full.code, pinVersion: full.pin.version });
    expect(take(city, full, reporter, 'dispute', { text: 'Belum.' })).toMatchObject({
      record: { state: 'inProgress', data: { disputes: 1 } },
    });
  });

  test('all that can be kept at once, each as long as it gets, hardly fills a case', () => {
    const id = 'x'.repeat(22);
    const unit = 'x'.repeat(30);
    const everything = {
      confidentialBy: 'coordinator',
      decidedBy: id,
      objection: id,
      postponed: true,
      final: true,
      own: true,
      settled: true,
      disputes: 3,
      proposedBy: id,
      rating: { stars: 5, done: false },
      validators: [id, id, id, id],
      asked: [unit, unit, unit],
      ended: Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`ABCDEFGH${i}`, 'answered'])),
      plan: { date: '2027-06-30', source: 'other', year: 2027, by: id, text: id },
      draft: { text: id, by: id, root: unit, until: '2027-06-30' },
    };
    expect(bytesOf(everything)).toBeLessThan(dataLimit);
    // Outside, a case has neither plan nor draft nor parts that anybody waits for.
    const { plan: _, draft: __, ended: ___, ...rest } = everything;
    const number = 'x'.repeat(60);
    const outside = {
      ...{ body: unit, words: id, kind: 'letter', number, answerBy: '2027-06-30' },
      ...{ link: 12, answered: true, reply: number },
    };
    expect(bytesOf({ ...rest, outside })).toBeLessThan(dataLimit);
  });
});
