import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import { createBench, httpApi, userPool } from '../testing.ts';

const bench = createBench();
let local: Local;

beforeAll(async () => {
  local = await startLocal({
    stacks: [
      bench.stack({
        ...httpApi({ 'GET /me': { fn: 'Me', authorizer: 'CitizensAuthorizer' } }),
        ...userPool('Citizens'),
        ...userPool('Staff'),
        Me: bench.fn('me', 'return event.requestContext.authorizer.jwt.claims;'),
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

/** Follows redirects as a browser would, with its cookies, up to the callback. */
const follow = async (
  start: string,
  jar: Map<string, string>,
  init: RequestInit = {},
): Promise<URL | string> => {
  let url = start;
  let next = init;
  for (let hops = 0; hops < 10; hops++) {
    const res = await fetch(url, {
      ...next,
      redirect: 'manual',
      headers: {
        ...(next.headers as Record<string, string>),
        cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '),
      },
    });
    for (const cookie of res.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const to = res.headers.get('location');
    if (to === null) return `${url}\n${await res.text()}`;
    url = new URL(to, url).href;
    if (new URL(url).pathname === '/auth/callback') return new URL(url);
    next = {};
  }
  throw new Error('too many redirects');
};

describe('signing in', () => {
  it('by code and PKCE as a person of the list gives an ID token that the gateway takes', async () => {
    const pool = local.runtime.tokens.pools.find((p) => p.short === 'citizens');
    const base = `${local.url}/__local/issuer/citizens`;
    const discovery = (await (await fetch(`${base}/.well-known/openid-configuration`)).json()) as Record<
      string,
      string
    >;
    expect(discovery['issuer']).toBe(pool?.issuer);
    expect(discovery['authorization_endpoint']).toBe(`${base}/oauth2/authorize`);

    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: pool?.clientId ?? '',
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${local.url}/auth/callback`,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'x',
    });
    const jar = new Map<string, string>();
    const shown = await follow(`${base}/oauth2/authorize?${query}`, jar);
    const [at = '', html = ''] = String(shown).split('\n');
    expect(html).toContain('<html lang="id">');
    expect(String(shown)).toContain('Yusniar');
    const person = local.runtime.people.find('warga-1');
    const back = await follow(at, jar, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `sub=${person?.user.sub}`,
    });
    if (!(back instanceof URL)) throw new Error(back);

    const answer = await fetch(`${base}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: pool?.clientId ?? '',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: `${local.url}/auth/callback`,
        code_verifier: verifier,
      }),
    });
    const { id_token } = (await answer.json()) as { id_token: string };
    const me = await fetch(`${local.url}/me`, { headers: { authorization: `Bearer ${id_token}` } });
    expect(me.status).toBe(200);
    expect(await me.json()).toMatchObject({
      sub: person?.user.sub,
      email: 'warga-1@warga.example',
      email_verified: 'true',
      token_use: 'id',
    });
  });

  it('shows the people and gives a token at a click', async () => {
    const html = await (await fetch(`${local.url}/__local/signin`)).text();
    expect(html).toContain('/__local/token?person=warga-2');
    const given = await (await fetch(`${local.url}/__local/token?person=warga-2`)).json();
    expect(given).toMatchObject({ person: 'warga-2', token: expect.stringMatching(/^ey/) });
    expect((await fetch(`${local.url}/__local/token?person=nobody`)).status).toBe(400);
  });

  it('answers a name that merely points here with 403', async () => {
    const { port } = new URL(local.url);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(
        { port, host: '127.0.0.1', path: '/__local/token?person=warga-1', headers: { host: 'evil.example' } },
        (res) => {
          res.resume();
          resolve(res.statusCode);
        },
      ).end();
    });
    expect(status).toBe(403);
  });
});
