import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standard } from '../functions/city/standards.ts';
import { checkAnswers } from '../functions/forms/shared/check-answers.ts';
import { checkForm } from '../functions/forms/shared/check-form.ts';
import { neededDocuments } from '../functions/forms/shared/documents.ts';
import type { Around, Form } from '../functions/forms/shared/model.ts';
import { answersOf } from '../functions/forms/test/generate.ts';
import { readPack } from './load.ts';

const today = '2026-11-22';

interface Filled {
  readonly name: string;
  readonly form: Form;
  readonly documents: Standard['documents'];
  readonly around: Around;
}
const forms: readonly Filled[] = ['padang-panjang', 'padangsidimpuan'].flatMap((pack) => {
  const { areas, standards } = readPack(join(import.meta.dirname, pack)).bodies;
  const around = { today, areas: new Set(areas?.areas.map(({ code }) => code)), files: new Map() };
  return (standards?.standards ?? []).flatMap(({ service, form, documents }) =>
    form === undefined ? [] : [{ name: `${service} of ${pack}`, form, documents, around }],
  );
});
/** Each form once: what cities share is the same form. */
const filled = forms.filter(
  (one, i) => forms.findIndex((other) => isDeepStrictEqual(other.form, one.form)) === i,
);

describe.each(filled)('the form of $name', ({ form, documents, around }) => {
  const samples = fc.sample(answersOf(form, around), { numRuns: 60, seed: 4 });

  it('checks out', () => {
    expect(checkForm(form)).toEqual([]);
  });

  it('takes valid answers', () => {
    for (const answers of samples) expect(checkAnswers(form, answers, around)).toEqual([]);
  });

  it('needs each conditional document of some applicants, and of others not', () => {
    const needed = samples.map((answers) => neededDocuments(documents, answers, today).map(({ id }) => id));
    for (const { id, when } of documents) {
      const count = needed.filter((ids) => ids.includes(id)).length;
      expect(count, id).toBeGreaterThan(0);
      if (when === undefined) expect(count, id).toBe(samples.length);
      else expect(count, id).toBeLessThan(samples.length);
    }
  });
});
