import * as z from 'zod/mini';
import { type ActionSpec, byReporter, type Right } from '../workflow.ts';
import { note, nothing } from './inputs.ts';
import { claim, mayRenew, redact, renewPin } from './owning-rules.ts';

export const redactReasons = ['personalData', 'otherPerson', 'unlawful'] as const;

const coordinator: Right = { roles: ['coordinator'], where: 'desk' };

/**
 * What whoever filed a case may do with it as its owner, in every state.
 * @param counter who renews a PIN for them: a PIN opens everything that its owner reads
 */
export const ownActions = (
  every: readonly string[],
  counter: Right = coordinator,
): Readonly<Record<'redact' | 'claim' | 'renewPin', ActionSpec>> => ({
  redact: {
    names: { id: 'Hapus kata-kata', en: 'Remove words' },
    by: [byReporter, coordinator],
    from: every,
    input: z.strictObject({
      /** Number of the event whose words are to go; 1 is the report itself. */
      seq: z.int().check(z.gte(1), z.lte(999_999)),
      /** The coordinator's reason. */
      reason: z.optional(z.enum(redactReasons)),
    }),
    event: 'redacted',
    audience: 'reporter',
    tells: [],
    clocks: [],
    decide: redact,
  },
  /** Whoever opened it with its PIN keeps it in the own account. */
  claim: {
    apart: true,
    names: { id: 'Simpan ke akun', en: 'Keep in an account' },
    by: [byReporter],
    from: every,
    input: nothing,
    event: 'claimed',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    decide: claim,
  },
  /** Only by way of the operation that answers the new PIN. */
  renewPin: {
    apart: true,
    at: 'pin',
    names: { id: 'Ganti PIN', en: 'Renew the PIN' },
    by: [byReporter, counter],
    from: every,
    input: z.strictObject({ text: note }),
    text: { audience: 'staff' },
    event: 'pinRenewed',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    when: mayRenew,
    decide: renewPin,
  },
});

/** The system's own, in the name of whoever asks. */
export const lostPin = (every: readonly string[]): Readonly<Record<'askPin', ActionSpec>> => ({
  /** Somebody who lost the PIN asks for a new one: only the stored contact learns how to get it. */
  askPin: {
    quiet: true,
    names: { id: 'Minta PIN baru', en: 'Ask for a new PIN' },
    by: [],
    from: every,
    input: nothing,
    event: 'pinAsked',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({}),
  },
});
