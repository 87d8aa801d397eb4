import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Operation } from './contract.ts';
import { type FieldError, type Language, problem } from './errors.ts';
import { explain } from './explain.ts';

/** Our own limit, well under the gateway's 10 MB. */
export const bodyLimit = 256 * 1024;

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

/** Reads the body as JSON: type, size, UTF-8 and syntax each have their own problem. */
const bodyOf = (event: APIGatewayProxyEventV2): unknown => {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(type)) throw problem('wrongContentType');
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem('bodyNotJson');
  }
  if (isDeeper(value, depthLimit)) throw problem('bodyTooDeep');
  return value;
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
  const body = o.body === undefined ? undefined : part('body', o.body, bodyOf(event));
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
