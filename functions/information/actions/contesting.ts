import * as z from 'zod/mini';
import { nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { day } from '../../kernel/schema.ts';
import { answerObjection, mayObject, noteSilence, object } from '../rules/contesting.ts';
import { grounds } from '../states.ts';
import { objectable, objection } from './requester.ts';
import { secretariat, superior, utama } from './rights.ts';

/** What becomes of an objection: the superior's part, and that of the clock. */
export const contesting: Readonly<Record<string, ActionSpec>> = {
  recordObjection: {
    ...objection,
    names: { id: 'Catat keberatan pemohon', en: 'Record a requester’s objection' },
    by: [utama, secretariat],
    from: objectable,
    input: z.strictObject({ ground: z.enum(grounds), text }),
    when: mayObject,
    decide: object,
  },
  answerObjection: {
    names: { id: 'Jawab keberatan', en: 'Answer the objection' },
    by: [superior],
    from: ['objected'],
    to: ['upheld', 'ordered'],
    input: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('upheld'), text }),
      /** `by`: the day until which the new answer is due. */
      z.strictObject({ decision: z.literal('overturned'), by: day, text }),
    ]),
    text: { audience: 'reporter' },
    event: 'objectionAnswered',
    audience: 'code',
    tells: ['reporter', 'unit', 'head', 'coordinators'],
    clocks: [{ stop: 'objection' }],
    may: [{ start: 'planned' }],
    decide: answerObjection,
  },
  noteSilence: {
    names: { id: 'Catat Atasan PPID tidak menjawab', en: 'Record that the superior did not answer' },
    by: [],
    from: ['objected'],
    input: nothing,
    event: 'superiorSilent',
    audience: 'code',
    tells: ['reporter', 'sekda', 'coordinators'],
    clocks: [{ tell: 'objection' }],
    decide: noteSilence,
  },
};
