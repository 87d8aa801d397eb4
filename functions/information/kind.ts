import { commonSays, handingSays } from '../cases/common/says.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { says } from './says.ts';
import { reasons, start, states } from './states.ts';

const noun = { id: 'permohonan informasi', en: 'information request' };

/** A request under law 14/2008 (PPID), unlike a `question`, which is a report that asks something. */
export const informationRequest: CaseKind = {
  kind: 'informationRequest',
  noun,
  states,
  start,
  says: { ...commonSays(noun), ...handingSays, ...says },
  reasons,
};
