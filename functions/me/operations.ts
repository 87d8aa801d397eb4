import type { StaffActor } from '../cases/actor.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { me } from './contract.ts';

export interface Deps {
  readonly city: () => Promise<City>;
  readonly staffOperations: readonly StaffOperation[];
}

/** An operation of staff without its schemas, as docs/operations.json has it from the contracts. */
export interface StaffOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly Role[];
  readonly summary: Readonly<Record<Language, string>>;
}

const operationsOf = (all: readonly StaffOperation[], actor: StaffActor, language: Language) =>
  all
    .filter(({ roles }) => roles.includes(actor.role))
    .map(({ id, method, path, summary }) => ({ id, method, path, summary: summary[language] }));

export const operations = ({ city, staffOperations }: Deps) => ({
  whoAmI: async ({ actor, language }: Call<(typeof me)['operations']['whoAmI'], StaffActor>) => {
    const live = await city();
    const named = (id: string) => ({ id, name: unitOf(live, id)?.name ?? id });
    const unit = unitOf(live, actor.unit);
    const { code, names, app, zone, languages } = live.profile;
    return {
      body: {
        id: actor.id,
        name: actor.name,
        role: actor.role,
        position: actor.position ?? null,
        unit: { ...named(actor.unit), short: unit?.short ?? actor.unit, kind: unit?.kind ?? '' },
        root: named(actor.root),
        units: [...actor.units].map(named),
        areas: live.areas
          .filter((area) => actor.areas.has(area.code))
          .map(({ code: c, name }) => ({ code: c, name })),
        city: { code, names: { ...names }, app, zone, languages: [...languages] },
        operations: operationsOf(staffOperations, actor, language),
      },
    };
  },
});
