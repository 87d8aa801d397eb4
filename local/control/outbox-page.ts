import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime } from '../runtime.ts';
import type { Sent } from '../services/outbox.ts';
import { send, sendJson } from '../services/protocol.ts';

export const escapeHtml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A page of the runtime itself: no script, no address elsewhere. */
export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
article{border:1px solid #767676;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}pre{white-space:pre-wrap;font:inherit;margin:.5rem 0 0}
small{color:#4a4a4a}a,button{color:#00458b}button{font:inherit;padding:.6rem 1rem;border:1px solid #00458b;border-radius:.4rem;background:#fff;cursor:pointer;text-align:left;width:100%}
ul{list-style:none;padding:0}li{margin:.4rem 0}</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;

const article = ({ at, channel, to, subject, text }: Sent): string =>
  `<article><small>${escapeHtml(at)} · ${escapeHtml(channel)} → ${escapeHtml(to.join(', '))}</small>
<h2>${escapeHtml(subject ?? '(tanpa judul)')}</h2><pre>${escapeHtml(text)}</pre></article>`;

const most = 500;

/** Messages that would have left this machine, newest first: HTML for a browser, JSON for everybody else. */
export const answerOutbox = (
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  { outbox }: Runtime,
): void => {
  const asked = Number(url.searchParams.get('limit') ?? 200);
  const channel = url.searchParams.get('channel');
  const messages = outbox
    .list(Math.min(Number.isFinite(asked) && asked > 0 ? asked : 200, most))
    .filter((m) => channel === null || m.channel === channel);
  if (!(req.headers.accept ?? '').includes('text/html')) {
    sendJson(res, 200, { messages });
    return;
  }
  const none = '<p>Belum ada pesan keluar. <small>No messages yet.</small></p>';
  send(res, 200, 'text/html; charset=utf-8', page('Kotak keluar', messages.map(article).join('') || none));
};
