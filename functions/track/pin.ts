import { act, type CommandDeps } from '../cases/commands.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { keyedHash, pinOf, samePin } from '../kernel/code.ts';
import { isProblem, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, giveBack, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, toSeconds } from '../kernel/time.ts';

/**
 * Wrong PINs: per address over all codes (many people share the address of a mobile operator), and per address on one
 * code. Never per code alone, so that nobody can lock a reporter out by guessing; a right PIN counts nothing. 8 symbols
 * of 32 hold 40 bits: at this pace guessing one takes forever.
 */
const attemptsPerAddress: Quota = { limit: 300, seconds: 3600 };
const attemptsPerCode: Quota = { limit: 10, seconds: 900 };

/** Links to a new PIN: per address over all codes, and per code, so that nobody fills a stranger's inbox. */
const linksPerAddress: Quota = { limit: 10, seconds: 3600 };
const linksPerCode: Quota = { limit: 3, seconds: 86_400 };
/** Asked again within this many seconds, it is the same event and is not told again. */
const askedEvery = 900;

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

/**
 * Asks for a new PIN of a case. A stored contact, if there is one, is told a link; whoever asked learns nothing, not even whether there
 * is one. The old PIN stays until the link is used, so that nobody locks a reporter out by asking.
 * @throws Problem tooManyRequests for the address; too many for one code are passed over in silence
 */
export const askForPin = async (deps: PinDeps & CommandDeps, code: string, from: string): Promise<void> => {
  const [keys, now] = [await deps.keys(), deps.now()];
  await countAgainst(deps.table, `lost#${keyedHash(keys.now('quota'), from)}`, linksPerAddress, now);
  const record = await deps.store.read(code);
  if (record === undefined) return;
  try {
    await countAgainst(deps.table, `lost#${code}`, linksPerCode, now);
  } catch (refusal) {
    if (isProblem(refusal) && refusal.code === 'tooManyRequests') return;
    throw refusal;
  }
  const window = Math.floor(toSeconds(now) / askedEvery);
  const system = { kind: 'system', id: 'lost-pin' } as const;
  await act(deps, system, {
    code,
    action: 'askPin',
    body: {},
    parse: () => ({}),
    look: async () => ({}),
    idempotencyKey: `lost-pin-${code}-${record.pin.version}-${window}`,
  });
};
