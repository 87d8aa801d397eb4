import type { Acted } from '../cases/commands.ts';
import { commonProblems, type ErrorCode, errorText, isProblem, type Language } from '../kernel/errors.ts';
import { reportProblems } from '../kernel/report-problems.ts';

/** What a batch may be refused with. */
const known = { ...commonProblems, ...reportProblems };

/** What became of one case among many. */
export type Result =
  | { readonly code: string; readonly result: 'done'; readonly seq: number; readonly state: string }
  | { readonly code: string; readonly result: 'refused'; readonly problem: ErrorCode; readonly title: string }
  /** The time was up before its turn; the same call, repeated, goes on. */
  | { readonly code: string; readonly result: 'notReached' };

export interface Many {
  /** Milliseconds. */
  readonly clock: () => number;
  /** Nothing is begun after this long: the gateway answers for us at 30 s. */
  readonly millis: number;
  readonly language: Language;
}

/** Commands under way at once. */
const together = 4;

/** The idempotency key of one case's command among those of one request. */
export const keyOf = (key: string, code: string): string => `${key}|${code}`;

/**
 * One command for each case, a few at once, each with its own outcome: a refusal of one leaves the others alone. A
 * fault that is nobody's refusal ends it all: the repeated request finds what was done by its key.
 */
export const forMany = async <T extends { readonly code: string }>(
  cases: readonly T[],
  take: (one: T) => Promise<Acted>,
  { clock, millis, language }: Many,
): Promise<readonly Result[]> => {
  const results = new Map<string, Result>();
  const started = clock();
  const one = async (each: T): Promise<void> => {
    const { code } = each;
    if (clock() - started >= millis) return;
    try {
      const { seq, state } = await take(each);
      results.set(code, { code, result: 'done', seq, state });
    } catch (refusal) {
      if (!isProblem(refusal) || refusal.code === 'internal') throw refusal;
      const title = errorText(refusal.code, language, known);
      results.set(code, { code, result: 'refused', problem: refusal.code, title });
    }
  };
  for (let i = 0; i < cases.length; i += together) await Promise.all(cases.slice(i, i + together).map(one));
  return cases.map(({ code }) => results.get(code) ?? { code, result: 'notReached' });
};
