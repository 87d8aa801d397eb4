import type * as z from 'zod/mini';
import type { ErrorCode, Problems } from './errors.ts';

/** Rights follow roles; `domain` words: coordinator (Kominfo), areaHead (lurah, camat), executive (mayor, Sekda). */
export const roles = [
  'coordinator',
  'liaison',
  'officer',
  'head',
  'areaHead',
  'validator',
  'inspector',
  'executive',
] as const;
export type Role = (typeof roles)[number];

/**
 * Who may call an operation. `public` and `case` have no gateway authorizer (a case token is an HMAC token that
 * the function checks); `citizen` and `staff` each have the JWT authorizer of their pool.
 */
export type Who =
  | { readonly kind: 'public' }
  | { readonly kind: 'case' }
  | { readonly kind: 'citizen' }
  | { readonly kind: 'staff'; readonly roles: readonly Role[] };

export const anyone = { kind: 'public' } as const satisfies Who;
export const caseHolder = { kind: 'case' } as const satisfies Who;
export const citizen = { kind: 'citizen' } as const satisfies Who;
export const staff = (...allowed: readonly Role[]) =>
  ({ kind: 'staff', roles: allowed.length === 0 ? roles : allowed }) as const satisfies Who;

/** Media types that operations answer. */
const produced = [
  'application/json',
  'text/html',
  'text/plain',
  'application/pdf',
  'application/geo+json',
  'application/atom+xml',
  'text/calendar',
] as const;

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Schema = z.ZodMiniType;

/** One HTTP operation. Everything that knows an operation (gateway, dispatch, OpenAPI, tests, page) reads this. */
export interface Operation {
  readonly method: Method;
  /** Below `/v1`; what a QR code leads to is shorter. */
  readonly path: `/v1/${string}` | `/v/${string}`;
  readonly who: Who;
  readonly summary: { readonly id: string; readonly en: string };
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  /** JSON unless said otherwise; XML reaches its schema as text, a PDF as bytes. */
  readonly consumes?: 'application/cap+xml' | 'application/pdf';
  /** The request must carry an `Idempotency-Key` of at least 22 characters. */
  readonly idempotent?: true;
  /** The request must carry `If-Match` with the case's `seq`. */
  readonly ifMatch?: true;
  /** 302 sends to the answer's `location`. */
  readonly status: 200 | 201 | 202 | 204 | 302;
  /** Absent for 204 and 302. What is not declared here never leaves the function. */
  readonly response?: Schema;
  /** JSON unless said otherwise: pages and papers that the API makes itself, and maps. A PDF's response is bytes. */
  readonly produces?: (typeof produced)[number];
  /** Seconds that anybody may keep the answer; only for what everybody may read. Never kept otherwise. */
  readonly maxAge?: number;
  readonly errors: readonly ErrorCode[];
  /** Requests a second and burst at the gateway; the stage's default otherwise. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

export interface Contract {
  readonly feature: string;
  /** What its function refuses with beside `commonProblems`. */
  readonly problems?: Problems;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Keeps the literal types of a contract, so that handlers and clients are typed by it. */
export const contract = <const C extends Contract>(c: C): C => c;

/** `GET /v1/track/{code}`: the HTTP API's route key and the router's dispatch key. */
export const routeKey = (o: Operation): string => `${o.method} ${o.path}`;

type Out<S, Missing> = S extends Schema ? z.output<S> : Missing;

/** What an operation's function receives: every part parsed by the contract. */
export interface Input<O extends Operation> {
  readonly params: Out<O['params'], undefined>;
  readonly query: Out<O['query'], undefined>;
  readonly body: Out<O['body'], undefined>;
}

export type Output<O extends Operation> = O['response'] extends Schema ? z.input<O['response']> : undefined;
