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
import { isUseless, openParts } from '../papers.ts';
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
 * A verdict on every document that was handed in, and on no other. Nobody accepts what nobody could look at yet.
 * @returns what was rejected, and why
 */
const rejectedBy = (context: StepContext): ReadonlyMap<Part, string> | Refusal => {
  const { papers } = factsOf(context);
  const verdicts = new Map(entriesOf(context.input['documents']));
  for (const part of papers.keys()) {
    if (!part.startsWith('/') && !verdicts.has(part))
      return refuse('verdictMissing', fieldOf('documents', part));
  }
  for (const [id, verdict] of verdicts) {
    const paper = papers.get(id);
    if (paper === undefined) return refuse('unknownDocument', fieldOf('documents', id));
    if (verdict === accepted && (paper.state.state !== 'ready' || !paper.fits))
      return refuse('fileNotReady', fieldOf('documents', id));
  }
  return new Map([...verdicts].filter(([, verdict]) => verdict !== accepted));
};

/** Every document is good and no answer wrong: the file is complete, and the promise starts. */
export const complete = (context: StepContext): Change | Refusal => {
  const rejected = rejectedBy(context);
  if ('refuse' in rejected) return rejected;
  const useless = [...factsOf(context).papers].find(([, paper]) => isUseless(paper));
  if (useless !== undefined) return refuse('fileNotReady', fieldOf('answers', useless[0]));
  const next = ahead(context, undefined);
  return { ...next, data: { ...next.data, verdict: undefined } };
};

/** Something is wrong with documents or answers: these alone open again, and the check stands still. */
export const askCorrection = (context: StepContext): Change | Refusal => {
  const { record, input, city } = context;
  const documents = rejectedBy(context);
  if ('refuse' in documents) return documents;
  const answers = entriesOf(input['answers']);
  const known = input['pointers'];
  for (const [pointer] of answers) {
    if (!Array.isArray(known) || !known.includes(pointer))
      return refuse('unknownAnswer', fieldOf('answers', pointer));
  }
  const rejected = new Map([...documents, ...answers]);
  if (rejected.size === 0) return refuse('nothingRejected');
  if (ruleOf(city, record, 'data') === undefined) return refuse('clockMissing');
  return { to: 'correction', facts: { rejected: written(rejected) }, data: { verdict: record.seq + 1 } };
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
  /** Parts that the answers as they are now ask for no more. */
  readonly needless: ReadonlySet<Part>;
}

const isHandedIn = (value: unknown): value is HandedIn =>
  typeof value === 'object' && value !== null && 'papers' in value && 'changed' in value;

/**
 * Exactly what was open comes in anew; everything else is as it was and cannot be changed. A verdict's parts come all at
 * once, so that the check goes on from a whole file; before it, a useless file may be replaced alone. What nobody needs any
 * more, because of an answer given anew, need not come and waits for no verdict.
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
  const lacking = waiting
    ? [...open].find((part) => !parts.has(part) && !given.needless.has(part))
    : undefined;
  if (lacking !== undefined) return refuse('partMissing', partField(lacking));
  const dropped = [...given.needless].filter((part) => papers.has(part) && !given.papers.has(part));
  return {
    facts: {
      ...(given.papers.size === 0 ? { changed: given.changed.length } : { papers: written(given.papers) }),
      ...(dropped.length === 0 ? {} : { dropped: dropped.join(' ') }),
    },
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
