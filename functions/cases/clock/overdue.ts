import * as z from 'zod/mini';
import { type ClockName, clockNames } from '../../city/schema.ts';
import { type ActionSpec, refuse, type Workflow } from '../workflow.ts';
import { isNewlyOverdue } from './clock.ts';

const input = z.strictObject({ clock: z.enum(clockNames) });

/** What the city promised to the citizen: that it was not kept is for them to hear. */
const promised: ReadonlySet<ClockName> = new Set(['promise', 'planned', 'outer']);

/**
 * The system's own step of every case kind: a running clock passed its deadline. Changes no state; once per clock
 * and deadline, since the clock keeps which deadline was recorded. Final states too: an objection runs in them.
 */
export const overdue = (states: Workflow['states']): ActionSpec => ({
  names: { id: 'Catat lewat batas', en: 'Record as overdue' },
  by: [],
  from: Object.keys(states),
  input,
  event: 'overdue',
  audience: 'staff',
  tells: ['unit', 'coordinators'],
  clocks: [],
  decide: ({ record, input: given, now }) => {
    const { clock: name } = input.parse(given);
    const clock = record.clocks[name];
    if (clock === undefined || !isNewlyOverdue(clock, now)) return refuse('wrongState', 'clock');
    return {
      facts: { clock: name, due: clock.due },
      clocks: [{ tell: name }],
      ...(promised.has(name)
        ? { as: { event: 'overdue', audience: 'code' }, tells: ['reporter', 'supporters'] }
        : {}),
    };
  },
});
