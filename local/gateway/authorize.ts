import { type CryptoKey, errors, jwtVerify } from 'jose';

export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
}

export type Authorized =
  | {
      readonly ok: true;
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  /** The value of `www-authenticate`, as the gateway words it. */
  | { readonly ok: false; readonly status: 401 | 403; readonly challenge: string };

/** The public key of an issuer that this machine serves; undefined for every other issuer. */
export type KeyOf = (issuer: string, kid: string | undefined) => CryptoKey | undefined;

/** Claims reach a function as text: arrays as `[a b]`, numbers and truth as they print. */
export const claimText = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(claimText).join(' ')}]`
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value);

const refused = (why: string): Authorized => ({
  ok: false,
  status: 401,
  challenge: `Bearer scope="" error="invalid_token" error_description="${why}"`,
});

const reason = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'the token has an invalid issuer';
    if (error.claim === 'nbf' || error.claim === 'iat') return 'the token is not valid yet';
    return `the token has an invalid ${error.claim} claim`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signing method is invalid';
  return 'the token is malformed';
};

interface Verified {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly expires: number;
  readonly begins: number;
}

/**
 * The JWT authorizer of an HTTP API: signature, issuer, audience (`client_id` only where there is no `aud`), times by
 * the moved clock, scopes. A token whose signature was verified is remembered, its times and claims are not: they
 * are checked on every request.
 */
export const createAuthorizer = (keyOf: KeyOf, now: () => number) => {
  const verified = new Map<string, Verified>();

  const verify = async (token: string, issuer: string): Promise<Verified> => {
    const remembered = verified.get(`${issuer} ${token}`);
    if (remembered !== undefined) return remembered;
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keyOf(issuer, kid);
        if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
        return key;
      },
      { issuer, algorithms: ['RS256'], requiredClaims: ['exp'], currentDate: new Date(now()) },
    );
    const found: Verified = {
      payload,
      expires: (payload.exp ?? 0) * 1000,
      begins: Math.max(payload.nbf ?? 0, payload.iat ?? 0) * 1000,
    };
    if (verified.size >= 1_000) verified.clear();
    verified.set(`${issuer} ${token}`, found);
    return found;
  };

  return async (header: string | undefined, settings: JwtSettings): Promise<Authorized> => {
    if (header === undefined || header === '') return { ok: false, status: 401, challenge: 'Bearer' };
    const token = header.replace(/^bearer /i, '').trim();
    let found: Verified;
    try {
      found = await verify(token, settings.issuer);
    } catch (error) {
      return refused(reason(error));
    }
    const { payload, expires, begins } = found;
    if (expires <= now()) return refused('the token has expired');
    // The gateway allows no leeway either, but its clock is the issuer's: a moved clock may go back.
    if (begins > now() + 1_000) return refused('the token is not valid yet');
    const audience = payload['aud'] ?? payload['client_id'];
    const named = Array.isArray(audience) ? audience : [audience];
    if (!named.some((a) => settings.audience.includes(String(a))))
      return refused('the token does not have a valid audience');
    const scopes = String(payload['scope'] ?? payload['scp'] ?? '')
      .split(' ')
      .filter((s) => s !== '');
    if (settings.scopes.length > 0 && !settings.scopes.some((s) => scopes.includes(s)))
      return {
        ok: false,
        status: 403,
        challenge: `Bearer scope="${settings.scopes.join(' ')}" error="insufficient_scope"`,
      };
    const claims = Object.fromEntries(Object.entries(payload).map(([k, v]) => [k, claimText(v)]));
    return { ok: true, claims, scopes: settings.scopes.length === 0 ? null : scopes };
  };
};

export type Authorizer = ReturnType<typeof createAuthorizer>;
