import type { LadderStep } from '../functions/city/ladder.ts';
import type { City, Zone } from '../functions/city/schema.ts';
import { testCity } from './city.ts';

const late = ['verification', 'firstResponse', 'promise', 'planned', 'outer', 'objection'];

/** The ladder of the packs: a reminder, the head at the deadline, the Sekda after three, the mayor after five days. */
export const steps: readonly LadderStep[] = [
  { id: 'reminder', clocks: ['verification', 'firstResponse', 'promise', 'outer'], days: -1, tells: 'unit' },
  { id: 'withdrawal-notice', clocks: ['data'], days: -7, tells: 'reporter' },
  { id: 'head', clocks: late, days: 0, tells: 'head' },
  { id: 'sekda', clocks: late, days: 3, tells: 'sekda' },
  { id: 'mayor', clocks: late, days: 5, tells: 'mayor' },
];

/** The test town with a ladder. */
export const ladderCity = (zone?: Zone, more: readonly LadderStep[] = steps): City => ({
  ...testCity(zone),
  ladder: more,
});
