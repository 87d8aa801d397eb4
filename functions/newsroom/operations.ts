import type { MarkStore } from '../announcing/cap/marks.ts';
import { alertTaker } from '../announcing/cap/take.ts';
import { faultsOf } from '../announcing/check.ts';
import { filesOf, refusedIn, unknownIn, withPlainIds } from '../announcing/files.ts';
import type { Content, Head, State } from '../announcing/model.ts';
import { mayPublish, maySee } from '../announcing/rights.ts';
import {
  create,
  discard,
  edit,
  type Given,
  giveBack,
  type Outcome,
  publish,
  submit,
  withdraw,
} from '../announcing/rules.ts';
import { stateAt } from '../announcing/state.ts';
import type { AnnouncementStore } from '../announcing/store.ts';
import type { telling } from '../announcing/telling.ts';
import { commit, type Loaded, load, takenOr, versionOf } from '../announcing/write.ts';
import type { FileStore } from '../attachments/store.ts';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { codesFor } from '../kernel/code.ts';
import { type ErrorCode, type FieldError, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Log } from '../kernel/log.ts';
import type { Instant } from '../kernel/time.ts';
import type { newsroom } from './contract.ts';
import { deskLists } from './lists.ts';
import { listed, shown } from './show.ts';
import { type UploadDeps, uploadForm } from './upload.ts';

type Operations = (typeof newsroom)['operations'];

/** A write that lost to another one is tried again at most this often. */
const attempts = 4;
export interface Deps extends UploadDeps {
  readonly store: AnnouncementStore;
  readonly marks: MarkStore;
  readonly files: Pick<FileStore, 'read' | 'claim'>;
  readonly telling: Pick<ReturnType<typeof telling>, 'tell'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly log: Pick<Log, 'warn'>;
}

type Command = Given['command'];

const refusedWith = (faults: readonly FieldError[]): void => {
  const [first] = faults;
  if (first !== undefined) throw problem(first.problem as ErrorCode, { fields: faults });
};

const answerOf = (id: string, seq: number, state: State) => ({
  body: { id, seq, state, short: `/v1/p/${id}` },
  etag: seq,
});
const answer = (head: Head, now: Instant) => answerOf(head.id, head.seq, stateAt(head, now));

