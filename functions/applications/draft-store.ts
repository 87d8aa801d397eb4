import * as z from 'zod/mini';
import type { Answer } from '../forms/shared/model.ts';
import type { Keys } from '../kernel/keys.ts';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import { accountRef } from '../people/book.ts';
import { openGroup, type SealedGroup, type Sealing, sealedGroup, sealGroup } from '../people/sealed.ts';
import { answers, applicant } from './shapes.ts';

/** Drafts that one account may have: each lies in one of so many places, so no count can be overtaken. */
export const draftsLimit = 10;
/** Days that a draft waits since it was last saved. */
const keptDays = 60;

const content = z.object({
  applicant,
  answers,
  /** Uploads by document, with their seals. */
  documents: z.record(z.string(), z.string()),
  /** What was filled in from earlier answers. */
  filled: z.array(z.string()),
});
export type DraftContent = z.output<typeof content>;

const draftItem = z.object({
  v: z.literal(1),
  slot: z.int(),
  id: z.string(),
  service: z.string(),
  /** Version of the standards whose form it was saved under. */
  standards: z.int(),
  rev: z.int(),
  savedAt: instant,
  /** Epoch seconds: TTL. */
  expires: z.int(),
  sealed: sealedGroup,
});
export type DraftItem = Omit<z.output<typeof draftItem>, 'sealed'> & { readonly sealed: SealedGroup };

export const publicId = ({ slot, id }: Pick<DraftItem, 'slot' | 'id'>): string => `${slot}-${id}`;

const keyOf = (ref: string, slot: number): Key => ({
  pk: `I#${ref}`,
  sk: `DRAFT#${String(slot).padStart(2, '0')}`,
});
const earlierKey = (ref: string): Key => ({ pk: `I#${ref}`, sk: 'EARLIER' });

export interface DraftDeps extends Sealing {
  /** The table `identities`. */
  readonly table: Pick<Table, 'get' | 'put' | 'query' | 'remove'>;
  readonly keys: () => Promise<Keys>;
}

export type DraftStore = ReturnType<typeof draftStore>;

