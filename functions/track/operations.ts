import { type AnonymousActor, type CitizenActor, holderOf, type StaffActor } from '../cases/actor.ts';
import type { CommandDeps } from '../cases/commands.ts';
import { isReporter } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { eventsOf } from '../cases/timeline.ts';
import { readCode } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { caseToken, caseTokenSeconds, readPinToken } from '../kernel/token.ts';
import { supporterStore } from '../people/supporters.ts';
import type { track } from './contract.ts';
import { askForPin, openByPin } from './pin.ts';
import { claimCase, renewPin, takeAction } from './reporter.ts';
import { privateView, publicView } from './view.ts';
import { pinAsked } from './words.ts';

type Operations = (typeof track)['operations'];

/** What a case token opens. */
export interface Opened {
  readonly code: string;
  readonly pinVersion: number;
}

export interface Deps extends CommandDeps {
  readonly table: Table;
  /** Notes that the reporter opened the private view, and up to where. */
  readonly noteOpened: (record: CaseRecord, now: Instant) => Promise<void>;
}

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

export const operations = (deps: Deps) => {
  const seen = async (record: CaseRecord, language: Language) => ({
    city: await deps.city(),
    workflow: deps.workflows[record.kind],
    record,
    events: await eventsOf(deps.store, record),
    language,
  });

  /** The private view, noted as opened: that a notice was read shows in what it led to. */
  const opened = async (record: CaseRecord, actor: Parameters<typeof isReporter>[0], language: Language) => {
    const now = deps.now();
    const [view, texts, totals, survivor] = await Promise.all([
      seen(record, language),
      deps.store.texts(record.code),
      supporterStore(deps.table).totals([record]),
      record.mergedInto === undefined ? undefined : deps.store.read(record.mergedInto),
      deps.noteOpened(record, now),
    ]);
    const seenToo = { supporters: totals.get(record.code) ?? 0, survivor };
    return privateView({ ...view, ...seenToo }, actor, texts, now);
  };

  /** A token opens its own case only, and only until the PIN changes. */
  const held = (actor: Opened, typedAs: string): string => {
    const code = typed(typedAs);
    if (actor.code !== code) throw problem('caseTokenInvalid');
    return code;
  };

  /**
   * Whoever holds a token of an older PIN has to open the case again; that it exists they know. A token that still
   * opens it stays good whatever it was used for.
   */
  const refusedTo =
    (token: Opened) =>
    async (refusal: unknown): Promise<never> => {
      if (!(refusal instanceof Error && refusal.message === 'notFound')) throw refusal;
      const record = await deps.store.read(token.code);
      throw record !== undefined && isReporter(holderOf(token), record)
        ? refusal
        : problem('caseTokenInvalid');
    };

  return {
    trackCase: async (call: Call<Operations['trackCase'], AnonymousActor>) => {
      const record = await deps.store.read(typed(call.input.params.code));
      if (record === undefined) throw problem('notFound');
      if (isSecret(record)) throw problem('pinNeeded');
      return { body: publicView(await seen(record, call.language)), etag: record.seq };
    },

    openCase: async (call: Call<Operations['openCase'], AnonymousActor>) => {
      const code = typed(call.input.params.code);
      const record = await openByPin(deps, code, call.input.body.pin, call.address);
      const actor = holderOf({ code, pinVersion: record.pin.version });
      return {
        body: {
          token: caseToken(await deps.keys(), code, record.pin.version, toSeconds(deps.now())),
          expiresIn: caseTokenSeconds,
          case: await opened(record, actor, call.language),
        },
        etag: record.seq,
      };
    },

    readOwnCase: async (call: Call<Operations['readOwnCase'], Opened>) => {
      const record = await deps.store.read(held(call.actor, call.input.params.code));
      const actor = holderOf(call.actor);
      if (record === undefined || !isReporter(actor, record)) throw problem('caseTokenInvalid');
      return { body: await opened(record, actor, call.language), etag: record.seq };
    },

    readMyCase: async (call: Call<Operations['readMyCase'], CitizenActor>) => {
      const record = await deps.store.read(typed(call.input.params.code));
      if (record === undefined || !isReporter(call.actor, record)) throw problem('notFound');
      return { body: await opened(record, call.actor, call.language), etag: record.seq };
    },

    actOnOwn: async (call: Call<Operations['actOnOwn'], Opened>) => {
      const code = held(call.actor, call.input.params.code);
      return takeAction(deps, holderOf(call.actor), { ...call, code }).catch(refusedTo(call.actor));
    },

    actOnMine: (call: Call<Operations['actOnMine'], CitizenActor>) =>
      takeAction(deps, call.actor, { ...call, code: typed(call.input.params.code) }),

    claimCase: async (call: Call<Operations['claimCase'], CitizenActor>) =>
      claimCase(deps, call.actor, {
        code: typed(call.input.params.code),
        pin: call.input.body.pin,
        address: call.address,
        idempotencyKey: call.idempotencyKey,
      }),

    renewMyPin: async (call: Call<Operations['renewMyPin'], CitizenActor>) =>
      renewPin(deps, call.actor, typed(call.input.params.code), call.idempotencyKey),

    renewOwnPin: async (call: Call<Operations['renewOwnPin'], Opened>) =>
      renewPin(
        deps,
        holderOf(call.actor),
        held(call.actor, call.input.params.code),
        call.idempotencyKey,
      ).catch(refusedTo(call.actor)),

    askForPin: async (call: Call<Operations['askForPin'], AnonymousActor>) => {
      await askForPin(deps, typed(call.input.params.code), call.address);
      return { body: { says: pinAsked[call.language] } };
    },

    renewLostPin: async (call: Call<Operations['renewLostPin'], AnonymousActor>) => {
      const code = typed(call.input.params.code);
      const link = readPinToken(await deps.keys(), call.input.body.token, toSeconds(deps.now()));
      if (link?.code !== code) throw problem('caseTokenInvalid');
      return renewPin(deps, holderOf(link), code, call.idempotencyKey).catch(refusedTo(link));
    },

    renewPinAtCounter: async (call: Call<Operations['renewPinAtCounter'], StaffActor>) =>
      renewPin(deps, call.actor, typed(call.input.params.code), call.idempotencyKey, call.input.body.reason),
  };
};
