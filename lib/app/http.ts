import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  type HttpApi as HttpApiType,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Operation, routeKey, type Who } from '../../functions/kernel/contract.ts';
import { accept } from '../accept.ts';
import type { Pool } from '../data/pools.ts';
import type { Deployment } from '../deployment.ts';
import type { NamedOperation } from '../features.ts';
import { logGroup } from './function.ts';

/** What is written of a request: nothing that leads to a person, neither address nor path (paths carry codes). */
const accessLog = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  error: '$context.error.responseType',
  integrationError: '$context.integrationErrorMessage',
};

const whyOpen: Readonly<Record<'public' | 'case', string>> = {
  public:
    'Its contract says public: a citizen needs no account to file, to track or to see that the service is up.',
  case: 'Its contract says case: the function checks the case token (code and PIN); the gateway knows no such issuer.',
};

type Authorizers = Readonly<Record<'citizen' | 'staff', IHttpRouteAuthorizer>>;

const authorizerOf = (who: Who, authorizers: Authorizers): IHttpRouteAuthorizer | undefined =>
  who.kind === 'staff' || who.kind === 'citizen' ? authorizers[who.kind] : undefined;

export const httpApi = (stack: Stack, d: Deployment): HttpApiType =>
  new HttpApi(stack, 'Api', {
    apiName: d.prefix,
    description: `Lapau ${d.city} ${d.stage}`,
    createDefaultStage: false,
  });

/** One an authorizer for all routes that need it, beside the API. */
export const authorizersOf = (pools: { readonly staff: Pool; readonly citizens: Pool }): Authorizers => {
  const authorizer = (id: string, { pool, client }: Pool) =>
    new HttpUserPoolAuthorizer(id, pool, { userPoolClients: [client] });
  return {
    staff: authorizer('StaffAuthorizer', pools.staff),
    citizen: authorizer('CitizenAuthorizer', pools.citizens),
  };
};

/**
 * One explicit route per operation of the given functions, with the authorizer that its contract says, and one
 * integration and one invoke permission per function: a permission per route would overflow the function's policy.
 */
export const routes = (
  stack: Stack,
  api: HttpApiType,
  authorizers: Authorizers,
  operations: readonly NamedOperation[],
  functions: ReadonlyMap<string, IFunction>,
): readonly HttpRoute[] => {
  const integrations = new Map(
    [...functions].map(([feature, fn]) => [
      feature,
      new HttpLambdaIntegration(`${feature}Integration`, fn, { scopePermissionToRoute: false }),
    ]),
  );
  const scope = new Construct(stack, 'Routes');
  return operations.flatMap(({ id, feature, operation }) => {
    const integration = integrations.get(feature);
    if (integration === undefined) return [];
    const guard = authorizerOf(operation.who, authorizers);
    const route = new HttpRoute(scope, id, {
      httpApi: api,
      routeKey: HttpRouteKey.with(operation.path, HttpMethod[operation.method]),
      integration,
      ...(guard === undefined ? {} : { authorizer: guard }),
    });
    const { kind } = operation.who;
    if (kind === 'public' || kind === 'case') accept(route, 'APIG4', whyOpen[kind]);
    return [route];
  });
};

/** Opens the API: throttles by route, and what is written of a request. */
export const defaultStage = (
  stack: Stack,
  d: Deployment,
  api: HttpApiType,
  operations: readonly Operation[],
): HttpStage => {
  const { rate, burst } = d.settings.throttle;
  const stage = new HttpStage(stack, 'DefaultStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: rate, burstLimit: burst },
    accessLogSettings: {
      // The prefix spares CloudWatch's resource policy from growing with every such group.
      destination: new LogGroupLogDestination(
        logGroup(stack, 'AccessLog', `/aws/vendedlogs/lapau/${d.city}-${d.stage}/api`, d),
      ),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  });
  const own = operations.flatMap((o) =>
    o.throttle === undefined
      ? []
      : [
          [
            routeKey(o),
            { ThrottlingRateLimit: o.throttle.rate, ThrottlingBurstLimit: o.throttle.burst },
          ] as const,
        ],
  );
  // CloudFormation takes route settings as free JSON, so the names are its own.
  if (stage.node.defaultChild instanceof CfnStage && own.length > 0)
    stage.node.defaultChild.routeSettings = Object.fromEntries(own);
  return stage;
};
