import { application } from './applications/kind.ts';
import type { CaseKind } from './cases/workflow.ts';
import type { CaseKindName } from './city/kinds.ts';
import { aspiration, complaint, question } from './complaints/kind.ts';
import { informationRequest } from './information/kind.ts';

/** Every case kind, for composition roots of features that speak of cases and take no action on them. */
export const kinds: Readonly<Record<CaseKindName, CaseKind>> = {
  complaint,
  aspiration,
  question,
  application,
  informationRequest,
};
