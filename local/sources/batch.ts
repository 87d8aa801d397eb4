import type { Outcome } from '../functions/worker.ts';
import { failuresIn, pause, pauseUnless } from './source.ts';

/** How a stream mapping treats a batch that fails. */
export interface BatchRules {
  readonly reportsItems: boolean;
  readonly bisect: boolean;
  /** -1: as long as it takes. */
  readonly retries: number;
  /** Seconds; -1: as old as it may be. */
  readonly maxAge: number;
}

export interface BatchParts<R> {
  readonly rules: BatchRules;
  readonly idOf: (record: R) => string;
  /** Seconds since the record was written, by the moved clock. */
  readonly ageOf: (record: R) => number;
  readonly invoke: (batch: readonly R[]) => Promise<Outcome | undefined>;
  /** Told about records that are given up. */
  readonly giveUp: (
    batch: readonly R[],
    why: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
    attempts: number,
    outcome: Outcome | undefined,
  ) => void;
  readonly failed: (outcome: Outcome | undefined) => void;
  readonly stopping: () => boolean;
}

const longestPause = 2_000;

/** What of the batch remains to be done, by what the function said; empty when all is done. */
const remaining = <R>(
  batch: readonly R[],
  outcome: Outcome | undefined,
  parts: BatchParts<R>,
): readonly R[] => {
  if (outcome?.ok !== true) return batch;
  if (!parts.rules.reportsItems) return [];
  const failures = failuresIn(outcome);
  if (failures === undefined) return batch;
  if (failures.length === 0) return [];
  // The checkpoint goes to the first that failed: everything after it comes again, in order.
  const places = failures.map((id) => batch.findIndex((r) => parts.idOf(r) === id));
  return places.includes(-1) ? batch : batch.slice(Math.min(...places));
};

/**
 * Hands a batch over until it is done or given up, as a Lambda stream mapping does: from the first failed item on,
 * halved where the mapping bisects, after a growing pause, so many times and no longer than the records are young
 * enough. The order of records is kept.
 * @returns false when the runtime stopped before the batch was done
 */
export const deliverBatch = async <R>(batch: readonly R[], parts: BatchParts<R>): Promise<boolean> => {
  const { rules } = parts;
  let rest = batch;
  let attempts = 0;
  let last: Outcome | undefined;
  while (rest.length > 0) {
    if (parts.stopping()) return false;
    const old = rules.maxAge < 0 ? [] : rest.filter((r) => parts.ageOf(r) > rules.maxAge);
    if (old.length > 0) {
      parts.giveUp(old, 'RecordAgeExceeded', attempts, last);
      rest = rest.filter((r) => !old.includes(r));
      continue;
    }
    const outcome = await parts.invoke(rest);
    if (parts.stopping() && outcome?.ok !== true) return false;
    last = outcome;
    const left = remaining(rest, outcome, parts);
    if (left.length === 0) return true;
    parts.failed(outcome);
    if (left.length < rest.length) attempts = 0;
    rest = left;
    // A throttled function was not tried.
    const tried = outcome !== undefined;
    if (tried && rules.bisect && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await pause(20);
      return (
        (await deliverBatch(rest.slice(0, middle), parts)) && (await deliverBatch(rest.slice(middle), parts))
      );
    }
    if (tried) attempts++;
    if (rules.retries >= 0 && attempts > rules.retries) {
      parts.giveUp(rest, 'RetryAttemptsExhausted', attempts, outcome);
      return true;
    }
    await pauseUnless(parts.stopping, Math.min(longestPause, 50 * 2 ** Math.min(attempts, 10)));
  }
  return true;
};
