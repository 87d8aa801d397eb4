import { visibleTo } from '../cases/access.ts';
import type { AnonymousActor, StaffActor } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { isSecret, publicWords } from '../cases/publication.ts';
import type { CaseStore } from '../cases/store.ts';
import { eventsOf } from '../cases/timeline.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock, Instant } from '../kernel/time.ts';
import { seal, unseal } from '../kernel/token.ts';
import { toldInPublic } from '../people/supporters.ts';
import type { searchPublic } from '../postings/public.ts';
import { isPublic, type PublicCopy } from '../publication/copy.ts';
import type { PublicStore } from '../publication/store.ts';
import type { publicly } from './contract.ts';
import { newestFirst } from './list.ts';
import type { Photo } from './photos.ts';
import { filesOf, proposed } from './propose.ts';
import { shower } from './show.ts';

type Operations = (typeof publicly)['operations'];

export interface Deps {
  readonly cases: Pick<CaseStore, 'read' | 'text' | 'texts' | 'archivedEvents'>;
  readonly copies: Pick<PublicStore, 'months' | 'ofMonth' | 'ofCases'>;
  readonly search: ReturnType<typeof searchPublic>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  /** How many wait for each of these cases, beside its reporter. */
  readonly supporters: (
    of: readonly Pick<CaseRecord, 'code' | 'absorbed'>[],
  ) => Promise<ReadonlyMap<string, number>>;
  readonly now: Clock;
  readonly kinds: Readonly<Record<string, CaseKind>>;
  /** Links to the released photos of a case, of those that were inspected and are its own. */
  readonly photosOf: (code: string, files: readonly string[], now: Instant) => Promise<readonly Photo[]>;
}

/** Points of one map: what a phone draws at once. */
const mapLimit = 500;

interface Filters {
  readonly area?: string | undefined;
  readonly category?: string | undefined;
  readonly state?: string | undefined;
}

