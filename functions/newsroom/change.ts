import type { Content, Head, State } from '../announcing/model.ts';
import { maySee } from '../announcing/rights.ts';
import type { Given, Outcome } from '../announcing/rules.ts';
import { stateAt } from '../announcing/state.ts';
import type { AnnouncementStore } from '../announcing/store.ts';
import type { telling } from '../announcing/telling.ts';
import { commit, type Loaded, load, takenOr, versionOf } from '../announcing/write.ts';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Log } from '../kernel/log.ts';
import type { Clock, Instant } from '../kernel/time.ts';

/** A write that lost to another one is tried again at most this often. */
const attempts = 4;

export interface ChangeDeps {
  readonly store: AnnouncementStore;
  readonly telling: Pick<ReturnType<typeof telling>, 'tell'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly log: Pick<Log, 'warn'>;
}

const answerOf = (id: string, seq: number, state: State) => ({
  body: { id, seq, state, short: `/v1/p/${id}` },
  etag: seq,
});
export const answer = (head: Head, now: Instant) => answerOf(head.id, head.seq, stateAt(head, now));

/**
 * The first answer to a command that was taken; undefined when it was not.
 * @throws Problem keyReused when its key came with other input
 */
export const answered = (head: Head, { id, fingerprint }: Given['command']) => {
  const created = { ...head.created, seq: 1, state: 'draft' as const };
  const known = [created, ...head.commands].find((command) => command.id === id);
  if (known === undefined) return undefined;
  if (known.fingerprint !== fingerprint) throw problem('keyReused');
  return answerOf(head.id, known.seq, known.state);
};

export interface Change {
  readonly id: string;
  readonly call: {
    readonly actor: StaffActor;
    readonly ifMatch: number;
    readonly idempotencyKey: string;
  };
  /** What the command says, for its fingerprint. */
  readonly says: unknown;
  /** Decides; with the content where it is written anew. */
  readonly take: (
    given: Given,
    loaded: Loaded,
  ) => Promise<{ readonly outcome: Outcome; readonly content?: Content }>;
}

/**
 * One step of an announcement: reads, decides, writes once. A repeated key gets the first answer, ahead of the version;
 * a stale version is refused; what one may not see does not exist.
 * @throws Problem notFound, staleRecord, keyReused, busy or what the step is refused with
 */
export const changer = (deps: ChangeDeps) => {
  /** Subscribers are told right away where they are to be; what fails here the job does within a minute. */
  const hand = async (head: Head, now: Instant): Promise<void> => {
    try {
      await deps.telling.tell(head, now);
    } catch (e) {
      deps.log.warn('subscribers are told by the job', { error: e instanceof Error ? e.name : 'unknown' });
    }
  };

  return async ({ id, call, says, take }: Change) => {
    const [keys, city] = await Promise.all([deps.keys(), deps.city()]);
    const command = identify(keys, call.actor, call.idempotencyKey, { id, says });
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const now = deps.now();
      const loaded = await load(deps.store, id);
      if (loaded === undefined || !maySee(city, call.actor, loaded.head, now)) throw problem('notFound');
      const first = answered(loaded.head, command);
      if (first !== undefined) {
        await hand(loaded.head, now);
        return first;
      }
      if (loaded.head.seq !== call.ifMatch)
        throw problem('staleRecord', { extra: { seq: loaded.head.seq, state: stateAt(loaded.head, now) } });
      const { outcome, content } = await take({ city, actor: call.actor, now, command }, loaded);
      const { head, step } = takenOr(outcome);
      const number = head.pending?.version;
      const written =
        content === undefined || number === undefined ? undefined : versionOf(id, number, content, now);
      const after = await commit(deps.store, { before: loaded, head, steps: [step], written, city, now });
      if (after === undefined) continue;
      await hand(after.head, now);
      return answer(after.head, now);
    }
    throw problem('busy', { retryAfter: 1 });
  };
};
