import * as z from 'zod/mini';
import { files, note, text } from '../../cases/common/inputs.ts';
import { ownActions } from '../../cases/common/owning.ts';
import { rating } from '../../cases/common/rating.ts';
import { type ActionSpec, byReporter } from '../../cases/workflow.ts';
import { dispute, mayDispute } from '../rules/closing.ts';
import { goesOn } from '../rules/common.ts';
import { mayObject, object, withdraw } from '../rules/ending.ts';
import { addInformation, wasAsked } from '../rules/waiting.ts';
import { every, objectable, open } from '../states.ts';

const written = {
  text: { audience: 'reporter' },
  files: { audience: 'reporter' },
  audience: 'code',
} as const;

/** The reporter's own actions, by account or by PIN. */
export const reporter: Readonly<Record<string, ActionSpec>> = {
  addInformation: {
    ...written,
    names: { id: 'Tambah keterangan', en: 'Add information' },
    by: [byReporter],
    from: open,
    to: { postponed: ['verifying'] },
    input: z.strictObject({ text, files }),
    event: 'informed',
    tells: ['unit', 'assignee'],
    clocks: [],
    may: goesOn,
    decide: addInformation,
  },
  answer: {
    ...written,
    names: { id: 'Jawab pertanyaan unit', en: 'Answer the unit’s question' },
    by: [byReporter],
    from: ['inProgress'],
    input: z.strictObject({ text, files }),
    event: 'questionAnswered',
    tells: ['unit', 'assignee'],
    clocks: goesOn,
    when: wasAsked,
    decide: () => ({}),
  },
  confirm: {
    ...written,
    names: { id: 'Konfirmasi selesai', en: 'Confirm' },
    by: [byReporter],
    from: ['followedUp', 'unconfirmed'],
    to: ['closed'],
    input: z.strictObject({ text: note }),
    event: 'confirmed',
    tells: ['unit'],
    clocks: [],
    decide: () => ({ to: 'closed', reasonCode: 'confirmed' }),
  },
  dispute: {
    ...written,
    names: { id: 'Sanggah hasil', en: 'Dispute the result' },
    by: [byReporter],
    from: ['followedUp', 'closed', 'unconfirmed'],
    to: ['inProgress'],
    input: z.strictObject({ text, files }),
    event: 'disputed',
    tells: ['unit', 'assignee'],
    clocks: [{ stop: 'confirmation' }],
    may: [{ revive: ['outer', 'resolution', 'promise', 'planned'] }],
    when: mayDispute,
    decide: dispute,
  },
  object: {
    ...written,
    names: { id: 'Ajukan keberatan', en: 'Object' },
    by: [byReporter],
    from: objectable,
    input: z.strictObject({ text, files }),
    event: 'objected',
    tells: ['coordinators', 'sekda'],
    clocks: [{ start: 'objection' }],
    when: mayObject,
    decide: object,
  },
  ...rating(['followedUp', 'closed', 'unconfirmed']),
  withdraw: {
    ...written,
    names: { id: 'Cabut laporan', en: 'Withdraw the report' },
    by: [byReporter],
    from: open,
    to: ['withdrawn'],
    input: z.strictObject({ text: note }),
    event: 'withdrawn',
    tells: ['unit', 'assignee', 'supporters'],
    clocks: [],
    decide: withdraw,
  },
  ...ownActions(every),
};
