import type { StaffActor } from '../cases/actor.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import type { ExportRecord } from '../registers/exports.ts';
import type { Period, RegisterHead } from '../registers/model.ts';
import { unitsFor } from '../registers/readers.ts';

/** Days of the longest period: a year, leap day included. */
export const longestDays = 366;

/** No register of this service reaches further back: a walk through centuries of months would keep the job from others. */
export const firstDay = '2020-01-01';

/** Why a period cannot be exported; undefined when it can. */
export const periodRefusal = ({ from, to }: Period): ErrorCode | undefined => {
  if (to < from) return 'periodReversed';
  if (from < firstDay) return 'periodTooOld';
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return days > longestDays ? 'periodTooLong' : undefined;
};

/** The registers that this person may export, of whichever units. */
export const registersFor = (heads: readonly RegisterHead[], actor: StaffActor): readonly RegisterHead[] =>
  heads.filter((head) => unitsFor(head, actor) !== undefined);

/** Longer than a run of the job may take: whoever was at it is not any more. */
const silentSeconds = 180;

/** Whether nobody works on it although it is not done: its message was lost, or the job was killed. */
export const isStalled = (
  { state, touchedAt }: Pick<ExportRecord, 'state' | 'touchedAt'>,
  now: Instant,
): boolean =>
  (state === 'waiting' || state === 'running') && toSeconds(now) - toSeconds(touchedAt) > silentSeconds;

/** `register-complaints-2026-11-01-2026-11-30-1.csv`. */
export const filenameOf = (
  { register, of, from, to, format }: Pick<ExportRecord, 'register' | 'of' | 'from' | 'to' | 'format'>,
  part: number,
): string =>
  `register-${[register, of, from, to, part].filter((name) => name !== undefined).join('-')}.${format}`;
