import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';

/** What the desk fills in by itself. */
export const placeholders = ['code', 'unit', 'head', 'due', 'date', 'category', 'area', 'app'] as const;
export type Placeholder = (typeof placeholders)[number];

const isKnown = (name: string): name is Placeholder => placeholders.some((known) => known === name);
const marks = /\{([^{}]*)\}/g;

/** Placeholders of a text that nobody fills in, and a brace that opens or closes nothing. */
export const faultsOf = (text: string): readonly string[] => {
  const unknown = [...text.matchAll(marks)].map(([, name = '']) => name).filter((name) => !isKnown(name));
  return [
    ...new Set(unknown.map((name) => `{${name}}`)),
    ...(/[{}]/.test(text.replace(marks, '')) ? ['{ … }'] : []),
  ];
};

export const filled = (text: string, values: Readonly<Record<Placeholder, string>>): string =>
  text.replace(marks, (mark, name: string) => (isKnown(name) ? values[name] : mark));

const template = z.string().check(
  z.minLength(2),
  z.maxLength(3000),
  z.check((payload) => {
    for (const fault of faultsOf(payload.value)) {
      const known = placeholders.map((name) => `{${name}}`).join(' ');
      const message = `unknown placeholder ${fault}; known are ${known}`;
      payload.issues.push({ code: 'custom', message, input: payload.value });
    }
  }),
);

/** Answers that a desk starts from, per category and state: the kind `answers` of a pack, which may do without. */
export const answers = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        id: slug,
        names: z.strictObject({
          id: z.string().check(z.maxLength(80)),
          en: z.string().check(z.maxLength(80)),
        }),
        /** For all categories, or states, when absent. */
        categories: z.optional(z.array(slug).check(z.minLength(1), z.maxLength(50))),
        states: z.optional(
          z.array(z.string().check(z.regex(/^[a-zA-Z]{2,32}$/))).check(z.minLength(1), z.maxLength(20)),
        ),
        texts: z.strictObject({ id: template, en: template }),
      }),
    )
    .check(z.maxLength(200)),
});
export type CannedAnswer = z.output<typeof answers>['answers'][number];
