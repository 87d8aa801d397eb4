import * as z from 'zod/mini';
import { step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { ownStepId } from '../../cases/own-step.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';

/** Of the topic's message nothing more is believed than which case to look at. */
const message = z.object({ code: z.string() });

/** A write that lost to another one is tried again on the newer case at most this often: eight parts may end at once. */
const attempts = 10;

const actor = { kind: 'system', id: 'parts' } as const;

export interface PartsDeps {
  readonly store: Pick<CaseStore, 'read' | 'save'>;
  readonly city: () => Promise<City>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly now: Clock;
  readonly log: Log;
}

interface Due {
  readonly action: 'partEnded' | 'wholeEnded' | 'survivorEnded';
  readonly input: Readonly<Record<string, unknown>>;
  /** What makes the step this one: the same for every try. */
  readonly of: readonly string[];
}

/** Takes one step on a case, or finds that it is not due any more. @throws Error when the case never comes to rest */
const take = async (deps: PartsDeps, code: string, due: Due): Promise<void> => {
  const city = await deps.city();
  const id = ownStepId(due.action, code, ...due.of);
  let record = await deps.store.read(code);
  for (let attempt = 0; attempt < attempts && record !== undefined; attempt += 1) {
    const workflow = deps.workflows[record.kind];
    if (workflow === undefined) throw new Error('a case of a kind without workflow');
    const stepped = step(workflow, city, record, { id, fingerprint: id, ...due }, actor, deps.now());
    if ('refuse' in stepped) {
      // It ended meanwhile, or this part is counted already.
      if (stepped.refuse === 'wrongState') return;
      throw new Error(`a step of parts was refused: ${stepped.refuse}`);
    }
    record = await deps.store.save(stepped.record);
  }
  if (record !== undefined) throw new Error('a case changed too often');
};

/** Ends that say nothing of what was reported: whoever reported the same still waits. */
const withoutResult: ReadonlySet<string> = new Set(['withdrawn', 'archived', 'notOurAuthority']);

/** What the end of this case means to others. */
const consequences = (record: CaseRecord): readonly (Due & { readonly code: string })[] => {
  if (record.closedAt === undefined) return [];
  const { code, parent, children = [], absorbed = [], outcome } = record;
  const whole =
    parent === undefined
      ? []
      : [
          {
            code: parent,
            action: 'partEnded' as const,
            input: { part: code, ...(outcome === undefined ? {} : { outcome }) },
            of: [code],
          },
        ];
  return [
    ...whole,
    ...children.map((child) => ({ code: child, action: 'wholeEnded' as const, input: {}, of: [code] })),
    ...(withoutResult.has(record.state) ? absorbed : []).map((merged) => ({
      code: merged,
      action: 'survivorEnded' as const,
      input: { into: code },
      of: [code, record.closedAt ?? ''],
    })),
  ];
};

/**
 * Ends a whole with the last of its parts, and the open parts of a whole that ended otherwise; sets reports free whose
 * survivor ended without a result. Every step is one of the
 * engine's, under the case's own condition: of two parts that end at once the second finds the first one counted.
 * @returns ids of the messages that have to come again
 */
export const parts =
  (deps: PartsDeps) =>
  async (messages: readonly { readonly id: string; readonly body: string }[]): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (const { id, body } of messages) {
      try {
        const record = await deps.store.read(message.parse(JSON.parse(body)).code);
        for (const { code, ...due } of record === undefined ? [] : consequences(record))
          await take(deps, code, due);
      } catch (e) {
        failed.push(id);
        deps.log.error('the end of a part or whole was not passed on', e);
      }
    }
    deps.log.info('parts', { messages: messages.length, failed: failed.length });
    return failed;
  };
