import type { FileKind } from '../attachments/model.ts';
import { fileStates } from '../attachments/naming.ts';
import type { CaseEvent } from '../cases/model.ts';
import type { DocumentSpec } from '../city/standards.ts';
import type { Instant } from '../kernel/time.ts';
import type { Paper, Part } from './model.ts';
import { read } from './pairs.ts';

/** What an upload is to a form; a voice note is nothing that any form takes. */
export const formKinds: Readonly<Record<FileKind, 'image' | 'pdf' | undefined>> = {
  photo: 'image',
  document: 'pdf',
  voice: undefined,
};

/** Parts that later answers do not ask for any more, as the event of a correction names them. */
const droppedBy = ({ facts }: CaseEvent): readonly Part[] =>
  typeof facts?.['dropped'] === 'string' ? facts['dropped'].split(' ') : [];

/**
 * The files in force, by part: those that the filing named, each replaced by what a correction handed in later, or dropped
 * by it. What became of each follows from the events alone, so that nobody waits for the inspection.
 * @param events all of the application, oldest first
 * @param specOf what a document may be; answers that are files were judged by their form
 */
export const papersOf = (
  events: readonly CaseEvent[],
  specOf: (document: string) => Pick<DocumentSpec, 'accepts'> | undefined,
  now: Instant,
): ReadonlyMap<Part, Paper> => {
  const states = fileStates(events, now);
  const named = new Map<Part, Pick<Paper, 'file' | 'seq'>>();
  for (const event of events) {
    for (const part of droppedBy(event)) named.delete(part);
    for (const [part, file] of read(event.facts?.['papers'])) named.set(part, { file, seq: event.seq });
  }
  return new Map(
    [...named].map(([part, { file, seq }]) => {
      const state = states.get(file) ?? { state: 'pending' };
      const accepts = specOf(part)?.accepts ?? ['image', 'pdf'];
      const kind = state.state === 'ready' ? formKinds[state.kind] : undefined;
      return [part, { file, seq, state, fits: kind !== undefined && accepts.includes(kind) }];
    }),
  );
};

/** What the verdict in force rejected, and why. */
export const rejectedOf = (
  events: readonly CaseEvent[],
  verdict: number | undefined,
): ReadonlyMap<Part, string> =>
  read(verdict === undefined ? undefined : events.find(({ seq }) => seq === verdict)?.facts?.['rejected']);

/** A file that nobody can ever look at: refused, of a wrong kind, or never arrived. */
export const isUseless = ({ state, fits }: Paper): boolean =>
  state.state === 'refused' || state.state === 'missing' || (state.state === 'ready' && !fits);

/**
 * What the applicant may hand in again: what the verdict rejected, and what no officer could look at, which reopens by
 * itself as long as the file is not complete.
 */
export const openParts = (
  state: string,
  papers: ReadonlyMap<Part, Paper>,
  rejected: ReadonlyMap<Part, string>,
): ReadonlySet<Part> => {
  if (!['submitted', 'checking', 'correction'].includes(state)) return new Set();
  const useless = [...papers].flatMap(([part, paper]) => (isUseless(paper) ? [part] : []));
  return new Set([...(state === 'correction' ? rejected.keys() : []), ...useless]);
};
