import { describe, expect, test } from 'vitest';
import { reachedOf } from './reached.ts';

describe('what staff see of it', () => {
  const now = '2026-11-25T03:00:00Z';
  const receipt = (more: object) =>
    ({ seq: 2, channel: 'email', event: 'e', state: 'sent', at: '2026-11-23T03:00:00Z', ...more }) as never;
  test.each<[string, object[], { seq: number; at: string } | undefined, string, number]>([
    ['nothing', [], undefined, 'notReached', 0],
    [
      'mail that was taken a day ago',
      [receipt({ deliveredAt: '2026-11-24T02:00:00Z' })],
      undefined,
      'reached',
      2,
    ],
    [
      'mail that was taken just now',
      [receipt({ deliveredAt: '2026-11-25T02:00:00Z' })],
      undefined,
      'underWay',
      0,
    ],
    ['mail of which nobody heard', [receipt({})], undefined, 'underWay', 0],
    [
      'mail that bounced',
      [receipt({ state: 'bounced', deliveredAt: '2026-11-23T03:00:00Z' })],
      undefined,
      'notReached',
      0,
    ],
    ['push that was accepted', [receipt({ channel: 'push.a1', deliveredAt: now })], undefined, 'reached', 2],
    ['SMS', [receipt({ channel: 'sms' })], undefined, 'underWay', 0],
    [
      'an older notice',
      [receipt({ seq: 1, channel: 'push.a1', deliveredAt: now })],
      undefined,
      'notReached',
      1,
    ],
    ['a hand-over', [receipt({ channel: 'handover', deliveredAt: now, by: 'x' })], undefined, 'reached', 2],
    ['the view opened', [receipt({ state: 'failed' })], { seq: 2, at: now }, 'reached', 2],
    ['the view opened before', [], { seq: 1, at: now }, 'notReached', 1],
  ])('%s', (_, receipts, opened, state, upTo) => {
    expect(reachedOf(receipts as never, opened, 2, now)).toMatchObject({ state, upTo });
  });
});
