import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { RelayMarks } from '../../events/marks.ts';
import { messageOf, type Outgoing } from '../../events/message.ts';
import { eventsBetween } from '../../events/missing.ts';
import type { Publish } from '../../events/publish.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';

/** One change of a case item: the stream's id of it and the case as it stood after. */
export interface Changed {
  readonly id: string;
  /** Parses the new image; throws when it is no case. */
  readonly read: () => CaseRecord;
}

export interface RelayDeps {
  readonly store: Pick<CaseStore, 'archivedEvents'>;
  readonly marks: RelayMarks;
  readonly publish: Publish;
  readonly now: Clock;
  readonly log: Log;
}

interface Step {
  readonly id: string;
  readonly code: string;
  readonly seq: number;
  /** Places of its messages in what is published. */
  readonly messages: readonly number[];
}

/**
 * Publishes what happened to cases, once per event and in each case's order, then moves the case's mark. What is
 * published is everything after the mark, not after the old image: so a retried record is not published twice, and a
 * gap that an outage left is closed by the case's next event. A record that could not be published, and everything
 * after it of the same case, is left to the stream to bring again.
 * @returns ids of the records that have to come again
 */
export const relay =
  ({ store, marks, publish, now, log }: RelayDeps) =>
  async (changes: readonly Changed[]): Promise<readonly string[]> => {
    const failed = new Set<string>();
    const records = changes.flatMap(({ id, read }) => {
      try {
        return [{ id, record: read() }];
      } catch (e) {
        failed.add(id);
        log.error('a stream record is no case', e);
        return [];
      }
    });
    const done = new Map(await marks.read([...new Set(records.map(({ record }) => record.code))]));
    const unread = new Set<string>();
    const outgoing: Outgoing[] = [];
    const steps: Step[] = [];
    for (const { id, record } of records) {
      const { code, seq } = record;
      if (unread.has(code)) {
        failed.add(id);
        continue;
      }
      try {
        const events = await eventsBetween(store, record, done.get(code) ?? 0);
        const first = outgoing.length;
        outgoing.push(...events.map((event) => messageOf(record, event)));
        if (events.length > 0) steps.push({ id, code, seq, messages: events.map((_, i) => first + i) });
        done.set(code, Math.max(seq, done.get(code) ?? 0));
      } catch (e) {
        failed.add(id);
        unread.add(code);
        log.error('the events of a case cannot be read', e);
      }
    }
    const published = await publish(outgoing);
    if (published.error !== undefined)
      log.error('publishing failed', published.error, { failed: published.failed.size });
    const moves = new Map<string, Step[]>();
    const unsent = new Set<string>();
    for (const step of steps) {
      if (step.messages.some((place) => published.failed.has(place))) unsent.add(step.code);
      // An earlier record of this case did not go out: the mark must not pass it.
      if (unsent.has(step.code)) failed.add(step.id);
      else moves.set(step.code, [...(moves.get(step.code) ?? []), step]);
    }
    await Promise.all(
      inGroups([...moves]).map(async (group) => {
        try {
          await marks.advanceAll(new Map(group.map(([code, of]) => [code, of.at(-1)?.seq ?? 0])), now());
        } catch (e) {
          for (const [, of] of group) for (const step of of) failed.add(step.id);
          log.error('marks could not be moved', e);
        }
      }),
    );
    log.info('relayed', { records: changes.length, messages: outgoing.length, failed: failed.size });
    return changes.flatMap(({ id }) => (failed.has(id) ? [id] : []));
  };

/** What the table takes in one call. */
const marksAtOnce = 25;
const inGroups = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / marksAtOnce) }, (_, i) =>
    all.slice(i * marksAtOnce, (i + 1) * marksAtOnce),
  );
