import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { lexiconOf } from '../postings/terms.ts';
import { render } from './markdown.ts';
import type { Content, Head, Step, Version } from './model.ts';
import { entriesOf } from './places.ts';
import type { Outcome, Taken } from './rules.ts';
import type { AnnouncementStore } from './store.ts';
import { plain } from './text.ts';

/** An announcement as it was read: with the words that are public and those that are being written. */
export interface Loaded {
  readonly head: Head;
  readonly live: Version | undefined;
  readonly pending: Version | undefined;
}

type Reading = Pick<AnnouncementStore, 'read' | 'readVersion'>;

export const load = async (store: Reading, id: string): Promise<Loaded | undefined> => {
  const head = await store.read(id);
  if (head === undefined) return undefined;
  const of = (number: number | undefined) =>
    number === undefined ? undefined : store.readVersion(id, number);
  const [live, pending] = await Promise.all([of(head.live?.version), of(head.pending?.version)]);
  return { head, live, pending };
};

/** A version with its body as HTML. */
export const versionOf = (id: string, number: number, content: Content, at: Instant): Version => ({
  v: 1,
  id,
  version: number,
  content,
  html: {
    id: render(content.body.id),
    ...(content.body.en === undefined ? {} : { en: render(content.body.en) }),
  },
  at,
});

/** Words of one announcement that a search finds it by. */
const mostWords = 400;

const wordsOf =
  (city: City) =>
  ({ content, html }: Version): readonly string[] => {
    const { terms } = lexiconOf(city);
    const texts = [content.title.id, content.title.en, plain(html.id), html.en && plain(html.en)];
    return [...new Set(texts.flatMap((text) => (text === undefined ? [] : terms(text))))].slice(0, mostWords);
  };

/** @throws Problem for a refusal */
export const takenOr = (outcome: Outcome): Taken => {
  if (!('refuse' in outcome)) return outcome;
  throw problem(outcome.refuse, outcome.fields === undefined ? {} : { fields: outcome.fields });
};

export interface Commit {
  readonly before: Loaded | undefined;
  readonly head: Head;
  readonly steps: readonly Step[];
  /** A version that is new or written anew. */
  readonly written?: Version | undefined;
  readonly city: City;
  readonly now: Instant;
  readonly beside?: readonly TransactPart[];
}

/**
 * Writes what steps made of an announcement together with all its copies in lists.
 * @returns the announcement as it now stands, or undefined when somebody else was first
 */
export const commit = async (
  store: Pick<AnnouncementStore, 'save'>,
  { before, head, steps, written, city, now, beside }: Commit,
): Promise<Loaded | undefined> => {
  const known = [written, before?.live, before?.pending];
  const versionNumbered = (number: number | undefined): Version | undefined =>
    number === undefined ? undefined : known.find((one) => one?.version === number);
  const live = versionNumbered(head.live?.version);
  const pending = versionNumbered(head.pending?.version);
  const entries = entriesOf(head, live, pending, now, wordsOf(city));
  const done = await store.save({
    before: before?.head,
    after: head,
    steps,
    versions: written === undefined ? [] : [written],
    entries,
    ...(beside === undefined ? {} : { beside }),
  });
  const places = entries.map(({ pk, sk }) => ({ pk, sk }));
  return done ? { head: { ...head, places }, live, pending } : undefined;
};
