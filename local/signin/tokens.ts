import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { KeyOf } from '../gateway/authorize.ts';
import type { User } from '../services/cognito.ts';
import type { State } from '../state.ts';
import type { Loaded } from '../template/load.ts';

/** A user pool of the template with the client that its tokens are for. */
export interface Pool {
  readonly id: string;
  /** As Cognito names it, so that bindings stored with it hold on AWS and under any port. */
  readonly issuer: string;
  readonly clientId: string;
  readonly callbacks: readonly string[];
  /** How long an ID token holds, seconds. */
  readonly lifetime: number;
  /** `staff` or `citizens`: the last word of the pool's name. */
  readonly short: string;
  readonly jwk: JWK;
}

export interface Tokens {
  readonly pools: readonly Pool[];
  readonly keyOf: KeyOf;
  /** An ID token as the pool would give it at `now` (milliseconds, moved). */
  readonly mint: (pool: Pool, user: User, now: number, lifetime?: number) => Promise<string>;
}

const perUnit = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
const isUnit = (v: string): v is keyof typeof perUnit => Object.hasOwn(perUnit, v);

const lifetimeOf = (props: Loaded<'AWS::Cognito::UserPoolClient'>['props']): number => {
  const unit = props.TokenValidityUnits?.IdToken ?? 'hours';
  return (props.IdTokenValidity ?? 1) * (isUnit(unit) ? perUnit[unit] : 3_600);
};

/** The claims of an ID token of a user pool, besides those of every token. */
export const claimsOf = (user: User): Record<string, unknown> => ({
  email: user.attributes['email'],
  email_verified: user.attributes['email_verified'] !== 'false',
  ...(user.attributes['name'] === undefined ? {} : { name: user.attributes['name'] }),
  ...(user.attributes['phone_number'] === undefined ? {} : { phone_number: user.attributes['phone_number'] }),
  'cognito:username': user.username,
  token_use: 'id',
});

const keyFor = async (pool: string, state: State): Promise<JWK> => {
  const saved = state.get('signing', pool);
  if (saved !== undefined) return saved as JWK;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: `${pool}-1`, alg: 'RS256', use: 'sig' };
  state.set('signing', pool, jwk);
  return jwk;
};

const publicPart = ({ kty = '', n = '', e = '', kid = '', alg = '', use = '' }: JWK): JWK => ({
  kty,
  n,
  e,
  kid,
  alg,
  use,
});

/** Keys and tokens of every pool. A key is made once and kept, so that a token survives a restart. */
export const openTokens = async (
  pools: readonly Loaded<'AWS::Cognito::UserPool'>[],
  clients: readonly Loaded<'AWS::Cognito::UserPoolClient'>[],
  state: State,
): Promise<Tokens> => {
  const publicKeys = new Map<string, CryptoKey>();
  const privateKeys = new Map<string, CryptoKey>();
  const found: Pool[] = await Promise.all(
    pools.flatMap((pool) => {
      const client = clients.find((c) => c.props.UserPoolId === pool.ref);
      if (client === undefined) return [];
      const make = async (): Promise<Pool> => {
        const jwk = await keyFor(pool.ref, state);
        const issuer = pool.atts['ProviderURL'] ?? '';
        const [open, secret] = await Promise.all([
          importJWK(publicPart(jwk), 'RS256'),
          importJWK(jwk, 'RS256'),
        ]);
        publicKeys.set(issuer, open as CryptoKey);
        privateKeys.set(pool.ref, secret as CryptoKey);
        return {
          id: pool.ref,
          issuer,
          clientId: client.ref,
          callbacks: client.props.CallbackURLs,
          lifetime: lifetimeOf(client.props),
          short: pool.name.slice(pool.name.lastIndexOf('-') + 1),
          jwk,
        };
      };
      return [make()];
    }),
  );
  return {
    pools: found,
    keyOf: (issuer, kid) => {
      const pool = found.find((p) => p.issuer === issuer);
      return pool === undefined || (kid !== undefined && kid !== pool.jwk.kid)
        ? undefined
        : publicKeys.get(issuer);
    },
    mint: async (pool, user, now, lifetime = pool.lifetime) => {
      const key = privateKeys.get(pool.id);
      if (key === undefined) throw new Error(`no key of pool ${pool.id}`);
      const seconds = Math.floor(now / 1000);
      return new SignJWT({ ...claimsOf(user), auth_time: seconds })
        .setProtectedHeader({ alg: 'RS256', kid: pool.jwk.kid ?? '' })
        .setIssuer(pool.issuer)
        .setSubject(user.sub)
        .setAudience(pool.clientId)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetime)
        .sign(key);
    },
  };
};
