import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { keyedHash, pinOf, samePin } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, giveBack, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';

/**
 * Wrong PINs: per address over all codes (many people share the address of a mobile operator), and per address on one
 * code. Never per code alone, so that nobody can lock a reporter out by guessing; a right PIN counts nothing. 8 symbols
 * of 32 hold 40 bits: at this pace guessing one takes forever.
 */
const attemptsPerAddress: Quota = { limit: 300, seconds: 3600 };
const attemptsPerCode: Quota = { limit: 10, seconds: 900 };

export interface PinDeps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read'>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/**
 * The case that a PIN opens. A case that does not exist and a wrong PIN answer the same.
 * @throws Problem wrongPin, tooManyRequests
 */
export const openByPin = async (
  deps: PinDeps,
  code: string,
  pin: string,
  from: string,
): Promise<CaseRecord> => {
  const keys = await deps.keys();
  const now = deps.now();
  const address = keyedHash(keys.now('quota'), from);
  // Counted before the look, given back when right: guesses that come at once are all counted.
  const counted = [
    [`pin#${address}`, attemptsPerAddress],
    [`pin#${address}#${code}`, attemptsPerCode],
  ] as const;
  for (const [scope, quota] of counted) await countAgainst(deps.table, scope, quota, now);
  const record = await deps.store.read(code);
  const key = record === undefined ? undefined : keys.of('pin', record.pin.key);
  if (record === undefined || key === undefined) throw problem('wrongPin');
  if (!samePin(pin, pinOf(key, code, record.pin.version))) throw problem('wrongPin');
  for (const [scope, quota] of counted) await giveBack(deps.table, scope, quota, now);
  return record;
};
