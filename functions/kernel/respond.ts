import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Operation } from './contract.ts';
import type { Language } from './errors.ts';

export interface Answer<Body> {
  readonly body: Body;
  readonly etag?: number;
  readonly location?: string;
  /** Under which a paper is saved: `laporan-7K2M9QXAB.pdf`. Letters, digits, dots and dashes. */
  readonly filename?: string;
}

export const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** A page of the API: its one inline style by hash, no script, nothing from elsewhere, in no frame; a form posts to us. */
const pagePolicy = (html: string): string => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  const form = html.includes('<form') ? "'self'" : "'none'";
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action ${form}; frame-ancestors 'none'`;
};

/** The body as it goes out: JSON unless the operation makes something else; bytes as the gateway takes them. */
const bodyOf = (
  { produces = 'application/json' }: Operation,
  body: unknown,
): { readonly type: string; readonly body: string; readonly isBase64Encoded?: true } => {
  if (body instanceof Uint8Array)
    return { type: produces, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  const text = /^text\/|xml$/.test(produces) ? String(body) : JSON.stringify(body);
  return { type: `${produces}; charset=utf-8`, body: text };
};

/** A tag of the bytes: the same answer has the same, however it came about. */
const tagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

const holds = (ifNoneMatch: string | undefined, tag: string): boolean =>
  (ifNoneMatch ?? '').split(',', 16).some((one) => one.trim().replace(/^W\//, '') === tag);

/**
 * What an operation answered, through its contract. An answer that the operation lets others keep (`maxAge`) carries a
 * tag, and is not sent again to whoever has it.
 * @param ifNoneMatch the tags that the caller has
 */
export const toResult = (
  operation: Operation,
  answer: Answer<unknown>,
  language: Language,
  requestId: string,
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 => {
  const headers = {
    ...noStore,
    'content-language': language,
    'x-request-id': requestId,
    ...(answer.etag === undefined ? {} : { etag: `"${answer.etag}"` }),
    ...(answer.location === undefined ? {} : { location: answer.location }),
    ...(answer.filename === undefined
      ? {}
      : { 'content-disposition': `inline; filename="${answer.filename}"` }),
  };
  if (operation.response === undefined) return { statusCode: operation.status, headers };
  // An answer that does not fit its own contract is our mistake: never sent, never blamed on the caller.
  const { type, ...sent } = bodyOf(operation, z.parse(operation.response, answer.body));
  const page = operation.produces === 'text/html' ? { 'content-security-policy': pagePolicy(sent.body) } : {};
  const typed = { ...headers, 'content-type': type, ...page };
  if (operation.maxAge === undefined) return { statusCode: operation.status, headers: typed, ...sent };
  const etag = tagOf(sent.body);
  const kept = {
    ...typed,
    etag,
    'cache-control': `public, max-age=${operation.maxAge}`,
    vary: 'accept-language',
  };
  return holds(ifNoneMatch, etag)
    ? { statusCode: 304, headers: kept }
    : { statusCode: operation.status, headers: kept, ...sent };
};
