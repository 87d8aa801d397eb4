import * as z from 'zod/mini';
import type { ActionSpec } from '../../cases/workflow.ts';
import {
  approve,
  decideDispute,
  followUp,
  mayDecideDispute,
  mayPropose,
  mayValidate,
  reject,
} from '../rules/closing.ts';
import { goesOn, kept } from '../rules/common.ts';
import { outcomes, unitStaff } from '../states.ts';
import { files, note, text } from './inputs.ts';

const validator = { roles: ['validator'], where: 'validating' } as const;

/** From the unit's result to its approval, and the last word on disputes. */
export const closing: Readonly<Record<string, ActionSpec>> = {
  followUp: {
    names: { id: 'Usulkan selesai', en: 'Propose as done' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: ['inProgress'],
    to: ['awaitingValidation', 'followedUp'],
    input: z.strictObject({ outcome: z.enum(outcomes), text, files }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'proposed',
    audience: 'code',
    says: {
      id: 'Unit menyatakan selesai; menunggu pengesahan unit lain.',
      en: 'The unit says it is done; another unit has to approve.',
    },
    tells: ['validators'],
    clocks: goesOn,
    may: [...kept, { start: 'confirmation' }],
    when: mayPropose,
    decide: followUp,
  },
  approve: {
    names: { id: 'Sahkan', en: 'Approve' },
    by: [validator],
    from: ['awaitingValidation'],
    to: ['followedUp'],
    input: z.strictObject({ text: note }),
    text: { audience: 'staff' },
    event: 'followedUp',
    audience: 'code',
    says: {
      id: 'Tindak lanjut disahkan. Silakan periksa hasilnya, lalu konfirmasi atau sanggah.',
      en: 'The follow-up was approved. Please check the result, then confirm or dispute it.',
    },
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [...kept, { start: 'confirmation' }],
    when: mayValidate,
    decide: approve,
  },
  reject: {
    names: { id: 'Tolak usulan selesai', en: 'Reject' },
    by: [validator],
    from: ['awaitingValidation'],
    to: ['inProgress'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'rejected',
    audience: 'code',
    says: {
      id: 'Bukti belum cukup; unit diminta melanjutkan.',
      en: 'The proof was not enough; the unit goes on.',
    },
    tells: ['unit'],
    clocks: [],
    when: mayValidate,
    decide: reject,
  },
  decideDispute: {
    names: { id: 'Putuskan sanggahan ketiga', en: 'Decide on the third dispute' },
    by: [
      { roles: ['executive'], where: 'desk', positions: ['sekda'] },
      { roles: ['inspector'], where: 'desk' },
    ],
    from: ['inProgress'],
    to: ['closed'],
    input: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('stands'), outcome: z.enum(outcomes), text }),
      z.strictObject({ decision: z.literal('redo'), text }),
    ]),
    text: { audience: 'reporter' },
    event: 'disputeDecided',
    audience: 'code',
    says: { id: 'Sanggahan ketiga sudah diputus.', en: 'The third dispute was decided.' },
    tells: ['unit', 'head', 'reporter'],
    clocks: [],
    when: mayDecideDispute,
    decide: decideDispute,
  },
};
