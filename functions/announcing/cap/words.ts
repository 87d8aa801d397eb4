import type { FieldError, Language } from '../../kernel/errors.ts';
import type { Fault } from './schema.ts';

const says: Readonly<Record<Fault['why'], Readonly<Record<Language, string>>>> = {
  missing: { id: 'Elemen ini wajib ada.', en: 'This element is required.' },
  unexpected: {
    id: 'Elemen ini tidak dikenal, berulang atau tidak pada urutannya.',
    en: 'This element is unknown, repeated or out of order.',
  },
  invalid: { id: 'Isi elemen ini tidak sesuai.', en: 'What this element holds does not fit.' },
};

const mostFaults = 50;

/** Where a message departs from CAP, in words for whoever sends it. */
export const faultWords =
  (language: Language) =>
  (faults: readonly Fault[]): readonly FieldError[] =>
    faults.slice(0, mostFaults).map(({ at, why }) => ({ field: at, problem: says[why][language] }));
