import type { City } from '../../city/schema.ts';
import { codesFor } from '../../kernel/code.ts';
import { type Language, problem } from '../../kernel/errors.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { TransactPart } from '../../kernel/table.ts';
import type { Clock, Instant } from '../../kernel/time.ts';
import type { Content, Head } from '../model.ts';
import { create, discard, edit, type Given, type Outcome, publish, submit, withdraw } from '../rules.ts';
import { stateAt } from '../state.ts';
import type { AnnouncementStore } from '../store.ts';
import type { telling } from '../telling.ts';
import { commit, type Loaded, load, takenOr, versionOf } from '../write.ts';
import { articleOf } from './article.ts';
import { type Became, type Mark, type MarkStore, messageId } from './marks.ts';
import { type CapMessage, type Reference, readCap } from './message.ts';
import { faultWords } from './words.ts';

/** A write that lost to another one is tried again at most this often. */
const attempts = 4;

export interface AlertDeps {
  readonly store: AnnouncementStore;
  readonly marks: MarkStore;
  readonly telling: Pick<ReturnType<typeof telling>, 'tell'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

export interface Taken {
  readonly became: Became;
  readonly announcement: string | undefined;
  /** It had come before. */
  readonly again: boolean;
}

const isOver = ({ head }: Loaded, now: Instant): boolean =>
  ['withdrawn', 'discarded', 'expired'].includes(stateAt(head, now));

/** What one announcement and one message make of each other. */
interface Work {
  readonly given: Given;
  readonly loaded: Loaded | undefined;
  readonly beside: readonly TransactPart[];
  /** The message that it says from then on. */
  readonly alert?: Head['alert'];
}

const alertOf = ({ sender, identifier, sent }: CapMessage): Head['alert'] => ({ sender, identifier, sent });

/** Whether what stands was sent after a message, which then came late. */
const isNewer = ({ head: { alert } }: Loaded, { sent }: CapMessage): boolean =>
  alert?.sent !== undefined && alert.sent > sent;

/**
 * Takes one CAP message. What it becomes and that it was taken is one transaction, so that the same message twice, at
 * once or late, is one; a message that names earlier ones closes them also where they have not come yet.
 * @param language of the words about what is wrong with it
 * @throws Problem alertsOff, alertSender, alertMalformed, alertInvalid, busy
 */
export const alertTaker = (deps: AlertDeps, language: Language = 'id') => {
  const parse = (xml: string): CapMessage => {
    const { message, faults } = readCap(xml);
    if (message !== undefined) return message;
    if (faults === 'malformed') throw problem('alertMalformed');
    throw problem('alertInvalid', { fields: faultWords(language)(faults) });
  };

  /** Runs steps one after the other and writes them as one. */
  const write = async (
    { given, loaded, beside, alert }: Work,
    id: string,
    content: Content | undefined,
    steps: readonly ((before: Loaded) => Outcome)[],
    first: Outcome | undefined,
  ): Promise<Loaded | undefined> => {
    const { city, now } = given;
    const taken = first === undefined ? [] : [takenOr(first)];
    let head = taken.at(-1)?.head ?? loaded?.head;
    if (head === undefined) throw new Error('nothing to take a step on');
    for (const step of steps) {
      const next = takenOr(step({ head, live: loaded?.live, pending: loaded?.pending }));
      taken.push(next);
      head = next.head;
    }
    const number = content === undefined ? undefined : (head.pending ?? head.live)?.version;
    const written =
      content === undefined || number === undefined ? undefined : versionOf(id, number, content, now);
    return commit(deps.store, {
      before: loaded,
      head: alert === undefined ? head : { ...head, alert },
      steps: taken.map(({ step }) => step),
      written,
      city,
      now,
      beside,
    });
  };

  const wordsOf = ({ pending, live }: Loaded): Content => {
    const version = pending ?? live;
    if (version === undefined) throw new Error('an announcement without words');
    return version.content;
  };

  /** Takes an earlier warning back, wherever it stands. */
  const takeBack = (work: Work, loaded: Loaded, reason: string) => {
    const { given } = work;
    const content = wordsOf(loaded);
    const step = ({ head }: Loaded): Outcome =>
      head.live === undefined ? discard(given, head, content) : withdraw(given, head, content, reason);
    return write(work, loaded.head.id, undefined, [step], undefined);
  };

  /** Puts the new words in place of those of an earlier warning. */
  const replace = (work: Work, loaded: Loaded, content: Content, atOnce: boolean, reason: string) => {
    const { given } = work;
    const before = wordsOf(loaded);
    // Who is newly concerned was told nothing yet; all others know that there is a warning.
    const again = before.areas.length > 0 && content.areas.some((area) => !before.areas.includes(area));
    const more = again || (content.areas.length === 0 && before.areas.length > 0);
    return write(
      work,
      loaded.head.id,
      content,
      [
        ({ head }) => edit(given, head, before, content, reason),
        ({ head }) =>
          atOnce ? publish(given, head, content, { again: more, reason }) : submit(given, head, content),
      ],
      undefined,
    );
  };

  const open = (work: Work, id: string, content: Content, atOnce: boolean, message: CapMessage) => {
    const { given } = work;
    return write(
      work,
      id,
      content,
      [({ head }) => (atOnce ? publish(given, head, content) : submit(given, head, content))],
      create(given, id, content, alertOf(message)),
    );
  };

  /** One try. @returns undefined when somebody else was first */
  const attempt = async (city: City, message: CapMessage): Promise<Taken | undefined> => {
    const now = deps.now();
    const done = await deps.marks.read(message);
    if (done !== undefined) return { became: done.became, announcement: done.announcement, again: true };
    const id = messageId(message);
    const given: Given = {
      ...{ city, now },
      actor: { kind: 'system', id: 'cap' },
      command: { id, fingerprint: id },
    };
    const markOf = (of: Reference, what: Became, announcement?: string): Mark => ({
      ...{ v: 1, sender: of.sender, identifier: of.identifier, became: what, at: now },
      ...(announcement === undefined ? {} : { announcement }),
    });
    const conclude = async (what: Became, announcement?: string): Promise<Taken | undefined> =>
      (await deps.marks.note(markOf(message, what, announcement)))
        ? { became: what, announcement, again: false }
        : undefined;
    if (message.status !== 'Actual' || message.scope !== 'Public') return conclude('ignored');
    if (message.type === 'Ack' || message.type === 'Error') return conclude('ignored');

    const earlier = await Promise.all(message.references.map((one) => deps.marks.read(one)));
    const ids = [...new Set(earlier.flatMap((mark) => mark?.announcement ?? []))];
    const standing = (await Promise.all(ids.map((one) => load(deps.store, one)))).flatMap((one) =>
      one === undefined || isOver(one, now) ? [] : [one],
    );
    const loaded = standing.filter((one) => !isNewer(one, message));
    // Those that have not come yet come too late.
    const closed = message.references.filter((_, i) => earlier[i] === undefined);
    const article = message.type === 'Cancel' ? undefined : articleOf(city, message, now);
    const [first, ...others] = loaded;
    const reason = message.type === 'Cancel' ? 'Dicabut oleh pengirimnya.' : 'Diperbarui oleh pengirimnya.';
    const plain: Work = { given, loaded: undefined, beside: [] };

    for (const one of article !== undefined && 'content' in article ? others : loaded) {
      const after = await takeBack({ ...plain, loaded: one }, one, reason);
      if (after === undefined) return undefined;
      await deps.telling.tell(after.head, now);
    }
    // One that came in this very moment is not overlooked: the next try finds it.
    for (const one of closed) if (!(await deps.marks.note(markOf(one, 'superseded')))) return undefined;
    const [newer] = standing;
    if (newer !== undefined && loaded.length === 0) return conclude('superseded', newer.head.id);
    if (article === undefined || 'not' in article)
      return conclude(loaded.length > 0 || article === undefined ? 'withdrawn' : article.not);

    const atOnce = city.topics.alerts?.publish === 'atOnce';
    const what: Became = atOnce ? (first === undefined ? 'published' : 'updated') : 'waits';
    const besideOf = (announcement: string) => [deps.marks.part(markOf(message, what, announcement))];
    if (first !== undefined) {
      const work = { given, loaded: first, beside: besideOf(first.head.id), alert: alertOf(message) };
      const after = await replace(work, first, article.content, atOnce, reason);
      if (after === undefined) return undefined;
      await deps.telling.tell(after.head, now);
      return { became: what, announcement: first.head.id, again: false };
    }
    for (const code of codesFor((await deps.keys()).first('code'), id)) {
      if ((await deps.store.read(code)) !== undefined) continue;
      const after = await open({ ...plain, beside: besideOf(code) }, code, article.content, atOnce, message);
      if (after === undefined) return undefined;
      await deps.telling.tell(after.head, now);
      return { became: what, announcement: code, again: false };
    }
    return undefined;
  };

  return async (xml: string): Promise<Taken> => {
    const city = await deps.city();
    const { alerts } = city.topics;
    if (alerts === undefined) throw problem('alertsOff');
    const message = parse(xml);
    if (!alerts.senders.includes(message.sender)) throw problem('alertSender');
    for (let tries = 0; tries < attempts; tries += 1) {
      const taken = await attempt(city, message);
      if (taken !== undefined) return taken;
    }
    throw problem('busy', { retryAfter: 1 });
  };
};
