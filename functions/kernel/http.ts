import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type AddressOf, connectionAddress } from './address.ts';
import { type Contract, type Input, type Operation, type Output, routeKey, type Who } from './contract.ts';
import { commonProblems, isProblem, type Language, problem, problemDocument, statusOf } from './errors.ts';
import type { Log } from './log.ts';
import { idempotencyKeyOf, ifMatchOf, languageOf, parseRequest } from './request.ts';
import { type Answer, noStore, toResult } from './respond.ts';

/** What an operation is called with, besides its parsed input. */
export interface Call<O extends Operation, Actor> {
  readonly input: Input<O>;
  readonly actor: Actor;
  readonly language: Language;
  /** `''` unless the operation is idempotent. */
  readonly idempotencyKey: string;
  /** `-1` unless the operation wants `If-Match`. */
  readonly ifMatch: number;
  /** The caller's address; used for quotas only, never stored in the clear. */
  readonly address: string;
  readonly requestId: string;
}

export type Implementation<C extends Contract, Actors> = {
  readonly [K in keyof C['operations']]: (
    call: Call<C['operations'][K], ActorOf<C['operations'][K]['who'], Actors>>,
  ) => Promise<Answer<Output<C['operations'][K]>>>;
};

/** The actor type of an operation by its `who`. */
export type ActorOf<W extends Who, Actors> = W['kind'] extends keyof Actors ? Actors[W['kind']] : never;

export interface ApiOptions<Actors> {
  readonly log: Log;
  /** Where the caller is; the connection's address unless the function sits behind CloudFront and counts quotas. */
  readonly address?: AddressOf;
  /** Says who calls, from the token alone; refuses with a problem. One per kind that the contract uses. */
  readonly actors: {
    readonly [K in keyof Actors]: (event: APIGatewayProxyEventV2, o: Operation) => Promise<Actors[K]>;
  };
}

interface Dispatch {
  readonly operation: Operation;
  readonly run: (call: Call<Operation, unknown>) => Promise<Answer<unknown>>;
}

/** A service that we stand on did not answer or said that it cannot now: the caller may try again. */
const isOutage = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return (
    (metadata?.httpStatusCode ?? 0) >= 500 ||
    /Throttl|ThroughputExceeded|TooManyRequests|LimitExceeded|Timeout|ECONN|ENOTFOUND|Unavailable/.test(
      `${error.name} ${error.message}`,
    )
  );
};

/**
 * One Lambda for one feature's contract: dispatch by the gateway's route key (exact map), parse in, act, parse out.
 * Refusals become problem documents; anything else is our own failure: logged, answered 500.
 */
export const api = <C extends Contract, Actors extends Partial<Record<Who['kind'], unknown>>>(
  contract: C,
  implementation: Implementation<C, Actors>,
  { log, actors, address = connectionAddress }: ApiOptions<Actors>,
) => {
  const routes = new Map<string, Dispatch>(
    Object.entries(contract.operations).map(([id, operation]) => [
      routeKey(operation),
      { operation, run: implementation[id as keyof C['operations']] as unknown as Dispatch['run'] },
    ]),
  );

  const known = { ...commonProblems, ...contract.problems };

  const dispatch = async (event: APIGatewayProxyEventV2, requestId: string, language: Language) => {
    const route = routes.get(event.routeKey);
    if (route === undefined) throw new Error(`no operation for ${event.routeKey}`);
    const { operation, run } = route;
    const resolve = actors[operation.who.kind as keyof Actors];
    if (resolve === undefined) throw new Error(`no actor resolver for ${operation.who.kind}`);
    const actor = await resolve(event, operation);
    const answer = await run({
      idempotencyKey: idempotencyKeyOf(operation, event),
      ifMatch: ifMatchOf(operation, event),
      input: parseRequest(operation, event, language) as Input<Operation>,
      actor,
      language,
      address: await address(event),
      requestId,
    });
    return toResult(operation, answer, language, requestId, event.headers['if-none-match']);
  };

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>()
    .use({
      before: ({ event, internal }) => {
        internal['language'] = languageOf(event.headers['accept-language']);
        internal['requestId'] = event.requestContext.requestId ?? randomUUID();
      },
      after: ({ event, response, internal }) => {
        log.info('request', {
          route: event.routeKey,
          status: response?.statusCode ?? 0,
          requestId: String(internal['requestId']),
        });
      },
      onError: (request) => {
        const requestId = String(request.internal['requestId']);
        const language: Language = request.internal['language'] === 'en' ? 'en' : 'id';
        const { error } = request;
        const said = isProblem(error) && Object.hasOwn(known, error.code) ? error : undefined;
        const refusal = said ?? (isOutage(error) ? problem('busy', { retryAfter: 5 }) : problem('internal'));
        const fields = { route: request.event.routeKey, code: refusal.code, requestId };
        if (said !== undefined) log.info('refused', fields);
        else log.error('failed', error, fields);
        request.response = {
          statusCode: statusOf(refusal.code, known),
          headers: {
            ...noStore,
            'content-type': 'application/problem+json; charset=utf-8',
            'content-language': language,
            ...(refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }),
          },
          body: JSON.stringify(problemDocument(refusal, language, requestId, known)),
        };
      },
    })
    .handler((event, context) =>
      dispatch(
        event,
        event.requestContext.requestId ?? context.awsRequestId,
        languageOf(event.headers['accept-language']),
      ),
    );
};
