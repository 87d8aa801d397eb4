import * as z from 'zod/mini';
import { quietHours } from '../events/quiet.ts';
import { channelNames } from '../events/told.ts';
import { instant } from '../kernel/schema.ts';

const phone = z.string().check(z.regex(/^(\+62|62|0)8\d{7,12}$/, 'phone'));
const choice = { on: z.boolean() };
const base64url = (length: number) => z.string().check(z.regex(new RegExp(`^[\\w-]{${length}}=*$`)));

/** What a citizen changes; what is not named stays as it is. */
export const wishesBody = z.strictObject({
  language: z.optional(z.enum(['id', 'en'])),
  /** Local time; null for no quiet hours. Emergencies do not wait. */
  quiet: z.optional(z.nullable(quietHours)),
  /** True stops every channel; false starts again. */
  stop: z.optional(z.boolean()),
  channels: z.optional(
    z.strictObject({
      email: z.optional(
        z.strictObject({ ...choice, address: z.optional(z.email().check(z.maxLength(254))) }),
      ),
      whatsapp: z.optional(z.strictObject({ ...choice, phone: z.optional(phone) })),
      sms: z.optional(z.strictObject({ ...choice, phone: z.optional(phone) })),
      /** The chat with the city's bot; only its owner can learn the number, from the bot. */
      telegram: z.optional(
        z.strictObject({ ...choice, chat: z.optional(z.string().check(z.regex(/^\d{4,16}$/))) }),
      ),
      push: z.optional(z.strictObject(choice)),
    }),
  ),
  /** What the browser's `PushManager.subscribe` answered, and the `pushKey.id` of the key that it was given. */
  addDevice: z.optional(
    z.strictObject({
      endpoint: z.string().check(z.minLength(12), z.maxLength(1000)),
      p256dh: base64url(87),
      auth: base64url(22),
      key: z.string().check(z.regex(/^[a-zA-Z0-9]{1,16}$/)),
    }),
  ),
  removeDevices: z.optional(z.array(z.string().check(z.maxLength(22))).check(z.maxLength(10))),
});
export type WishesBody = z.output<typeof wishesBody>;

const problem = z.nullable(
  z.object({
    /** `bounced`, `complained`, `unsubscribed`, `refused…`: we do not send there again; a new address clears it. */
    why: z.string(),
    at: instant,
  }),
);

/** How one citizen is told, without an address: this answer may be read over a shoulder. */
export const wishesShown = z.object({
  language: z.enum(['id', 'en']),
  quiet: z.nullable(quietHours),
  stoppedAt: z.nullable(instant),
  channels: z.array(
    z.object({
      channel: z.enum(channelNames),
      /** This city has it. */
      available: z.boolean(),
      on: z.boolean(),
      /** Where its address comes from; null when there is none. Devices of push are listed below. */
      address: z.nullable(z.enum(['case', 'account', 'filing'])),
      problem,
    }),
  ),
  devices: z.array(z.object({ id: z.string(), from: z.enum(['case', 'account']), problem })),
  /** For `applicationServerKey`. */
  pushKey: z.object({ id: z.string(), key: z.string() }),
});
export type WishesShown = z.output<typeof wishesShown>;
