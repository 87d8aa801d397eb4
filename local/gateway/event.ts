import type { IncomingMessage } from 'node:http';
import { account } from '../template/kind.ts';
import type { Params } from './match.ts';

export interface Arrived {
  readonly req: IncomingMessage;
  readonly routeKey: string;
  readonly apiId: string;
  readonly requestId: string;
  /** Decoded, as an HTTP API hands it on. */
  readonly path: string;
  readonly rawQuery: string;
  readonly params: Params;
  readonly body: Buffer;
  /** Milliseconds of the moved clock. */
  readonly now: number;
  readonly jwt:
    | { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
    | undefined;
}

/** Content types that reach a function as text; a body of any other type, or of none, comes in base64. */
const text = /^(text\/|application\/(json|xml|javascript|[\w.-]+\+(json|xml))(\s*;|$))/i;

/** Cookies have a place of their own; the others are between the client and the gateway. */
const between = new Set(['cookie', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect']);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `22/Nov/2026:08:15:00 +0000` */
const clfTime = (ms: number): string => {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(d.getUTCDate())}/${months[d.getUTCMonth()]}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
};

const address = (req: IncomingMessage): string =>
  (req.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');

const queryOf = (raw: string): Record<string, string> => {
  const all = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const before = all.get(name);
    all.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(all);
};

/** The event of payload format 2.0, as text ready for the worker. */
export const eventText = (arrived: Arrived): string => {
  const { req, path, rawQuery, params, body, jwt, routeKey } = arrived;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers))
    if (!between.has(name) && value !== undefined)
      headers[name] = Array.isArray(value) ? value.join(',') : value;
  const source = address(req);
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded === undefined ? source : `${forwarded}, ${source}`;
  headers['x-forwarded-port'] ??= String(req.socket.localPort ?? 443);
  headers['x-forwarded-proto'] ??= 'http';
  const cookies = req.headers.cookie?.split('; ');
  const domain = headers['host'] ?? 'localhost';
  const plain = text.test(headers['content-type'] ?? '');
  return JSON.stringify({
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(rawQuery === '' ? {} : { queryStringParameters: queryOf(rawQuery) }),
    requestContext: {
      accountId: account,
      apiId: arrived.apiId,
      ...(jwt === undefined ? {} : { authorizer: { jwt } }),
      domainName: domain,
      domainPrefix: domain.split('.')[0],
      http: {
        method: req.method,
        path,
        protocol: `HTTP/${req.httpVersion}`,
        sourceIp: source,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: arrived.requestId,
      routeKey,
      stage: '$default',
      time: clfTime(arrived.now),
      timeEpoch: arrived.now,
    },
    ...(Object.keys(params).length === 0 ? {} : { pathParameters: params }),
    ...(body.length === 0 ? {} : { body: body.toString(plain ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !plain,
  });
};
