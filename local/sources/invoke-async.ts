import type { Pool } from '../functions/pool.ts';
import type { Outcome } from '../functions/worker.ts';
import { type Destination, pauseUnless } from './source.ts';

export interface AsyncRules {
  /** Further tries after the first, 0 to 2. */
  readonly retries: number;
  readonly onFailure: Destination | undefined;
}

/** Lambda waits a minute and two; here one and two seconds, so that a fault is seen to heal. */
const waits = [1_000, 2_000] as const;

/**
 * An asynchronous invocation: tried again when the function fails, reported when it fails for good. A throttled one
 * waits, as Lambda keeps it for hours.
 */
export const invokeAsync = async (
  pool: Pool,
  payload: string,
  { retries, onFailure }: AsyncRules,
  now: () => number,
  stopping: () => boolean,
): Promise<Outcome | undefined> => {
  let outcome: Outcome | undefined;
  let attempts = 0;
  for (let throttled = 0; throttled < 600 && !stopping(); ) {
    outcome = await pool.invoke(payload);
    if (outcome === undefined) {
      throttled++;
      await pauseUnless(stopping, 500);
      continue;
    }
    attempts++;
    if (outcome.ok || stopping()) return outcome;
    if (attempts > retries) break;
    await pauseUnless(stopping, waits[attempts - 1] ?? 2_000);
  }
  if (!stopping())
    onFailure?.({
      version: '1.0',
      timestamp: new Date(now()).toISOString(),
      requestContext: {
        requestId: outcome?.requestId ?? '',
        functionArn: `${pool.spec.arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: attempts,
      },
      requestPayload: JSON.parse(payload) as unknown,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: outcome === undefined || outcome.ok ? null : outcome.error,
    });
  return outcome;
};
