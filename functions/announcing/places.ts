import type { Key } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import type { Card, Head, Version } from './model.ts';
import { leadOf } from './text.ts';

/** Keys of what is listed. All of it are copies that are written together with the announcement. */
export const lists = {
  /** By the month (UTC) of publication, newest last; `words` the same with the words of the body, read by a search alone. */
  month: (month: string): string => `ANNS#${month}`,
  words: (month: string): string => `ANNWORDS#${month}`,
  months: 'ANNS',
  /** The next ones sort by when they end, so that whoever asks from now on reads nothing that is over. */
  pinned: 'ANNPINNED',
  emergency: 'ANNEMERGENCY',
  agenda: 'ANNAGENDA',
  /** Published, but not yet: by its moment. */
  scheduled: 'ANNSCHEDULED',
  /** What is being written or reviewed. */
  work: 'ANNWORK',
  /** Whose subscribers are to be told, by when. */
  due: 'ANNDUE',
} as const;

/** After every instant: the end of what has none. */
const never = '9999-12-31T00:00:00Z';

export const monthOf = (at: Instant): string => at.slice(0, 7);
export const dueKey = (at: Instant, id: string): Key => ({ pk: lists.due, sk: `${at}#${id}` });

const both = (
  of: { readonly id: string; readonly en?: string | undefined },
  make: (text: string) => string,
) => ({
  id: make(of.id),
  ...(of.en === undefined ? {} : { en: make(of.en) }),
});

/** The copy that lists hold of one version. @param at when it is, or would be, public */
export const cardOf = (head: Head, { content, html, version }: Version, at: Instant): Card => ({
  v: 1,
  id: head.id,
  kind: content.kind,
  version,
  title: content.title,
  lead: both(html, leadOf),
  unit: content.unit,
  areas: content.areas,
  topics: content.topics,
  at,
  pinned: content.pinned,
  ...(content.expiresAt === undefined ? {} : { expiresAt: content.expiresAt }),
  ...(head.corrections.length === 0 ? {} : { correctedAt: head.corrections.at(-1)?.at }),
  ...(head.withdrawn === undefined ? {} : { withdrawnAt: head.withdrawn.at }),
  ...(content.source === undefined ? {} : { source: content.source }),
  ...(content.cover === undefined ? {} : { cover: content.cover }),
  ...(content.event === undefined ? {} : { event: content.event }),
});

/** A copy in its place. */
export interface Entry extends Key {
  readonly body: object;
}

/**
 * Everywhere that an announcement stands with what stands there. Withdrawn, it stays in its month, for the desk, and in
 * the agenda, where calendars that took it over must read that it is cancelled.
 * @param termsOf the words by which its text is found
 */
export const entriesOf = (
  head: Head,
  live: Version | undefined,
  pending: Version | undefined,
  now: Instant,
  termsOf: (version: Version) => readonly string[],
): readonly Entry[] => {
  const entries: Entry[] = [];
  if (head.pending !== undefined && pending !== undefined) {
    const body = { ...cardOf(head, pending, pending.content.publishAt ?? now), seq: head.seq };
    entries.push({ pk: lists.work, sk: head.id, body: { ...body, stage: head.pending.stage } });
  }
  if (head.live === undefined || live === undefined) return entries;
  const { at, expiresAt = never } = head.live;
  const card = cardOf(head, live, at);
  if (card.event !== undefined)
    entries.push({ pk: lists.agenda, sk: `${card.event.end}#${head.id}`, body: card });
  const month = monthOf(at);
  entries.push({ pk: lists.month(month), sk: `${at}#${head.id}`, body: card });
  if (head.withdrawn !== undefined) return entries;
  entries.push({
    ...{ pk: lists.words(month), sk: `${at}#${head.id}` },
    body: { ...card, words: termsOf(live) },
  });
  // Once its moment has come nobody reads this copy any more.
  if (at > now)
    entries.push({ pk: lists.scheduled, sk: `${at}#${head.id}`, body: { ...card, expires: toSeconds(at) } });
  if (card.pinned) entries.push({ pk: lists.pinned, sk: `${expiresAt}#${head.id}`, body: card });
  if (card.kind === 'emergency')
    entries.push({ pk: lists.emergency, sk: `${expiresAt}#${head.id}`, body: card });
  return entries;
};
