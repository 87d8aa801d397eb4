import { expect, test } from 'vitest';
import type { Log } from '../kernel/log.ts';
import { eachCase } from './each-case.ts';

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const message = (id: string, code: string) => ({ id, body: JSON.stringify({ v: 1, code, seq: 3 }) });

test('a case is brought up to date once for all messages that name it; a failure brings all of them again, and no other', async () => {
  const asked: string[] = [];
  const run = eachCase({
    bringUp: async (code) => {
      asked.push(code);
      if (code === 'B') throw new Error('throttled');
      return true;
    },
    says: { done: 'done', failed: 'failed' },
    log: quiet,
  });
  const failed = await run([
    message('1', 'A'),
    message('2', 'B'),
    { id: '3', body: 'no message' },
    message('4', 'A'),
    message('5', 'B'),
    message('6', 'C'),
  ]);
  expect(asked).toEqual(['A', 'B', 'C']);
  expect([...failed].sort()).toEqual(['2', '3', '5']);
});
