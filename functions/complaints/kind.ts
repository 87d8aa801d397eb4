import { commonSays } from '../cases/common/says.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { propose } from './route.ts';
import { says } from './says.ts';
import { publishable, reasons, start, states } from './states.ts';

const noun = { id: 'laporan', en: 'report' };

const kindOf = (kind: string): CaseKind => ({
  kind,
  noun,
  states,
  start,
  says: { ...commonSays(noun), ...says },
  reasons,
  publishable,
  propose,
});

export const complaint = kindOf('complaint');
export const aspiration = kindOf('aspiration');
export const question = kindOf('question');
