import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import { type QuietHours, usualQuiet } from './quiet.ts';
import type { ChannelName } from './told.ts';

/** One place where a citizen can be reached. Devices of web push are a place each: `push.<id>`. */
export interface Address {
  readonly slot: string;
  readonly channel: ChannelName;
  /** The book that it stands in (functions/people/book.ts). */
  readonly ref: string;
  /** Decrypts it: only for who sends. */
  readonly open: () => Promise<string | undefined>;
}

/** How one citizen wants to hear of one case. */
export interface Wishes {
  /** The book of this case; what a stop link stops. */
  readonly ref: string;
  readonly language: Language;
  readonly quiet: QuietHours | null;
  readonly stopped: boolean;
  readonly addresses: readonly Address[];
}

export interface Supporter {
  /** Of the item `SUP#<id>`. */
  readonly id: string;
  readonly wishes: Wishes;
}

/** The citizens of a case, as `deliver` reaches them. */
export interface Citizens {
  readonly reporter: (record: Pick<CaseRecord, 'code' | 'reporter'>) => Promise<Wishes>;
  /** One page of those who joined, after the supporter `after`; `next` when there may be more. */
  readonly supporters: (
    code: string,
    after: string | undefined,
  ) => Promise<{ readonly people: readonly Supporter[]; readonly next: string | undefined }>;
  readonly supporter: (code: string, id: string) => Promise<Supporter | undefined>;
  /** The address is closed for good; ignored when another one was given since `sentAt`. */
  readonly gone: (ref: string, slot: string, why: string, sentAt: Instant) => Promise<void>;
  /** Path and token of the link that stops notices to this book. */
  readonly stopPath: (ref: string) => Promise<string>;
  /** What follows the link of a notice with which a new PIN can be had; in its fragment, which no server logs. */
  readonly pinFragment: (
    record: Pick<CaseRecord, 'code' | 'pin'>,
    event: Pick<CaseEvent, 'at'>,
  ) => Promise<string>;
}

/** What a book says, without any address. */
export interface BookFacts {
  readonly language?: Language | undefined;
  /** `none`: wants no quiet hours. */
  readonly quiet?: QuietHours | 'none' | undefined;
  readonly stoppedAt?: Instant | undefined;
  readonly on: ReadonlyMap<ChannelName, boolean>;
  /** Slots that have an address of their own here. */
  readonly slots: ReadonlySet<string>;
  readonly gone: ReadonlyMap<string, { readonly at: Instant; readonly why: string }>;
}

export const emptyBook: BookFacts = { on: new Map(), slots: new Set(), gone: new Map() };

export const channelOf = (slot: string): ChannelName =>
  slot.startsWith('push.') ? 'push' : (slot as ChannelName);

/** Off until somebody asks for it: it costs more than all others together. */
const usuallyOff: ReadonlySet<ChannelName> = new Set(['sms']);

/** Fields of a report's contact by the channels that they open. */
const filedAs: readonly { readonly slot: ChannelName; readonly field: 'email' | 'phone' }[] = [
  { slot: 'email', field: 'email' },
  { slot: 'whatsapp', field: 'phone' },
  { slot: 'sms', field: 'phone' },
];

export interface Source {
  readonly slot: string;
  readonly channel: ChannelName;
  readonly from: 'case' | 'account' | 'filing';
  readonly field?: 'email' | 'phone';
  readonly gone?: { readonly at: Instant; readonly why: string };
}

/** Every place where somebody could be reached, closed ones too: the case's own book, then the account's, then the report's contact. */
export const sourcesOf = (
  own: BookFacts,
  account: BookFacts,
  filed: ReadonlySet<string>,
): readonly Source[] => {
  const found = new Map<string, Source>();
  const add = (source: Source, book: BookFacts): void => {
    const gone = book.gone.get(source.slot);
    if (!found.has(source.slot))
      found.set(source.slot, { ...source, ...(gone === undefined ? {} : { gone }) });
  };
  for (const slot of own.slots) add({ slot, channel: channelOf(slot), from: 'case' }, own);
  for (const slot of account.slots) add({ slot, channel: channelOf(slot), from: 'account' }, account);
  // A mark on the case's book is about this address, since the book has none of its own.
  for (const { slot, field } of filedAs)
    if (filed.has(field)) add({ slot, channel: slot, from: 'filing', field }, own);
  return [...found.values()];
};

/** Whether a channel is wanted: what was said for this case, else for the account, else what is usual. */
export const isOn = (channel: ChannelName, own: BookFacts, account: BookFacts): boolean =>
  own.on.get(channel) ?? account.on.get(channel) ?? !usuallyOff.has(channel);

/** What holds for a case: its own book first, then the account's, then what is usual. */
export const choicesOf = (
  own: BookFacts,
  account: BookFacts,
): { readonly language: Language; readonly quiet: QuietHours | null; readonly stopped: boolean } => {
  const quiet = own.quiet ?? account.quiet ?? usualQuiet;
  return {
    language: own.language ?? account.language ?? 'id',
    quiet: quiet === 'none' ? null : quiet,
    stopped: own.stoppedAt !== undefined || account.stoppedAt !== undefined,
  };
};
