import type { Audience, CaseEvent } from '../cases/model.ts';
import type { Language } from '../kernel/errors.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { type FileKind, fileKinds, type Refused, refusals } from './model.ts';
import type { ShownFile } from './shape.ts';
import { refusalWords } from './words.ts';

/** An upload goes after a day: what has not come by then does not come any more. */
const awaitedSeconds = 24 * 3600;

/** A file as a case names it. */
export interface Named {
  readonly id: string;
  readonly audience: Audience;
  /** Event that named it, by whom and when. */
  readonly seq: number;
  readonly by: 'reporter' | 'staff';
  readonly at: Instant;
}

/** Every file that these events name, in order. Staff who file for a citizen hand in what is the citizen's. */
export const filesNamed = (events: readonly CaseEvent[]): readonly Named[] =>
  events.flatMap((event) =>
    (event.files ?? []).map(({ id, audience }) => ({
      id,
      audience,
      seq: event.seq,
      by: event.actor.kind === 'staff' && event.type !== 'filed' ? ('staff' as const) : ('reporter' as const),
      at: event.at,
    })),
  );

export type FileState =
  | { readonly state: 'pending' | 'missing' }
  | { readonly state: 'ready'; readonly kind: FileKind }
  | { readonly state: 'refused'; readonly why: Refused };

const isKind = (text: unknown): text is FileKind => fileKinds.some((kind) => kind === text);
const isRefusal = (text: unknown): text is Refused => refusals.some((reason) => reason === text);

/**
 * What became of each file, from the case's own events: naming and finding are both there, so that no view of a case
 * has to read anything else.
 */
export const fileStates = (events: readonly CaseEvent[], now: Instant): ReadonlyMap<string, FileState> => {
  const states = new Map<string, FileState>(
    filesNamed(events).map(({ id, at }) => [
      id,
      { state: toSeconds(now) - toSeconds(at) > awaitedSeconds ? 'missing' : 'pending' },
    ]),
  );
  for (const { facts } of events) {
    const id = facts?.['file'];
    if (typeof id !== 'string' || !states.has(id)) continue;
    const found = facts?.['found'];
    if (isKind(found)) states.set(id, { state: 'ready', kind: found });
    else if (isRefusal(found)) states.set(id, { state: 'refused', why: found });
  }
  return states;
};

/** Why a file is not there to be seen, in words; null when it is, or is still being looked at. */
export const reasonOf = (state: FileState, language: Language): string | null =>
  state.state === 'refused'
    ? refusalWords[state.why][language]
    : state.state === 'missing'
      ? refusalWords.missing[language]
      : null;

/** The files of one event that a reader may see. */
export const shownFiles = (
  event: CaseEvent,
  states: ReadonlyMap<string, FileState>,
  may: (audience: Audience) => boolean,
  language: Language,
): ShownFile[] =>
  (event.files ?? []).flatMap(({ id, audience }) => {
    const state = states.get(id);
    if (state === undefined || !may(audience)) return [];
    const kind = state.state === 'ready' ? state.kind : null;
    return [{ id, state: state.state, kind, reason: reasonOf(state, language) }];
  });
