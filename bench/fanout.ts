import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { loadPack } from '../cities/load.ts';
import { keyedHash } from '../functions/kernel/code.ts';
import { type Table, tableOf } from '../functions/kernel/table.ts';
import { fromSeconds } from '../functions/kernel/time.ts';
import { bookStore, subscriberRef } from '../functions/people/book.ts';
import { sealGroup } from '../functions/people/sealed.ts';
import { countAlong } from '../functions/sendings/count.ts';
import { channelsAtOnce, listsFor } from '../functions/sendings/match.ts';
import type { Subscription } from '../functions/sendings/model.ts';
import { orderStore } from '../functions/sendings/order.ts';
import { type Subscriber, subscriberItems, subscriberStore } from '../functions/sendings/subscribers.ts';
import { jobOf } from '../lib/jobs.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { testKeys } from '../test/identities.ts';
import { synth } from '../test/synth.ts';
import { type TableDefinitions, tableDefinitions } from '../test/tables.ts';
import { meter } from './meter.ts';
import type { Figure } from './report.ts';
import { withoutStreams } from './tables.ts';

const root = join(import.meta.dirname, '..');
/** After this share of the messages the process is killed, and another one goes on. */
const killedAfter = 1 / 3;
/** Longer than a lease: the second process begins so many seconds later. */
const later = 600;
/** People whom the killed process may have had in hand (functions/jobs/fanout/page.ts). */
const inHand = 20;

const sealing = {
  // One data key for all, as fanout-run.ts opens it.
  kms: {
    send: async () => ({ Plaintext: new Uint8Array(32), CiphertextBlob: new Uint8Array(32) }),
  } as never,
  keyId: 'k',
};

/** Most follow the whole city, others one to three kelurahan; many have two subscriptions that overlap. */
const personOf = (n: number, areas: readonly string[]): Subscriber => {
  const id = keyedHash(testKeys.first('contact'), 'bench', String(n));
  const area = (i: number): string => areas[(n + i * 7) % areas.length] ?? '';
  const one = (i: number, of: readonly string[]): Subscription => ({
    ...{ id: `s${i}`, areas: [...of], topics: [], channel: n % 10 < 7 ? 'email' : 'push' },
    ...{ pace: 'instant', since: '2026-01-01T00:00:00Z' },
  });
  const choices = [[one(1, [])], [one(1, [area(0)]), one(2, [])], [one(1, [area(0), area(1), area(2)])]];
  return {
    ...{ v: 1, id, rev: 1, person: id, hour: 7, at: '2026-01-01T00:00:00Z' },
    subscriptions: choices[n % choices.length] ?? [],
  };
};

const inParallel = async (
  count: number,
  lanes: number,
  work: (n: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

const seed = async (
  subscribers: number,
  cases: Table,
  identities: Table,
  areas: readonly string[],
): Promise<void> => {
  const books = bookStore(identities);
  const group = 5;
  await inParallel(subscribers / group, 8, async (g) => {
    const people = Array.from({ length: group }, (_, i) => personOf(g * group + i, areas));
    await cases.batchPut(people.flatMap(subscriberItems));
    await Promise.all(
      people.map(async ({ id, subscriptions }, i) => {
        const ref = subscriberRef(testKeys, id);
        const slot = subscriptions[0]?.channel === 'push' ? 'push.a' : 'email';
        const reach = { [slot]: await sealGroup(sealing, ref, 'notices', { [slot]: String(g * group + i) }) };
        await books.change(ref, { reach, quiet: 'none' }, '2026-01-01T00:00:00Z');
      }),
    );
  });
};

const ran = z.object({
  ...{ seconds: z.number(), memory: z.number(), calls: z.number() },
  ...{ readUnits: z.number(), writeUnits: z.number() },
});
const message = z.object({ to: z.string() });

/** Runs the job in a process of its own. @param told called with every message; true kills the process */
const runJob = (
  file: string,
  args: readonly string[],
  told: (to: number) => boolean,
): Promise<z.output<typeof ran> | undefined> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = fork(file, [...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // What lives fits into this, however many are told; the rest of the peak is Node's own.
      execArgv: ['--max-old-space-size=64'],
    });
    let figures: z.output<typeof ran> | undefined;
    let killed = false;
    child.on('message', (said) => {
      const end = ran.safeParse(said);
      if (end.success) figures = end.data;
      else if (told(Number(message.parse(said).to)) && !killed) {
        killed = true;
        child.kill('SIGKILL');
      }
    });
    child.once('exit', (code) =>
      code === 0 || killed ? resolve(figures) : reject(new Error(`the run ended with ${code}`)),
    );
  });

