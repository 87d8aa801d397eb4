import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import { archiveRequest, inlineWanted } from '../../events/message.ts';
import type { Log } from '../../kernel/log.ts';

/** What stays in the case item: the newest events, at most this many and this large. */
const kept = 4;
const keptBytes = 1024;
/** From here on a case comes near the engine's limit (32), at which it refuses commands. */
const alarming = 24;
/** A command that came between is met at most this often in one run; the queue brings the message again. */
const tries = 5;

/** Message of the log line for a timeline that grows faster than it is archived. */
const longTimelineMessage = 'long inline timeline';

/**
 * `seq` up to which events are moved out; undefined when the case is short enough. While somebody has to validate,
 * the proposal that brought the case there stays, because the validator must not be the one who proposed; a case
 * near the limit is archived all the same, since one that takes no command is worse.
 */
export const archiveThrough = (record: CaseRecord): number | undefined => {
  const { events } = record;
  if (events.length <= inlineWanted) return undefined;
  let stays = events.length - 1;
  let bytes = sizeOf(events[stays]);
  while (stays > 0 && events.length - stays < kept && bytes + sizeOf(events[stays - 1]) <= keptBytes) {
    stays -= 1;
    bytes += sizeOf(events[stays]);
  }
  const entered = events.findLastIndex((event) => event.from !== event.to);
  if (record.validating !== undefined && entered >= 0 && events.length < alarming)
    stays = Math.min(stays, entered);
  return events[stays - 1]?.seq;
};

const sizeOf = (event: CaseRecord['events'][number] | undefined): number =>
  event === undefined ? 0 : Buffer.byteLength(JSON.stringify(event));

export interface ArchiveDeps {
  readonly store: Pick<CaseStore, 'read' | 'archive'>;
  readonly log: Log;
}

/**
 * Moves older events out of the cases that the messages name. Repeating it changes nothing; a command that comes
 * between makes the write fail, and the newer case is looked at again.
 * @returns ids of the messages that have to come again
 */
export const archive =
  ({ store, log }: ArchiveDeps) =>
  async (messages: readonly { readonly id: string; readonly body: string }[]): Promise<readonly string[]> => {
    const shorten = async (code: string): Promise<boolean> => {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const record = await store.read(code);
        const through = record === undefined ? undefined : archiveThrough(record);
        if (record === undefined || through === undefined) return true;
        if (record.events.length >= alarming) log.warn(longTimelineMessage, { inline: record.events.length });
        if (await store.archive(record, through)) return true;
      }
      return false;
    };
    const failed: string[] = [];
    // One after the other: two messages about one case would only be in each other's way.
    for (const { id, body } of messages) {
      try {
        if (!(await shorten(archiveRequest.parse(JSON.parse(body)).code))) failed.push(id);
      } catch (e) {
        log.error('a case was not archived', e);
        failed.push(id);
      }
    }
    log.info('archived', { messages: messages.length, failed: failed.length });
    return failed;
  };
