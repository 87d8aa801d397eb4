import { uploader } from '../attachments/file-id.ts';
import type { CitizenActor, HolderActor, StaffActor } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import { act } from '../cases/commands.ts';
import { can } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { pinOf } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Answer } from '../kernel/respond.ts';
import { toSeconds } from '../kernel/time.ts';
import { type Books, written } from './books.ts';
import type { information } from './contract.ts';
import { factsOf } from './facts.ts';
import { contactOf, type FiledRequest, fileRequest } from './file.ts';
import type { Requester } from './identity.ts';
import * as kinds from './kind.ts';
import { type LinkDeps, linkedRequest, requestFromReport } from './linked.ts';
import { type Opened, seeing } from './seen.ts';

type Operations = (typeof information)['operations'];

/** How long ago staff may say that a request came in. */
const recordedWithinDays = 90;

export type AskingDeps = LinkDeps & { readonly books: Pick<Books, 'enter' | 'find'> };

const { kind } = kinds.informationRequest;

const filedAnswer = ({
  record,
  number,
  pinKey,
  keys,
}: FiledRequest): Answer<Output<Operations['askForInformation']>> => {
  const key = keys.of('pin', pinKey);
  if (key === undefined) throw new Error('the key of this PIN is gone');
  const { from, identity } = factsOf(record);
  return {
    location: `/v1/track/${record.code}`,
    body: {
      code: record.code,
      pin: pinOf(key, record.code, 1),
      number: written('requests', number),
      state: record.state,
      filedAt: record.filedAt,
      due: citizenDue(record.clocks),
      identityKnown: identity === true,
      from: from ?? null,
      track: `/v1/track/${record.code}`,
    },
  };
};

/** How a request comes in, and who asks. */
export const askingOperations = (deps: AskingDeps) => {
  const { seenByStaff, held, heldRequest, mine } = seeing(deps);

  /**
   * Sealed first, since the step says that it is known; sealed once, whoever tries again. A filing that was cut off
   * between the case and its requester says that it is known too: there it is completed without another step.
   */
  const identify = async (
    actor: StaffActor | CitizenActor | HolderActor,
    record: CaseRecord,
    requester: Requester,
    idempotencyKey: string,
  ) => {
    const [city, now] = [await deps.city(), deps.now()];
    const spec = deps.workflows[kind]?.actions['identify'];
    if (spec === undefined || !can(actor, spec, record, city)) throw problem('forbidden');
    if (!spec.from.includes(record.state)) throw problem('wrongState');
    if (requester.phone === undefined && requester.email === undefined)
      throw problem('invalidInput', { fields: [{ field: '/phone', problem: 'invalidInput' }] });
    const sealed = await deps.sealRequester(record.code, requester, now);
    const known = factsOf(record).identity === true;
    if (sealed || !known) await deps.sealContact(record.code, contactOf(requester), now);
    if (sealed && known)
      return { body: { code: record.code, seq: record.seq, state: record.state }, etag: record.seq };
    const { code, seq, state } = await act(deps, actor, {
      code: record.code,
      action: 'identify',
      apart: true,
      body: {},
      parse: () => ({}),
      look: async () => ({}),
      idempotencyKey,
    });
    return { body: { code, seq, state }, etag: seq };
  };

  return {
    askForInformation: async (call: Call<Operations['askForInformation'], CitizenActor>) =>
      filedAnswer(
        await fileRequest(deps, call.actor, call.input.body, {
          key: call.idempotencyKey,
          origin: 'app',
          filedAt: undefined,
          uploader: uploader.citizen(call.actor.id),
          reporter: call.actor.id,
          counted: true,
        }),
      ),

    recordRequest: async (call: Call<Operations['recordRequest'], StaffActor>) => {
      const { origin, saidAt, ...asking } = call.input.body;
      const now = toSeconds(deps.now());
      if (saidAt !== undefined) {
        const said = toSeconds(saidAt);
        if (said > now || said < now - recordedWithinDays * 86_400)
          throw problem('dateOutOfRange', { fields: [{ field: '/saidAt', problem: 'dateOutOfRange' }] });
      }
      return filedAnswer(
        await fileRequest(deps, call.actor, asking, {
          key: call.idempotencyKey,
          origin,
          filedAt: saidAt,
          uploader: uploader.staff(call.actor.id),
          reporter: undefined,
          counted: false,
        }),
      );
    },

    requestFromReport: async (call: Call<Operations['requestFromReport'], StaffActor>) =>
      filedAnswer(
        await requestFromReport(
          deps,
          call.actor,
          call.input.params.code,
          call.input.body,
          call.idempotencyKey,
        ),
      ),

    openLinkedRequest: async (call: Call<Operations['openLinkedRequest'], Opened>) => {
      const { record: report } = await held(call.actor, call.input.params.code);
      const { record, pin } = await linkedRequest(deps.store, await deps.keys(), report);
      const number = await deps.books.find('requests', record.code);
      return {
        body: {
          code: record.code,
          pin,
          number: number === undefined ? null : written('requests', number),
          filedAt: record.filedAt,
        },
      };
    },

    identifyOwn: async (call: Call<Operations['identifyOwn'], Opened>) => {
      const { record, holder } = await heldRequest(call.actor, call.input.params.code);
      return identify(holder, record, call.input.body, call.idempotencyKey);
    },

    identifyMine: async (call: Call<Operations['identifyMine'], CitizenActor>) =>
      identify(
        call.actor,
        await mine(call.actor, call.input.params.code),
        call.input.body,
        call.idempotencyKey,
      ),

    identifyAtDesk: async (call: Call<Operations['identifyAtDesk'], StaffActor>) =>
      identify(
        call.actor,
        await seenByStaff(call.actor, call.input.params.code),
        call.input.body,
        call.idempotencyKey,
      ),
  };
};
