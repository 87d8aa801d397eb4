import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { act, type Beside, type Besides, type CommandDeps } from '../cases/commands.ts';
import { step, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { openPart } from '../cases/part.ts';
import type { CaseStore } from '../cases/store.ts';
import type { Workflow } from '../cases/workflow.ts';
import { codesFor, keyedHash } from '../kernel/code.ts';
import { type ErrorCode, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { parseBody } from '../kernel/request.ts';
import type { relations } from './contract.ts';

type Operations = (typeof relations)['operations'];
type Fields = Readonly<Record<string, unknown>>;

export interface Deps extends CommandDeps {
  readonly store: CaseStore;
}

/** The other side of a change is the city's own doing: who wanted it stands in the first side's event. */
const system = { kind: 'system', id: 'relations' } as const;

const refusal = (code: ErrorCode, field?: string) =>
  problem(code, field === undefined ? {} : { fields: [{ field, problem: code }] });

export const operations = (deps: Deps) => {
  const workflowOf = (record: CaseRecord): Workflow => {
    const workflow = deps.workflows[record.kind];
    if (workflow === undefined) throw problem('notFound');
    return workflow;
  };

  /** One step of the other case; `undefined` when it has nothing to do with it any more. */
  const otherHalf = (
    { city, now, command, record }: Besides,
    other: CaseRecord,
    action: 'absorb' | 'release',
    from: string,
  ): CaseRecord => {
    const stepped = step(
      workflowOf(other),
      city,
      other,
      { ...command, action, input: { from } },
      system,
      now,
      { other: record },
    );
    if ('refuse' in stepped)
      throw refusal(stepped.refuse === 'wrongState' ? 'notMergeable' : stepped.refuse, '/into');
    return stepped.record;
  };

  const merging =
    (actor: StaffActor) =>
    async (given: Besides): Promise<Beside> => {
      const into = String(given.input['into']);
      const other = await deps.store.read(into);
      if (other === undefined || !visibleTo(subjectOf(other), actor, given.city.substitutes))
        throw refusal('notMergeable', '/into');
      // Whether they fit together is the first half's to say, with its own words for it.
      const fits = other.code !== given.record.code && workflowOf(other).states[other.state]?.final === false;
      return {
        looked: { other },
        changed: fits ? [otherHalf(given, other, 'absorb', given.record.code)] : [],
        created: [],
      };
    };

  const unmerging = async (given: Besides): Promise<Beside> => {
    const { mergedInto, code } = given.record;
    const other = mergedInto === undefined ? undefined : await deps.store.read(mergedInto);
    const holds = other?.absorbed?.includes(code) === true;
    return {
      looked: {},
      changed: other !== undefined && holds ? [otherHalf(given, other, 'release', code)] : [],
      created: [],
    };
  };

  const parting =
    (actor: StaffActor) =>
    async (given: Besides): Promise<Beside> => {
      const { record: whole, input, city, now, command } = given;
      const keys = await deps.keys();
      const id = keyedHash(keys.first('command'), command.id, 'part');
      const text = String(input['text']);
      for (const code of codesFor(keys.first('code'), id)) {
        if ((await deps.store.read(code)) !== undefined) continue;
        const opened = openPart({
          workflow: workflowOf(whole),
          city,
          whole,
          unit: String(input['unit']),
          text,
          code,
          command: { id, fingerprint: command.fingerprint },
          assignId: keyedHash(keys.first('command'), id, 'assign'),
          actor,
          pinKey: keys.current,
          now,
        });
        // The unit is refused by the first half too, in its own words, and nothing is written then.
        if ('refuse' in opened) return { looked: { part: code }, changed: [], created: [] };
        await deps.store.putText(code, {
          v: 1,
          id,
          fingerprint: command.fingerprint,
          audience: 'staff',
          body: text,
          at: now,
        });
        return { looked: { part: code }, changed: [], created: [opened.record] };
      }
      throw problem('busy', { retryAfter: 1 });
    };

  const take = async (
    call: Pick<
      Call<Operations['mergeCase'], StaffActor>,
      'actor' | 'language' | 'idempotencyKey' | 'ifMatch'
    >,
    code: string,
    action: 'merge' | 'unmerge' | 'split',
    body: Fields,
    beside: (given: Besides) => Promise<Beside>,
  ) =>
    act(deps, call.actor, {
      code,
      action,
      body,
      parse: (spec) => parseBody(spec.input, body, call.language) as Fields,
      look: async () => ({}),
      idempotencyKey: call.idempotencyKey,
      ifMatch: call.ifMatch,
      apart: true,
      beside,
    });

  return {
    mergeCase: async (call: Call<Operations['mergeCase'], StaffActor>) => {
      const { params, body } = call.input;
      const done = await take(call, params.code, 'merge', body, merging(call.actor));
      return { body: done, etag: done.seq };
    },

    unmergeCase: async (call: Call<Operations['unmergeCase'], StaffActor>) => {
      const { params, body } = call.input;
      const done = await take(call, params.code, 'unmerge', body, unmerging);
      return { body: done, etag: done.seq };
    },

    splitCase: async (call: Call<Operations['splitCase'], StaffActor>) => {
      const { params, body } = call.input;
      const done = await take(call, params.code, 'split', body, parting(call.actor));
      return { body: { ...done, part: String(done.facts?.['part'] ?? '') }, etag: done.seq };
    },
  };
};
