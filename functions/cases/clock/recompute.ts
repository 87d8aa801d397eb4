import * as z from 'zod/mini';
import { type City, clockNames } from '../../city/schema.ts';
import type { CaseRecord } from '../model.ts';
import type { ActionSpec, Workflow } from '../workflow.ts';
import { workingTime } from './calendar.ts';
import { type Clocks, calendarOf, citizenDue, dueOf, ruleFor } from './clock.ts';

/**
 * The system's own step of every case kind: holidays, working time or limits changed, and the open clocks follow. Said
 * on the public timeline, since what the citizen was promised moved.
 */
export const recompute = (states: Workflow['states']): ActionSpec => ({
  names: { id: 'Hitung ulang tenggat', en: 'Compute deadlines anew' },
  by: [],
  from: Object.keys(states),
  input: z.strictObject({}),
  event: 'recomputed',
  audience: 'code',
  tells: [],
  clocks: [{ recompute: true }],
  decide: ({ city, record }) =>
    citizenDue(recomputed(city, record)) === citizenDue(record.clocks) ? {} : { tells: ['reporter'] },
});

/**
 * The clocks of an open case as another configuration would have them: started when they started, by the same rule
 * (or, when that is gone, the first that fits), on the owner's calendar, pauses kept. What is done stays as it ended.
 */
export const recomputed = (city: City, record: CaseRecord): Clocks => {
  const subject = { kind: record.kind, category: record.category, oversight: record.flags.oversight };
  const clocks: Clocks = { ...record.clocks };
  for (const name of clockNames) {
    const clock = clocks[name];
    if (clock === undefined || clock.doneAt !== undefined || clock.given === true) continue;
    const same = city.clocks.find((rule) => rule.id === clock.rule && rule.clock === name);
    const rule = same ?? ruleFor(city.clocks, name, subject);
    if (rule === undefined) continue;
    const calendar = clock.owner === 'city' ? city.calendars.city : calendarOf(city, clock.owner);
    const time = workingTime(city.calendars, calendar, city.profile.zone);
    clocks[name] = { ...clock, rule: rule.id, due: dueOf(rule, time, clock.startedAt, clock.paused) };
  }
  return clocks;
};
