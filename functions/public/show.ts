import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { PublicCopy } from '../publication/copy.ts';

/** Names and sentences of public answers; never what a person wrote but the coordinator. */
export const shower = (kinds: Readonly<Record<string, CaseKind>>) => {
  const stateName = (kind: string, state: string, language: Language): string =>
    kinds[kind]?.states[state]?.names[language] ?? state;
  const unitName = (city: City, id: string | null | undefined): string | null =>
    id === null || id === undefined ? null : (unitOf(city, id)?.name ?? null);
  const category = (city: City, id: string | null, language: Language) => {
    const found = categoryOf(city, id);
    return found === undefined ? null : { id: found.id, name: found.names[language] };
  };
  const area = (city: City, code: string | null) => {
    const found = city.areas.find((one) => one.code === code);
    return found === undefined ? null : { id: found.code, name: found.name };
  };

  const listed = (city: City, copy: PublicCopy, language: Language) => ({
    code: copy.code,
    kind: copy.kind,
    state: copy.state,
    stateName: stateName(copy.kind, copy.state, language),
    title: copy.title,
    lead: copy.lead,
    category: category(city, copy.category, language),
    area: area(city, copy.area),
    unit: unitName(city, copy.unit),
    filedAt: copy.filedAt,
    publishedAt: copy.at,
    photos: copy.photos,
  });

  /** The sentence of what happened; never what a person wrote. */
  const says = ({ kind }: CaseRecord, { type }: CaseEvent, language: Language): string =>
    kinds[kind]?.says[type]?.[language] ?? type;

  const feature = (city: City, copy: PublicCopy, language: Language) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [copy.point?.lon ?? 0, copy.point?.lat ?? 0] },
    properties: {
      code: copy.code,
      title: copy.title,
      state: copy.state,
      stateName: stateName(copy.kind, copy.state, language),
      category: category(city, copy.category, language)?.name ?? null,
      place: copy.centre === true ? ('area' as const) : ('point' as const),
    },
  });

  return { area, category, feature, listed, says, stateName, unitName };
};
