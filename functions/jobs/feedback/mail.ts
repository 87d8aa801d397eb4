import * as z from 'zod/mini';
import type { News } from '../../events/feedback.ts';
import { instant } from '../../kernel/schema.ts';

/**
 * What the rules of the infrastructure leave of an event of SES: no address, subject or header (lib/app/mail-events.ts).
 * `bounce` comes with bounces only.
 */
export const mailEvent = z.object({
  type: z.string(),
  /** The mail's tag, as SES gives tags: a list of values. */
  receipt: z.array(z.string()).check(z.minLength(1)),
  bounce: z.optional(z.string()),
  at: instant,
});
export type MailEvent = z.output<typeof mailEvent>;

/** @returns undefined for what changes nothing */
export const newsOf = ({ type, bounce, at }: MailEvent): News | undefined => {
  switch (type) {
    case 'Delivery':
      return { kind: 'arrived', at };
    case 'Bounce': {
      // Transient: SES has tried for hours; the mailbox may be full and empty again for the next report.
      const forGood = bounce === 'Permanent';
      return { kind: 'bounced', why: forGood ? 'bounced' : 'bouncedThisTime', forGood };
    }
    case 'Complaint':
      return { kind: 'complained' };
    case 'Reject':
      return { kind: 'bounced', why: 'rejected', forGood: false };
    default:
      return undefined;
  }
};
