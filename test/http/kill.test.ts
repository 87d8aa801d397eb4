import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { type Answered, type Client, client } from './client.ts';
import {
  good,
  type Member,
  membersOf,
  noticesOf,
  outbox,
  queue,
  read,
  receiptsOf,
  type Sent,
} from './desk.ts';

/** The whole burst; `BURST=300 npx vitest run test/http/kill` for a quick one. */
const burst = Number(process.env['BURST'] ?? 2000);
const atOnce = 16;

const stateDir = mkdtempSync(join(tmpdir(), 'lapau-kill-'));
const started: { child: ChildProcess; engine: number }[] = [];

const start = async (): Promise<{ ask: Client; url: string; kill: () => Promise<void> }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the city ended with ${code}`)));
  });
  const { url, engine } = JSON.parse(said) as { url: string; engine: number };
  started.push({ child, engine });
  const token = async (person: string): Promise<string> =>
    ((await (await fetch(`${url}/__local/token?person=${person}`)).json()) as { token: string }).token;
  return {
    url,
    ask: client({ url, token }),
    kill: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // Both at once, as when the machine loses power: the engine gets no chance to finish anything.
      process.kill(engine, 'SIGKILL');
      child.kill('SIGKILL');
      await ended;
    },
  };
};

afterAll(() => {
  for (const { child, engine } of started) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    try {
      process.kill(engine, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
  rmSync(stateDir, { recursive: true, force: true });
});

interface Filed {
  readonly code: string;
  readonly pin: string;
  readonly direct: boolean;
}

const body = (direct: boolean) => ({
  text: direct ? 'Sungai meluap, banjir masuk rumah warga.' : 'Jalan berlubang besar di depan pasar.',
  category: direct ? 'flood' : 'road-damage',
});

/** Asks again when the gateway says that it was too often: this test is in more of a hurry than the city. */
const unhurried = async (asked: () => Promise<Answered>): Promise<Answered> => {
  for (;;) {
    const answer = await asked();
    if (answer.status !== 429) return answer;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};

/** Does something for each, a number of them at once. */
const inTurns = async <A>(items: readonly A[], each: (item: A) => Promise<void>): Promise<void> => {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await each(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

/**
 * Exactly the people at the unit's desk have one receipt a channel, and for each there is a message; a second one only
 * where the receipt says that it may have come twice.
 */
const toldOnce = async (
  ask: Client,
  members: readonly Member[],
  sent: readonly Sent[],
  code: string,
): Promise<void> => {
  const { unit } = await read(ask, 'koordinator', code);
  const atDesk = members.filter((m) => m.unit === unit?.id && ['liaison', 'officer'].includes(m.role));
  expect(atDesk.length).toBeGreaterThan(0);
  const receipts = await receiptsOf(ask, 'koordinator', code);
  const pairs = receipts.map(({ recipient, channel }) => `${recipient.id} ${channel}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  for (const { id } of atDesk) expect(pairs).toContain(`${id} email`);
  const notices = noticesOf(sent, code);
  let counted = 0;
  for (const { recipient, channel, state, maybeTwice } of receipts) {
    expect(state).toBe('sent');
    const person = atDesk.find(({ id }) => id === recipient.id);
    const mine = notices.filter(
      (one) => one.channel === channel && one.to.some((to) => person?.addresses.includes(to)),
    );
    counted += mine.length;
    expect([code, channel, mine.length]).toEqual([code, channel, maybeTwice ? expect.toBeOneOf([1, 2]) : 1]);
  }
  // Nobody else was told.
  expect(counted).toBe(notices.length);
};

test(
  'kill -9 in a burst of filings: every acknowledged one is there, once, with one receipt per recipient',
  async () => {
    const first = await start();
    const acknowledged = new Map<string, Filed>();
    let next = 0;
    let dead = false;
    const citizen = async (): Promise<void> => {
      while (next < burst && !dead) {
        next += 1;
        const key = `burst-${String(next).padStart(24, '0')}`;
        const direct = next % 20 === 0;
        try {
          const { status, body: answer } = await first.ask('POST', '/v1/complaints', {
            key,
            body: body(direct),
          });
          if (status === 201) {
            acknowledged.set(key, { code: String(answer['code']), pin: String(answer['pin']), direct });
          }
        } catch {
          // Cut off: not acknowledged, so it may or may not be there. Its retry below finds out.
        }
        if (!dead && next === Math.floor(burst * 0.7)) {
          dead = true;
          await first.kill();
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, citizen));
    expect(dead).toBe(true);
    expect(acknowledged.size).toBeGreaterThan(burst / 3);

    const second = await start();
    const all = [...acknowledged];
    // First only look: a retry would file anew whatever was lost.
    await inTurns(all, async ([, { code }]) => {
      const { status, body: tracked } = await unhurried(() => second.ask('GET', `/v1/track/${code}`));
      expect([status, tracked['code']]).toEqual([200, code]);
    });
    const waiting = all.flatMap(([, { code, direct }]) => (direct ? [] : [code]));
    const triage = await queue(second.ask, 'koordinator', 'queue=triage&size=100');
    expect(new Set(triage).size).toBe(triage.length);
    expect(waiting.filter((code) => !triage.includes(code))).toEqual([]);
    const directly = new Set(all.flatMap(([, { code, direct }]) => (direct ? [code] : [])));
    expect(triage.filter((code) => directly.has(code))).toEqual([]);

    // Then repeat every request that was answered: the same code, the same PIN, and no case more.
    await inTurns(all, async ([key, filed]) => {
      const again = await unhurried(() =>
        second.ask('POST', '/v1/complaints', { key, body: body(filed.direct) }),
      );
      expect([again.status, again.body['code'], again.body['pin']]).toEqual([201, filed.code, filed.pin]);
    });
    const after = await queue(second.ask, 'koordinator', 'queue=triage&size=100');
    expect([...after].sort()).toEqual([...triage].sort());

    // Past the lease of what was in hand when it was killed.
    await good(second.ask('POST', '/__local/clock', { body: { to: '+3m' } }));
    await good(second.ask('GET', '/__local/idle?seconds=120'));
    const members = await membersOf(second.ask);
    const sent = await outbox(second.ask);
    // The outbox shows no more than this; all of it has to be here to be counted.
    expect(sent.length).toBeLessThan(500);
    expect(directly.size).toBeGreaterThan(burst / 100);
    await inTurns([...directly], (code) => toldOnce(second.ask, members, sent, code));
  },
  Math.max(120_000, burst * 200),
);
