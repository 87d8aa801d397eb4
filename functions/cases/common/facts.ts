import type { City, ClockName, ClockRule } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { ruleFor } from '../clock/clock.ts';
import { localDate, startOfDay } from '../clock/local.ts';
import type { CaseRecord } from '../model.ts';

export const optional = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The city's present date. */
export const today = (city: City, now: Instant): string => localDate(now, city.profile.zone);

/** The last second of a local date: until then what it promises is kept. */
export const endOf = (city: City, date: string): Instant =>
  fromSeconds(toSeconds(startOfDay(date, city.profile.zone, 1)) - 1);

/** The rule of a clock for this case; what would wait without an end is refused where the city has none. */
export const ruleOf = (city: City, record: CaseRecord, clock: ClockName): ClockRule | undefined =>
  ruleFor(city.clocks, clock, {
    kind: record.kind,
    category: record.category,
    oversight: record.flags.oversight,
  });
