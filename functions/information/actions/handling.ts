import * as z from 'zod/mini';
import { files, note, nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { slug, words } from '../../kernel/schema.ts';
import { extend, mayExtend } from '../rules/deciding.ts';
import { distribute, maySendBack, sendBack } from '../rules/handing.ts';
import { answerable, open } from '../states.ts';
import { deciders, pelaksana, secretariat, utama } from './rights.ts';

const handing = { text: { audience: 'staff' }, audience: 'code', clocks: [] } as const;

/** From hand to hand within the PPID, before anything is decided. */
export const handling: Readonly<Record<string, ActionSpec>> = {
  accept: {
    names: { id: 'Proses di PPID Utama', en: 'Work on it here' },
    by: [utama, secretariat],
    from: ['received'],
    to: ['inProgress'],
    input: nothing,
    event: 'accepted',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({ to: 'inProgress' }),
  },
  distribute: {
    ...handing,
    names: { id: 'Teruskan ke PPID Pelaksana', en: 'Pass to a unit’s information officer' },
    by: [utama, secretariat],
    from: ['received', ...answerable],
    to: { received: ['inProgress'] },
    input: z.strictObject({ unit: slug, text: note }),
    event: 'distributed',
    tells: ['unit', 'formerUnit', 'reporter'],
    decide: distribute,
  },
  sendBack: {
    ...handing,
    names: { id: 'Kembalikan ke PPID Utama', en: 'Send back to the main information officer' },
    by: [pelaksana],
    from: answerable,
    input: z.strictObject({ text }),
    event: 'sentBack',
    tells: ['unit', 'head', 'coordinators'],
    when: maySendBack,
    decide: sendBack,
  },
  extend: {
    names: { id: 'Perpanjang batas waktu', en: 'Extend the limit' },
    by: deciders,
    from: ['inProgress'],
    to: ['extended'],
    /** The written reasons. */
    input: z.strictObject({ text: words(10, 5000) }),
    text: { audience: 'reporter' },
    event: 'extended',
    audience: 'code',
    tells: ['reporter', 'unit'],
    clocks: [],
    may: [{ extend: 'promise' }],
    when: mayExtend,
    decide: extend,
  },
  inform: {
    names: { id: 'Tulis kepada pemohon', en: 'Write to the requester' },
    by: [...deciders, secretariat],
    from: open,
    input: z.strictObject({ text, files }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'informed',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({}),
  },
};
