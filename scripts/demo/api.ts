import { randomUUID } from 'node:crypto';
import { startLocal } from '../../local/local.ts';
import { seed } from '../../local/seed.ts';

/** A running city, reached over HTTP only. */
export interface Api {
  readonly url: string;
  /** Started by the demo and gone with it. */
  readonly own: boolean;
  /** Asks as a person, or as nobody; fails with the problem's own words unless the status is one of `expected`. */
  readonly ask: <T>(
    method: string,
    path: string,
    ask?: { as?: string; body?: unknown; ifMatch?: number; expected?: readonly number[] },
  ) => Promise<T>;
  /** Lets time pass (`+40m`, an instant) in a city of the demo's own; somebody else's clock is left alone. */
  readonly pass: (to: string) => Promise<void>;
  /** Now, by the city's clock. */
  readonly now: () => Promise<Date>;
  /** Waits until everything that follows has followed. */
  readonly settle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const local = async (url: string, path: string): Promise<Record<string, unknown>> => {
  const res = await fetch(`${url}/__local/${path}`, { signal: AbortSignal.timeout(120_000) });
  return (await res.json()) as Record<string, unknown>;
};

const reachable = async (url: string): Promise<boolean> => {
  try {
    const res = await fetch(`${url}/v1/health`, { signal: AbortSignal.timeout(2000) });
    return res.ok && ((await res.json()) as { ready: boolean }).ready;
  } catch {
    return false;
  }
};

/** The instance that runs already, else one of its own in memory, which ends with the demo. */
export const connect = async (starting: () => void): Promise<Api> => {
  const usual = process.env['LAPAU_URL'] ?? 'http://127.0.0.1:8787';
  const running = await reachable(usual);
  if (!running) starting();
  const own = running ? undefined : await startLocal({ seed });
  const url = own?.url ?? usual;
  const tokens = new Map<string, string>();
  const tokenOf = async (person: string): Promise<string> => {
    const known =
      tokens.get(person) ?? String((await local(url, `token?person=${encodeURIComponent(person)}`))['token']);
    tokens.set(person, known);
    return known;
  };
  return {
    url,
    own: own !== undefined,
    ask: async <T>(
      method: string,
      path: string,
      { as, body, ifMatch, expected = [200, 201] }: Parameters<Api['ask']>[2] = {},
    ): Promise<T> => {
      const res = await fetch(url + path, {
        method,
        headers: {
          ...(as === undefined ? {} : { authorization: `Bearer ${await tokenOf(as)}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await res.text();
      if (!expected.includes(res.status))
        throw new Error(`${method} ${path} as ${as ?? '-'}: ${res.status} ${text}`);
      return JSON.parse(text) as T;
    },
    pass: async (to) => {
      if (own === undefined) return;
      own.clock.move(to);
      // Tokens end after an hour.
      tokens.clear();
    },
    now: async () => new Date(String((await local(url, 'clock'))['now'])),
    settle: async () => {
      await local(url, 'idle?seconds=60');
    },
    stop: async () => {
      await own?.stop();
    },
  };
};

export const outbox = async (
  url: string,
): Promise<readonly { channel: string; subject: string | null; to: string[] }[]> =>
  (await local(url, 'outbox?limit=500'))['messages'] as never;
