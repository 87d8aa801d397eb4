import * as z from 'zod/mini';
import { nothing, text } from '../../cases/common/inputs.ts';
import { referenceKinds } from '../../cases/outside.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { day, instant, slug, words } from '../../kernel/schema.ts';
import {
  answerOutside,
  forward,
  isOutside,
  linkOutside,
  mayLink,
  remindAgain,
  remindOutside,
  settleOutside,
} from '../rules/outside.ts';
import { triage as inTriage } from '../states.ts';

const number = words(1, 60);
const coordinator = { roles: ['coordinator'], where: 'desk' } as const;
const passedOn = { by: [coordinator], from: ['notOurAuthority'] } as const;

/** What is another body's task, and what that body makes of it (docs/adr/0122-forwarded-outside.md). */
export const outside: Readonly<Record<string, ActionSpec>> = {
  forward: {
    names: { id: 'Teruskan ke instansi luar', en: 'Forward outside' },
    by: [{ roles: ['coordinator'], where: 'triage' }],
    from: inTriage,
    to: ['notOurAuthority'],
    input: z.strictObject({
      body: slug,
      text,
      /** The letter or LAPOR! number under which it was passed on. */
      reference: z.optional(z.strictObject({ kind: z.enum(referenceKinds), number })),
      /** Local day on which the coordinators are reminded to ask. */
      remindOn: z.optional(day),
      /** Local day by which the body is asked to answer; its link works until then. */
      answerBy: z.optional(day),
    }),
    text: { audience: 'reporter' },
    event: 'forwarded',
    audience: 'code',
    tells: ['reporter', 'supporters'],
    clocks: [],
    may: [{ start: 'reminder' }],
    decide: forward,
  },
  remindAgain: {
    ...passedOn,
    names: { id: 'Ingatkan lagi nanti', en: 'Remind again later' },
    input: z.strictObject({ remindOn: day, answerBy: z.optional(day) }),
    event: 'reminderSet',
    audience: 'staff',
    tells: [],
    clocks: [],
    may: [{ start: 'reminder' }],
    when: isOutside,
    decide: remindAgain,
  },
  settleOutside: {
    ...passedOn,
    names: { id: 'Catat jawaban instansi luar', en: 'Record the answer of the body outside' },
    input: z.strictObject({ text }),
    text: { audience: 'reporter' },
    event: 'outsideSettled',
    audience: 'code',
    tells: ['reporter', 'supporters'],
    clocks: [{ stop: 'reminder' }],
    when: isOutside,
    decide: settleOutside,
  },
  /** Only by way of the operation that answers the link. */
  linkOutside: {
    ...passedOn,
    apart: true,
    at: 'outside-link',
    names: { id: 'Buat tautan jawaban', en: 'Make a link for the answer' },
    input: nothing,
    event: 'outsideLinked',
    audience: 'staff',
    tells: [],
    clocks: [],
    when: mayLink,
    decide: linkOutside,
  },
  /** The system's own: by the link, which is all that says who answers. */
  answerOutside: {
    by: [],
    from: ['notOurAuthority'],
    names: { id: 'Jawab dari instansi luar', en: 'Answer from outside' },
    input: z.strictObject({
      text,
      reference: z.optional(number),
      body: slug,
      link: z.int(),
      until: instant,
    }),
    text: { audience: 'reporter' },
    event: 'outsideAnswered',
    audience: 'code',
    tells: ['coordinators', 'reporter', 'supporters'],
    clocks: [{ stop: 'reminder' }],
    decide: answerOutside,
  },
  remindOutside: {
    by: [],
    from: ['notOurAuthority'],
    names: { id: 'Ingatkan koordinator', en: 'Remind the coordinators' },
    input: nothing,
    event: 'outsideReminded',
    audience: 'staff',
    tells: ['coordinators'],
    clocks: [{ stop: 'reminder' }],
    decide: remindOutside,
  },
};
