import { commonSays, handingSays } from '../cases/common/says.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { says } from './says.ts';
import { reasons, start, states } from './states.ts';

const noun = { id: 'permohonan', en: 'application' };

/** Never published: an application is about one person's life. */
export const application: CaseKind = {
  kind: 'application',
  noun,
  states,
  start,
  says: { ...commonSays(noun), ...handingSays, ...says },
  reasons,
};
