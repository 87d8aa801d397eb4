import * as z from 'zod/mini';
import { anyone, contract } from '../kernel/contract.ts';

/** What WhatsApp's Business API posts, as far as it concerns us; what else is in it passes. */
const status = z.looseObject({
  status: z.string(),
  /** Epoch seconds, as text. */
  timestamp: z.string().check(z.regex(/^\d{1,12}$/)),
  biz_opaque_callback_data: z.optional(z.string()),
  errors: z.optional(z.array(z.looseObject({ code: z.int() }))),
});
export type WhatsappStatus = z.output<typeof status>;

export const channels = contract({
  feature: 'channels',
  operations: {
    whatsappStatus: {
      method: 'POST',
      path: '/v1/channels/whatsapp',
      who: anyone,
      summary: {
        id: 'Status kiriman dari WhatsApp (bertanda tangan)',
        en: 'Delivery status from WhatsApp (signed: X-Hub-Signature-256)',
      },
      body: z.looseObject({
        entry: z
          .array(
            z.looseObject({
              changes: z
                .array(
                  z.looseObject({
                    value: z.looseObject({ statuses: z.optional(z.array(status).check(z.maxLength(1000))) }),
                  }),
                )
                .check(z.maxLength(1000)),
            }),
          )
          .check(z.maxLength(1000)),
      }),
      status: 200,
      response: z.object({ heard: z.int() }),
      errors: ['signatureWrong', 'channelOff'],
      throttle: { rate: 200, burst: 400 },
    },
    whatsappVerify: {
      method: 'GET',
      path: '/v1/channels/whatsapp',
      who: anyone,
      summary: { id: 'Pendaftaran webhook oleh WhatsApp', en: 'Registration of the webhook by WhatsApp' },
      query: z.looseObject({
        'hub.mode': z.literal('subscribe'),
        'hub.verify_token': z.string().check(z.maxLength(200)),
        'hub.challenge': z.string().check(z.regex(/^[\w-]{1,100}$/)),
      }),
      status: 200,
      response: z.string(),
      produces: 'text/plain',
      errors: ['signatureWrong', 'channelOff'],
    },
  },
});
