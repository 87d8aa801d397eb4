import * as z from 'zod/mini';
import type { Log } from '../../kernel/log.ts';

/** All that is read of a message: what is said of the case is read from the table. */
const message = z.object({ code: z.string() });

export interface PublishDeps {
  readonly bringUp: (code: string) => Promise<boolean>;
  readonly log: Log;
}

/**
 * Brings the public copies of the cases that the messages name up to date, each case once.
 * @returns ids of the messages that have to come again
 */
export const publishMessages =
  ({ bringUp, log }: PublishDeps) =>
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
        log.error('a public copy was not brought up to date', e);
        failed.push(...ids);
      }
    }
    log.info('published', { messages: messages.length, cases: byCode.size, changed, failed: failed.length });
    return failed;
  };