/** Drafts and remembered answers of accounts, sealed; the only file that knows how they lie in `identities`. */
export const draftStore = ({ table, keys, ...sealing }: DraftDeps) => {
  const refOf = async (citizen: string): Promise<string> => accountRef(await keys(), citizen);
  /** TTL may lag by two days. */
  const isThere = ({ expires }: Pick<DraftItem, 'expires'>, now: Instant): boolean =>
    expires > toSeconds(now);

  const put = async (
    ref: string,
    head: Pick<DraftItem, 'slot' | 'id' | 'service' | 'standards' | 'rev'>,
    of: DraftContent,
    now: Instant,
    condition: Parameters<typeof table.put>[1],
  ): Promise<DraftItem | undefined> => {
    const sealed = await sealGroup(sealing, ref, 'answers', { [head.id]: JSON.stringify(of) });
    const expires = toSeconds(now) + keptDays * 86_400;
    const saved: DraftItem = { v: 1, ...head, savedAt: now, expires, sealed };
    const written = await table.put({ ...keyOf(ref, head.slot), ...saved }, condition);
    return written.done ? saved : undefined;
  };

  const list = async (citizen: string, now: Instant): Promise<readonly DraftItem[]> => {
    const ref = await refOf(citizen);
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :draft)',
      values: { ':pk': keyOf(ref, 0).pk, ':draft': 'DRAFT#' },
      ConsistentRead: true,
    });
    return items.map((item: Item) => draftItem.parse(item)).filter((one) => isThere(one, now));
  };

  /** @returns undefined when every place is taken */
  const create = async (
    citizen: string,
    head: Pick<DraftItem, 'id' | 'service' | 'standards'>,
    of: DraftContent,
    now: Instant,
  ): Promise<DraftItem | undefined> => {
    const [ref, taken] = await Promise.all([refOf(citizen), list(citizen, now)]);
    for (let slot = 1; slot <= draftsLimit; slot += 1) {
      if (taken.some((one) => one.slot === slot)) continue;
      const made = await put(ref, { ...head, slot, rev: 1 }, of, now, {
        ConditionExpression: 'attribute_not_exists(pk) OR expires <= :now',
        values: { ':now': toSeconds(now) },
      });
      if (made !== undefined) return made;
    }
    return undefined;
  };

  const read = async (citizen: string, id: string, now: Instant): Promise<DraftItem | undefined> => {
    const [slot = '', own] = [id.slice(0, id.indexOf('-')), id.slice(id.indexOf('-') + 1)];
    const found = await table.get(keyOf(await refOf(citizen), Number(slot)));
    const draft = found === undefined ? undefined : draftItem.parse(found);
    return draft !== undefined && draft.id === own && isThere(draft, now) ? draft : undefined;
  };

  const open = async (citizen: string, { id, sealed }: DraftItem): Promise<DraftContent> => {
    const fields = await openGroup(sealing.kms, await refOf(citizen), 'answers', sealed);
    return content.parse(JSON.parse(fields[id] ?? ''));
  };

  /** Holds only when nobody saved since `seen`. */
  const save = async (
    citizen: string,
    seen: DraftItem,
    standards: number,
    of: DraftContent,
    now: Instant,
  ): Promise<DraftItem | undefined> => {
    const { slot, id, service, rev } = seen;
    return put(await refOf(citizen), { slot, id, service, standards, rev: rev + 1 }, of, now, {
      ConditionExpression: '#id = :id AND #rev = :seen',
      ExpressionAttributeNames: { '#id': 'id', '#rev': 'rev' },
      values: { ':id': id, ':seen': rev },
    });
  };

  const discard = async (citizen: string, { slot, id }: Pick<DraftItem, 'slot' | 'id'>): Promise<void> => {
    await table.remove(keyOf(await refOf(citizen), slot), {
      ConditionExpression: '#id = :id',
      ExpressionAttributeNames: { '#id': 'id' },
      values: { ':id': id },
    });
  };

  return { list, create, read, open, save, discard, earlier: earlierAnswers(table, sealing, refOf) };
};

const earlierItem = z.object({ v: z.literal(1), rev: z.int(), sealed: sealedGroup });
const meanings = z.record(z.string(), z.custom<Answer>());
export type Meanings = z.output<typeof meanings>;

/** What answers said beyond their form (`applicant.nik`), kept by consent and filled in again by wish. */
const earlierAnswers = (
  table: DraftDeps['table'],
  sealing: Sealing,
  refOf: (citizen: string) => Promise<string>,
) => {
  const found = async (citizen: string) => {
    const ref = await refOf(citizen);
    const item = await table.get(earlierKey(ref));
    if (item === undefined) return { ref, rev: 0, known: {} as Meanings };
    const { rev, sealed } = earlierItem.parse(item);
    const opened = await openGroup(sealing.kms, ref, 'answers', sealed);
    return { ref, rev, known: meanings.parse(JSON.parse(opened['meanings'] ?? '{}')) };
  };

  const read = async (citizen: string): Promise<Meanings> => (await found(citizen)).known;

  /** Newer ones take the place of older ones. Of two at once one stays: it is a help, no record. */
  const add = async (citizen: string, more: Meanings, now: Instant): Promise<void> => {
    const { ref, rev, known } = await found(citizen);
    const all = JSON.stringify({ ...known, ...more });
    const sealed = await sealGroup(sealing, ref, 'answers', { meanings: all });
    await table.put(
      { ...earlierKey(ref), v: 1, rev: rev + 1, sealed, at: now },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR #rev = :seen',
        ExpressionAttributeNames: { '#rev': 'rev' },
        values: { ':seen': rev },
      },
    );
  };

  const forget = async (citizen: string): Promise<void> => {
    await table.remove(earlierKey(await refOf(citizen)));
  };

  return { read, add, forget };
};

/** When a draft goes by itself. */
export const endOf = ({ expires }: Pick<DraftItem, 'expires'>): Instant => fromSeconds(expires);
