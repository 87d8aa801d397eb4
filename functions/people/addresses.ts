import type { KMSClient } from '@aws-sdk/client-kms';
import type { Address, Source } from '../events/citizens.ts';
import { type Entry, noEntry } from './book.ts';
import { openGroup, type SealedGroup } from './sealed.ts';

/** Books that hold for somebody: of this one matter, and of their account. */
export interface Refs {
  readonly own: string;
  readonly account: string | undefined;
}

export interface Entries {
  readonly own: Entry;
  readonly account: Entry;
}

/** Both books out of those that were read. */
export const entriesOf = (refs: Refs, entries: ReadonlyMap<string, Entry>): Entries => ({
  own: entries.get(refs.own) ?? noEntry,
  account: (refs.account === undefined ? undefined : entries.get(refs.account)) ?? noEntry,
});

/** The addresses that books hold, each opened only by whoever sends to it. */
export const addressReader = (kms: Pick<KMSClient, 'send'>) => {
  const opened =
    (ref: string, group: SealedGroup, purpose: 'contact' | 'notices', field: string): Address['open'] =>
    async () =>
      (await openGroup(kms, ref, purpose, group))[field];

  return (refs: Refs, { own, account }: Entries, source: Source): Address | undefined => {
    const { slot, channel, from, field } = source;
    if (from === 'filing') {
      if (own.filed === undefined || field === undefined) return undefined;
      return { slot, channel, ref: refs.own, open: opened(refs.own, own.filed, 'contact', field) };
    }
    const ref = from === 'case' ? refs.own : refs.account;
    const group = (from === 'case' ? own : account).book.reach.get(slot);
    if (ref === undefined || group === undefined) return undefined;
    return { slot, channel, ref, open: opened(ref, group, 'notices', slot) };
  };
};
