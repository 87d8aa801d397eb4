import type { Runtime } from '../runtime.ts';

/** What is still under way, in words; empty when everything that follows from what happened has happened. */
const busyWith = async (runtime: Runtime): Promise<string[]> => {
  const busy: string[] = [];
  for (const pool of runtime.functions.all()) {
    const { busy: running, queued } = pool.status();
    if (running + queued > 0) busy.push(`${pool.spec.name}: ${running} running, ${queued} waiting`);
  }
  for (const source of runtime.sources) {
    const why = await source.pending();
    if (why !== undefined) busy.push(why);
  }
  return busy;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until workers, streams and queues with a consumer are drained, twice in a row, since one may just have
 * handed over to another.
 * @param without a job that is not waited for, by a part of its name
 * @returns what was still busy after so many seconds; empty when idle
 */
export const idle = async (runtime: Runtime, seconds: number, without?: string): Promise<string[]> => {
  const until = performance.now() + Math.min(seconds, 300) * 1000;
  let calm = 0;
  for (;;) {
    const busy = (await busyWith(runtime)).filter((why) => without === undefined || !why.includes(without));
    calm = busy.length === 0 ? calm + 1 : 0;
    if (calm >= 2) return [];
    if (performance.now() > until) return busy;
    await pause(calm === 0 ? 15 : 5);
  }
};
