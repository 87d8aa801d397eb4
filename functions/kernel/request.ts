import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Operation } from './contract.ts';
import { type FieldError, type Language, problem } from './errors.ts';
import { explain } from './explain.ts';

/** Our own limit, well under the gateway's 10 MB. */
export const bodyLimit = 256 * 1024;
/** Of a file that is posted as it is: a function takes 6 MB, and its bytes come to it in base64. */
export const fileLimit = 4_000_000;

/** `id` unless the caller prefers English over Indonesian. */
export const languageOf = (header: string | undefined): Language => {
  const wanted = (header ?? '')
    .split(',', 16)
    .map((part) => {
      const [tag, q] = part.trim().split(';q=');
      return { tag: (tag ?? '').slice(0, 2).toLowerCase(), q: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter((w) => w.tag === 'id' || w.tag === 'en')
    .sort((a, b) => b.q - a.q)[0];
  return wanted?.tag === 'en' ? 'en' : 'id';
};

const pointer = (where: string, path: readonly PropertyKey[]): string => {
  if (where === 'body')
    return `/${path.map((p) => String(p).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
  return where === 'query' ? `?${String(path[0] ?? '')}` : `{${String(path[0] ?? '')}}`;
};

const fieldErrors = (where: string, issues: readonly z.core.$ZodIssue[], language: Language): FieldError[] =>
  issues.slice(0, 50).flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 20).map((key) => ({
          field: pointer(where, [...issue.path, key]),
          problem: explain(issue, language),
        }))
      : [{ field: pointer(where, issue.path), problem: explain(issue, language) }],
  );

/** No contract nests further; what does would only exhaust the stack of whoever walks it. */
const depthLimit = 24;

const isDeeper = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((member) => isDeeper(member, left - 1)));

const json = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i;
/** CAP's own media type, and the two that senders of any XML use. */
const xml = /^(application\/(cap\+)?xml|text\/xml)\s*(;|$)/i;

/** Reads the body, as JSON unless the operation takes another type: type, size, UTF-8 and syntax each have their own problem. */
const bodyOf = ({ consumes }: Operation, event: APIGatewayProxyEventV2): unknown => {
  const type = event.headers['content-type'] ?? '';
  if (!(consumes === undefined ? json : xml).test(type)) throw problem('wrongContentType');
  let text = event.body ?? '';
  const bytes = event.isBase64Encoded ? Buffer.from(text, 'base64') : undefined;
  if ((bytes?.length ?? Buffer.byteLength(text)) > bodyLimit) throw problem('bodyTooLarge');
  if (bytes !== undefined) {
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw problem('bodyNotUtf8');
    }
  }
  // The gateway replaces broken bytes before we see them; a letter lost is never stored silently.
  if (text.includes('\ufffd')) throw problem('bodyNotUtf8');
  if (consumes !== undefined) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem('bodyNotJson');
  }
  if (isDeeper(value, depthLimit)) throw problem('bodyTooDeep');
  return value;
};

/** A PDF as the bytes that were sent. */
const pdfOf = (event: APIGatewayProxyEventV2): Uint8Array => {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/pdf\s*(;|$)/i.test(type)) throw problem('wantsPdf');
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > fileLimit) throw problem('fileTooLarge');
  return bytes;
};

/** One value through a schema; for a body whose schema is only known once the case is read. */
export const parseBody = <S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  language: Language,
): z.output<S> => {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  throw problem('invalidInput', { fields: fieldErrors('body', result.error.issues, language) });
};

export interface Parsed {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Every part of a request through its contract; all wrong fields are named at once. */
export const parseRequest = (o: Operation, event: APIGatewayProxyEventV2, language: Language): Parsed => {
  const errors: FieldError[] = [];
  const part = (where: keyof Parsed, schema: z.ZodMiniType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = z.safeParse(schema, value, { reportInput: true });
    if (result.success) return result.data;
    errors.push(...fieldErrors(where, result.error.issues, language));
    return undefined;
  };
  const params = part('params', o.params, event.pathParameters ?? {});
  const query = part('query', o.query, event.queryStringParameters ?? {});
  const sent = (): unknown => (o.consumes === 'application/pdf' ? pdfOf(event) : bodyOf(o, event));
  const body = o.body === undefined ? undefined : part('body', o.body, sent());
  if (errors.length > 0) throw problem('invalidInput', { fields: errors });
  return { params, query, body };
};

const keyPattern = /^[A-Za-z0-9_-]{22,100}$/;

/** The caller's `Idempotency-Key` where the operation wants one. */
export const idempotencyKeyOf = (o: Operation, event: APIGatewayProxyEventV2): string => {
  if (o.idempotent !== true) return '';
  const key = event.headers['idempotency-key'] ?? '';
  if (!keyPattern.test(key)) throw problem('idempotencyKeyMissing');
  return key;
};

/** The version the caller saw, from `If-Match: "12"`. */
export const ifMatchOf = (o: Operation, event: APIGatewayProxyEventV2): number => {
  if (o.ifMatch !== true) return -1;
  const seen = /^(?:W\/)?"?(\d{1,9})"?$/.exec(event.headers['if-match']?.trim() ?? '')?.[1];
  if (seen === undefined) throw problem('ifMatchMissing');
  return Number(seen);
};
