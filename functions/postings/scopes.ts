import { visibleTo } from '../cases/access.ts';
import { isHead, type StaffActor } from '../cases/actor.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { chainOf, rootOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { lexiconOf } from './terms.ts';

/** Raised when the rules of this file, of terms or of stems change; the nightly comparison brings every case along. */
export const termsVersion = 1;

/** Scope → the terms under which a case is found there. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** Terms of one case; the words of a case beyond these are not searched. */
const mostTerms = 200;

export const publicScope = 'pub';
const everybody = 'all';
const confidential = 'all-c';
const oversight = 'o';
const unitScope = (root: string): string => `u-${root}`;
const aboutScope = (about: string): string => `x-${about}`;

/** Terms that no text can hold: where a case lies, for readers who see a part of a scope only. */
const mark = {
  area: (code: string): string => `@a${code}`,
  unit: (id: string): string => `@u${id}`,
  validating: (id: string): string => `@v${id}`,
  person: (id: string): string => `@p${id}`,
};

/** What staff who see the case find it by: its words, where it happened as written, and the names of its area. */
const staffTerms = (city: City, area: string | null, texts: readonly CaseText[]): readonly string[] => {
  const { terms } = lexiconOf(city);
  const place = city.areas.find((a) => a.code === area);
  const all = [
    ...texts.flatMap(({ body, place: at }) => [body, at?.address ?? '', at?.landmark ?? '']),
    ...(place === undefined ? [] : [place.name, ...place.aliases]),
  ];
  return [...new Set(all.flatMap(terms))].slice(0, mostTerms);
};

type Indexed = Pick<CaseRecord, 'about' | 'area' | 'assignee' | 'flags' | 'public' | 'unit' | 'validating'>;

/**
 * Where a case is found, and by what. Each scope holds cases of one circle of readers, in the order in which
 * `visibleTo` decides: about somebody with a substitute, oversight, confidential, everybody's and the unit's own.
 * @param texts the words that its events name, none of them redacted
 */
export const listsOf = (
  record: Indexed,
  texts: readonly (CaseText & { id: string })[],
  city: City,
): Lists => {
  const { about, area, assignee, flags, unit, validating } = record;
  const words = staffTerms(city, area, texts);
  if (words.length === 0) return {};
  const units = unit === null ? [] : chainOf(city, unit);
  const validated = validating === undefined ? [] : [mark.validating(validating)];
  if (about !== undefined) return { [aboutScope(about)]: [...words, ...units.map(mark.unit)] };
  if (flags.oversight) return { [oversight]: [...words, ...units.map(mark.unit)] };
  if (flags.confidential) {
    const person = assignee === undefined ? [] : [mark.person(assignee)];
    return { [confidential]: [...words, ...units.map(mark.unit), ...validated, ...person] };
  }
  const areas = area === null ? [] : [...new Set([area, area.slice(0, 8)])].map(mark.area);
  const shown = texts.find(({ id }) => id === record.public?.text);
  const publicTerms = shown === undefined ? [] : lexiconOf(city).terms(shown.body);
  return {
    [everybody]: [...words, ...areas, ...validated],
    ...(unit === null
      ? {}
      : { [unitScope(rootOf(city, unit))]: [...words, ...units.slice(0, -1).map(mark.unit)] }),
    ...(publicTerms.length === 0 ? {} : { [publicScope]: publicTerms.slice(0, mostTerms) }),
  };
};

/** A scope, and the marks that a case in it must have. */
export interface Source {
  readonly scope: string;
  readonly marks: readonly string[];
}

/**
 * Where a person has to look to find every case that `visibleTo` shows, and as few others as the scopes allow; what
 * is found is judged by `visibleTo` all the same.
 * @param unit only cases of this unit's branch
 */
export const sourcesOf = (actor: StaffActor, city: City, unit?: string): readonly Source[] => {
  const { role } = actor;
  const sources: Source[] = [];
  const look = (scope: string, ...marks: readonly string[]): void => void sources.push({ scope, marks });
  const lookIn = (id: string): void => {
    const root = rootOf(city, id);
    look(unitScope(root), ...(id === root ? [] : [mark.unit(id)]));
  };
  const inUnit = unit === undefined ? [] : [mark.unit(unit)];
  const wide = role === 'coordinator' || role === 'inspector';
  if (wide || role === 'executive') {
    if (unit === undefined) look(everybody);
    else lookIn(unit);
  }
  if (wide) look(confidential, ...inUnit);
  if (role === 'inspector') look(oversight, ...inUnit);
  if (role === 'validator') {
    for (const id of actor.units) {
      look(everybody, mark.validating(id));
      look(confidential, mark.validating(id), ...inUnit);
    }
  }
  if (role === 'liaison' || role === 'officer' || role === 'head' || role === 'areaHead') {
    const narrower = unit !== undefined && actor.units.has(unit) ? unit : actor.unit;
    lookIn(narrower);
    if (isHead(actor)) look(confidential, mark.unit(narrower));
    else
      for (const id of [actor.id, ...(actor.standsFor ?? [])])
        look(confidential, mark.person(id), mark.unit(narrower));
  }
  if (role === 'areaHead') {
    const codes = [...actor.areas].filter((c) => c.length === 8 || !actor.areas.has(c.slice(0, 8)));
    for (const code of codes) look(everybody, mark.area(code));
  }
  for (const { about } of city.substitutes) {
    const subject = { unit: null, area: null, confidential: false, oversight: false, about };
    if (visibleTo(subject, actor, city.substitutes)) look(aboutScope(about), ...inUnit);
  }
  return sources;
};
