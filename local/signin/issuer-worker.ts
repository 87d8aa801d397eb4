// The OpenID provider of each pool, in a worker of its own: it needs a moved `Date`, which must not reach whoever
// runs the instance in his own process. Started when somebody first asks for it.
import './moved-date.ts';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { JWK } from 'jose';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import * as z from 'zod';
import { escapeHtml, page } from '../control/page.ts';

export interface IssuerTask {
  readonly clock: SharedArrayBuffer;
  /** Base of the runtime. */
  readonly url: string;
  readonly pools: readonly {
    readonly short: string;
    readonly issuer: string;
    readonly clientId: string;
    readonly callbacks: readonly string[];
    readonly lifetime: number;
    readonly jwk: JWK;
  }[];
}

type Pool = IssuerTask['pools'][number];

const { url, pools } = workerData as IssuerTask;

const peopleSchema = z.array(
  z.object({
    slug: z.string(),
    pool: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    sub: z.string(),
    enabled: z.boolean(),
    claims: z.record(z.string(), z.unknown()),
  }),
);

/** Everybody of a pool who may sign in, as the runtime knows them now. */
const peopleOf = async (short: string) => {
  const all = peopleSchema.parse(await (await fetch(`${url}/__local/people`)).json());
  return all.filter((p) => p.pool === short && p.enabled);
};

const configuration = (pool: Pool): Configuration => ({
  clients: [
    {
      client_id: pool.clientId,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [...new Set([...pool.callbacks, `${url}/auth/callback`])],
    },
  ],
  jwks: { keys: [pool.jwk as never] },
  // Cognito's own paths, so that a page differs between here and AWS in the address alone.
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userInfo',
    jwks: '/.well-known/jwks.json',
    end_session: '/logout',
  },
  claims: {
    openid: ['sub', 'token_use', 'cognito:username'],
    email: ['email', 'email_verified'],
    profile: ['name'],
  },
  conformIdTokenClaims: false,
  scopes: ['openid', 'email', 'profile'],
  pkce: { required: () => true },
  ttl: { IdToken: pool.lifetime, AccessToken: pool.lifetime, Interaction: 600, Session: 3_600, Grant: 3_600 },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  features: { devInteractions: { enabled: false } },
  clientBasedCORS: () => true,
  interactions: {
    url: (_ctx, interaction) => `/__local/issuer/${pool.short}/interaction/${interaction.uid}`,
  },
  findAccount: async (_ctx, sub) => {
    const person = (await peopleOf(pool.short)).find((p) => p.sub === sub);
    return person === undefined ? undefined : { accountId: sub, claims: () => ({ sub, ...person.claims }) };
  },
  // Nobody is asked whether the city's own page may know who signs in.
  loadExistingGrant: async (ctx: KoaContextWithOIDC) => {
    const { client, session, provider } = ctx.oidc;
    if (client === undefined || session?.accountId === undefined) return undefined;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const providers = new Map(
  pools.map(
    (pool) => [pool.short, { pool, provider: new Provider(pool.issuer, configuration(pool)) }] as const,
  ),
);

const html = (res: ServerResponse, status: number, text: string): void => {
  res
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(text);
};

const choices = async (pool: Pool): Promise<string> => {
  const people = await peopleOf(pool.short);
  const items = people.map(
    (p) =>
      `<li><button name="sub" value="${escapeHtml(p.sub)}">${escapeHtml(p.name ?? p.slug)} <small>${escapeHtml(p.email ?? '')}</small></button></li>`,
  );
  return page('Masuk sebagai …', `<form method="post"><ul>${items.join('')}</ul></form>`);
};

const formOf = async (req: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of req as AsyncIterable<Buffer>) text += chunk.toString();
  return new URLSearchParams(text);
};

const interact = async (
  pool: Pool,
  provider: Provider,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> => {
  await provider.interactionDetails(req, res);
  if (req.method !== 'POST') return html(res, 200, await choices(pool));
  const sub = (await formOf(req)).get('sub') ?? '';
  if (!(await peopleOf(pool.short)).some((p) => p.sub === sub)) return html(res, 400, await choices(pool));
  await provider.interactionFinished(req, res, { login: { accountId: sub } });
};

const prefix = /^\/__local\/issuer\/([a-z]+)(\/.*)$/;

const server = createServer((req, res) => {
  const [, short = '', rest = ''] = prefix.exec(req.url ?? '') ?? [];
  const found = providers.get(short);
  if (found === undefined) {
    res.writeHead(404).end();
    return;
  }
  const { pool, provider } = found;
  if (rest.startsWith('/interaction/')) {
    interact(pool, provider, req, res).catch(() => {
      html(
        res,
        400,
        page('Kedaluwarsa', '<p>Mulai lagi dari halaman sebelumnya. <small>Start again.</small></p>'),
      );
    });
    return;
  }
  Object.assign(req, { originalUrl: req.url, url: rest });
  void provider.callback()(req, res);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  parentPort?.postMessage(typeof address === 'object' ? address?.port : undefined);
});
