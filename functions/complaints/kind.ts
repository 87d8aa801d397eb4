import { deadlineSays } from '../cases/clock/says.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { propose } from './route.ts';
import { says } from './says.ts';
import { publishable, reasons, start, states } from './states.ts';

const kindOf = (kind: string): CaseKind => ({
  kind,
  states,
  start,
  says: { ...deadlineSays, ...says },
  reasons,
  publishable,
  propose,
});

export const complaint = kindOf('complaint');
export const aspiration = kindOf('aspiration');
export const question = kindOf('question');
