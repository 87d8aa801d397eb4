import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { problem } from './errors.ts';

const contended = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const isContended = (e: unknown): boolean =>
  e instanceof TransactionCanceledException &&
  (e.CancellationReasons ?? []).some((reason) => contended.has(reason.Code ?? ''));

/**
 * Sends a transaction again when it only met another one on the same item, which the SDK does not do by itself.
 * @throws Problem busy when it still does after `tries`
 */
export const whenContended = async <T>(send: () => Promise<T>, tries = 5): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (e) {
      if (!isContended(e)) throw e;
      if (attempt === tries) throw problem('busy', { retryAfter: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
};
