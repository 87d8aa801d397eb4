import * as z from 'zod/mini';
import type { Log } from '../../kernel/log.ts';
import type { IndexCase } from '../../postings/indexer.ts';

/** All that is read of a message: what is said of the case is read from the table. */
const message = z.object({ code: z.string() });

export interface IndexDeps {
  readonly index: IndexCase;
  readonly log: Log;
}

/**
 * Brings the postings of the cases that the messages name up to date, each case once however many messages name it.
 * @returns ids of the messages that have to come again
 */
export const indexMessages =
  ({ index, log }: IndexDeps) =>
  async (messages: readonly { readonly id: string; readonly body: string }[]): Promise<readonly string[]> => {
    const failed: string[] = [];
    const byCode = new Map<string, string[]>();
    for (const { id, body } of messages) {
      try {
        const { code } = message.parse(JSON.parse(body));
        byCode.set(code, [...(byCode.get(code) ?? []), id]);
      } catch (e) {
        log.error('a message names no case', e);
        failed.push(id);
      }
    }
    let indexed = 0;
    for (const [code, ids] of byCode) {
      try {
        if ((await index(code)) === 'indexed') indexed += 1;
      } catch (e) {
        log.error('a case was not indexed', e);
        failed.push(...ids);
      }
    }
    log.info('indexed', { messages: messages.length, cases: byCode.size, indexed, failed: failed.length });
    return failed;
  };
