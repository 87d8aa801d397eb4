import type { CaseKind } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/kind.ts';

/** The kinds of what people report, for composition roots of features that know of nothing else: who joins, what is public. */
export const kinds: Readonly<Record<string, CaseKind>> = { complaint, aspiration, question };
