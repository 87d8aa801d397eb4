import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { everybody } from './city.ts';
import { type Client, client } from './client.ts';

/** `BURST=2000 npx vitest run test/http/kill` for the whole burst; the usual run makes a smaller one. */
const burst = Number(process.env['BURST'] ?? 300);
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
    for (const [key, filed] of acknowledged) {
      const again = await second.ask('POST', '/v1/complaints', { key, body: body(filed.direct) });
      expect([again.status, again.body['code'], again.body['pin']]).toEqual([201, filed.code, filed.pin]);
    }
    const idle = await fetch(`${second.url}/__local/idle?seconds=90`);
    expect(idle.status).toBe(200);

    const triage: string[] = [];
    let cursor = '';
    do {
      const page = await second.ask('GET', `/v1/desk/cases?queue=triage&size=100${cursor}`, {
        as: 'koordinator',
      });
      expect(page.status).toBe(200);
      triage.push(...(page.body['cases'] as { code: string }[]).map((c) => c.code));
      cursor = page.body['next'] === null ? '' : `&cursor=${encodeURIComponent(String(page.body['next']))}`;
    } while (cursor !== '');
    expect(new Set(triage).size).toBe(triage.length);
    const all = [...acknowledged.values()];
    expect(all.filter((f) => !f.direct && !triage.includes(f.code))).toEqual([]);

    const staff = await everybody(second as never);
    for (const { code } of all.filter((f) => f.direct)) {
      const { body: detail } = await second.ask('GET', `/v1/desk/cases/${code}`, { as: 'koordinator' });
      const unit = (detail['unit'] as { id: string }).id;
      const { body: told } = await second.ask('GET', `/v1/desk/cases/${code}/receipts`, {
        as: 'koordinator',
      });
      const receipts = told['receipts'] as {
        recipient: string;
        channel: string;
        seq: number;
        state: string;
      }[];
      const sent = receipts
        .filter((r) => r.state === 'sent')
        .map((r) => `${r.recipient}|${r.channel}|${r.seq}`);
      expect(new Set(sent).size).toBe(sent.length);
      if (staff.some((p) => p.unit === unit)) expect(sent.length).toBeGreaterThan(0);
    }
  },
  Math.max(120_000, burst * 200),
);
