import type { Category, City, ClockRule } from './schema.ts';

/** A category of any group; undefined when the city has none of that id. */
export const categoryOf = (city: Pick<City, 'categories'>, id: string | null): Category | undefined => {
  if (id === null) return undefined;
  for (const group of city.categories.groups) {
    const found = group.categories.find((category) => category.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What a case is about: a category of what people report, or the service that they apply for. */
export const matterOf = (
  city: Pick<City, 'categories' | 'services'>,
  id: string | null,
): { readonly id: string; readonly names: Category['names'] } | undefined => {
  const service = city.services.find(({ code }) => code === id);
  return service === undefined ? categoryOf(city, id) : { id: service.code, names: service.name };
};

/** What a clock rule is chosen by. */
export interface ClockSubject {
  readonly kind: string;
  readonly category: string | null;
  readonly oversight: boolean;
}

/** Whether a rule may decide a clock of this case. */
export const ruleFits = ({ when }: ClockRule, subject: ClockSubject): boolean =>
  (when.kinds?.includes(subject.kind) ?? true) &&
  (when.categories === undefined ||
    (subject.category !== null && when.categories.includes(subject.category))) &&
  (when.oversight === undefined || when.oversight === subject.oversight);
