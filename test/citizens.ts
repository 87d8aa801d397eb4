import type { CaseRecord } from '../functions/cases/model.ts';
import type { BookChange } from '../functions/people/book.ts';
import { bookStore } from '../functions/people/book.ts';
import { type Contact, identityRef, identityWriter } from '../functions/people/identity.ts';
import { sealGroup } from '../functions/people/sealed.ts';
import { testKeys } from './identities.ts';
import type { World } from './pipeline.ts';

/** What citizens do on the way of a notice: they leave a contact, choose channels, join. */
export const citizensOf = (world: World) => {
  const books = bookStore(world.identities);
  const refOf = ({ code }: Pick<CaseRecord, 'code'>): string => identityRef(testKeys, code);
  const contact = (record: Pick<CaseRecord, 'code'>, given: Contact): Promise<void> =>
    identityWriter({
      table: world.identities,
      kms: world.kms,
      keyId: 'k',
      keys: async () => testKeys,
    })(record.code, given, world.now());
  /** Writes into a book, addresses by slot. */
  const chooses = async (
    ref: string,
    change: Omit<BookChange, 'reach'>,
    addresses: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const reach = Object.fromEntries(
      await Promise.all(
        Object.entries(addresses).map(
          async ([slot, address]) =>
            [
              slot,
              await sealGroup({ kms: world.kms, keyId: 'k' }, ref, 'notices', { [slot]: address }),
            ] as const,
        ),
      ),
    );
    await books.change(ref, { ...change, reach }, world.now());
  };
  const entry = async (ref: string) => {
    const found = (await books.read([ref])).get(ref);
    if (found === undefined) throw new Error('no entry');
    return found;
  };
  return { books, refOf, contact, chooses, entry };
};
