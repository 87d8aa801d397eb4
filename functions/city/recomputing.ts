import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Key, Table, TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import type { SettingKind } from './schema.ts';

/** Kinds that decide when an open case falls due or wakes; a unit names its calendar, a service its promise. */
const dueKinds: ReadonlySet<SettingKind> = new Set(['clocks', 'calendars', 'units', 'ladder', 'services']);
export const movesDues = (kind: SettingKind): boolean => dueKinds.has(kind);

/** How far one walk through all cases came. */
const run = z.object({
  /** The request that it answers; a newer one starts the walk anew. */
  target: z.int(),
  startedAt: instant,
  /** Which walk for this target: one with failures is followed by another. */
  attempt: z.int(),
  /** Where to go on; null at the beginning. */
  from: z.nullable(z.object({ pk: z.string(), sk: z.string() })),
  /** Open cases looked at, of them moved, and those that could not be. */
  looked: z.int(),
  moved: z.int(),
  failed: z.int(),
});
export type RecomputeRun = z.output<typeof run>;

const state = z.object({
  v: z.literal(1),
  /** Counts activations that may move deadlines; `requested` says which was the last and when. */
  wanted: z.int(),
  requested: z.object({ kind: z.string(), version: z.int(), at: instant }),
  /** The activation up to which every open case follows. */
  done: z._default(z.int(), 0),
  run: z._default(z.nullable(run), null),
  /** What the last finished run came to, and when. */
  last: z._default(z.nullable(z.extend(run, { finishedAt: instant })), null),
  /** Guards the progress: of two jobs at once one goes on. */
  rev: z._default(z.int(), 0),
});
export type RecomputeState = z.output<typeof state>;

const key: Key = { pk: 'RECOMPUTE', sk: 'STATE' };

/** Asks for open cases to be computed anew, in the very transaction that makes a version live. */
export const recomputeRequest = (kind: SettingKind, version: number, at: Instant): TransactPart => ({
  update: {
    key,
    UpdateExpression: 'SET v = :v, requested = :requested ADD wanted :one',
    values: { ':v': 1, ':requested': { kind, version, at }, ':one': 1 },
  },
});

export interface RecomputeStates {
  readonly read: () => Promise<RecomputeState | undefined>;
  /** @returns false when another job was faster, whose progress counts */
  readonly save: (state: RecomputeState, changed: Progress) => Promise<boolean>;
}
type Progress = Pick<RecomputeState, 'run'> & Partial<Pick<RecomputeState, 'done' | 'last'>>;

/** Requests and progress of recomputing, one item. Requests only add, progress never touches them. */
export const recomputeStates = (table: Table): RecomputeStates => ({
  read: async () => {
    const item = await table.get(key);
    return item === undefined ? undefined : state.parse(item);
  },
  save: async ({ done, last, rev }, changed) => {
    const next = { done, last, ...changed };
    const written = await table.update(key, {
      UpdateExpression: 'SET #run = :run, done = :done, #last = :last, rev = :next',
      ConditionExpression: rev === 0 ? 'attribute_not_exists(rev)' : 'rev = :rev',
      ExpressionAttributeNames: { '#run': 'run', '#last': 'last' },
      values: {
        ':run': next.run,
        ':done': next.done,
        ':last': next.last,
        ':next': rev + 1,
        ...(rev === 0 ? {} : { ':rev': rev }),
      },
    });
    return written.done;
  },
});
