import * as z from 'zod/mini';
import { keyedHash } from '../kernel/code.ts';
import type { Keys } from '../kernel/keys.ts';
import { instant } from '../kernel/schema.ts';
import type { Key, Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { openGroup, type Sealing, sealedGroup, sealGroup } from '../people/sealed.ts';
import { answers, applicant } from './shapes.ts';

const content = z.object({ applicant, answers });
/** What was filled in and who applies: everything of an application that is about a person. */
export type Content = z.output<typeof content>;

const item = z.object({ v: z.literal(1), sealed: sealedGroup, at: instant });

/** Apart from the case and named by nothing in it that could be guessed: neither table names the other. */
const refOf = (keys: Keys, id: string): string => keyedHash(keys.first('contact'), 'answers', id);
const keyOf = (ref: string): Key => ({ pk: `I#${ref}`, sk: 'ANSWERS' });

export interface SealedDeps extends Sealing {
  /** The table `identities`. */
  readonly table: Pick<Table, 'get' | 'put'>;
  readonly keys: () => Promise<Keys>;
}

export type AnswerStore = ReturnType<typeof answerStore>;

/** Answers of applications, sealed under the purpose `answers`. Each version is written once and never changed. */
export const answerStore = ({ table, keys, ...sealing }: SealedDeps) => {
  /** Before the case that names them; the same id is a retry and leaves the first. */
  const put = async (id: string, of: Content, at: Instant): Promise<void> => {
    const ref = refOf(await keys(), id);
    const sealed = await sealGroup(sealing, ref, 'answers', { content: JSON.stringify(of) });
    await table.put({ ...keyOf(ref), v: 1, sealed, at }, { ConditionExpression: 'attribute_not_exists(pk)' });
  };

  /** @throws Error when a case names answers that are gone */
  const read = async (id: string): Promise<Content> => {
    const ref = refOf(await keys(), id);
    const found = await table.get(keyOf(ref));
    if (found === undefined) throw new Error('answers that a case names are gone');
    const opened = await openGroup(sealing.kms, ref, 'answers', item.parse(found).sealed);
    return content.parse(JSON.parse(opened['content'] ?? ''));
  };

  return { put, read };
};
