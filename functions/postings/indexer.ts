import type { CaseRecord, CaseText } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { type Lists, listsOf, termsVersion } from './scopes.ts';
import { type Posting, type PostingStore, postingsAtOnce, type Terms } from './store.ts';
import { lexiconOf } from './terms.ts';

/** A case that others keep indexing is given up after this many tries; its message comes again. */
const rounds = 8;

export interface IndexDeps {
  readonly store: PostingStore;
  readonly cases: Pick<CaseStore, 'read' | 'texts' | 'archivedEvents'>;
  readonly city: () => Promise<City>;
}

/** `unchanged`: the record already knew this state of the case, or a later one. */
export type IndexCase = (code: string) => Promise<'indexed' | 'unchanged' | 'gone'>;

/** Whether the record of a case's terms is what today's rules and words make of this state of it, or of a later one. */
export const isCurrent = (
  terms: Pick<Terms, 'v' | 'lexicon' | 'seq'> | undefined,
  record: Pick<CaseRecord, 'seq'>,
  city: City,
): boolean =>
  terms !== undefined &&
  (terms.v > termsVersion ||
    (terms.v === termsVersion && terms.lexicon === lexiconOf(city).id && terms.seq >= record.seq));

/**
 * Exactly the postings of a case as it stands now. Messages only say that something changed: the case, its words and
 * its terms record are read, so order and repetition do not matter. Each write puts postings and the record that lists
 * them in one transaction, conditional on the record that was read; a long change takes several, each leaving a true
 * record, so that a run that dies anywhere is finished by the next one and two runs never undo each other.
 * @throws Error when a case does not come to rest, Problem busy when the table asks to come back later
 */
export const indexer =
  ({ store, cases, city }: IndexDeps): IndexCase =>
  async (code) => {
    const live = await city();
    for (let round = 0; round < rounds; round += 1) {
      const known = await store.read(code);
      const record = await cases.read(code);
      if (record === undefined) return 'gone';
      if (isCurrent(known, record, live)) return 'unchanged';
      const lists = listsOf(record, await wordsOf(cases, record), live);
      const wanted = { v: termsVersion, lexicon: lexiconOf(live).id, seq: record.seq, at: record.filedAt };
      if (await move(store, code, known, { ...wanted, lists })) return 'indexed';
    }
    throw new Error('the terms of a case keep changing');
  };

/** The words that events of the case name, redacted ones left out. Words that no event names are nobody's yet. */
const wordsOf = async (cases: IndexDeps['cases'], record: CaseRecord): Promise<readonly CaseText[]> => {
  const texts = [...(await cases.texts(record.code)).values()];
  const inline = new Set([
    record.filing.id,
    ...(record.public === undefined ? [] : [record.public.text]),
    ...record.events.flatMap((event) => event.texts.map(({ id }) => id)),
  ]);
  const unnamed = texts.some(({ id }) => !inline.has(id));
  const older = unnamed && record.archived > 0 ? await cases.archivedEvents(record.code) : [];
  const named = new Set([...inline, ...older.flatMap((event) => event.texts.map(({ id }) => id))]);
  // The event says so a moment before the words themselves are overwritten.
  const gone = new Set([...record.events, ...older].flatMap(({ redacts = [] }) => redacts));
  const first = (text: CaseText): number => (text.id === record.filing.id ? 0 : 1);
  return texts
    .filter(({ id, redacted }) => named.has(id) && redacted !== true && !gone.has(id))
    .sort((a, b) => first(a) - first(b) || (a.at < b.at ? -1 : 1));
};

/** What a record says of itself until its last write: that it is behind, whatever the reader's version. */
const underWay = { v: 0, lexicon: '', seq: 0 };

const postingsOf = (lists: Lists): readonly Posting[] =>
  Object.entries(lists).flatMap(([scope, list]) => list.map((term) => ({ scope, term })));

const without = (postings: readonly Posting[], lists: Lists): readonly Posting[] => {
  const sets = new Map(Object.entries(lists).map(([scope, list]) => [scope, new Set(list)]));
  return postings.filter(({ scope, term }) => sets.get(scope)?.has(term) !== true);
};

/**
 * From the postings that the record lists to those that are wanted, what goes first: who may no longer find a case by
 * a word must not wait for the words that are added.
 * @returns false when somebody else wrote the record meanwhile
 */
const move = async (
  store: PostingStore,
  code: string,
  known: Terms | undefined,
  wanted: Omit<Terms, 'rev'>,
): Promise<boolean> => {
  // A corrected time of filing is another place in every list.
  const had = known === undefined ? [] : postingsOf(known.lists);
  const moved = known !== undefined && known.at !== wanted.at;
  const removed = moved ? had : without(had, wanted.lists);
  const added = moved ? postingsOf(wanted.lists) : without(postingsOf(wanted.lists), known?.lists ?? {});
  let rev = known?.rev ?? 0;
  let left = had;
  let at = known?.at ?? wanted.at;
  let [goes, comes] = [removed, added];
  do {
    // Old and new places of a case are never in one write: the record has one time for all of its postings.
    const going = goes.slice(0, postingsAtOnce);
    goes = goes.slice(going.length);
    const turn = goes.length > 0 || (moved && going.length > 0) ? 0 : postingsAtOnce - going.length;
    const coming = comes.slice(0, turn);
    comes = comes.slice(coming.length);
    const last = goes.length === 0 && comes.length === 0;
    left = [...without(left, listed(going)), ...coming];
    rev += 1;
    const gone = store.keysOf(code, going, at);
    if (!moved || goes.length === 0) at = wanted.at;
    const next = last ? { ...wanted, rev } : { ...underWay, rev, at, lists: listed(left) };
    if (!(await store.write(code, next, { removed: gone, added: coming }))) return false;
  } while (goes.length > 0 || comes.length > 0);
  return true;
};

const listed = (postings: readonly Posting[]): Lists => {
  const lists: Record<string, string[]> = {};
  for (const { scope, term } of postings) {
    lists[scope] ??= [];
    lists[scope].push(term);
  }
  return lists;
};
