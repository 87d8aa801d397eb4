import type { Local } from '../../local/local.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface Ask {
  /** Person whose token goes along: `koordinator`, `warga-1`. */
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly ifMatch?: number;
}

let keys = 0;
/** An idempotency key that no other request of this run uses. */
export const freshKey = (): string => {
  keys += 1;
  return `test-${process.pid}-${String(keys).padStart(16, '0')}`;
};

/** Asks a running city over HTTP, as a page or a program would. */
export const client = (local: Pick<Local, 'url' | 'token'>) => {
  const tokens = new Map<string, string>();
  const tokenOf = async (person: string): Promise<string> => {
    const known = tokens.get(person) ?? (await local.token(person));
    tokens.set(person, known);
    return known;
  };
  return async (method: string, path: string, ask: Ask = {}): Promise<Answered> => {
    const res = await fetch(local.url + path, {
      method,
      headers: {
        ...(ask.as === undefined ? {} : { authorization: `Bearer ${await tokenOf(ask.as)}` }),
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': ask.key ?? freshKey() } : {}),
        ...(ask.ifMatch === undefined ? {} : { 'if-match': `"${ask.ifMatch}"` }),
        ...ask.headers,
      },
      ...(ask.body === undefined
        ? {}
        : { body: typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body) }),
    });
    const text = await res.text();
    const isJson = (res.headers.get('content-type') ?? '').includes('json');
    return {
      status: res.status,
      headers: res.headers,
      text,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
};

export type Client = ReturnType<typeof client>;
