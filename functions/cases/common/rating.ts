import * as z from 'zod/mini';
import { type ActionSpec, byReporter } from '../workflow.ts';
import { note } from './inputs.ts';
import { mayRate, rate } from './owning-rules.ts';

/** One to five stars and “beres?”, once. @param from states in which there is a result to rate */
export const rating = (from: readonly string[]): Readonly<Record<'rate', ActionSpec>> => ({
  rate: {
    names: { id: 'Beri nilai', en: 'Rate' },
    by: [byReporter],
    from,
    input: z.strictObject({
      stars: z.int().check(z.gte(1), z.lte(5)),
      /** “Beres?” */
      done: z.boolean(),
      text: note,
    }),
    text: { audience: 'reporter' },
    event: 'rated',
    audience: 'reporter',
    tells: [],
    clocks: [],
    when: mayRate,
    decide: rate,
  },
});
