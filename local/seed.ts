import { seedCity } from '../scripts/seed.ts';
import type { Seeding } from './seeding.ts';

/** Fills a city that has just been started; called on every start, and does nothing the second time. */
export const seed = ({ city, environmentOf, log }: Seeding): Promise<void> =>
  seedCity({ city, environment: environmentOf('staff'), log });
