import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import { step } from './engine.ts';
import type { CaseRecord } from './model.ts';
import type { CaseStore } from './store.ts';
import type { Workflow } from './workflow.ts';

/** A step of one case that is about to be written. */
export interface Changing {
  readonly before: CaseRecord;
  readonly after: CaseRecord;
  readonly city: City;
  readonly now: Instant;
  readonly command: { readonly id: string; readonly fingerprint: string };
}

/** Cases that change with it, one step further, written in the same write or not at all. */
export type Alongside = (changing: Changing) => Promise<readonly CaseRecord[]>;

/** Who wanted it stands in the event of the case that it follows. */
const system = { kind: 'system', id: 'relations' } as const;

interface Due {
  readonly code: string;
  readonly action: 'release' | 'followWhole';
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether the other case has to do with it still. */
  readonly concerns: (other: CaseRecord) => boolean;
}

/** A report that stands on its own again is no longer among those that the other one took in. */
const releases = ({ before, after }: Changing): readonly Due[] => {
  const { mergedInto, code } = before;
  if (mergedInto === undefined || after.mergedInto !== undefined) return [];
  const concerns = ({ absorbed }: CaseRecord): boolean => absorbed?.includes(code) === true;
  return [{ code: mergedInto, action: 'release', input: { from: code }, concerns }];
};

/** What the whole becomes its parts are, or they would tell what it must not. */
const follows = ({ before, after }: Changing): readonly Due[] => {
  const { confidential, oversight } = after.flags;
  const alone =
    (oversight && !before.flags.oversight) || (after.about !== undefined && before.about !== after.about);
  const changed = confidential !== before.flags.confidential;
  if (!alone && !changed) return [];
  const input = {
    ...(changed ? { confidential } : {}),
    ...(alone ? { oversight: true } : {}),
    ...(alone && after.about !== undefined ? { about: after.about } : {}),
  };
  // One that is secret for a reason of its own stays so.
  const concerns = ({ flags, data }: CaseRecord): boolean =>
    alone || (confidential ? !flags.confidential : data['confidentialBy'] === 'whole');
  return (after.children ?? []).map((code) => ({ code, action: 'followWhole', input, concerns }));
};

/** @throws Problem busy when one of them cannot take its step now: nothing is written then */
export const alongside =
  (deps: {
    readonly store: Pick<CaseStore, 'read'>;
    readonly workflows: Readonly<Record<string, Workflow>>;
  }): Alongside =>
  async (changing) => {
    const { city, now, command } = changing;
    const changed: CaseRecord[] = [];
    for (const { code, action, input, concerns } of [...releases(changing), ...follows(changing)]) {
      const other = await deps.store.read(code);
      const workflow = other === undefined ? undefined : deps.workflows[other.kind];
      if (other === undefined || workflow === undefined || !concerns(other)) continue;
      const stepped = step(workflow, city, other, { ...command, action, input }, system, now);
      if ('refuse' in stepped) throw problem('busy', { retryAfter: 2 });
      changed.push(stepped.record);
    }
    return changed;
  };
