import type { LaterStore } from '../../events/later.ts';
import { retellingOf } from '../../events/message.ts';
import type { Publish } from '../../events/publish.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';

export interface LaterDeps {
  readonly later: Pick<LaterStore, 'due' | 'remove'>;
  readonly publish: Publish;
  readonly now: Clock;
  readonly log: Log;
}

export interface Handed {
  readonly handed: number;
  readonly failed: number;
  /** Time was up; the next run goes on. */
  readonly cut: boolean;
}

const pageSize = 100;
/** No page is begun with less time than one may take. */
const leastMillis = 10_000;

/**
 * Hands notices whose moment has come to `deliver`, and takes them off the list. Published first: killed in between,
 * it is published again, and the receipt of the first makes the second one find nothing to do.
 */
export const later =
  ({ later: list, publish, now, log }: LaterDeps) =>
  async (remaining: () => number): Promise<Handed> => {
    const moment = now();
    let handed = 0;
    for (;;) {
      if (remaining() < leastMillis) return { handed, failed: 0, cut: true };
      const due = await list.due(moment, pageSize);
      const { failed, error } = await publish(
        due.map(({ code, seq, recipient }) => retellingOf({ code, seq, only: recipient })),
      );
      const gone = due.filter((_, i) => !failed.has(i));
      await Promise.all(gone.map(list.remove));
      handed += gone.length;
      if (error !== undefined) {
        log.error('notices that waited were not handed on', error);
        return { handed, failed: failed.size, cut: false };
      }
      if (due.length < pageSize) {
        if (handed > 0) log.info('handed on', { handed });
        return { handed, failed: 0, cut: false };
      }
    }
  };
