import { receiptKey } from './receipts.ts';

/** Which receipt a provider's news is about, and whose address it went to. */
export interface ReceiptRef {
  readonly code: string;
  readonly recipient: string;
  /** `email`, `push.<id>` …: the channel, or one device of it. */
  readonly slot: string;
  readonly seq: number;
  /** Book of the address; absent for staff. */
  readonly book?: string | undefined;
}

/**
 * What goes along with a notice and comes back with the provider's news: pseudonyms and numbers, no address. It is fit
 * for a tag of SES (letters, digits, `-`, `_`, `.`, `@`) and short enough for WhatsApp.
 */
export const receiptRef = ({ code, recipient, slot, seq, book }: ReceiptRef): string =>
  [code, recipient.replaceAll('.', '@'), slot.replaceAll('.', '@'), String(seq), book ?? '-'].join('.');

/** Reads it back; undefined for what is none of ours. */
export const readReceiptRef = (text: string): ReceiptRef | undefined => {
  const parts = /^([2-9A-HJ-NP-Z]{9})\.([\w@-]{1,64})\.([\w@-]{1,40})\.(\d{1,6})\.([\w-]{1,22})$/.exec(text);
  if (parts === null) return undefined;
  const [, code = '', recipient = '', slot = '', seq = '', book = '-'] = parts;
  return {
    code,
    recipient: recipient.replaceAll('@', '.'),
    slot: slot.replaceAll('@', '.'),
    seq: Number(seq),
    ...(book === '-' ? {} : { book }),
  };
};

export const keyOfRef = ({ code, recipient, slot, seq }: ReceiptRef) =>
  receiptKey(code, recipient, slot, seq);
