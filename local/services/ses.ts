import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Bus } from '../sources/bus.ts';
import type { Outbox } from './outbox.ts';
import { ServiceError } from './protocol.ts';

const part = z.object({ Data: z.string() });
const send = z.object({
  FromEmailAddress: z.string().optional(),
  ConfigurationSetName: z.string().optional(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
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

type Parsed = z.output<typeof send>;

/** What becomes of a mail here is decided by whom it is for, as SES's own mailbox simulator does it. */
const fates: readonly { readonly to: RegExp; readonly events: readonly string[] }[] = [
  { to: /^bounce/, events: ['Bounce'] },
  { to: /^complaint/, events: ['Delivery', 'Complaint'] },
  { to: /^silent/, events: [] },
  { to: /^/, events: ['Delivery'] },
];

/** Tells what became of a mail under a configuration set, as its event destination would. */
const tellFate = (
  { ConfigurationSetName: set, EmailTags, Destination }: Parsed,
  id: string,
  bus: Bus,
): void => {
  if (set === undefined) return;
  const [to = ''] = Destination.ToAddresses;
  const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  for (const eventType of fates.find((fate) => fate.to.test(to))?.events ?? [])
    bus.put('aws.ses', `Email ${eventType}`, {
      eventType,
      mail: { messageId: id, destination: [to], tags: { ...tags, 'ses:configuration-set': [set] } },
      ...(eventType === 'Bounce' ? { bounce: { bounceType: 'Permanent', bounceSubType: 'General' } } : {}),
    });
};

/** SendEmail of SES v2, for simple and raw messages: they go to the outbox. */
export const sendEmail = (body: unknown, outbox: Outbox, bus: Bus): { MessageId: string } => {
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
  const id = randomUUID();
  tellFate(read.data, id, bus);
  return { MessageId: id };
};
