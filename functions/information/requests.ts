import { visibleTo } from '../cases/access.ts';
import type { CitizenActor, HolderActor, StaffActor } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import { act } from '../cases/commands.ts';
import { today } from '../cases/common/facts.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { type BookEntry, type Books, entriesAtOnce, written } from './books.ts';
import type { information } from './contract.ts';
import { factsOf } from './facts.ts';
import type { RequesterShown } from './identity.ts';
import { numbersOf } from './numbers.ts';
import { type Opened, seeing } from './seen.ts';
import { states } from './states.ts';
import { type TakeDeps, takeAction } from './take.ts';
import { viewOf } from './views.ts';

type Operations = (typeof information)['operations'];

export type RequestDeps = TakeDeps & {
  readonly books: Books;
  readonly openRequester: (code: string) => Promise<RequesterShown | undefined>;
};

/** An action as it was asked for, whoever asks. */
interface Asked {
  readonly input: {
    readonly params: { readonly action: string };
    readonly body: Readonly<Record<string, unknown>>;
  };
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

/** A request as its requester and the PPID see it, and what they do with it. */
export const requestOperations = (deps: RequestDeps) => {
  const { seenByStaff, heldRequest, mine } = seeing(deps);

  const view = async (
    record: CaseRecord,
    actor: StaffActor | CitizenActor | HolderActor,
    language: Language,
  ) => {
    const [city, texts, numbers] = await Promise.all([
      deps.city(),
      deps.store.texts(record.code),
      numbersOf(deps, record),
    ]);
    const workflow = deps.workflows[record.kind];
    if (workflow === undefined) throw new Error('a request without its workflow');
    const seen = { city, workflow, record, texts, ...numbers, language, now: deps.now() };
    return { body: viewOf(seen, actor), etag: record.seq };
  };

  const take = async (actor: StaffActor | CitizenActor | HolderActor, code: string, call: Asked) => {
    const {
      facts: _,
      at: __,
      ...body
    } = await takeAction(deps, actor, {
      code,
      action: call.input.params.action,
      body: call.input.body,
      idempotencyKey: call.idempotencyKey,
      ifMatch: call.ifMatch,
      language: call.language,
    });
    return { body, etag: body.seq };
  };

  return {
    readOwnRequest: async (call: Call<Operations['readOwnRequest'], Opened>) => {
      const { record, holder } = await heldRequest(call.actor, call.input.params.code);
      return view(record, holder, call.language);
    },

    readMyRequest: async (call: Call<Operations['readMyRequest'], CitizenActor>) =>
      view(await mine(call.actor, call.input.params.code), call.actor, call.language),

    actOnOwnRequest: async (call: Call<Operations['actOnOwnRequest'], Opened>) => {
      const { record, holder } = await heldRequest(call.actor, call.input.params.code);
      return take(holder, record.code, call);
    },

    actOnMyRequest: async (call: Call<Operations['actOnMyRequest'], CitizenActor>) => {
      const { code } = await mine(call.actor, call.input.params.code);
      return take(call.actor, code, call);
    },

    listRequests: async (call: Call<Operations['listRequests'], StaffActor>) => {
      const [city, now] = [await deps.city(), deps.now()];
      const { year: asked, after } = call.input.query;
      const year = Number(asked ?? today(city, now).slice(0, 4));
      const entries = await deps.books.entries('requests', year, Number(after ?? 0));
      const records = await readAll(deps, entries);
      return {
        body: {
          year,
          requests: entries.flatMap(({ n, code }) => {
            const record = records.get(code);
            if (record === undefined || !visibleTo(subjectOf(record), call.actor, city.substitutes))
              return [];
            const due = citizenDue(record.clocks);
            return [
              {
                number: written('requests', { year, n }),
                code,
                state: record.state,
                stateName: states[record.state]?.names[call.language] ?? record.state,
                excerpt: record.excerpt,
                unit: record.unit === null ? null : (unitOf(city, record.unit)?.name ?? record.unit),
                filedAt: record.filedAt,
                due,
                overdue: due !== null && due < now,
              },
            ];
          }),
          next: entries.length < entriesAtOnce ? null : (entries.at(-1)?.n ?? null),
        },
      };
    },

    readRequest: async (call: Call<Operations['readRequest'], StaffActor>) =>
      view(await seenByStaff(call.actor, call.input.params.code), call.actor, call.language),

    actOnRequest: async (call: Call<Operations['actOnRequest'], StaffActor>) => {
      const { code } = await seenByStaff(call.actor, call.input.params.code);
      return take(call.actor, code, call);
    },

    /** Opened only after the case says who opened it and why. */
    revealRequester: async (call: Call<Operations['revealRequester'], StaffActor>) => {
      const record = await seenByStaff(call.actor, call.input.params.code);
      if (factsOf(record).identity === undefined) throw problem('identityMissing');
      const { code } = record;
      const input = { text: call.input.body.reason };
      const { seq } = await act(deps, call.actor, {
        code,
        action: 'reveal',
        apart: true,
        body: input,
        parse: () => input,
        look: async () => ({}),
        idempotencyKey: call.idempotencyKey,
      });
      const shown = await deps.openRequester(code);
      if (shown === undefined) throw problem('identityMissing');
      return { body: shown, etag: seq };
    },
  };
};

/** Cases of entries, in calls of what the table takes at once. */
const readAll = async (
  { store }: Pick<RequestDeps, 'store'>,
  entries: readonly Pick<BookEntry, 'code'>[],
): Promise<ReadonlyMap<string, CaseRecord>> => {
  const found = new Map<string, CaseRecord>();
  for (let i = 0; i < entries.length; i += 100) {
    const some = await store.readMany(entries.slice(i, i + 100).map(({ code }) => code));
    for (const [code, record] of some) found.set(code, record);
  }
  return found;
};