export const operations = (deps: Deps) => {
  const lists = deskLists(deps.store);

  /** The content as it is kept. @throws Problem naming every field that is wrong */
  const checked = async (city: City, given: Content, now: Instant): Promise<Content> => {
    const content = withPlainIds(given);
    refusedWith([...faultsOf(city, content, now), ...unknownIn(content, await filesOf(deps.files, content))]);
    return content;
  };

  /** The first answer to this command, if it was taken; a key that came with other input is refused. */
  const answered = (head: Head, { id, fingerprint }: Command) => {
    const created = { ...head.created, seq: 1, state: 'draft' as const };
    const known = [created, ...head.commands].find((command) => command.id === id);
    if (known === undefined) return undefined;
    if (known.fingerprint !== fingerprint) throw problem('keyReused');
    return answerOf(head.id, known.seq, known.state);
  };

  /** Subscribers are told right away where they are to be; what fails here the job does within a minute. */
  const hand = async (head: Head, now: Instant): Promise<void> => {
    try {
      await deps.telling.tell(head, now);
    } catch (e) {
      deps.log.warn('subscribers are told by the job', { error: e instanceof Error ? e.name : 'unknown' });
    }
  };

  interface Change {
    readonly id: string;
    readonly call: Pick<
      Call<Operations['editAnnouncement'], StaffActor>,
      'actor' | 'ifMatch' | 'idempotencyKey'
    >;
    /** What the command says, for its fingerprint. */
    readonly says: unknown;
    readonly take: (given: Given, loaded: Loaded) => Promise<{ outcome: Outcome; content?: Content }>;
  }

  /** Reads, decides, writes once; a repeated key gets the first answer, a stale version is refused. */
  const change = async ({ id, call, says, take }: Change) => {
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

  /** The words that a step is about: those being written, or else the public ones. */
  const wordsOf = ({ pending, live }: Loaded): Content => {
    const version = pending ?? live;
    if (version === undefined) throw problem('announcementOver');
    return version.content;
  };

  return {
    createAnnouncement: async (call: Call<Operations['createAnnouncement'], StaffActor>) => {
      const [keys, city] = await Promise.all([deps.keys(), deps.city()]);
      const now = deps.now();
      const command = identify(keys, call.actor, call.idempotencyKey, { create: call.input.body.content });
      for (const id of codesFor(keys.first('code'), command.id)) {
        const there = await deps.store.read(id);
        const first = there === undefined ? undefined : answered(there, command);
        if (first !== undefined) return first;
        if (there !== undefined) continue;
        const content = await checked(city, call.input.body.content, now);
        const { head, step } = takenOr(create({ city, actor: call.actor, now, command }, id, content));
        const written = versionOf(id, 1, content, now);
        const after = await commit(deps.store, {
          before: undefined,
          head,
          steps: [step],
          written,
          city,
          now,
        });
        if (after !== undefined)
          return { ...answer(after.head, now), location: `/v1/desk/announcements/${id}` };
        // The same command in another instance was first: what it made is the answer.
        const made = await deps.store.read(id);
        const same = made === undefined ? undefined : answered(made, command);
        if (same !== undefined) return same;
      }
      throw problem('busy', { retryAfter: 1 });
    },

    editAnnouncement: (call: Call<Operations['editAnnouncement'], StaffActor>) => {
      const { params, body } = call.input;
      return change({
        id: params.id,
        call,
        says: body,
        take: async (given, loaded) => {
          const content = await checked(given.city, body.content, given.now);
          return { outcome: edit(given, loaded.head, wordsOf(loaded), content, body.reason), content };
        },
      });
    },

    announcementAction: (call: Call<Operations['announcementAction'], StaffActor>) => {
      const { params, body } = call.input;
      const { reason, tellAgain: again } = body;
      return change({
        id: params.id,
        call,
        says: { action: params.action, body },
        take: async (given, loaded) => {
          const { head } = loaded;
          const words = wordsOf(loaded);
          switch (params.action) {
            case 'submit':
              return { outcome: submit(given, head, words) };
            case 'return':
              return { outcome: giveBack(given, head, words, reason) };
            case 'withdraw':
              return { outcome: withdraw(given, head, words, reason) };
            case 'discard':
              return { outcome: discard(given, head, words) };
            case 'publish': {
              const outcome = publish(given, head, words, { again, reason });
              if (!('refuse' in outcome)) refusedWith(refusedIn(words, await filesOf(deps.files, words)));
              return { outcome };
            }
          }
        },
      });
    },

    deskAnnouncements: async ({
      input,
      actor,
      language,
    }: Call<Operations['deskAnnouncements'], StaffActor>) => {
      const { month } = input.query;
      const now = deps.now();
      const city = await deps.city();
      const { cards, full } = month === undefined ? await lists.atWork(now) : await lists.ofMonth(month, now);
      const mine = cards.filter((one) => maySee(city, actor, one, now));
      return { body: { announcements: listed(mine, language), full } };
    },

    deskAnnouncement: async ({
      input,
      actor,
      language,
    }: Call<Operations['deskAnnouncement'], StaffActor>) => {
      const { id } = input.params;
      const [city, loaded, steps] = await Promise.all([
        deps.city(),
        load(deps.store, id),
        deps.store.steps(id),
      ]);
      const now = deps.now();
      if (loaded === undefined || !maySee(city, actor, loaded.head, now)) throw problem('notFound');
      const words = loaded.pending ?? loaded.live;
      const files = words === undefined ? new Map() : await filesOf(deps.files, words.content);
      const { body, etag } = answer(loaded.head, now);
      return {
        body: { ...body, ...shown({ loaded, steps, files, links: deps.links, city, actor, now, language }) },
        etag,
      };
    },

    /** Without a key: sender and identifier are one, and the same message again changes nothing. */
    receiveAlert: async ({ input, actor, language }: Call<Operations['receiveAlert'], StaffActor>) => {
      const city = await deps.city();
      const matter = { kind: 'emergency', unit: city.topics.alerts?.unit ?? actor.unit } as const;
      if (!mayPublish(city, actor, matter, deps.now())) throw problem('forbidden');
      const { announcement, ...taken } = await alertTaker(deps, language)(input.body);
      return { body: { ...taken, announcement: announcement ?? null } };
    },

    uploadForAnnouncement: ({ input, actor }: Call<Operations['uploadForAnnouncement'], StaffActor>) =>
      uploadForm(deps, actor.id, input.body.type),
  };
};
