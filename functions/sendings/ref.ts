import type { OrderKey } from './model.ts';

/** Which message of a sending a provider's news is about, and whose address it went to. */
export interface SendingRef extends OrderKey {
  readonly person: string;
  /** `email`, `push.<id>` …. */
  readonly slot: string;
  /** Book of the address. */
  readonly book: string;
}

/** What goes along with a message and comes back with the provider's news, fit for a tag of SES: pseudonyms, no address. */
export const sendingRef = ({ id, version, person, slot, book }: SendingRef): string =>
  ['N', id, String(version), person, slot.replaceAll('.', '@'), book].join('.');

const shape = /^N\.([\w-]{1,64})\.(\d{1,4})\.([\w-]{22})\.([\w@-]{1,40})\.([\w-]{22})$/;

/** Reads it back; undefined for what is no such reference. */
export const readSendingRef = (text: string): SendingRef | undefined => {
  const [, id, version, person, slot, book] = shape.exec(text) ?? [];
  if (id === undefined || person === undefined || slot === undefined || book === undefined) return undefined;
  return { id, version: Number(version), person, slot: slot.replaceAll('@', '.'), book };
};
