import type { MarkStore } from '../announcing/cap/marks.ts';
import { alertTaker } from '../announcing/cap/take.ts';
import { faultsOf } from '../announcing/check.ts';
import { filesOf, refusedIn, unknownIn, withPlainIds } from '../announcing/files.ts';
import type { Content } from '../announcing/model.ts';
import { mayPublish, maySee } from '../announcing/rights.ts';
import { create, discard, edit, giveBack, publish, submit, withdraw } from '../announcing/rules.ts';
import { commit, type Loaded, load, takenOr, versionOf } from '../announcing/write.ts';
import type { FileStore } from '../attachments/store.ts';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { codesFor } from '../kernel/code.ts';
import { type ErrorCode, type FieldError, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Instant } from '../kernel/time.ts';
import { answer, answered, type ChangeDeps, changer } from './change.ts';
import type { newsroom } from './contract.ts';
import { deskLists } from './lists.ts';
import { listed, shown } from './show.ts';
import { type UploadDeps, uploadForm } from './upload.ts';

type Operations = (typeof newsroom)['operations'];

export interface Deps extends UploadDeps, ChangeDeps {
  readonly marks: MarkStore;
  readonly files: Pick<FileStore, 'read' | 'claim'>;
}

const refusedWith = (faults: readonly FieldError[]): void => {
  const [first] = faults;
  if (first !== undefined) throw problem(first.problem as ErrorCode, { fields: faults });
};

export const operations = (deps: Deps) => {
  const lists = deskLists(deps.store);
  const change = changer(deps);

  /** The content as it is kept. @throws Problem naming every field that is wrong */
  const checked = async (city: City, given: Content, now: Instant): Promise<Content> => {
    const content = withPlainIds(given);
    refusedWith([...faultsOf(city, content, now), ...unknownIn(content, await filesOf(deps.files, content))]);
    return content;
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
              // Whose it is that is taken back, whatever a draft says.
              return { outcome: withdraw(given, head, loaded.live?.content ?? words, reason) };
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
