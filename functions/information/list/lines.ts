import { unitOf } from '../../cases/units.ts';
import type { City } from '../../city/schema.ts';
import type { Language } from '../../kernel/errors.ts';
import { classNames, type ListItem } from './model.ts';

/** A page after a place, in an order that the caller gave. */
export const pageOf = <T extends { readonly id: string }>(
  all: readonly T[],
  after: string | undefined,
  size: number,
): { readonly page: readonly T[]; readonly last: string | undefined } => {
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const page = all.slice(from, from + size);
  return { page, last: from + size < all.length ? page.at(-1)?.id : undefined };
};

export const newestFirst = (a: ListItem, b: ListItem): number => {
  const [x, y] = [a.firstAt ?? a.at, b.firstAt ?? b.at];
  return x === y ? (a.id < b.id ? -1 : 1) : x < y ? 1 : -1;
};

/** An item as a list shows it. @param strong so near to a question that it is offered first */
export const lineOf = (city: City, { id, body }: ListItem, language: Language, strong = false) => ({
  id,
  class: { id: body.class, name: classNames[body.class][language] },
  title: body.title[language],
  unit: unitOf(city, body.unit)?.name ?? null,
  year: body.year ?? null,
  strong,
});
