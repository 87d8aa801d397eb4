import * as z from 'zod/mini';
import { unitStaff } from '../../cases/common/desk.ts';
import { files, note, text } from '../../cases/common/inputs.ts';
import { rating } from '../../cases/common/rating.ts';
import { type ActionSpec, byReporter } from '../../cases/workflow.ts';
import { answersIn, documentsIn } from '../inputs.ts';
import { handIn } from '../rules/checking.ts';
import { mayObject, object, withdraw } from '../rules/ending.ts';
import { incomplete, objectable, open } from '../states.ts';

const written = {
  text: { audience: 'reporter' },
  files: { audience: 'reporter' },
  audience: 'code',
} as const;

/** What applicants do with their own application, by account or by PIN. */
export const applicant: Readonly<Record<string, ActionSpec>> = {
  /** At the counter too, for whoever brings the paper there. */
  handIn: {
    apart: true,
    at: 'corrections',
    names: { id: 'Kirim perbaikan', en: 'Hand in corrections' },
    by: [byReporter, { roles: unitStaff, where: 'inCharge' }],
    from: [...incomplete, 'correction'],
    to: { correction: ['checking'] },
    input: z.strictObject({ documents: documentsIn, answers: z.optional(answersIn) }),
    files: { audience: 'reporter' },
    event: 'handedIn',
    audience: 'code',
    tells: [],
    clocks: [],
    may: [{ stop: 'data' }, { resume: ['completeness'] }],
    decide: handIn,
  },
  addInformation: {
    ...written,
    names: { id: 'Tambah keterangan', en: 'Add information' },
    by: [byReporter],
    from: open,
    input: z.strictObject({ text, files }),
    event: 'informed',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: () => ({}),
  },
  object: {
    ...written,
    names: { id: 'Ajukan keberatan', en: 'Object' },
    by: [byReporter],
    from: objectable,
    input: z.strictObject({ text, files }),
    event: 'objected',
    tells: ['unit', 'head'],
    clocks: [{ start: 'objection' }],
    when: mayObject,
    decide: object,
  },
  ...rating(['issued']),
  withdraw: {
    ...written,
    names: { id: 'Cabut permohonan', en: 'Withdraw the application' },
    by: [byReporter],
    from: open,
    to: ['withdrawn'],
    input: z.strictObject({ text: note }),
    event: 'withdrawn',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: withdraw,
  },
};
