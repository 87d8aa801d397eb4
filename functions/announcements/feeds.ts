import type { AnnouncementStore } from '../announcing/store.ts';
import { pageOf } from '../announcing/telling.ts';
import type { AnonymousActor } from '../cases/actor.ts';
import { offsetSeconds } from '../cases/clock/calendar.ts';
import { wallTime } from '../cases/clock/local.ts';
import type { City } from '../city/schema.ts';
import type { Call } from '../kernel/http.ts';
import { type Clock, fromSeconds, toSeconds } from '../kernel/time.ts';
import { atom } from './atom.ts';
import { calendar } from './calendar.ts';
import type { announcements } from './contract.ts';
import { keeping } from './filter.ts';
import { newestFirst } from './list.ts';
import { shower } from './show.ts';

type Operations = (typeof announcements)['operations'];

const feedLimit = 50;
const calendarLimit = 300;
/** What ended this long ago leaves the calendar. */
const pastSeconds = 31 * 86_400;

export interface FeedDeps {
  readonly store: Pick<AnnouncementStore, 'months' | 'ofMonth' | 'endingAfter'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  readonly publicUrl: string;
}

/** Announcements for readers of feeds and calendars. */
export const feeds = (deps: FeedDeps) => {
  const host = new URL(deps.publicUrl).host;
  const pageUrl = (id: string): string => `${deps.publicUrl}${pageOf(id)}`;

  /** The feed's own address, with what it was asked for. */
  const selfOf = (query: Readonly<Record<string, string | undefined>>): string => {
    const url = new URL(`${deps.publicUrl}/v1/public/feeds/announcements`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  };

  return {
    announcementFeed: async ({
      input: { query },
      language,
    }: Call<Operations['announcementFeed'], AnonymousActor>) => {
      const city = await deps.city();
      const now = deps.now();
      const { lang = language, ...filters } = query;
      const keep = keeping(city, filters);
      const { cards } = await newestFirst(deps.store, {
        ...{ now, after: undefined, size: feedLimit, keep },
        read: deps.store.ofMonth,
      });
      const show = shower(city, lang);
      const self = selfOf(query);
      return {
        body: atom({
          id: self,
          title: `${city.profile.app} · ${city.profile.names[lang]}`,
          author: city.profile.names[lang],
          language: lang,
          self,
          page: `${deps.publicUrl}/pengumuman`,
          updated: '1970-01-01T00:00:00Z',
          entries: cards.map(show).map((one) => ({
            id: `tag:${host},2026:announcement/${one.id}`,
            title: one.title,
            summary: one.lead,
            link: pageUrl(one.id),
            author: one.unit.name,
            categories: one.topics,
            published: one.publishedAt,
            updated: one.correctedAt ?? one.publishedAt,
          })),
        }),
      };
    },

    announcementCalendar: async ({
      input: { query },
      language,
    }: Call<Operations['announcementCalendar'], AnonymousActor>) => {
      const city = await deps.city();
      const now = deps.now();
      const { lang = language, ...filters } = query;
      const keep = keeping(city, filters);
      const since = fromSeconds(toSeconds(now) - pastSeconds);
      const cards = await deps.store.endingAfter('agenda', since, calendarLimit);
      const show = shower(city, lang);
      const { zone } = city.profile;
      return {
        body: calendar({
          name: `Agenda ${city.profile.names[lang]}`,
          zone,
          host,
          offset: offsetSeconds[zone],
          wall: (at) => wallTime(at, zone),
          events: cards
            .filter((card) => card.at <= now && keep(card))
            .flatMap((card) => {
              const { event, id, withdrawnAt, correctedAt, version, at } = card;
              if (event === undefined || (withdrawnAt !== undefined && withdrawnAt < at)) return [];
              const { title, lead, topics } = show(card);
              return [
                {
                  uid: `${id}@${host}`,
                  sequence: version - 1 + (withdrawnAt === undefined ? 0 : 1),
                  cancelled: withdrawnAt !== undefined,
                  start: event.start,
                  end: event.end,
                  summary: title,
                  description: lead,
                  place: event.place,
                  link: pageUrl(id),
                  categories: topics.map(({ name }) => name),
                  published: at,
                  changed: withdrawnAt ?? correctedAt ?? at,
                },
              ];
            }),
        }),
      };
    },
  };
};
