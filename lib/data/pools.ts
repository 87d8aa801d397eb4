import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { accept } from '../accept.ts';
import type { Deployment } from '../deployment.ts';

export interface Pool {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** The issuer that its tokens name. */
  readonly issuer: string;
}

const signInPrefix = (d: Deployment, who: 'staff' | 'citizen'): string => `${d.prefix}-${who}`;

/** Where the sign-in pages are, which the city's own pages have to reach for tokens. */
export const signInHosts = (d: Deployment): readonly string[] =>
  (['staff', 'citizen'] as const).map(
    (who) => `https://${signInPrefix(d, who)}.auth.${d.settings.region}.amazoncognito.com`,
  );

const shared = (d: Deployment): UserPoolProps => ({
  signInAliases: { email: true },
  signInCaseSensitive: false,
  autoVerify: { email: true },
  standardAttributes: { email: { required: true, mutable: true } },
  accountRecovery: AccountRecovery.EMAIL_ONLY,
  passwordPolicy: {
    minLength: 12,
    requireLowercase: true,
    requireUppercase: true,
    requireDigits: true,
    requireSymbols: true,
    tempPasswordValidity: Duration.days(7),
  },
  featurePlan: FeaturePlan.ESSENTIALS,
  deletionProtection: d.settings.deletionProtection,
  removalPolicy: d.settings.removal,
  // Cognito's own sender stops at 50 messages a day: enough to try, not enough for a city.
  email: d.settings.needsAddresses
    ? UserPoolEmail.withSES({
        fromEmail: d.mailFrom,
        fromName: 'Lapau',
        sesRegion: d.settings.region,
        sesVerifiedDomain: d.mailFrom.slice(d.mailFrom.indexOf('@') + 1),
      })
    : UserPoolEmail.withCognito(),
});

/** A public client with its sign-in page. Pages sign in by code and PKCE and send the ID token to the API. */
const signIn = (
  stack: Stack,
  d: Deployment,
  pool: UserPool,
  who: 'Staff' | 'Citizen',
  session: Duration,
): UserPoolClient => {
  const home = d.publicUrl ?? 'http://localhost:8787';
  const client = pool.addClient('Web', {
    userPoolClientName: 'web',
    generateSecret: false,
    authFlows: { user: who === 'Citizen', userSrp: who === 'Staff' },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: [`${home}/auth/callback`],
      logoutUrls: [`${home}/`],
    },
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: session,
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
  pool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: signInPrefix(d, who === 'Staff' ? 'staff' : 'citizen') },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  new CfnManagedLoginBranding(stack, `${who}SignInPage`, {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return client;
};

const plusTier = (pool: UserPool, instead: string): void =>
  accept(pool, 'COG8', `The Plus tier charges every monthly user again for risk scoring; ${instead}`);

/** People of the city government: invited only, always with a second factor. */
export const staffPool = (stack: Stack, d: Deployment): Pool => {
  const pool = new UserPool(stack, 'StaffPool', {
    ...shared(d),
    userPoolName: `${d.prefix}-staff`,
    selfSignUpEnabled: false,
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
  });
  plusTier(
    pool,
    'staff need a second factor at every sign-in and are revoked within 60 seconds by their record.',
  );
  return {
    pool,
    client: signIn(stack, d, pool, 'Staff', Duration.hours(12)),
    issuer: issuerOf(stack, pool),
  };
};

/** Citizens: a code by email, no password to forget. Tracking needs no account at all. */
export const citizenPool = (stack: Stack, d: Deployment): Pool => {
  const pool = new UserPool(stack, 'CitizenPool', {
    ...shared(d),
    userPoolName: `${d.prefix}-citizens`,
    selfSignUpEnabled: true,
    mfa: Mfa.OFF,
    // Cognito wants the password among the factors; the sign-in page offers the code first.
    signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true, smsOtp: d.settings.sms } },
  });
  plusTier(pool, 'citizens sign in by a code sent to their email, which leaves no password to attack.');
  accept(
    pool,
    'COG2',
    'Cognito refuses a required second factor beside passwordless sign-in; the code by email is possession of the mailbox, and an account opens no more than its own reports.',
  );
  return {
    pool,
    client: signIn(stack, d, pool, 'Citizen', Duration.days(30)),
    issuer: issuerOf(stack, pool),
  };
};

const issuerOf = (stack: Stack, pool: UserPool): string =>
  `https://cognito-idp.${stack.region}.amazonaws.com/${pool.userPoolId}`;
