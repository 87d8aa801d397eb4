import { beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '../../local/template/model.ts';
import { redrive } from '../../scripts/redrive.ts';
import { runningCity } from './city.ts';
import { type Client, client } from './client.ts';
import {
  file,
  good,
  heardBy,
  type Member,
  membersOf,
  noticesOf,
  outbox,
  read,
  receiptsOf,
  take,
} from './desk.ts';

/** Without the nightly comparison, which would heal the outage by itself before anybody redrives. */
const transform = (stacks: Stack[]): Stack[] => {
  const nightly = stacks
    .flatMap(({ template }) => Object.entries(template.Resources))
    .filter(([name, { Type }]) => Type === 'AWS::Scheduler::Schedule' && name.startsWith('Reconcile'));
  expect(nightly).toHaveLength(1);
  for (const [, { Properties }] of nightly) Object.assign(Properties ?? {}, { State: 'DISABLED' });
  return stacks;
};
const city = runningCity({ instances: 2, transform });
const pothole = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };
/** Tokens end after an hour, so whoever asks after a jump of the clock signs in anew. */
const later = (move: string): Client => {
  city().local.clock.move(move);
  return client(city().local);
};
let members: readonly Member[] = [];
beforeAll(async () => {
  members = await membersOf(city().ask);
});

/** Who got it by which channel, each as often as it came. */
const arrived = async (ask: Client, code: string): Promise<readonly string[]> =>
  noticesOf(await outbox(ask), code)
    .flatMap(({ channel, to }) => to.map((one) => `${channel} ${one}`))
    .sort();

describe('an outage longer than the stream remembers', () => {
  test('with the topic down for thirty hours nothing is lost: redrive tells everybody, once', async () => {
    let ask = later('+1s');
    const fault = (mode: string) => good(ask('POST', '/__local/fault', { body: { service: 'sns', mode } }));
    await fault('down');
    const filed = await Promise.all(Array.from({ length: 3 }, () => file(ask, pothole)));
    for (const { code } of filed) await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
    const relay = async () => {
      const { body } = await good(ask('GET', '/__local/status'));
      const sources = body['sources'] as {
        function: string;
        kind: string;
        lost: number;
        givenUp: number;
        failures: number;
      }[];
      return sources.find((s) => s.kind === 'stream' && s.function.endsWith('relay'));
    };
    await expect.poll(async () => (await relay())?.failures ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    // Records carry whole seconds; one of the second in which the clock jumps counts as written after it.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    ask = later('+30h');
    await expect
      .poll(async () => ((await relay())?.lost ?? 0) + ((await relay())?.givenUp ?? 0), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await city().local.idle(60);
    await fault('off');
    await city().local.idle(60);
    for (const { code } of filed) expect(await arrived(ask, code)).toEqual([]);

    const done = await redrive((payload) => city().local.invoke('reconcile', payload), {
      dry: false,
      since: undefined,
    });
    expect(done).toMatchObject({ failed: 0 });
    expect(done.republished).toBeGreaterThanOrEqual(2 * filed.length);
    await city().local.idle(60);
    const everybody = async () => Promise.all(filed.map(({ code }) => arrived(ask, code)));
    const first = await everybody();
    for (const [i, { code }] of filed.entries()) {
      const one = first[i] ?? [];
      expect(heardBy(members, noticesOf(await outbox(ask), code))).toEqual([
        'penghubung-pupr',
        'petugas-pupr',
      ]);
      expect(new Set(one).size).toBe(one.length);
      const receipts = (await receiptsOf(ask, 'koordinator', code)).filter((r) => r.event === 'assigned');
      expect(receipts.map(({ state }) => state)).toEqual(one.map(() => 'sent'));
    }
    // A second one finds nothing to do.
    expect(
      await redrive((payload) => city().local.invoke('reconcile', payload), { dry: false, since: undefined }),
    ).toMatchObject({ republished: 0, failed: 0 });
    await city().local.idle(60);
    expect(await everybody()).toEqual(first);
  }, 120_000);
});

describe('a case that nobody looks at', () => {
  test('is recorded as overdue once, and the coordinators are told once, however often it is swept', async () => {
    const { code } = await file(city().ask, pothole);
    const { clocks } = await read(client(city().local), 'koordinator', code);
    const due = clocks.find(({ name }) => name === 'verification')?.due;
    // Three working days, whatever holidays there are; the promise of fourteen is not over.
    const ask = later('+13d');
    await Promise.all(Array.from({ length: 4 }, () => city().local.invoke('sweep')));
    await city().local.idle(60);
    await city().local.invoke('sweep');
    await city().local.idle(60);
    const { timeline, state } = await read(ask, 'koordinator', code);
    expect(state).toBe('received');
    expect(timeline.flatMap(({ type, facts }) => (type === 'overdue' ? [facts] : []))).toEqual([
      { clock: 'verification', due },
    ]);
    const notices = noticesOf(await outbox(ask), code);
    expect(heardBy(members, notices)).toEqual(['koordinator', 'koordinator-2']);
    // Five steps by now where the head, Sekda and mayor follow; each told once to each of them by each channel.
    const climbed = timeline.flatMap(({ type, facts }) =>
      type === 'escalated' ? [String(facts?.['to'])] : [],
    );
    expect(climbed).toEqual(['head', 'sekda', 'mayor'].filter((rung) => climbed.includes(rung)));
    expect(climbed.length).toBeGreaterThan(0);
    const receipts = await receiptsOf(ask, 'koordinator', code);
    const told = receipts.map(({ seq, recipient, channel }) => `${seq} ${recipient.id} ${channel}`);
    expect(new Set(told).size).toBe(told.length);
    // The step of the ladder at the same moment speaks for the deadline, and for those it climbed over.
    expect(new Set(receipts.flatMap(({ seq, event }) => (event === 'escalated' ? [seq] : []))).size).toBe(1);
    expect(receipts.filter(({ event }) => event === 'overdue')).toEqual([]);
    // It is the staff's alone to know.
    expect((await good(ask('GET', `/v1/track/${code}`))).text).not.toContain('overdue');
    const late = await good(ask('GET', '/v1/desk/cases?queue=triage&overdue=true', { as: 'koordinator' }));
    expect((late.body['cases'] as { code: string }[]).map((one) => one.code)).toEqual([code]);
  });
});
