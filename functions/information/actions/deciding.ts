import * as z from 'zod/mini';
import { files, note, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { day, words } from '../../kernel/schema.ts';
import { charge, decide, give, mayDecide, mayPay, mayRefuse, pay } from '../rules/deciding.ts';
import { answerable, forms, letters, undecided, ways } from '../states.ts';
import { deciders, secretariat } from './rights.ts';

/** Letters of article 17, and the consequence test by which they were found to hold (article 19). */
const exempt = {
  letters: z.array(z.enum(letters)).check(z.minLength(1), z.maxLength(letters.length)),
  test: words(3, 80),
};

const decision = {
  by: deciders,
  from: answerable,
  text: { audience: 'reporter' },
  files: { audience: 'reporter' },
  audience: 'code',
  tells: ['reporter', 'coordinators'],
  clocks: [{ stop: 'promise' }, { stop: 'planned' }],
  when: mayDecide,
} as const;

const given = ['granted', 'partlyGranted'];
/** Rupiah: what copies of a whole archive may cost, and no slip of the finger beyond. */
const rupiah = z.int().check(z.gte(0), z.lte(100_000_000));

/** Written answers, and what follows those that give something. */
export const deciding: Readonly<Record<string, ActionSpec>> = {
  grant: {
    ...decision,
    names: { id: 'Kabulkan', en: 'Grant' },
    to: ['granted'],
    /** `item`: of the public list, when that is the answer. */
    input: z.strictObject({ text, files, item: z.optional(z.string().check(z.maxLength(32))) }),
    event: 'granted',
    decide: decide('granted'),
  },
  partlyGrant: {
    ...decision,
    names: { id: 'Kabulkan sebagian', en: 'Grant in part' },
    to: ['partlyGranted'],
    input: z.strictObject({ text, files, ...exempt }),
    event: 'partlyGranted',
    decide: decide('partlyGranted'),
  },
  refuse: {
    ...decision,
    names: { id: 'Tolak sebagai informasi dikecualikan', en: 'Refuse as exempt' },
    to: ['refused'],
    input: z.strictObject({ text, files, ...exempt }),
    event: 'refused',
    when: mayRefuse,
    decide: decide('refused'),
  },
  declareNotHeld: {
    ...decision,
    names: { id: 'Nyatakan tidak dikuasai', en: 'Say that it is not held' },
    to: ['notHeld'],
    /** `holder`: the body that has it. */
    input: z.strictObject({ text, files, holder: words(2, 120) }),
    event: 'notHeld',
    when: mayRefuse,
    decide: decide('notHeld'),
  },
  give: {
    names: { id: 'Catat penyerahan', en: 'Record that it was handed over' },
    by: [...deciders, secretariat],
    from: given,
    input: z.strictObject({
      form: z.enum(forms),
      way: z.enum(ways),
      /** Today unless said otherwise. */
      on: z.optional(day),
      text: note,
      files,
    }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'given',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: give,
  },
  charge: {
    names: { id: 'Beri tahu biaya penyalinan', en: 'Tell the cost of copies' },
    by: [...deciders, secretariat],
    from: [...undecided, 'ordered', ...given],
    /** `text`: what is paid for, and how. */
    input: z.strictObject({ rupiah, text: words(5, 1000) }),
    text: { audience: 'reporter' },
    event: 'costSet',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    decide: charge,
  },
  recordPayment: {
    names: { id: 'Catat pembayaran', en: 'Record the payment' },
    by: [...deciders, secretariat],
    from: [...undecided, 'ordered', ...given],
    input: z.strictObject({ rupiah, on: z.optional(day), text: note }),
    text: { audience: 'staff' },
    event: 'paid',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    when: mayPay,
    decide: pay,
  },
};
