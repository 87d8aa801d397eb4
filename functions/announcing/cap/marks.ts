import * as z from 'zod/mini';
import { ownStepId } from '../../cases/own-step.ts';
import { instant } from '../../kernel/schema.ts';
import type { Item, Key, Table, TransactPart } from '../../kernel/table.ts';
import type { Reference } from './message.ts';

export const became = [
  /** Is public. */
  'published',
  /** Waits for a person. */
  'waits',
  /** Took the place of an earlier warning. */
  'updated',
  /** Took earlier warnings back. */
  'withdrawn',
  /** Is for somewhere else, is over, is no real warning to the public, or cannot be shown. */
  'elsewhere',
  'over',
  'ignored',
  'unusable',
  /** A later message that came first took its place, or took it back. */
  'superseded',
] as const;
export type Became = (typeof became)[number];

const mark = z.object({
  v: z.literal(1),
  sender: z.string(),
  identifier: z.string(),
  became: z.enum(became),
  announcement: z.optional(z.string()),
  at: instant,
});
export type Mark = z.output<typeof mark>;

/** Identity of a message: sender and identifier (3.2.1). */
export const messageId = ({ sender, identifier }: Reference): string => ownStepId('cap', sender, identifier);
const keyOf = (of: Reference): Key => ({ pk: `ANNCAP#${messageId(of)}`, sk: 'CAP' });

export type MarkStore = ReturnType<typeof markStore>;

/** What became of each message, so that one that comes again, or late, changes nothing. The only owner of `ANNCAP#` items. */
export const markStore = (table: Pick<Table, 'get' | 'put'>) => {
  const read = async (of: Reference): Promise<Mark | undefined> => {
    const item = await table.get(keyOf(of));
    return item === undefined ? undefined : mark.parse(item);
  };

  /** As a part of a transaction: the first to say what became of a message is the only one. */
  const part = (one: Mark): TransactPart => ({
    put: {
      item: { ...keyOf(one), ...one } satisfies Item,
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  /** Alone. @returns false when something else was said of it already, which stays */
  const note = async (one: Mark): Promise<boolean> => {
    const { done } = await table.put(
      { ...keyOf(one), ...one },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return done;
  };

  return { read, part, note };
};
