import * as z from 'zod/mini';
import { offsetSeconds } from '../cases/clock/calendar.ts';
import type { Zone } from '../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'timeOfDay'));

/** When somebody wants no notices, local time; `to` is the first minute that is not quiet. The night may be in it. */
export const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay });
export type QuietHours = z.output<typeof quietHours>;

/** What holds for who chose nothing. */
export const usualQuiet: QuietHours = { from: '21:00', to: '06:00' };

const day = 86_400;
const secondsOf = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;

/** When quiet hours that hold at `now` end; undefined when none do. Equal ends are no quiet hours at all. */
export const quietUntil = (quiet: QuietHours | null, zone: Zone, now: Instant): Instant | undefined => {
  if (quiet === null) return undefined;
  const [from, to] = [secondsOf(quiet.from), secondsOf(quiet.to)];
  const at = toSeconds(now);
  const local = (((at + offsetSeconds[zone]) % day) + day) % day;
  const within = from <= to ? from <= local && local < to : local >= from || local < to;
  return within ? fromSeconds(at + ((to - local + day) % day)) : undefined;
};
