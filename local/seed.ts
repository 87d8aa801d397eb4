import type { Seeding } from './seeding.ts';

/** Fills a city that has just been started; called on every start, so it must do nothing the second time. */
export const seed = async (_at: Seeding): Promise<void> => {};
