import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { Instant } from '../kernel/time.ts';
import type { Source } from './scopes.ts';
import { codeAt, type Listed, type Place, type PostingStore } from './store.ts';

/** Postings, and records of terms, that one search reads at most: then it asks for a narrower question. */
export const mostReads = 2000;
/** First look at every list, which tells the rarest of them and answers for the newest cases at once. */
const glance = 24;
/** Entries of the rarest list that are read at once after that. */
const stride = 100;

/** Cases that one batch reads. */
const readAtOnce = 100;

export interface Wanted {
  /** Each of them must be in the case. */
  readonly terms: readonly string[];
  /** Some term must begin so. */
  readonly beginning?: string | undefined;
  readonly sources: readonly Source[];
  readonly from: Instant;
  /** Exclusive: an instant, or the place where the last page ended. */
  readonly before: Instant | Place;
  readonly size: number;
  /** Judged on the case as it stands now; what is dropped here leaves no trace. */
  readonly keep: (record: CaseRecord) => boolean;
}

export interface Found {
  /** Newest filing first. */
  readonly cases: readonly CaseRecord[];
  /** Where to go on; undefined at the end, and when the question has to be narrowed. */
  readonly next: Place | undefined;
  /** The bound on reads came before the page was full. */
  readonly narrow: boolean;
}

interface Budget {
  left: number;
}

export interface FindDeps {
  readonly store: Pick<PostingStore, 'list' | 'beginning' | 'readMany'>;
  readonly cases: Pick<CaseStore, 'readMany'>;
}

/** The bound on reads was met. */
const spent = Symbol('spent');

/**
 * Cases that have all of the terms, newest filing first. Of every list the newest entries are read; the list whose
 * sample reaches back furthest is the rarest and alone is read on, its entries compared with the other samples and,
 * beyond those, with the terms record of each case.
 */
export const finder = ({ store, cases }: FindDeps) => {
  /** Keeps the places whose cases have all terms, by what was read already where it is enough. */
  const matching = async (
    { scope }: Source,
    places: readonly Place[],
    others: readonly { readonly term: string; readonly sample: Listed }[],
    beginning: string | undefined,
    budget: Budget,
  ): Promise<readonly Place[]> => {
    const sampled = others.map(({ sample }) => ({ ...sample, set: new Set(sample.places) }));
    const inSample = (place: Place): boolean | undefined => {
      let known = true;
      for (const { set, ended, places: of } of sampled) {
        if (set.has(place)) continue;
        if (ended || place > (of.at(-1) ?? '')) return false;
        known = false;
      }
      return known && beginning === undefined ? true : undefined;
    };
    const judged = places.map((place) => [place, inSample(place)] as const);
    const open = judged.flatMap(([place, is]) => (is === undefined ? [codeAt(place)] : []));
    budget.left -= open.length;
    const lists = await store.readMany(open);
    const has = (place: Place): boolean => {
      const list = new Set(lists.get(codeAt(place))?.[scope] ?? []);
      return (
        others.every(({ term }) => list.has(term)) &&
        (beginning === undefined || [...list].some((term) => term.startsWith(beginning)))
      );
    };
    return judged.flatMap(([place, is]) => ((is ?? has(place)) ? [place] : []));
  };

  /** Places of one source, newest first; `spent` when the bound was met. */
  const places = async function* (
    source: Source,
    wanted: Wanted,
    budget: Budget,
  ): AsyncGenerator<Place | typeof spent> {
    const { scope } = source;
    const { from, beginning } = wanted;
    const terms = [...wanted.terms, ...source.marks];
    if (terms.length === 0 && beginning !== undefined) {
      const all = await store.beginning(scope, beginning, wanted, Math.max(1, budget.left));
      budget.left -= all.read;
      // Words come in the order of the alphabet: of a part of them, the newest cases are not known.
      if (all.ended) yield* all.places;
      else yield spent;
      return;
    }
    if (budget.left < terms.length * glance) return yield spent;
    const lists = await Promise.all(
      terms.map(async (term) => ({ term, sample: await store.list(scope, term, wanted, glance) })),
    );
    for (const { sample } of lists) budget.left -= sample.read;
    if (lists.some(({ sample }) => sample.places.length === 0 && sample.ended)) return;
    const reach = ({ sample }: (typeof lists)[number]): string =>
      sample.ended ? '' : (sample.places.at(-1) ?? wanted.before);
    const rarest = lists.reduce((a, b) =>
      reach(b) < reach(a) || (reach(b) === reach(a) && b.sample.read < a.sample.read) ? b : a,
    );
    const others = lists.filter((list) => list !== rarest);
    let page = rarest.sample;
    for (;;) {
      for (let at = 0; at < page.places.length; at += glance)
        yield* await matching(source, page.places.slice(at, at + glance), others, beginning, budget);
      if (page.ended) return;
      if (budget.left < 2) return yield spent;
      const before = page.places.at(-1) ?? wanted.before;
      // Half for the entries, half for the records that they may have to be compared with.
      const limit = Math.min(stride, Math.floor(budget.left / 2));
      page = await store.list(scope, rarest.term, { from, before }, limit);
      budget.left -= page.read;
    }
  };

  return async (wanted: Wanted): Promise<Found> => {
    const budget: Budget = { left: mostReads };
    const found: CaseRecord[] = [];
    const merged = newestFirst(wanted.sources.map((source) => places(source, wanted, budget)));
    const cut = (): Found => {
      const cases = found.slice(0, wanted.size);
      const last = cases.at(-1);
      return {
        cases,
        next: last === undefined || found.length <= wanted.size ? undefined : `${last.filedAt}#${last.code}`,
        narrow: false,
      };
    };
    for (let narrow = false; ; ) {
      const some: Place[] = [];
      let ended = false;
      const short = Math.min(readAtOnce, wanted.size + 1 - found.length);
      while (some.length < short && !ended && !narrow) {
        const { value, done } = await merged.next();
        if (done === true) ended = true;
        else if (value === spent) narrow = true;
        else some.push(value);
      }
      const records = await cases.readMany(some.map(codeAt));
      for (const place of some) {
        const record = records.get(codeAt(place));
        // A posting that is about to go, or a case that was filed for another time meanwhile.
        if (record !== undefined && wanted.keep(record)) found.push(record);
      }
      if (found.length > wanted.size) return cut();
      if (narrow) return { cases: found, next: undefined, narrow };
      if (ended) return cut();
    }
  };
};

/** Several orders as one, each place once; ends with the first source that met the bound. */
const newestFirst = async function* (
  sources: readonly AsyncGenerator<Place | typeof spent>[],
): AsyncGenerator<Place | typeof spent> {
  const heads: {
    source: (typeof sources)[number];
    head: Awaited<ReturnType<(typeof sources)[number]['next']>>;
  }[] = [];
  // One after the other: each looks at what the ones before have left of the bound.
  for (const source of sources) heads.push({ source, head: await source.next() });
  let last: Place | undefined;
  for (;;) {
    const open = heads.filter(({ head }) => head.done !== true);
    if (open.length === 0) return;
    const next = open.reduce((a, b) => (newer(b.head.value, a.head.value) ? b : a));
    const { value } = next.head;
    if (value === spent) return yield spent;
    if (value !== undefined && value !== last) yield value;
    last = value ?? undefined;
    next.head = await next.source.next();
  }
};

/** A source that met the bound may hold anything newer than the rest. */
const newer = (a: Place | typeof spent | undefined, b: Place | typeof spent | undefined): boolean =>
  a === spent || (b !== spent && (a ?? '') > (b ?? ''));
