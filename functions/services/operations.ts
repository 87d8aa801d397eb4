import { type Availability, uptime } from '../availability/record.ts';
import type { AvailabilityStore } from '../availability/store.ts';
import type { AnonymousActor, StaffActor } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import type { App } from '../city/apps.ts';
import { type City, settingKinds } from '../city/schema.ts';
import type { Service } from '../city/services.ts';
import type { Standard } from '../city/standards.ts';
import type { SettingStore } from '../city/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Clock } from '../kernel/time.ts';
import type { services } from './contract.ts';
import { linkOf, listedService, named, passes } from './rules.ts';
import type { ClickStore } from './store.ts';

type Operations = (typeof services)['operations'];

/** Months that are asked for at once. */
const monthsLimit = 12;

export interface ServicesDeps {
  /** With its standards. */
  readonly city: () => Promise<City>;
  readonly settings: Pick<SettingStore, 'read'>;
  readonly availability: Pick<AvailabilityStore, 'read' | 'readMany'>;
  readonly clicks: ClickStore;
  readonly now: Clock;
  readonly log: Pick<Log, 'error'>;
}

export const operations = (deps: ServicesDeps) => {
  const here = async () => {
    const city = await deps.city();
    return { city, today: localDate(deps.now(), city.profile.zone) };
  };

  const serviceOf = (city: City, code: string): Service => {
    const found = city.services.find((one) => one.code === code);
    if (found === undefined) throw problem('notFound');
    return found;
  };

  /** Standards as they are live, or as they were in a version that was live once: drafts are nobody's to read. */
  const standardsOf = async (city: City, asked: string | undefined) => {
    const live = city.versions.standards;
    if (asked === undefined || Number(asked) === live) return { version: live, standards: city.standards };
    const earlier = await deps.settings.read('standards', Number(asked));
    if (earlier?.status !== 'active' && earlier?.status !== 'retired') throw problem('notFound');
    return { version: earlier.version, standards: settingKinds.standards.parse(earlier.body).standards };
  };

  return {
    listServices: async ({ input: { query } }: Call<Operations['listServices'], AnonymousActor>) => {
      const { city, today } = await here();
      const { cursor, size, ...filters } = query;
      const last = cursor === undefined ? -1 : city.services.findIndex(({ code }) => code === cursor);
      if (cursor !== undefined && last < 0) throw problem('badCursor');
      const found = city.services.slice(last + 1).filter((service) => passes(city, service, filters, today));
      const page = found.slice(0, size);
      return {
        body: {
          services: page.map((service) => listedService(city, service, today)),
          next: found.length > size ? (page.at(-1)?.code ?? null) : null,
        },
      };
    },

    readService: async ({ input }: Call<Operations['readService'], AnonymousActor>) => {
      const { city, today } = await here();
      const service = serviceOf(city, input.params.code);
      const { version, standards } = await standardsOf(city, input.query.version);
      const standard = standards?.find((one) => one.service === service.code);
      if (standard === undefined || version === undefined) throw problem('notFound');
      return { body: wholeService(city, service, standard, version, today) };
    },

    /** The click is counted first, and a count that fails keeps nobody from where they want to go. */
    goToService: async ({ input }: Call<Operations['goToService'], AnonymousActor>) => {
      const { city, today } = await here();
      const { code } = input.params;
      const link = linkOf(serviceOf(city, code), today);
      if ('not' in link) throw problem(link.not);
      await deps.clicks.count(code, today.slice(0, 7)).catch((e: unknown) => {
        deps.log.error('a click was not counted', e, { code });
      });
      return { body: undefined, location: link.url };
    },

    listApps: async (_: Call<Operations['listApps'], AnonymousActor>) => {
      const { city } = await here();
      const known = await deps.availability.readMany(city.apps.map(({ id }) => id));
      return { body: { apps: city.apps.map((app) => shownApp(city, app, known.get(app.id))) } };
    },

    readAppHistory: async ({ input }: Call<Operations['readAppHistory'], StaffActor>) => {
      const { city } = await here();
      const app = city.apps.find(({ id }) => id === input.params.id);
      if (app === undefined) throw problem('notFound');
      const record = lookedAt(app, await deps.availability.read(app.id));
      return {
        body: {
          ...shownApp(city, app, record),
          why: record?.why ?? null,
          ms: record?.ms ?? null,
          toldAt: record?.toldAt ?? null,
          changes: (record?.changes ?? []).map(({ at, up, why }) => ({ at, up, why: why ?? null })),
          days: record?.days ?? [],
        },
      };
    },

    serviceClicks: async ({ input }: Call<Operations['serviceClicks'], StaffActor>) => {
      const { from, to } = input.query;
      if (from > to) throw problem('monthsReversed');
      const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5));
      if (months(to) - months(from) >= monthsLimit)
        throw problem('invalidInput', { fields: [{ field: '?from', problem: `≤ ${monthsLimit}` }] });
      return { body: { clicks: [...(await deps.clicks.between(from, to))] } };
    },
  };
};

const wholeService = (city: City, service: Service, standard: Standard, version: number, today: string) => ({
  ...listedService(city, service, today),
  versions: { services: city.versions.services ?? 0, standards: version },
  steps: service.steps.map(({ id, name, unit }) => ({
    id,
    name,
    unit: unit === undefined ? null : named(city, unit),
  })),
  validatedBy: service.validatedBy === undefined ? null : named(city, service.validatedBy),
  refusals: service.refusals,
  objectTo: service.objectTo,
  appointment: service.appointment ?? null,
  standard: Object.fromEntries(
    Object.entries(standard.standard).flatMap(([part, words]) =>
      words === undefined ? [] : [[part, { id: words.id, en: words.en ?? null }]],
    ),
  ),
  form: standard.form ?? null,
  documents: standard.documents.map(({ id, name, when, accepts, note }) => ({
    id,
    name,
    when: when ?? null,
    accepts,
    note: note ?? null,
  })),
});

/** What a look at another link found says nothing of this one, nor does one of an app that is looked at no more. */
const lookedAt = (app: App, record: Availability | undefined): Availability | undefined =>
  app.check && record?.url === app.url ? record : undefined;

const shownApp = (city: City, app: App, known: Availability | undefined) => {
  const { id, name, about, url, owner } = app;
  const record = lookedAt(app, known);
  return {
    id,
    name,
    about,
    url,
    owner: named(city, owner),
    availability: {
      state: record === undefined ? ('unknown' as const) : record.up ? ('up' as const) : ('down' as const),
      since: record?.since ?? null,
      checkedAt: record?.checkedAt ?? null,
      uptime: record === undefined ? null : uptime(record),
    },
  };
};
