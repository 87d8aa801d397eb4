import type { City, ClockName } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type ClockState,
  type Clocks,
  climbClock,
  extendClock,
  hastenClock,
  outliving,
  pauseClock,
  resumeClock,
  reviveClock,
  ruleFor,
  startClock,
  stopClock,
  tellClock,
  workingSeconds,
} from './clock/clock.ts';
import { recomputed } from './clock/recompute.ts';
import type { CaseRecord, CustodyInterval } from './model.ts';
import type { ClockEffect } from './workflow.ts';

/** Ends the open stay. */
export const closeCustody = (
  custody: readonly CustodyInterval[],
  to: Instant,
  until: number,
  ended: NonNullable<CustodyInterval['ended']>,
): CustodyInterval[] => custody.map((stay) => (stay.to === undefined ? { ...stay, to, until, ended } : stay));

/** Marks the open stay as answered, with the unit's own working time until then. */
export const respond = (city: City, record: CaseRecord, on: Instant): CustodyInterval[] =>
  record.custody.map((stay) =>
    stay.to === undefined && stay.respondedAt === undefined
      ? { ...stay, respondedAt: on, responseTime: workingSeconds(city, stay.unit, stay.from, on) }
      : stay,
  );

/** Ends a clock; a pause that it stood in is counted first, so that its due says what it allowed. */
const endClock = (city: City, clock: ClockState, on: Instant): ClockState => {
  const rule = city.clocks.find(({ id }) => id === clock.rule);
  return stopClock(rule === undefined ? clock : resumeClock(city, rule, clock, on), on);
};

/** Ends every clock but the named one and those that outlive a case. */
export const endAll = (city: City, clocks: Clocks, on: Instant, but?: ClockName): Clocks =>
  Object.fromEntries(
    Object.entries(clocks).map(([name, clock]) => [
      name,
      name === but || outliving.has(name) ? clock : endClock(city, clock, on),
    ]),
  );

/** Applies clock effects in order. A clock without a rule for this case does not start: the city sets none. */
export const applyClocks = (
  city: City,
  record: CaseRecord,
  effects: readonly ClockEffect[],
  on: Instant,
): Clocks => {
  const clocks: Clocks = { ...record.clocks };
  const each = (names: readonly ClockName[], change: (clock: ClockState, name: ClockName) => ClockState) => {
    for (const name of names) {
      const clock = clocks[name];
      if (clock !== undefined) clocks[name] = change(clock, name);
    }
  };
  const ruleNow = (name: ClockName) =>
    ruleFor(city.clocks, name, {
      kind: record.kind,
      category: record.category,
      oversight: record.flags.oversight,
    });
  const ruleById = (id: string) => city.clocks.find((rule) => rule.id === id);
  for (const effect of effects) {
    if ('start' in effect) {
      const rule = ruleNow(effect.start);
      if (rule !== undefined) clocks[effect.start] = startClock(city, rule, record.unit, on, effect.due);
    } else if ('stop' in effect) {
      each([effect.stop], (clock) => endClock(city, clock, on));
    } else if ('revive' in effect) {
      each(effect.revive, reviveClock);
    } else if ('earlier' in effect) {
      for (const [name, other] of Object.entries(effect.earlier))
        each([name as ClockName], (clock) =>
          other !== undefined && clock.doneAt === undefined && other.due < clock.due ? other : clock,
        );
    } else if ('hasten' in effect) {
      each(effect.hasten, (clock, name) => {
        const rule = ruleNow(name);
        return rule === undefined ? clock : hastenClock(city, rule, clock);
      });
    } else if ('recompute' in effect) {
      Object.assign(clocks, recomputed(city, { ...record, clocks }));
    } else if ('tell' in effect) {
      each([effect.tell], tellClock);
    } else if ('climb' in effect) {
      const { climb, steps, until } = effect;
      each([climb], (clock) => {
        const climbed = climbClock(clock, steps);
        return until === undefined ? climbed : extendClock(city, ruleById(clock.rule), climbed, until);
      });
    } else if ('extend' in effect) {
      const { extend, until } = effect;
      each([extend], (clock) =>
        until === undefined ? clock : extendClock(city, ruleById(clock.rule), clock, until),
      );
    } else if ('pause' in effect) {
      each(effect.pause, (clock) => {
        const rule = ruleById(clock.rule);
        return rule === undefined ? clock : pauseClock(rule, clock, on);
      });
    } else {
      each(effect.resume, (clock) => {
        const rule = ruleById(clock.rule);
        return rule === undefined ? clock : resumeClock(city, rule, clock, on);
      });
    }
  }
  return clocks;
};
