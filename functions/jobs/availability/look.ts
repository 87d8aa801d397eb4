import type { Absence } from '../../availability/record.ts';

export interface Answered {
  readonly status: number;
  readonly location: string | undefined;
}

/**
 * Asks once, follows nothing, reads no body.
 * @throws whatever the network says; `code` tells what it was
 */
export type Ask = (method: 'HEAD' | 'GET', url: URL, signal: AbortSignal) => Promise<Answered>;

/** Milliseconds for everything that one look takes. */
export const patience = 10_000;
const hopsLimit = 3;
/** What a lookup fails with when a name leads into a private network (ask.ts). */
export const privateCode = 'EPRIVATE';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** An app that asks for a password is there; one that knows nothing at its own address is not. */
const gone: ReadonlySet<number> = new Set([404, 410]);

const absenceOf = (error: unknown): Absence => {
  if (!(error instanceof Error)) return 'connect';
  const code = String((error as { code?: unknown }).code ?? '');
  if (code === privateCode) return 'private';
  if (error.name === 'AbortError' || error.name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return /CERT|TLS|SSL|SIGNATURE|HOSTNAME/.test(code) ? 'tls' : 'connect';
};

/** https by a name, on its own port, for nobody in particular. */
const isLookable = ({ protocol, hostname, port, username, password }: URL): boolean =>
  protocol === 'https:' &&
  port === '' &&
  username === '' &&
  password === '' &&
  /\.[a-z]/.test(hostname) &&
  !hostname.startsWith('[');

type Found = { readonly status: number } | { readonly why: Absence };

const walk = async (ask: Ask, method: 'HEAD' | 'GET', url: URL, signal: AbortSignal): Promise<Found> => {
  let at = url;
  for (let hop = 0; hop <= hopsLimit; hop += 1) {
    if (!isLookable(at)) return { why: 'private' };
    const { status, location } = await ask(method, at, signal);
    if (!redirects.has(status) || location === undefined || !URL.canParse(location, at.href))
      return { status };
    const next = new URL(location, at);
    // It answers, and where it sends people to is not for us to go.
    if (next.protocol !== 'https:') return { status };
    at = next;
  }
  return { why: 'redirects' };
};

/**
 * Whether an app is there: HEAD, and GET where that is not answered as a page is, since many servers know GET alone.
 * @returns why it is not there; undefined when it is
 */
export const look = async (ask: Ask, url: string): Promise<Absence | undefined> => {
  const signal = AbortSignal.timeout(patience);
  try {
    const target = new URL(url);
    const head = await walk(ask, 'HEAD', target, signal);
    if ('status' in head && head.status < 400) return undefined;
    const found = 'why' in head ? head : await walk(ask, 'GET', target, signal);
    if ('why' in found) return found.why;
    return found.status >= 500 || gone.has(found.status) ? 'status' : undefined;
  } catch (error) {
    return absenceOf(error);
  }
};
