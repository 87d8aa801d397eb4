import { namedIn } from '../announcing/files.ts';
import { cardOf } from '../announcing/places.ts';
import { isCurrent, stateAt, wasPublic } from '../announcing/state.ts';
import type { AnnouncementStore, Found } from '../announcing/store.ts';
import { pageOf } from '../announcing/telling.ts';
import { type LinkDeps, linksOf } from '../attachments/links.ts';
import type { FileStore } from '../attachments/store.ts';
import type { AnonymousActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import { readCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock, Instant } from '../kernel/time.ts';
import { seal, unseal } from '../kernel/token.ts';
import type { announcements } from './contract.ts';
import { feeds } from './feeds.ts';
import { holding, keeping } from './filter.ts';
import { newestFirst } from './list.ts';
import { filePath, said, shower } from './show.ts';

type Operations = (typeof announcements)['operations'];

export interface Deps {
  readonly store: Pick<
    AnnouncementStore,
    'read' | 'readVersion' | 'months' | 'ofMonth' | 'wordsOfMonth' | 'endingAfter'
  >;
  readonly files: Pick<FileStore, 'read'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly links: LinkDeps;
  readonly publicUrl: string;
}

/** What is pinned, or warned of, that one answer shows. */
const pinnedLimit = 20;

export const operations = (deps: Deps) => {
  /** An announcement that is or was public, with the version that it stands in. */
  const publicOne = async (id: string, now: Instant) => {
    const head = await deps.store.read(id);
    if (head?.live === undefined || !wasPublic(head, now)) throw problem('notFound');
    const version = await deps.store.readVersion(id, head.live.version);
    if (version === undefined) throw new Error('an announcement without its public version');
    return { head, live: head.live, version };
  };

  return {
    announcements: async ({
      input: { query },
      language,
    }: Call<Operations['announcements'], AnonymousActor>) => {
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const now = deps.now();
      const keep = keeping(city, query);
      const bound = ['announcements', query.area, query.topic, query.unit, query.kind, query.q].join('|');
      // Nothing in it is secret, and one cursor for one place lets an edge keep the page.
      const after = query.cursor === undefined ? undefined : unseal(keys, 'cursor', query.cursor, bound);
      if (query.cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
      const wanted = { now, after: typeof after === 'string' ? after : undefined, size: query.size };
      const { q } = query;
      const found = q === undefined ? undefined : holding(city, q);
      const [{ cards, next, full }, pinned] = await Promise.all([
        found === undefined
          ? newestFirst(deps.store, { ...wanted, keep, read: deps.store.ofMonth })
          : newestFirst<Found>(deps.store, {
              ...wanted,
              keep: (card) => keep(card) && found(card),
              read: deps.store.wordsOfMonth,
            }),
        after === undefined && q === undefined ? deps.store.endingAfter('pinned', now, pinnedLimit) : [],
      ]);
      const show = shower(city, language);
      return {
        body: {
          pinned: pinned.filter((card) => isCurrent(card, now) && keep(card)).map(show),
          announcements: cards.map(show),
          next: next === undefined ? null : seal(keys, 'cursor', next, bound),
          full,
        },
      };
    },

    announcement: async ({ input, language }: Call<Operations['announcement'], AnonymousActor>) => {
      const now = deps.now();
      const [city, { head, live, version }] = await Promise.all([
        deps.city(),
        publicOne(input.params.id, now),
      ]);
      const { content, html } = version;
      const gone = head.withdrawn !== undefined;
      const files = gone ? [] : await Promise.all(content.files.map(({ file }) => deps.files.read(file)));
      const state = stateAt(head, now);
      const card = cardOf(head, version, live.at);
      return {
        body: {
          ...shower(city, language)(gone ? { ...card, lead: { id: '' }, cover: undefined } : card),
          state: state as 'published' | 'corrected' | 'expired' | 'withdrawn',
          version: version.version,
          html: gone ? '' : said(html, language),
          files: content.files.flatMap(({ file, name }, i) => {
            const served = files[i]?.served?.full;
            if (served === undefined) return [];
            return [{ name: said(name, language), url: filePath(head.id, file), ...served }];
          }),
          corrections: head.corrections,
          withdrawn: head.withdrawn ?? null,
        },
      };
    },

    announcementFile: async ({ input }: Call<Operations['announcementFile'], AnonymousActor>) => {
      const now = deps.now();
      const { head, version } = await publicOne(input.params.id, now);
      const { file: id } = input.params;
      if (head.withdrawn !== undefined || !namedIn(version.content).some((one) => one.id === id))
        throw problem('notFound');
      const file = await deps.files.read(id);
      const links = file?.owner === 'announcement' ? linksOf(deps.links, file, now) : undefined;
      if (links === undefined) throw problem('notFound');
      const { size } = input.query;
      return { body: undefined, location: (size === 'thumbnail' ? links.thumbnail : null) ?? links.url };
    },

    ...feeds(deps),

    emergencies: async ({ input: { query }, language }: Call<Operations['emergencies'], AnonymousActor>) => {
      const city = await deps.city();
      const now = deps.now();
      const keep = keeping(city, query);
      const cards = await deps.store.endingAfter('emergency', now, pinnedLimit);
      return {
        body: {
          emergencies: cards
            .filter((card) => isCurrent(card, now) && keep(card))
            .sort((a, b) => (a.at < b.at ? 1 : -1))
            .map(shower(city, language)),
          numbers: city.profile.emergency.numbers,
        },
      };
    },

    topics: async ({ language }: Call<Operations['topics'], AnonymousActor>) => {
      const { topics } = (await deps.city()).topics;
      return { body: { topics: topics.map(({ id, names }) => ({ id, name: names[language] })) } };
    },

    shortLink: async ({ input }: Call<Operations['shortLink'], AnonymousActor>) => {
      const id = readCode(input.params.short);
      const head = id === undefined ? undefined : await deps.store.read(id);
      if (head === undefined || !wasPublic(head, deps.now())) throw problem('notFound');
      return { body: undefined, location: `${deps.publicUrl}${pageOf(head.id)}` };
    },
  };
};
