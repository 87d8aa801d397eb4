import * as z from 'zod/mini';
import type { Log } from '../kernel/log.ts';

/** All that is read of a message: what is said of the case is read from the table. */
const message = z.object({ code: z.string() });

export interface EachCase {
  readonly log: Log;
  /** Brings what is kept of a case elsewhere up to date; whether that changed anything. */
  readonly bringUp: (code: string) => Promise<boolean>;
  /** What the log says: of a batch, and of a case that has to come again. */
  readonly says: { readonly done: string; readonly failed: string };
}

/**
 * Brings something up to date for the cases that the messages name, each once however many messages name it.
 * @returns ids of the messages that have to come again
 */
export const eachCase =
  ({ log, bringUp, says }: EachCase) =>
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
    let changed = 0;
    for (const [code, ids] of byCode) {
      try {
        if (await bringUp(code)) changed += 1;
      } catch (e) {
        log.error(says.failed, e);
        failed.push(...ids);
      }
    }
    log.info(says.done, { messages: messages.length, cases: byCode.size, changed, failed: failed.length });
    return failed;
  };
