import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from './report.ts';

const seconds = 20;
const atOnce = 8;

interface City {
  readonly url: string;
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
}

/** A durable city in a process of its own, as `npm start` runs it. */
const start = async (stateDir: string): Promise<City> => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'test', 'http', 'child.ts'), stateDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // One worker a function, as `npm start` has it.
      env: { ...process.env, INSTANCES: '1' },
    },
  );
  const said = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the city ended with ${code}`)));
  });
  const { url, engine } = JSON.parse(said) as { url: string; engine: number };
  return {
    url,
    pids: [child.pid ?? 0, engine],
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
};

/** Resident memory of a process, MB. */
const memory = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** CPU time that a process has used, ms. */
const cpu = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** A date that a reply may promise. */
const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

const percentile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? 0;

/** What the figures of one city are compared with those of another by. */
export const perSecond = 'lifecycles of four calls a second';

/**
 * File, assign, accept, reply, over HTTP, for a while; then how long it takes until everybody knows.
 * @param prepare fills the state of a city before its first start
 */
export const lifecycles = async (
  prepare: (stateDir: string) => Promise<void> = async () => {},
): Promise<readonly Figure[]> => {
  const stateDir = mkdtempSync(join(tmpdir(), 'lapau-bench-'));
  await prepare(stateDir);
  const city = await start(stateDir);
  try {
    const ask = async (method: string, path: string, as?: string, body?: unknown, ifMatch?: number) => {
      const res = await fetch(city.url + path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
          ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!res.ok) throw new Error(`${method} ${path}: ${res.status} ${await res.text()}`);
      return (await res.json()) as Record<string, unknown>;
    };
    const token = async (person: string): Promise<string> =>
      String((await ask('GET', `/__local/token?person=${person}`))['token']);
    const coordinator = await token('koordinator');
    const { staff } = (await ask('GET', '/v1/staff?unit=pupr&size=100', coordinator)) as {
      staff: { email: string; role: string; unit: string }[];
    };
    const slug =
      staff.find((p) => p.unit === 'pupr' && p.role !== 'areaHead')?.email.replace(/@.*/, '') ?? '';
    const officer = await token(slug);
    const lifecycle = async (): Promise<void> => {
      const filed = await ask('POST', '/v1/complaints', undefined, {
        text: 'Jalan berlubang besar di depan pasar, sudah dua minggu belum ditambal.',
        category: 'road-damage',
        place: { area: '13.74.02.1006' },
      });
      const act = (as: string, action: string, body: unknown, seq: number) =>
        ask('POST', `/v1/desk/cases/${filed['code']}/actions/${action}`, as, body, seq);
      await act(coordinator, 'assign', { unit: 'pupr' }, 1);
      await act(officer, 'accept', {}, 2);
      await act(officer, 'reply', { text: 'Kami tambal hari Rabu.', by: nextWeek }, 3);
    };
    for (let i = 0; i < 8; i += 1) await lifecycle();
    const took: number[] = [];
    let most = 0;
    const end = performance.now() + seconds * 1000;
    const worker = async (): Promise<void> => {
      while (performance.now() < end) {
        const since = performance.now();
        await lifecycle();
        took.push(performance.now() - since);
        if (took.length % 50 === 0)
          most = Math.max(
            most,
            city.pids.reduce((sum, pid) => sum + memory(pid), 0),
          );
      }
    };
    const cpuOf = () => city.pids.map(cpu);
    const before = cpuOf();
    const mine = process.cpuUsage();
    const since = performance.now();
    await Promise.all(Array.from({ length: atOnce }, worker));
    const elapsed = (performance.now() - since) / 1000;
    const [own = 0, engine = 0] = cpuOf().map((used, i) => (used - (before[i] ?? 0)) / took.length);
    const { user, system } = process.cpuUsage(mine);
    const client = (user + system) / 1000 / took.length;
    const drained = performance.now();
    await ask('GET', '/__local/idle?seconds=30');
    const behind = (performance.now() - drained) / 1000;
    const lags: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      await lifecycle();
      const from = performance.now();
      // The index of words gathers for a second before it writes; nobody is told or counted by it.
      await ask('GET', '/__local/idle?seconds=60&without=dev-index');
      lags.push((performance.now() - from) / 1000);
    }
    return [
      { what: perSecond, value: took.length / elapsed, unit: '/s', min: 14 },
      { what: 'one lifecycle, median', value: percentile(took, 0.5), unit: 'ms' },
      { what: 'CPU of gateway, functions and consumers a lifecycle', value: own, unit: 'ms' },
      { what: 'CPU of the engine a lifecycle', value: engine, unit: 'ms' },
      { what: 'CPU of this client a lifecycle', value: client, unit: 'ms' },
      { what: 'consumers behind at the end', value: behind, unit: 's', max: 2 },
      {
        what: 'notices and figures behind the action, p95',
        value: percentile(lags, 0.95),
        unit: 's',
        max: 2,
      },
      { what: 'memory of the stack under load', value: most, unit: 'MB', max: 700 },
    ];
  } finally {
    await city.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
};
