import * as z from 'zod';
import { arn, bool, int, kind, noted, num, region, steadyHex, str } from './kind.ts';

const tagged = 'tags are read by billing, which this machine has none of';

export const api = kind(
  { Name: str, ProtocolType: z.literal('HTTP') },
  {
    Description: 'text',
    DisableExecuteApiEndpoint: 'there is one endpoint here',
    RouteSelectionExpression: 'only the default exists for HTTP',
    IpAddressType: 'loopback',
    Tags: tagged,
  },
  ({ name, url }) => {
    const id = steadyHex(name).slice(0, 10);
    return { ref: id, atts: { ApiId: id, ApiEndpoint: url } };
  },
);

export const integration = kind(
  {
    ApiId: str,
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: str,
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: int.default(30_000),
    IntegrationMethod: z.literal('POST').optional(),
  },
  { Description: 'text', CredentialsArn: 'the gateway may call every function' },
  ({ name }) => ({ ref: steadyHex(name).slice(0, 7), atts: { IntegrationId: steadyHex(name).slice(0, 7) } }),
);

export const authorizer = kind(
  {
    ApiId: str,
    Name: str,
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.array(z.literal('$request.header.Authorization')),
    JwtConfiguration: z.strictObject({ Issuer: str, Audience: z.array(str).default([]) }),
  },
  {},
  ({ name }) => ({ ref: steadyHex(name).slice(0, 6), atts: { AuthorizerId: steadyHex(name).slice(0, 6) } }),
);

export const route = kind(
  {
    ApiId: str,
    RouteKey: str,
    Target: str,
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizerId: str.optional(),
    AuthorizationScopes: z.array(str).default([]),
  },
  { OperationName: 'a label', ApiKeyRequired: 'not part of HTTP APIs' },
  ({ name }) => ({ ref: steadyHex(name).slice(0, 7), atts: { RouteId: steadyHex(name).slice(0, 7) } }),
);

const routeSettings = z.strictObject({
  ThrottlingBurstLimit: int.optional(),
  ThrottlingRateLimit: num.optional(),
  DetailedMetricsEnabled: noted, // no CloudWatch
  LoggingLevel: noted,
  DataTraceEnabled: noted,
});

export const stage = kind(
  {
    ApiId: str,
    StageName: z.literal('$default'),
    AutoDeploy: bool.optional(),
    DefaultRouteSettings: routeSettings.optional(),
    RouteSettings: z.record(str, routeSettings).default({}),
  },
  {
    AccessLogSettings: 'no access log',
    Description: 'text',
    DeploymentId: 'always the newest',
    Tags: tagged,
  },
  () => ({ ref: '$default' }),
);

export const userPool = kind(
  { UserPoolName: str.optional() },
  {
    AccountRecoverySetting: 'no passwords here',
    AdminCreateUserConfig: 'no self sign-up here either',
    AutoVerifiedAttributes: 'every address counts as verified',
    AliasAttributes: 'people are found by user name or address',
    DeletionProtection: '--fresh is the only way to delete',
    DeviceConfiguration: 'no devices',
    EmailConfiguration: 'the page signs in without a code',
    EmailVerificationMessage: 'text',
    EmailVerificationSubject: 'text',
    EnabledMfas: 'the page signs in without a second factor',
    MfaConfiguration: 'the page signs in without a second factor',
    Policies: 'no passwords here',
    Schema: 'attributes are kept as given',
    SmsConfiguration: 'no codes',
    SmsVerificationMessage: 'text',
    UserPoolAddOns: 'no risk engine',
    UserPoolTier: 'a price',
    UsernameAttributes: 'people are found by user name or address',
    UsernameConfiguration: 'names compare as written',
    UserAttributeUpdateSettings: 'no codes',
    VerificationMessageTemplate: 'text',
    WebAuthnRelyingPartyID: 'no passkeys here',
    WebAuthnUserVerification: 'no passkeys here',
    UserPoolTags: tagged,
  },
  ({ name }) => {
    const id = `${region}_${steadyHex(name).slice(0, 9)}`;
    const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
    return {
      ref: id,
      arn: arn('cognito-idp', `userpool/${id}`),
      atts: {
        Arn: arn('cognito-idp', `userpool/${id}`),
        UserPoolId: id,
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
      },
    };
  },
  'UserPoolName',
);

export const userPoolClient = kind(
  {
    UserPoolId: str,
    ClientName: str.optional(),
    CallbackURLs: z.array(str).default([]),
    IdTokenValidity: int.optional(),
    TokenValidityUnits: z
      .strictObject({ IdToken: str.optional(), AccessToken: noted, RefreshToken: noted })
      .optional(),
  },
  {
    AccessTokenValidity: 'the API takes ID tokens',
    AllowedOAuthFlows: 'the code flow with PKCE',
    AllowedOAuthFlowsUserPoolClient: 'the code flow with PKCE',
    AllowedOAuthScopes: 'openid, email, profile',
    AuthSessionValidity: 'the page has no session',
    DefaultRedirectURI: 'the first callback',
    EnableTokenRevocation: 'no refresh tokens here',
    EnablePropagateAdditionalUserContextData: 'no risk engine',
    ExplicitAuthFlows: 'the page signs in',
    GenerateSecret: 'a public client',
    LogoutURLs: 'signing out forgets the token',
    PreventUserExistenceErrors: 'the page lists everybody',
    ReadAttributes: 'all',
    WriteAttributes: 'none',
    RefreshTokenValidity: 'no refresh tokens here',
    RefreshTokenRotation: 'no refresh tokens here',
    SupportedIdentityProviders: 'the pool alone',
  },
  ({ name }) => {
    const id = steadyHex(name).slice(0, 26);
    return { ref: id, atts: { ClientId: id, Name: name } };
  },
);
