import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from '../functions/pool.ts';
import type { Loadout } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import type { Authorizer, JwtSettings } from './authorize.ts';
import { eventText } from './event.ts';
import { createMatcher } from './match.ts';
import { answerFor, answerItself } from './respond.ts';
import { createThrottle } from './throttle.ts';

interface Served {
  readonly routeKey: string;
  readonly apiId: string;
  readonly pool: Pool;
  /** Milliseconds after which the gateway gives up on the function. */
  readonly patience: number;
  readonly jwt: JwtSettings | undefined;
  readonly within: ((now: number) => boolean) | undefined;
}

export interface GatewayParts {
  readonly loadout: Loadout;
  readonly poolOf: (arn: string) => Pool;
  readonly authorize: Authorizer;
  readonly now: () => number;
}

const largestBody = 10 * 1024 * 1024;
const largestPayload = 6 * 1024 * 1024;

/** Reads the routes of the template's HTTP API; a route that leads nowhere stops the start. */
const serve = ({ loadout, poolOf }: GatewayParts): Map<string, Served> => {
  const apis = loadout.of('AWS::ApiGatewayV2::Api');
  if (apis.length > 1) throw new CannotStart(`one HTTP API is served, the template has ${apis.length}`);
  const integrations = new Map(loadout.of('AWS::ApiGatewayV2::Integration').map((i) => [i.ref, i]));
  const authorizers = new Map(loadout.of('AWS::ApiGatewayV2::Authorizer').map((a) => [a.ref, a]));
  const stage = loadout.of('AWS::ApiGatewayV2::Stage')[0]?.props;
  const served = new Map<string, Served>();
  for (const route of loadout.of('AWS::ApiGatewayV2::Route')) {
    const where = `${route.stack.name}/${route.logicalId}`;
    const { RouteKey, Target, AuthorizerId, AuthorizationType, AuthorizationScopes, ApiId } = route.props;
    const integration = integrations.get(Target.replace(/^integrations\//, ''));
    if (integration === undefined)
      throw new CannotStart(`${where}: target ${Target} is no integration of the template`);
    const authorizer = AuthorizerId === undefined ? undefined : authorizers.get(AuthorizerId);
    if (AuthorizationType === 'JWT' && authorizer === undefined)
      throw new CannotStart(`${where}: authorizer ${AuthorizerId ?? '(none)'} is not in the template`);
    const own = stage?.RouteSettings[RouteKey];
    const rate = own?.ThrottlingRateLimit ?? stage?.DefaultRouteSettings?.ThrottlingRateLimit;
    const burst = own?.ThrottlingBurstLimit ?? stage?.DefaultRouteSettings?.ThrottlingBurstLimit;
    served.set(RouteKey, {
      routeKey: RouteKey,
      apiId: ApiId,
      pool: poolOf(integration.props.IntegrationUri),
      patience: Math.min(integration.props.TimeoutInMillis, 30_000),
      jwt:
        AuthorizationType === 'NONE' || authorizer === undefined
          ? undefined
          : {
              issuer: authorizer.props.JwtConfiguration.Issuer,
              audience: authorizer.props.JwtConfiguration.Audience,
              scopes: AuthorizationScopes,
            },
      within:
        rate === undefined && burst === undefined
          ? undefined
          : createThrottle({ rate: rate ?? 10_000, burst: burst ?? 5_000 }),
    });
  }
  return served;
};

/** @returns undefined when the body is larger than the gateway takes */
const read = (req: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
    });
    req.on('end', () => resolve(size > largestBody ? undefined : Buffer.concat(chunks)));
    req.on('error', reject);
  });

const decoded = (path: string): string | undefined => {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** The HTTP API of the template: routes, authorizers, throttles, and the gateway's own answers with its own bytes. */
export const createGateway = (parts: GatewayParts) => {
  const match = createMatcher(serve(parts));
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const requestId = `${randomBytes(11).toString('base64url')}=`;
    const url = req.url ?? '/';
    const question = url.indexOf('?');
    const path = decoded(question < 0 ? url : url.slice(0, question));
    if (path === undefined) {
      req.resume();
      return answerItself(res, 400, requestId);
    }
    const found = match(req.method ?? 'GET', path);
    if (found === undefined) {
      req.resume();
      return answerItself(res, 404, requestId);
    }
    const { target, params } = found;
    if (target.within?.(performance.now()) === false) {
      req.resume();
      return answerItself(res, 429, requestId);
    }
    let jwt: { claims: Readonly<Record<string, string>>; scopes: readonly string[] | null } | undefined;
    if (target.jwt !== undefined) {
      const said = await parts.authorize(req.headers.authorization, target.jwt);
      if (!said.ok) {
        req.resume();
        return answerItself(res, said.status, requestId, { 'www-authenticate': said.challenge });
      }
      jwt = { claims: said.claims, scopes: said.scopes };
    }
    const body = await read(req);
    if (body === undefined) return answerItself(res, 413, requestId);
    const event = eventText({
      req,
      routeKey: target.routeKey,
      apiId: target.apiId,
      requestId,
      path,
      rawQuery: question < 0 ? '' : url.slice(question + 1),
      params,
      body,
      now: parts.now(),
      jwt,
    });
    if (event.length > largestPayload) return answerItself(res, 413, requestId);
    const giveUp = setTimeout(() => answerItself(res, 503, requestId), target.patience);
    const outcome = await target.pool.invoke(event);
    clearTimeout(giveUp);
    if (outcome === undefined) answerItself(res, 503, requestId);
    else if (!outcome.ok || outcome.payload.length > largestPayload) answerItself(res, 500, requestId);
    else answerFor(res, outcome.payload, requestId);
  };
};

export type Gateway = ReturnType<typeof createGateway>;
