import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { tell } from '../../events/tell.ts';

let tables: TestTables;
let world: World;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
  await world.staff('liaison', 'damkar');
  await world.staff('officer', 'damkar');
});
afterAll(() => tables.stop());

const mailsOf = ({ code }: CaseRecord) => world.mails.filter(({ text }) => text.includes(code));

/** What has to hold however often and wherever the process was killed. */
const faultsOf = async (record: CaseRecord, expected: readonly string[]): Promise<readonly string[]> => {
  const receipts = await world.receipts(record.code);
  return expected.flatMap((recipient) => {
    const of = receipts.filter((r) => r.recipient === recipient);
    const mails = mailsOf(record).filter(({ to }) => to === `${recipient}@kota.go.id`).length;
    const [only] = of;
    if (of.length !== 1 || only?.state !== 'sent')
      return [`${recipient}: ${of.length} receipts, ${only?.state}`];
    if (mails === 0) return [`${recipient}: receipt without a mail`];
    return mails > 1 && !only.uncertain
      ? [`${recipient}: ${mails} mails, and the receipt does not say so`]
      : [];
  });
};

/** Kills the consumer at its n-th call, lets the queue bring the message again, and looks. */
const killedAt = async (n: number, answered: boolean, telling?: typeof tell): Promise<readonly string[]> => {
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  world.pass(60);
  world.killAt(n, answered);
  const left = await world.runDeliver(world.topic, telling === undefined ? {} : { telling });
  world.killAt(Number.POSITIVE_INFINITY, false);
  return left > 0 ? [`${left} messages left`] : faultsOf(record, ['liaison-damkar', 'officer-damkar']);
};

describe('killed between any two calls', () => {
  const calls = Array.from({ length: 10 }, (_, i) => i + 1);

  test('everyone is told; at most twice, and then the receipt says so', async () => {
    for (const answered of [false, true])
      for (const n of calls) expect([n, answered, await killedAt(n, answered)]).toEqual([n, answered, []]);
  });

  test('the same check catches a twin that sends before it claims', async () => {
    const careless: typeof tell = async ({ receipts, now }, errand) => {
      await errand.channel.send(String(errand.to), errand.notice);
      const claim = await receipts.claim(errand.key, errand.facts, now());
      if (claim.mine)
        await receipts.settle(errand.key, claim.claim, { state: 'sent', uncertain: false }, now());
      return 'sent';
    };
    const found: string[] = [];
    for (const n of calls) found.push(...(await killedAt(n, true, careless)));
    expect(found.join('\n')).toContain('2 mails, and the receipt does not say so');
  });

  test('the same check catches a twin that takes no receipt', async () => {
    const forgetful: typeof tell = async (_deps, errand) => {
      await errand.channel.send(String(errand.to), errand.notice);
      return 'sent';
    };
    expect((await killedAt(99, false, forgetful)).join('\n')).toContain('0 receipts');
  });
});
