import type { Category, City } from './schema.ts';

/** A category of any group; undefined when the city has none of that id. */
export const categoryOf = (city: Pick<City, 'categories'>, id: string | null): Category | undefined => {
  if (id === null) return undefined;
  for (const group of city.categories.groups) {
    const found = group.categories.find((category) => category.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
};