export const operations = (deps: Deps) => {
  const { kinds } = deps;
  const { area, category, feature, listed, says, stateName, unitName } = shower(kinds);

  /** @throws Problem unknownArea, unknownCategory, invalidInput */
  const filterOf = (city: City, { area, category, state }: Filters) => {
    const wrong = (field: string, code: 'unknownArea' | 'unknownCategory') =>
      problem(code, { fields: [{ field, problem: code }] });
    if (area !== undefined && !city.areas.some(({ code }) => code === area))
      throw wrong('?area', 'unknownArea');
    if (category !== undefined && categoryOf(city, category) === undefined)
      throw wrong('?category', 'unknownCategory');
    const known = Object.values(kinds).some(
      ({ states }) => state !== undefined && Object.hasOwn(states, state),
    );
    if (state !== undefined && !known)
      throw problem('invalidInput', { fields: [{ field: '?state', problem: 'invalidInput' }] });
    return (copy: PublicCopy): boolean =>
      (area === undefined || copy.area === area || copy.area?.startsWith(`${area}.`) === true) &&
      (category === undefined || copy.category === category) &&
      (state === undefined || copy.state === state);
  };

  return {
    publicCases: async ({ input: { query }, language }: Call<Operations['publicCases'], AnonymousActor>) => {
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const keep = filterOf(city, query);
      const bound = ['public', query.area, query.category, query.state].join('|');
      // Nothing in it is secret, and one cursor for one place lets an edge keep the page.
      const after = query.cursor === undefined ? undefined : unseal(keys, 'cursor', query.cursor, bound);
      if (query.cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
      const { copies, next, full } = await newestFirst(deps.copies, {
        after: typeof after === 'string' ? after : undefined,
        size: query.size,
        keep,
      });
      return {
        body: {
          cases: copies.map((copy) => listed(city, copy, language)),
          next: next === undefined ? null : seal(keys, 'cursor', next, bound),
          full,
        },
      };
    },

    /** By the published words and no others; what was taken down since is left out, since each case is read. */
    publicSearch: async ({
      input: { query },
      language,
    }: Call<Operations['publicSearch'], AnonymousActor>) => {
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const bound = `publicSearch|${query.q}`;
      const after = query.cursor === undefined ? undefined : unseal(keys, 'cursor', query.cursor, bound);
      if (query.cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
      const found = await deps.search(city, {
        q: query.q,
        size: query.size,
        keep: isPublic,
        ...(typeof after === 'string' ? { after } : {}),
      });
      const copies = await deps.copies.ofCases(found.cases);
      return {
        body: {
          cases: copies.map((copy) => listed(city, copy, language)),
          next: found.next === undefined ? null : seal(keys, 'cursor', found.next, bound),
          narrow: found.narrow,
        },
      };
    },

    /** From the case itself, so that a takedown holds at once, however late its copy is. */
    publicCase: async ({ input, language }: Call<Operations['publicCase'], AnonymousActor>) => {
      const [city, record] = await Promise.all([deps.city(), deps.cases.read(input.params.code)]);
      if (record === undefined || !isPublic(record)) throw problem('notFound');
      const [text, events, joined, photos] = await Promise.all([
        deps.cases.text(record.code, record.public.text),
        eventsOf(deps.cases, record),
        deps.supporters([record]),
        deps.photosOf(record.code, record.public.files, deps.now()),
      ]);
      if (text === undefined || text.redacted === true) throw problem('notFound');
      return {
        body: {
          code: record.code,
          kind: record.kind,
          state: record.state,
          stateName: stateName(record.kind, record.state, language),
          ...publicWords(text.body),
          version: record.published.versions,
          category: category(city, record.category, language),
          area: area(city, record.area),
          unit: unitName(city, record.unit),
          filedAt: record.filedAt,
          publishedAt: record.published.at,
          editedAt: record.public.at,
          due: citizenDue(record.clocks),
          timeline: events
            .filter(({ audience }) => audience === 'public' || audience === 'code')
            .map((event) => ({
              at: event.on,
              type: event.type,
              state: event.to,
              stateName: stateName(record.kind, event.to, language),
              unit: unitName(city, event.unitTo),
              says: says(record, event, language),
            })),
          supporters: toldInPublic(joined.get(record.code) ?? 0),
          photos: [...photos],
        },
      };
    },

    publicMap: async ({ input: { query }, language }: Call<Operations['publicMap'], AnonymousActor>) => {
      const city = await deps.city();
      const keep = filterOf(city, query);
      const [west = -180, south = -90, east = 180, north = 90] = query.bbox?.split(',').map(Number) ?? [];
      if (west > east || south > north)
        throw problem('invalidInput', { fields: [{ field: '?bbox', problem: 'invalidInput' }] });
      const { copies, next } = await newestFirst(deps.copies, {
        after: undefined,
        size: mapLimit,
        keep: (copy) => {
          const { point } = copy;
          const inside =
            point !== undefined &&
            point.lon >= west &&
            point.lon <= east &&
            point.lat >= south &&
            point.lat <= north;
          return inside && keep(copy);
        },
      });
      return {
        body: {
          type: 'FeatureCollection' as const,
          features: copies.map((copy) => feature(city, copy, language)),
          truncated: next !== undefined,
        },
      };
    },

    publication: async (call: Call<Operations['publication'], StaffActor>) => {
      const { code } = call.input.params;
      const [city, record] = await Promise.all([deps.city(), deps.cases.read(code)]);
      if (record === undefined || !visibleTo(subjectOf(record), call.actor, city.substitutes))
        throw problem('notFound');
      const [texts, events] = await Promise.all([deps.cases.texts(code), eventsOf(deps.cases, record)]);
      const shown = isPublic(record) ? texts.get(record.public.text) : undefined;
      const publishable = kinds[record.kind]?.publishable?.includes(record.state) === true;
      const not = isSecret(record) ? 'secretCase' : publishable ? null : 'wrongState';
      return {
        body: {
          code,
          seq: record.seq,
          not,
          ...proposed(city, record, texts.get(record.filing.id)),
          published:
            shown === undefined || !isPublic(record)
              ? null
              : {
                  ...publicWords(shown.body),
                  version: record.published.versions,
                  publishedAt: record.published.at,
                  editedAt: record.public.at,
                  files: record.public.files,
                },
          files: filesOf(events, record.public?.files ?? []),
        },
        etag: record.seq,
      };
    },
  };
};
