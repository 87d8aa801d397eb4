import { describe, expect, it } from 'vitest';
import { routeKey } from '../../functions/kernel/contract.ts';
import { operationsOf } from '../../lib/features.ts';
import { stages } from '../../lib/stages.ts';
import { plain, readable } from '../readable.ts';
import { allContracts, ofType, templates } from '../synth.ts';

const { data, app, web } = templates();
const stacks = [data, app];
const operations = operationsOf(allContracts);
const routes = new Map(
  ofType(app, 'AWS::ApiGatewayV2::Route').map(([, r]) => [String(r.Properties['RouteKey']), r.Properties]),
);

const authorizer = (who: 'Citizen' | 'Staff') => `Api${who}Authorizer`;
const guardOf = (kind: string): string | undefined =>
  kind === 'staff' ? authorizer('Staff') : kind === 'citizen' ? authorizer('Citizen') : undefined;

describe('the HTTP API', () => {
  it('has one explicit route for each operation, and no other', () => {
    expect([...routes.keys()].sort()).toEqual(operations.map((o) => routeKey(o.operation)).sort());
    expect([...routes.keys()].filter((k) => k.includes('+}') || k.includes('$default'))).toEqual([]);
  });

  it.each(
    operations.map((o) => [routeKey(o.operation), o] as const),
  )('%s is guarded as its contract says and answered by its feature', (key, { feature, operation }) => {
    const route = routes.get(key);
    const guard = guardOf(operation.who.kind);
    expect(route?.['AuthorizationType']).toBe(guard === undefined ? 'NONE' : 'JWT');
    expect(guard === undefined ? undefined : readable(route?.['AuthorizerId'], stacks)).toBe(guard);
    const target = readable(route?.['Target'], stacks).replace('integrations/', '');
    const integration = ofType(app, 'AWS::ApiGatewayV2::Integration').find(([id]) => plain(id) === target);
    expect(integration?.[1].Properties).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
    const answers = readable(integration?.[1].Properties['IntegrationUri'], stacks);
    expect(answers.toLowerCase()).toBe(`${feature}function`.toLowerCase());
  });

  it('trusts the tokens of two pools, each for its own client', () => {
    const found = ofType(app, 'AWS::ApiGatewayV2::Authorizer').map(([id, { Properties }]) => {
      const jwt = Properties['JwtConfiguration'] as { Issuer: unknown; Audience: readonly unknown[] };
      return [plain(id), readable(jwt.Issuer, stacks), jwt.Audience.map((a) => readable(a, stacks))];
    });
    const issuer = (pool: string) => `https://cognito-idp.ap-southeast-3.amazonaws.com/${pool}`;
    expect(found.sort()).toEqual([
      [authorizer('Citizen'), issuer('CitizenPool'), ['CitizenPoolWeb']],
      [authorizer('Staff'), issuer('StaffPool'), ['StaffPoolWeb']],
    ]);
  });

  it('gives the gateway one permission a function: more would overflow the policy at about 30 routes', () => {
    expect(ofType(app, 'AWS::Lambda::Permission')).toHaveLength(allContracts.length);
    expect(ofType(app, 'AWS::ApiGatewayV2::Integration')).toHaveLength(allContracts.length);
  });

  const stage = ofType(app, 'AWS::ApiGatewayV2::Stage')[0]?.[1];

  it('throttles a route as its contract says and any other as its stage says', () => {
    expect(stage?.Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: stages.dev.throttle.rate,
      ThrottlingBurstLimit: stages.dev.throttle.burst,
    });
    const own = operations.flatMap(({ operation: o }) =>
      o.throttle === undefined
        ? []
        : [[routeKey(o), { ThrottlingRateLimit: o.throttle.rate, ThrottlingBurstLimit: o.throttle.burst }]],
    );
    expect(own.length).toBeGreaterThan(0);
    expect(stage?.Properties['RouteSettings']).toEqual(Object.fromEntries(own));
  });

  it('logs no address, no path, no header and no claim', () => {
    const { Format } = stage?.Properties['AccessLogSettings'] as { Format: string };
    expect(Object.values(JSON.parse(Format) as Record<string, string>).sort()).toEqual([
      '$context.error.responseType',
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.responseLatency',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it("allows no other origin: browsers reach it through the page's own", () => {
    expect(ofType(app, 'AWS::ApiGatewayV2::Api')[0]?.[1].Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('the public address', () => {
  const config = ofType(web, 'AWS::CloudFront::Distribution')[0]?.[1].Properties['DistributionConfig'] as {
    CacheBehaviors: readonly { PathPattern: string; TargetOriginId: string }[];
    Origins: readonly {
      Id: string;
      OriginCustomHeaders?: readonly { HeaderName: string; HeaderValue: unknown }[];
    }[];
  };

  it('forwards /v1/* and /v/* to the API with the origin secret, and everything else to the pages', () => {
    expect(config.CacheBehaviors.map((b) => b.PathPattern)).toEqual(['/v1/public/*', '/v/*', '/v1/*']);
    expect(new Set(config.CacheBehaviors.map((b) => b.TargetOriginId)).size).toBe(1);
    const origin = config.Origins.find((o) => o.Id === config.CacheBehaviors[0]?.TargetOriginId);
    const headers = origin?.OriginCustomHeaders?.map((h) => [
      h.HeaderName,
      readable(h.HeaderValue, [data, app, web]),
    ]);
    expect(headers).toEqual([['x-lapau-origin', '{{resolve:secretsmanager:OriginSecret:SecretString:::}}']]);
  });

  it('keeps public reads for a minute at most, by language and query, and nothing else', () => {
    const [kept, ...others] = ofType(web, 'AWS::CloudFront::CachePolicy').map(([, { Properties: p }]) => p);
    expect(others).toEqual([]);
    expect(kept?.['CachePolicyConfig']).toMatchObject({
      MaxTTL: 60,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });
  });
});
