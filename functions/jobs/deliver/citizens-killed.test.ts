import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citizensOf } from '../../../test/citizens.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { laterStore } from '../../events/later.ts';
import type { tell } from '../../events/tell.ts';
import { later } from '../later/later.ts';
import type { DeliverDeps } from './deliver.ts';

let tables: TestTables;
let world: World;
let serial = 0;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
});
afterAll(() => tables.stop());

/** Until the morning, every few hours: what waits is handed on, and may itself be killed. */
const wait = async (more: Partial<DeliverDeps>): Promise<void> => {
  for (let hours = 0; hours < 12; hours += 4) {
    world.pass(4 * 3600);
    const run = later({
      later: laterStore(world.mortal),
      publish: world.publish,
      now: world.now,
      log: world.deliverDeps.log,
    });
    await run(() => 60_000).catch(() => undefined);
    world.life.dead = false;
    await world.runDeliver(world.topic, more);
  }
};

/** What has to hold for the reporter, wherever the process was killed: told once, or twice and the receipt says so. */
const faultsOf = async (code: string, email: string): Promise<readonly string[]> => {
  const [only, more] = (await world.receipts(code)).filter(({ recipient }) => recipient === 'reporter');
  const mails = world.mails.filter(({ to }) => to === email).length;
  if (only?.state !== 'sent' || more !== undefined) return [`receipt ${only?.state}`];
  if (mails === 0) return ['receipt without a mail'];
  return mails > 1 && !only.uncertain ? [`${mails} mails, and the receipt does not say so`] : [];
};

/** Files at that hour, kills the consumers at their n-th call, waits until the next morning, and looks. */
const killedAt = async (
  hour: string,
  n: number,
  answered: boolean,
  more: Partial<DeliverDeps> = {},
): Promise<readonly string[]> => {
  serial += 1;
  world.pass(
    (Date.parse(`2027-01-01T${hour}:00Z`) / 1000 + serial * 172_800 - Date.parse(world.now()) / 1000) | 0,
  );
  const email = `s${serial}@example.id`;
  const record = await world.file();
  await citizensOf(world).contact(record, { email });
  await world.runRelay();
  world.killAt(n, answered);
  const left = await world.runDeliver(world.topic, more);
  await wait(more);
  world.killAt(Number.POSITIVE_INFINITY, false);
  await world.runDeliver(world.topic, more);
  return left > 0 ? [`${left} messages left`] : faultsOf(record.code, email);
};

describe('killed between any two calls', () => {
  test.each([
    ['by day', '03:00', 8],
    ['at night, and again by whatever wakes it', '15:30', 14],
  ] as const)('%s: the reporter is told', async (_, hour, calls) => {
    for (const answered of [false, true])
      for (let n = 1; n <= calls; n += 1)
        expect([n, answered, await killedAt(hour, n, answered)]).toEqual([n, answered, []]);
  });

  test('the same check catches a twin that sends before it claims', async () => {
    const careless: typeof tell = async ({ receipts, now }, errand) => {
      const to = typeof errand.to === 'string' ? errand.to : await errand.to();
      await errand.channel.send(to ?? '', errand.notice);
      const claim = await receipts.claim(errand.key, errand.facts, now());
      if (claim.mine)
        await receipts.settle(errand.key, claim.claim, { state: 'sent', uncertain: false }, now());
      return 'sent';
    };
    const found: string[] = [];
    for (let n = 1; n <= 8; n += 1) found.push(...(await killedAt('03:00', n, true, { telling: careless })));
    expect(found.join('\n')).toContain('2 mails, and the receipt does not say so');
  });

  test('and a list that forgets: what waited for the morning is never told', async () => {
    const forgetful: Partial<DeliverDeps> = { later: { add: async () => {} } };
    expect(await killedAt('15:30', 99, false, forgetful)).toEqual(['receipt waiting']);
  });
});
