import { ruleOf } from '../../cases/common/facts.ts';
import {
  type Change,
  type ClockEffect,
  type Refusal,
  refuse,
  type StepContext,
} from '../../cases/workflow.ts';
import { factsOf, type Part } from '../model.ts';
import { written } from '../pairs.ts';
import { openParts } from '../papers.ts';
import { ahead } from './progress.ts';

/** The check stands still while the applicant corrects; silence has its own limit. */
export const waits: readonly ClockEffect[] = [{ pause: ['completeness'] }, { start: 'data' }];
/** What a file that is complete ends and starts: from now on the city's promise runs. */
export const completes: readonly ClockEffect[] = [{ stop: 'completeness' }, { start: 'promise' }];

const accepted = 'accepted';
const entriesOf = (value: unknown): readonly (readonly [string, string])[] =>
  Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([name, one]) => [
    name,
    String(one),
  ]);

/** As a field of the input: `documents/kk`, `answers/~1mother~1nik`. */
const fieldOf = (of: 'documents' | 'answers', part: Part): string =>
  `${of}/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * A verdict on every document, and on each answer that is wrong. All of them good: the file is complete, and the promise
 * starts. Otherwise only the rejected parts open again. Nobody accepts what nobody could look at yet.
 */
export const check = (context: StepContext): Change | Refusal => {
  const { record, input, city } = context;
  const { papers } = factsOf(context);
  const documents = entriesOf(input['documents']);
  const answers = entriesOf(input['answers']);
  const judged = new Set(documents.map(([id]) => id));
  for (const part of papers.keys()) {
    if (!part.startsWith('/') && !judged.has(part))
      return refuse('verdictMissing', fieldOf('documents', part));
  }
  for (const [id, verdict] of documents) {
    const paper = papers.get(id);
    if (paper === undefined || id.startsWith('/')) return refuse('unknownDocument', fieldOf('documents', id));
    if (verdict !== accepted) continue;
    if (paper.state.state !== 'ready' || !paper.fits) return refuse('fileNotReady', fieldOf('documents', id));
  }
  const known = input['pointers'];
  for (const [pointer] of answers) {
    if (!Array.isArray(known) || !known.includes(pointer))
      return refuse('unknownAnswer', fieldOf('answers', pointer));
  }
  const rejected = new Map([...documents.filter(([, verdict]) => verdict !== accepted), ...answers]);
  if (rejected.size === 0) return complete(context);
  if (ruleOf(city, record, 'data') === undefined) return refuse('clockMissing');
  return {
    to: 'correction',
    as: { event: 'correctionAsked', audience: 'code' },
    tells: ['reporter'],
    facts: { rejected: written(rejected) },
    data: { verdict: record.seq + 1 },
    clocks: waits,
  };
};

const complete = (context: StepContext): Change => {
  const next = ahead(context, undefined);
  return {
    ...next,
    data: { ...next.data, verdict: undefined },
    clocks: completes,
    tells: [...(next.tells ?? []), 'reporter'],
  };
};

/** What a correction hands in, as the operation made it of the request. */
export interface HandedIn {
  /** File by part, for what is a file. */
  readonly papers: ReadonlyMap<Part, string>;
  /** Pointers of answers that were given anew. */
  readonly changed: readonly Part[];
  /** Id of the sealed answers from now on. */
  readonly answers: string;
  /** Parts that nobody was asked for before, and that follow from an answer given anew. */
  readonly fresh: ReadonlySet<Part>;
}

const isHandedIn = (value: unknown): value is HandedIn =>
  typeof value === 'object' && value !== null && 'papers' in value && 'changed' in value;

/**
 * Exactly what was open comes in anew; everything else is as it was and cannot be changed. A verdict's parts come all at
 * once, so that the check goes on from a whole file; before it, a useless file may be replaced alone.
 */
export const handIn = (context: StepContext): Change | Refusal => {
  const { record, input } = context;
  const { papers, rejected } = factsOf(context);
  const given = input['given'];
  if (!isHandedIn(given)) return refuse('invalidInput');
  const open = openParts(record.state, papers, rejected);
  const parts = new Set([...given.papers.keys(), ...given.changed]);
  if (parts.size === 0) return refuse('nothingHandedIn');
  // What follows from another answer comes along with it, never alone.
  if ([...parts].every((part) => given.fresh.has(part)))
    return refuse('partNotOpen', partField([...parts][0] ?? ''));
  for (const part of parts)
    if (!open.has(part) && !given.fresh.has(part)) return refuse('partNotOpen', partField(part));
  const waiting = record.state === 'correction';
  const lacking = waiting ? [...open].find((part) => !parts.has(part)) : undefined;
  if (lacking !== undefined) return refuse('partMissing', partField(lacking));
  return {
    facts: given.papers.size === 0 ? { changed: given.changed.length } : { papers: written(given.papers) },
    data: { answers: given.answers },
    ...(waiting
      ? {
          to: 'checking',
          clocks: [{ stop: 'data' }, { resume: ['completeness'] }],
          tells: ['unit', 'assignee'],
        }
      : {}),
  };
};

/** Where the request named it: a document by id, an answer by its pointer. */
const partField = (part: Part): string => (part.startsWith('/') ? `answers${part}` : `documents/${part}`);
