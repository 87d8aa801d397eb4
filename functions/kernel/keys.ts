import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';

/**
 * The one secret of a stage holds root keys: `{"current": "k1", "k1": "…"}`. A rotation adds `k2` and moves
 * `current`; what was made with an older key names it (`PIN`, cursor, token) and stays readable. Identifiers that
 * must never change (command ids, codes, keyed hashes) come from the first key.
 */
const secret = z.catchall(z.object({ current: z.string() }), z.string());

export type Purpose =
  | 'command'
  | 'code'
  | 'pin'
  | 'cursor'
  | 'token'
  | 'reporter'
  | 'contact'
  | 'quota'
  | 'file'
  | 'stop'
  | 'push';

export interface Keys {
  readonly current: string;
  /** Sub-key of `purpose` from the root key `id`; undefined when the root key is gone. */
  readonly of: (purpose: Purpose, id: string) => Buffer | undefined;
  /** Sub-key from the current root key, for what names its key. */
  readonly now: (purpose: Purpose) => Buffer;
  /** Sub-key from the first root key, for identifiers. */
  readonly first: (purpose: Purpose) => Buffer;
}

/**
 * @param json the secret's value
 * @throws Error when the secret does not hold its current key
 */
export const keysFrom = (json: string): Keys => {
  const { current, ...roots } = secret.parse(JSON.parse(json));
  const first = Object.keys(roots).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0];
  if (first === undefined || roots[current] === undefined)
    throw new Error('the secret lacks its current key');
  const derived = new Map<string, Buffer>();
  const of = (purpose: Purpose, id: string): Buffer | undefined => {
    const root = Object.hasOwn(roots, id) ? roots[id] : undefined;
    if (root === undefined) return undefined;
    const name = `${id}/${purpose}`;
    const known = derived.get(name);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', root, 'lapau', purpose, 32));
    derived.set(name, key);
    return key;
  };
  const must = (purpose: Purpose, id: string): Buffer => {
    const key = of(purpose, id);
    if (key === undefined) throw new Error(`no root key ${id}`);
    return key;
  };
  return { current, of, now: (purpose) => must(purpose, current), first: (purpose) => must(purpose, first) };
};

/** Reads the secret when the function first needs it and keeps it; a failed read is tried again by the next call. */
export const loadKeys = (secretId: string): (() => Promise<Keys>) => {
  const client = new SecretsManagerClient({});
  let loading: Promise<Keys> | undefined;
  const load = async (): Promise<Keys> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return keysFrom(SecretString ?? '{}');
  };
  return () => {
    loading ??= load().catch((e: unknown) => {
      loading = undefined;
      throw e;
    });
    return loading;
  };
};
