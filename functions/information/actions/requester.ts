import * as z from 'zod/mini';
import { files, note, nothing, text } from '../../cases/common/inputs.ts';
import { type ActionSpec, byReporter } from '../../cases/workflow.ts';
import { mayObject, mayReact, object, react } from '../rules/contesting.ts';
import { decisions, every, grounds, open, undecided } from '../states.ts';
import { secretariat, utama } from './rights.ts';

/** Where a ground may be found: in an answer, or in that none came. */
export const objectable = [...undecided, ...decisions];

/** An objection as it is made, whoever writes it down. */
export const objection = {
  text: { audience: 'reporter' },
  to: ['objected'],
  event: 'objected',
  audience: 'code',
  tells: ['sekda', 'unit', 'coordinators', 'reporter'],
  clocks: [{ start: 'objection' }],
} as const;

/** The requester's own actions, by account or by PIN. */
export const requester: Readonly<Record<string, ActionSpec>> = {
  complete: {
    names: { id: 'Tambah keterangan', en: 'Add information' },
    by: [byReporter],
    from: open,
    input: z.strictObject({ text, files }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'completed',
    audience: 'code',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: () => ({}),
  },
  /** By the operation that seals who it is. */
  identify: {
    apart: true,
    at: 'identity',
    names: { id: 'Lengkapi identitas', en: 'Complete the identity' },
    by: [byReporter, utama, secretariat],
    from: open,
    input: nothing,
    event: 'identified',
    audience: 'reporter',
    tells: ['unit'],
    clocks: [],
    when: ({ record }) => (record.data['identity'] === true ? 'identityKnown' : undefined),
    decide: () => ({ data: { identity: true } }),
  },
  object: {
    ...objection,
    names: { id: 'Ajukan keberatan', en: 'Object' },
    by: [byReporter],
    from: objectable,
    input: z.strictObject({ ground: z.enum(grounds), text, files }),
    files: { audience: 'reporter' },
    when: mayObject,
    decide: object,
  },
  react: {
    names: { id: 'Tanggapi jawaban Atasan PPID', en: 'React to the superior’s answer' },
    by: [byReporter, utama, secretariat],
    from: every,
    /** `dispute`: it is taken, or was, to the Information Commission. */
    input: z.strictObject({ reaction: z.enum(['satisfied', 'dispute']), text: note }),
    text: { audience: 'reporter' },
    event: 'reacted',
    audience: 'reporter',
    tells: ['unit', 'coordinators'],
    clocks: [],
    when: mayReact,
    decide: react,
  },
  withdraw: {
    names: { id: 'Cabut permohonan', en: 'Withdraw the request' },
    by: [byReporter],
    from: undecided,
    to: ['withdrawn'],
    input: z.strictObject({ text: note }),
    text: { audience: 'reporter' },
    event: 'withdrawn',
    audience: 'code',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: () => ({ to: 'withdrawn', reasonCode: 'own' }),
  },
};
