import { isWide, type StaffActor } from '../cases/actor.ts';
import { areaIndex, personIndex, shards, triageIndex, unitIndex, validatingIndex } from '../cases/keys.ts';
import type { CaseIndex } from '../cases/store.ts';
import { branchOf, rootOf, unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';

/** The queues of a desk; which of them somebody has follows from role and unit. */
export const queues = [
  'triage',
  'unit',
  'mine',
  'team',
  'area',
  'validation',
  'planned',
  'waiting',
  'all',
] as const;
export type Queue = (typeof queues)[number];

/** Areas that one page merges; a kecamatan has fewer kelurahan. */
const areasAtOnce = 32;

export interface Source {
  readonly index: CaseIndex;
  readonly partitions: readonly string[];
  /** Units whose rows are wanted; undefined for all of the partition. */
  readonly units?: ReadonlySet<string>;
}

export interface QueueQuery {
  readonly queue: Queue;
  readonly unit?: string | undefined;
  readonly area?: string | undefined;
}

const triage = (): readonly string[] => Array.from({ length: shards }, (_, i) => triageIndex(i));
const roots = (city: City): readonly string[] =>
  city.units.flatMap(({ id, parent }) => (parent === undefined ? [id] : []));

/** A unit that the caller looks into, with everything below it. @throws Problem unknownUnit */
export const branchFor = (city: City, actor: StaffActor, id: string): ReadonlySet<string> => {
  if (unitOf(city, id) === undefined || !(actor.units.has(id) || isWide(actor))) throw problem('unknownUnit');
  return branchOf(city, id);
};

const ofUnits = (city: City, id: string, units: ReadonlySet<string>): Source => ({
  index: 'gsi1',
  partitions: [unitIndex(rootOf(city, id))],
  units,
});

/** Teams of a branch. @throws Problem unknownUnit when it has none */
export const teamsFor = (city: City, actor: StaffActor, id: string): ReadonlySet<string> => {
  const branch = branchFor(city, actor, id);
  const teams = city.units.filter((unit) => unit.kind === 'team' && branch.has(unit.id));
  if (teams.length === 0) throw problem('unknownUnit');
  return new Set(teams.map((unit) => unit.id));
};

/** Areas of an area head's own, or all. @throws Problem forbidden, unknownArea, invalidInput */
export const areasFor = (city: City, actor: StaffActor, area: string | undefined): readonly string[] => {
  if (actor.role !== 'areaHead' && !isWide(actor)) throw problem('forbidden');
  const governed = city.areas.flatMap(({ code }) =>
    actor.role !== 'areaHead' || actor.areas.has(code) || actor.areas.has(code.slice(0, 8)) ? [code] : [],
  );
  const wanted = area === undefined ? governed : governed.filter((code) => isWithin(code, area));
  if (wanted.length === 0) throw problem('unknownArea');
  if (wanted.length > areasAtOnce)
    throw problem('invalidInput', { fields: [{ field: '?area', problem: 'required' }] });
  return wanted;
};

export const isWithin = (code: string, area: string): boolean => code === area || code.startsWith(`${area}.`);

/**
 * Everything open that may lie open to the caller: triage and every unit for those who look everywhere, what waits
 * for a validator, and the own branch for whoever works in a unit.
 */
const everything = (city: City, actor: StaffActor): Source => {
  if (isWide(actor)) return { index: 'gsi1', partitions: [...triage(), ...roots(city).map(unitIndex)] };
  return actor.role === 'validator'
    ? { index: 'gsi2', partitions: [validatingIndex(actor.unit)] }
    : ofUnits(city, actor.unit, actor.units);
};

/** Where a queue lies, for whom. @throws Problem forbidden, unknownUnit, unknownArea, invalidInput */
export const sourceOf = (city: City, actor: StaffActor, query: QueueQuery): Source => {
  const id = query.unit ?? actor.unit;
  switch (query.queue) {
    case 'triage': {
      if (actor.role !== 'coordinator' && actor.role !== 'inspector') throw problem('forbidden');
      return { index: 'gsi1', partitions: triage() };
    }
    case 'unit':
      return ofUnits(city, id, branchFor(city, actor, id));
    case 'team':
      return ofUnits(city, id, teamsFor(city, actor, id));
    case 'mine':
      return { index: 'gsi2', partitions: [actor.id, ...(actor.standsFor ?? [])].map(personIndex) };
    case 'validation':
      return { index: 'gsi2', partitions: [validatingIndex(actor.unit)] };
    case 'area':
      return { index: 'gsi3', partitions: areasFor(city, actor, query.area).map(areaIndex) };
    case 'planned':
    case 'waiting':
    case 'all':
      return query.unit === undefined
        ? everything(city, actor)
        : ofUnits(city, id, branchFor(city, actor, id));
  }
};
