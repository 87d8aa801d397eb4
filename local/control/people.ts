import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime } from '../runtime.ts';
import { send, sendJson } from '../services/protocol.ts';
import { claimsOf } from '../signin/tokens.ts';
import { escapeHtml, page } from './page.ts';

export const wantsHtml = (req: IncomingMessage): boolean => (req.headers.accept ?? '').includes('text/html');

/** Everybody who can sign in here, with the claims of their ID tokens. */
export const listPeople = (res: ServerResponse, { people }: Runtime): void =>
  sendJson(
    res,
    200,
    people.list().map(({ slug, pool, user }) => ({
      slug,
      pool: pool.short,
      name: user.attributes['name'] ?? null,
      email: user.attributes['email'] ?? null,
      sub: user.sub,
      enabled: user.enabled,
      claims: claimsOf(user),
    })),
  );

/** `GET /__local/signin`: a token of anybody at one click. */
export const signinPage = (res: ServerResponse, { people, tokens }: Runtime): void => {
  const lists = tokens.pools.map((pool) => {
    const items = people
      .list()
      .filter((p) => p.pool.id === pool.id)
      .map(
        ({ slug, user }) =>
          `<li><a href="/__local/token?person=${encodeURIComponent(slug)}">${escapeHtml(user.attributes['name'] ?? slug)}</a> <small>${escapeHtml(slug)}${user.enabled ? '' : ' · dicabut'}</small></li>`,
      );
    const discovery = `/__local/issuer/${pool.short}/.well-known/openid-configuration`;
    return `<h2>${escapeHtml(pool.short)}</h2><ul>${items.join('')}</ul><p><small>client_id ${escapeHtml(pool.clientId)} · <a href="${discovery}">${discovery}</a></small></p>`;
  });
  send(res, 200, 'text/html; charset=utf-8', page('Masuk sebagai …', lists.join('')));
};

/** `GET /__local/token?person=…`, for a browser as a page. */
export const giveToken = async (
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  { people }: Runtime,
): Promise<void> => {
  const who = url.searchParams.get('person') ?? '';
  const seconds = url.searchParams.get('seconds');
  const token = await people.token(who, seconds === null ? undefined : Number(seconds));
  if (!wantsHtml(req)) return sendJson(res, 200, { person: who, token });
  const body = `<p>Token untuk tajuk <code>Authorization: Bearer …</code></p><article><pre>${escapeHtml(token)}</pre></article>`;
  send(res, 200, 'text/html; charset=utf-8', page(who, body));
};
