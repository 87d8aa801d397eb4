import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Runtime } from '../runtime.ts';
import { isFaulty } from '../services/faults.ts';
import { jsonOf, sendJson } from '../services/protocol.ts';
import type { Asked } from './control.ts';

const channelBody = z.looseObject({
  to: z.union([z.string(), z.array(z.string())]).optional(),
  chat_id: z.union([z.string(), z.number()]).optional(),
  subject: z.string().optional(),
  text: z.union([z.string(), z.object({ body: z.string() })]).optional(),
  /** WhatsApp's template message: its name stands for an approved text, the parameters are what is new in it. */
  template: z
    .looseObject({
      name: z.string(),
      components: z
        .array(
          z.looseObject({ parameters: z.array(z.looseObject({ text: z.string().default('') })).default([]) }),
        )
        .default([]),
    })
    .optional(),
});

const textOf = ({ text, template }: z.output<typeof channelBody>): string => {
  if (text !== undefined) return typeof text === 'string' ? text : text.body;
  return (template?.components ?? []).flatMap((c) => c.parameters.map((p) => p.text)).join('\n');
};

/** The trouble that was asked for, as the provider itself would have it. @returns whether there was any */
const troubled = (res: ServerResponse, name: string, { faults }: Runtime): boolean => {
  const fault = isFaulty(name) ? faults.hit(name, 'send') : undefined;
  if (fault === undefined) return false;
  sendJson(res, fault === 'down' ? 503 : 429, { error: 'a fault was asked for' });
  return true;
};

/** What would go to Telegram, WhatsApp or another provider by HTTP: into the outbox. */
export const answerChannel = async ({ req, res, rest, runtime }: Asked): Promise<void> => {
  const name = rest.split('/')[0] ?? '';
  if (troubled(res, name, runtime)) {
    req.resume();
    return;
  }
  const body = channelBody.parse(await jsonOf(req));
  const to = body.to ?? body.chat_id ?? [];
  const sent = runtime.outbox.add({
    channel: name,
    to: (Array.isArray(to) ? to : [to]).map(String),
    subject: body.subject ?? body.template?.name ?? null,
    text: textOf(body),
    html: null,
    raw: body,
  });
  // What both Telegram and the WhatsApp Business API answer is a superset of this.
  sendJson(res, 200, {
    ok: true,
    id: String(sent.id),
    messages: [{ id: String(sent.id) }],
    result: { message_id: sent.id },
  });
};

/** What would go to a browser's push service. Nobody but that browser can read it, this machine no more than the service. */
export const answerPush = async ({ req, res, runtime }: Asked): Promise<void> => {
  let bytes = 0;
  for await (const chunk of req) bytes += (chunk as Buffer).length;
  if (troubled(res, 'push', runtime)) return;
  const { topic } = req.headers;
  runtime.outbox.add({
    channel: 'push',
    to: [String(req.headers['x-push-endpoint'] ?? '')],
    subject: typeof topic === 'string' ? topic : null,
    text: `(terenkripsi untuk peramban · encrypted for the browser: ${bytes} B)`,
    html: null,
    raw: null,
  });
  res.writeHead(201).end();
};

/** What a link of the city would answer: everything is there, but for hosts that were asked to be away. */
export const answerLink = ({ res, url, runtime }: Asked): void => {
  const { hostname } = new URL(url.searchParams.get('url') ?? '');
  if (runtime.faults.hit('links', hostname) !== undefined) {
    sendJson(res, 503, { error: 'a fault was asked for' });
    return;
  }
  res.writeHead(200, { 'content-length': 0 }).end();
};
