import { createHmac, timingSafeEqual } from 'node:crypto';
import type { News } from '../events/feedback.ts';
import { fromSeconds } from '../kernel/time.ts';
import type { WhatsappStatus } from './contract.ts';

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/** `X-Hub-Signature-256`: `sha256=` and the HMAC of the body's bytes under the app's secret. */
export const isSigned = (secret: string, body: Buffer, header: string | undefined): boolean =>
  header !== undefined && same(header, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);

export const sameToken = (given: string, expected: string): boolean => same(given, expected);

/** Meta's codes for a number that is not on WhatsApp, or whose owner wants nothing from us. */
const forGood: ReadonlySet<number> = new Set([131_026, 131_050]);

/** @returns undefined for what changes nothing: `sent` is what we know already */
export const newsOf = ({ status, timestamp, errors = [] }: WhatsappStatus): News | undefined => {
  switch (status) {
    case 'delivered':
    case 'read':
      return { kind: 'arrived', at: fromSeconds(Number(timestamp)) };
    case 'failed': {
      const closed = errors.some(({ code }) => forGood.has(code));
      return {
        kind: 'bounced',
        why: closed ? 'notOnWhatsapp' : `error${errors[0]?.code ?? 0}`,
        forGood: closed,
      };
    }
    default:
      return undefined;
  }
};
