import * as z from 'zod/mini';

/**
 * What telling subscribers may cost: the kind `sendings` of a pack. A channel that is not named is not used for
 * announcements, whatever the deployment has; SMS needs both.
 */
const channel = z.strictObject({
  channel: z.enum(['email', 'telegram', 'whatsapp', 'push', 'sms']),
  /** Messages a second over all sendings of the city: what the provider takes. */
  perSecond: z.int().check(z.gte(1), z.lte(1000)),
  /** Messages in a calendar month (UTC). */
  perMonth: z.int().check(z.gte(0), z.lte(100_000_000)),
  /** Of them, kept for warnings of danger. */
  forEmergencies: z._default(z.int().check(z.gte(0), z.lte(100_000_000)), 0),
  /** Price of one message; a fraction of a rupiah for mail. */
  rupiah: z.number().check(z.gte(0), z.lte(100_000)),
});
export type SendingChannel = z.output<typeof channel>;

export const sendings = z.strictObject({
  /** Where the prices come from, and of when. */
  source: z.string().check(z.minLength(1), z.maxLength(500)),
  channels: z.array(channel).check(z.maxLength(5)),
});
export type Sendings = z.output<typeof sendings>;

/** A city that has not decided sends what costs next to nothing: mail, at the pace of a new account, and push. */
export const usualSendings: Sendings = {
  source: 'Lapau',
  channels: [
    { channel: 'email', perSecond: 10, perMonth: 200_000, forEmergencies: 50_000, rupiah: 2 },
    { channel: 'push', perSecond: 100, perMonth: 5_000_000, forEmergencies: 500_000, rupiah: 0 },
  ],
};
