import type { Category, SettingBodies } from '../schema.ts';

/** Categories of all groups, in order. */
export const leaves = ({ categories }: SettingBodies): readonly Category[] =>
  categories?.groups.flatMap((group) => group.categories) ?? [];
