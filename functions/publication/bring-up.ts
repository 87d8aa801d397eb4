import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import type { Clock } from '../kernel/time.ts';
import { copyOf, isPublic } from './copy.ts';
import type { PublicStore } from './store.ts';

export interface BringUpDeps {
  readonly cases: Pick<CaseStore, 'read' | 'text'>;
  readonly copies: Pick<PublicStore, 'write' | 'seqOf'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
}

/**
 * Brings the public copy of a case up to what the table says of it: new words, a new state, or nothing any more after a
 * takedown, a redaction, or a turn to secret. Messages only say that something changed; the case is read, and the write
 * holds for later states alone, so order and repetition do not matter.
 * @returns whether the copy changed
 */
export const bringUp =
  ({ cases, copies, city, now }: BringUpDeps) =>
  async (code: string): Promise<boolean> => {
    const record = await cases.read(code);
    if (record?.published === undefined) return false;
    const text = isPublic(record) ? await cases.text(code, record.public.text) : undefined;
    const copy = copyOf(await city(), record, text?.redacted === true ? undefined : text?.body, now());
    return copy === undefined ? false : copies.write(copy);
  };

/** Whether the copy is behind the case. */
export const isBehind =
  ({ copies }: Pick<BringUpDeps, 'copies'>) =>
  async ({ code, seq, published }: Pick<CaseRecord, 'code' | 'seq' | 'published'>): Promise<boolean> =>
    published !== undefined && ((await copies.seqOf({ at: published.at, code })) ?? 0) < seq;
