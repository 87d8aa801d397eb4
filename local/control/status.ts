import type { Runtime } from '../runtime.ts';

/** What runs and how far it is, as `/__local/status` shows it. */
export const status = async (runtime: Runtime) => ({
  url: runtime.url,
  pid: process.pid,
  engine: { url: runtime.engine.url, pid: runtime.engine.pid ?? null },
  queuesUrl: runtime.queues.url,
  clock: { now: new Date(runtime.clock.now()).toISOString(), offset: runtime.clock.offset() },
  memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
  functions: Object.fromEntries(runtime.functions.all().map((pool) => [pool.spec.name, pool.status()])),
  sources: await Promise.all(runtime.sources.map((source) => source.status())),
  queues: Object.fromEntries(
    runtime.loadout.of('AWS::SQS::Queue').map(({ name }) => [name, runtime.queues.depth(name)]),
  ),
  faults: runtime.faults.list(),
});
