import type { State } from '../state.ts';

/** A message that would have left this machine. */
export interface Sent {
  readonly id: number;
  /** ISO 8601, moved clock. */
  readonly at: string;
  /** `email`, `sms`, `telegram`, `whatsapp`, `sns-https` … */
  readonly channel: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  /** What the caller posted, for channels that are more than a text. */
  readonly raw: unknown;
}

export type Message = Omit<Sent, 'id' | 'at'>;

export interface Outbox {
  readonly add: (message: Message) => Sent;
  /** Newest first. */
  readonly list: (limit: number) => readonly Sent[];
  readonly clear: () => void;
}

/** Older messages than these are forgotten. */
const kept = 2_000;

const keyOf = (id: number): string => String(id).padStart(12, '0');

export const openOutbox = (state: State, now: () => number): Outbox => {
  const messages = state.list('outbox').map(({ value }) => value as Sent);
  let last = messages.at(-1)?.id ?? 0;
  return {
    add: (message) => {
      last++;
      const sent: Sent = { id: last, at: new Date(now()).toISOString(), ...message };
      messages.push(sent);
      state.set('outbox', keyOf(last), sent);
      if (messages.length > kept) {
        const oldest = messages.shift();
        if (oldest !== undefined) state.remove('outbox', keyOf(oldest.id));
      }
      return sent;
    },
    list: (limit) => messages.slice(-limit).reverse(),
    clear: () => {
      for (const { id } of messages) state.remove('outbox', keyOf(id));
      messages.length = 0;
    },
  };
};
