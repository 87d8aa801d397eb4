import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Outbox } from './outbox.ts';
import { ServiceError } from './protocol.ts';

const part = z.object({ Data: z.string() });
const send = z.object({
  FromEmailAddress: z.string().optional(),
  Destination: z.object({
    ToAddresses: z.array(z.string()).default([]),
    CcAddresses: z.array(z.string()).default([]),
    BccAddresses: z.array(z.string()).default([]),
  }),
  Content: z.object({
    Simple: z
      .object({
        Subject: part,
        Body: z.object({ Text: part.optional(), Html: part.optional() }),
        Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
      })
      .optional(),
    Raw: part.optional(),
  }),
});

/** SendEmail of SES v2, for simple and raw messages: they go to the outbox. */
export const sendEmail = (body: unknown, outbox: Outbox): { MessageId: string } => {
  const read = send.safeParse(body);
  if (!read.success) throw new ServiceError('BadRequestException', z.prettifyError(read.error));
  const { Destination, Content, FromEmailAddress } = read.data;
  const to = [...Destination.ToAddresses, ...Destination.CcAddresses, ...Destination.BccAddresses];
  if (to.length === 0 && Content.Raw === undefined)
    throw new ServiceError('BadRequestException', 'Recipient list is empty');
  const { Simple: simple, Raw: raw } = Content;
  outbox.add({
    channel: 'email',
    to,
    subject: simple?.Subject.Data ?? null,
    text: simple?.Body.Text?.Data ?? Buffer.from(raw?.Data ?? '', 'base64').toString('utf8'),
    html: simple?.Body.Html?.Data ?? null,
    raw: { from: FromEmailAddress ?? null, headers: simple?.Headers ?? [] },
  });
  return { MessageId: randomUUID() };
};
