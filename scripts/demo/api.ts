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
    ask?: {
      as?: string;
      /** Instead of a person's: a case token. */
      token?: string;
      body?: unknown;
      ifMatch?: number;
      expected?: readonly number[];
    },
  ) => Promise<T>;
  /** As `ask`, with the version that the answer's `ETag` names. */
  readonly asked: <T>(...how: Parameters<Api['ask']>) => Promise<{ readonly body: T; readonly seq: number }>;
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

/**
 * The instance that runs already, else one of its own in memory, which ends with the demo.
 * @param ownCity one of its own in any case
 */
export const connect = async (starting: () => void, ownCity = false): Promise<Api> => {
  const usual = process.env['LAPAU_URL'] ?? 'http://127.0.0.1:8787';
  const running = !ownCity && (await reachable(usual));
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
  const asked: Api['asked'] = async <T>(
    method: string,
    path: string,
    { as, token, body, ifMatch, expected = [200, 201] }: Parameters<Api['ask']>[2] = {},
  ): Promise<{ readonly body: T; readonly seq: number }> => {
    const res = await fetch(url + path, {
      method,
      headers: {
        ...(as === undefined && token === undefined
          ? {}
          : { authorization: `Bearer ${token ?? (await tokenOf(as ?? ''))}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await res.text();
    if (!expected.includes(res.status))
      throw new Error(`${method} ${path} as ${as ?? '-'}: ${res.status} ${text}`);
    const seq = Number((res.headers.get('etag') ?? '').replaceAll('"', ''));
    return { body: JSON.parse(text) as T, seq };
  };
  return {
    url,
    own: own !== undefined,
    asked,
    ask: async <T>(...how: Parameters<Api['ask']>): Promise<T> => (await asked<T>(...how)).body,
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

export interface Sent {
  /** By the city's clock. */
  readonly at: string;
  readonly channel: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly text: string;
}

/** What was sent, newest first. */
export const outbox = async (url: string): Promise<readonly Sent[]> =>
  (await local(url, 'outbox?limit=2000'))['messages'] as never;
