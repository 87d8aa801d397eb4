import { holds } from './condition.ts';
import type { Condition } from './model.ts';

/**
 * The documents that answers need, in the order of the list.
 * @param today calendar day in the city's zone
 */
export const neededDocuments = <D extends { readonly when?: Condition | undefined }>(
  documents: readonly D[],
  answers: unknown,
  today: string,
): D[] => documents.filter(({ when }) => when === undefined || holds(when, answers, today));
