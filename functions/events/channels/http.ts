import * as z from 'zod/mini';
import type { Sent } from '../tell.ts';

/** Longest wait for a provider; a notice in hand must end well before its lease and its function. */
export const patience = 8_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a provider's status says; everything else is ours to try again. */
const outcomeOf = (status: number): Sent | undefined => {
  if (status >= 200 && status < 300) return undefined;
  // 403: this person blocked us.
  if (status === 403) return { state: 'failed', reason: `refused${status}`, gone: true };
  // 400, 404: no such chat or number, or a template that is not approved. 401 is our own token, which somebody will mend.
  if ([400, 404].includes(status)) return { state: 'failed', reason: `refused${status}` };
  return { state: 'waiting', reason: `status${status}`, uncertain: mayHaveTaken(status) };
};

/** 503 says that it was not taken (RFC 9110, 15.6.4); after any other failure of the server nobody knows. */
export const mayHaveTaken = (status: number): boolean => status >= 500 && status !== 503;

/** Why no connection came about at all: what was to be said was never said. */
const neverMade: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error of `fetch` says about the message. */
export const notAnswered = (e: unknown): Sent => {
  if (e instanceof Error && e.name === 'TimeoutError')
    return { state: 'waiting', reason: 'timeout', uncertain: true };
  const { code } = (e instanceof Error ? (e.cause ?? e) : {}) as { readonly code?: unknown };
  return { state: 'waiting', reason: 'noConnection', uncertain: !neverMade.has(code) };
};

/** Posts one message; a timeout or a broken connection leaves it uncertain. */
export const post = async (
  fetching: Fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  idOf: z.ZodMiniType<string>,
): Promise<Sent> => {
  let response: Response;
  try {
    response = await fetching(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    });
  } catch (e) {
    return notAnswered(e);
  }
  const refused = outcomeOf(response.status);
  // An unread body keeps the connection.
  const text = await response.text().catch(() => '');
  if (refused !== undefined) return refused;
  const id = z.safeParse(idOf, jsonOf(text));
  return { state: 'sent', messageId: id.success ? id.data : undefined };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
