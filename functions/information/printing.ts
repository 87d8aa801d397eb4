import type { Actor, CitizenActor, StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { type PrintDeps, printPaper } from '../issued/print.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { information } from './contract.ts';
import { type NumberDeps, numbersOf } from './numbers.ts';
import { receiptOf } from './receipt.ts';
import { type Opened, seeing } from './seen.ts';

type Operations = (typeof information)['operations'];

export interface PrintingDeps extends PrintDeps, NumberDeps {
  readonly store: Pick<CaseStore, 'read'>;
}

const name = { id: 'Tanda terima permohonan informasi', en: 'Receipt of a request for information' };

/** The receipt of a request, for whoever made it and whoever works with it. */
export const printingOperations = (deps: PrintingDeps) => {
  const { seenByStaff, heldRequest, mine } = seeing(deps);

  const receipt = async (record: CaseRecord, actor: Actor, idempotencyKey: string) => {
    const city = await deps.city();
    const { ppid } = city;
    if (ppid === undefined) throw problem('noInformationOfficer');
    const request = { city, ppid, record, ...(await numbersOf(deps, record)) };
    return printPaper(deps, {
      ...{ actor, idempotencyKey, name },
      content: null,
      kind: 'receipt',
      case: record.code,
      service: null,
      // Where every request is registered, wherever it lies by now.
      unit: ppid.unit,
      zone: city.profile.zone,
      draw: (mark) => receiptOf(request, deps.publicUrl, mark),
    });
  };

  return {
    ownRequestReceipt: async (call: Call<Operations['ownRequestReceipt'], Opened>) => {
      const { record, holder } = await heldRequest(call.actor, call.input.params.code);
      return receipt(record, holder, call.idempotencyKey);
    },

    myRequestReceipt: async (call: Call<Operations['myRequestReceipt'], CitizenActor>) =>
      receipt(await mine(call.actor, call.input.params.code), call.actor, call.idempotencyKey),

    printRequestReceipt: async (call: Call<Operations['printRequestReceipt'], StaffActor>) =>
      receipt(await seenByStaff(call.actor, call.input.params.code), call.actor, call.idempotencyKey),
  };
};
