import { localDate } from '../cases/clock/local.ts';
import { isValidOn } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import type { Clock } from '../kernel/time.ts';
import type { about } from './contract.ts';

type Body = Output<(typeof about)['operations']['aboutCity']>;

/** What everybody may know of the configuration: no contacts, rules, keywords or substitutes' holders. */
const publicCity = (city: City, today: string): Body => {
  const { code, names, app, zone, languages, bounds, emergency } = city.profile;
  return {
    code,
    names: { ...names },
    app,
    zone,
    languages: [...languages],
    bounds: { ...bounds },
    emergency: { message: { ...emergency.message }, numbers: emergency.numbers.map((n) => ({ ...n })) },
    groups: city.categories.groups.map((group) => ({
      id: group.id,
      names: { ...group.names },
      categories: group.categories.map((category) => ({
        id: category.id,
        names: { ...category.names },
        confidential: category.confidential,
        oversight: category.oversight,
      })),
    })),
    areas: city.areas.map((area) => ({
      code: area.code,
      name: area.name,
      kind: area.kind,
      aliases: [...area.aliases],
      centre: area.centre === undefined ? null : { ...area.centre },
    })),
    units: city.units
      .filter((unit) => isValidOn(unit, today))
      .map(({ id, name, short, kind, parent }) => ({ id, name, short, kind, parent: parent ?? null })),
    about: city.substitutes.map((s) => ({ id: s.about, names: { ...s.names } })),
  };
};

export const operations = (deps: { readonly city: () => Promise<City>; readonly now: Clock }) => ({
  aboutCity: async () => {
    const city = await deps.city();
    return { body: publicCity(city, localDate(deps.now(), city.profile.zone)) };
  },
});