const bundled = (dir: string): string => {
  const outfile = join(dir, 'run.mjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'fanout-run.ts')],
    ...{ outfile, bundle: true, platform: 'node', target: 'node24', format: 'esm', minify: true },
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
    logLevel: 'error',
  });
  return outfile;
};

/** What whoever publishes waits for before sending. */
const preview = async (client: DynamoDBClient, cases: Table, areas: readonly string[]) => {
  const order = { areas: [], topics: [], emergency: false, at: '2026-11-23T03:00:00Z' };
  const measure = meter(client);
  const began = process.cpuUsage();
  const { readUnits, result } = await measure(() =>
    countAlong(
      subscriberStore(cases),
      listsFor(order, areas),
      (subscriptions) => channelsAtOnce(subscriptions, order)[0],
      () => false,
    ),
  );
  const { user, system } = process.cpuUsage(began);
  // Microseconds; others' load does not count.
  return { readUnits, people: result.people, seconds: (user + system) / 1e6 };
};

/**
 * `npm run bench -- fan-out`: a warning for the whole city to 60,000 subscribers on the real engine, the process killed on
 * the way.
 */
export const fanOut = async (
  subscribers = 60_000,
  definitions: TableDefinitions = tableDefinitions(synth()),
): Promise<readonly Figure[]> => {
  const city = loadPack(join(root, 'cities', 'padang-panjang'));
  const areas = city.areas.map(({ code }) => code);
  const engine = await startEngine();
  const dir = mkdtempSync(join(tmpdir(), 'lapau-fanout-'));
  try {
    const names = await createTables(engine.client, withoutStreams(definitions));
    const cases = tableOf(engine.client, names.cases);
    await seed(subscribers, cases, tableOf(engine.client, names.identities), areas);
    const counted = await preview(engine.client, cases, areas);
    const orders = orderStore(cases);
    await orders.place({
      ...{
        id: 'bench',
        version: 1,
        emergency: true,
        path: '/pengumuman/bench',
        areas: [],
        topics: ['banjir'],
      },
      ...{ at: fromSeconds(Math.floor(Date.now() / 1000)), headline: { id: 'Banjir' } },
    });
    const times = new Uint8Array(subscribers);
    let sent = 0;
    const tell = (to: number): void => {
      times[to] = (times[to] ?? 0) + 1;
      sent += 1;
    };
    const file = bundled(dir);
    await runJob(file, [engine.url, root, 'bench', '0'], (to) => {
      tell(to);
      return sent >= subscribers * killedAfter;
    });
    const before = sent;
    const second = await runJob(file, [engine.url, root, 'bench', String(later)], (to) => {
      tell(to);
      return false;
    });
    if (second === undefined) throw new Error('the second run said nothing');
    const order = await orders.read({ id: 'bench', version: 1 });
    const missed = times.filter((n) => n === 0).length;
    const messages = sent - before;
    const { uncertain = subscribers } = order?.tally ?? {};
    return [
      { what: 'subscribers counted', value: counted.people, unit: '', min: subscribers, max: subscribers },
      { what: 'read units of counting them', value: counted.readUnits, unit: 'RU', max: 5000 },
      { what: 'processor time of counting them', value: counted.seconds, unit: 's', max: 7 },
      { what: 'told twice, one process killed', value: times.filter((n) => n > 1).length, unit: '', max: 0 },
      { what: 'uncertain after the kill', value: uncertain, unit: '', max: inHand },
      {
        what: 'told neither, nor known as uncertain',
        value: Math.max(0, missed - uncertain),
        unit: '',
        max: 0,
      },
      { what: 'messages a second, this machine', value: messages / second.seconds, unit: '', min: 50 },
      { what: 'memory at its peak', value: second.memory, unit: 'MB', max: jobOf('fanout').memory * 0.75 },
      { what: 'calls of a message', value: second.calls / messages, unit: '', max: 3 },
      { what: 'read units of a message', value: second.readUnits / messages, unit: 'RU', max: 5 },
      { what: 'write units of a message', value: second.writeUnits / messages, unit: 'WU', max: 3 },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await engine.stop();
  }
};
