import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime } from '../runtime.ts';
import type { Sent } from '../services/outbox.ts';
import { send, sendJson } from '../services/protocol.ts';
import { escapeHtml, page } from './page.ts';
import { wantsHtml } from './people.ts';

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
  if (!wantsHtml(req)) {
    sendJson(res, 200, { messages });
    return;
  }
  const none = '<p>Belum ada pesan keluar. <small>No messages yet.</small></p>';
  send(res, 200, 'text/html; charset=utf-8', page('Kotak keluar', messages.map(article).join('') || none));
};
