import { nothing } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { routeAtOnce } from '../rules/assigning.ts';
import { oversightClocks } from '../rules/oversight.ts';

/** What the city does with a new report by itself, in the moment of filing. */
export const routing: Readonly<Record<'route', ActionSpec>> = {
  /** A direct category, oversight, or a complaint about someone with a substitute. */
  route: {
    names: { id: 'Penerusan otomatis', en: 'Automatic routing' },
    by: [],
    from: ['received'],
    to: ['assigned'],
    input: nothing,
    event: 'assigned',
    audience: 'code',
    tells: ['unit', 'reporter'],
    clocks: [],
    may: oversightClocks,
    decide: routeAtOnce,
  },
};
