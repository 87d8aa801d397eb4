import type { CaseEvent, CaseRecord } from './model.ts';
import type { StateSpec } from './workflow.ts';

/**
 * Cases that only some of the staff may know of. Nothing of them is ever public, no integrator hears of them, nobody
 * joins them, and their code alone shows nothing but that a PIN is needed.
 */
export const isSecret = ({ flags, about }: Pick<CaseRecord, 'flags' | 'about'>): boolean =>
  flags.confidential || flags.oversight || about !== undefined;

/**
 * Takes a case down in the same write that gives the reason: it turned secret, it came to a state that is never public,
 * or words were taken back that the published ones were made from. Publishing it again is for the coordinator.
 */
export const publicStill = (
  state: Pick<StateSpec, 'hidden'> | undefined,
  record: CaseRecord,
  { redacts = [] }: Pick<CaseEvent, 'redacts'>,
): CaseRecord => {
  const { public: shown, ...rest } = record;
  if (shown === undefined) return record;
  const takenBack = redacts.includes(record.filing.id) || redacts.includes(shown.text);
  return isSecret(record) || state?.hidden === true || takenBack ? rest : record;
};

/** Title and summary as one text of the case; a title has no line break. */
export const publicBody = (title: string, summary: string): string => `${title}\n\n${summary}`;

export const publicWords = (body: string): { readonly title: string; readonly summary: string } => {
  const at = body.indexOf('\n\n');
  return at < 0 ? { title: body, summary: '' } : { title: body.slice(0, at), summary: body.slice(at + 2) };
};
