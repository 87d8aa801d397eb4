import type { SettingKind } from './schema.ts';

/** One thing wrong with a pack or a draft: which setting, which field, and what about it. */
export interface Problem {
  readonly kind: SettingKind;
  /** `rules[3].to.unit`; empty for the setting as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What both versions of zod report; only these fields are read. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly origin?: string;
  readonly format?: string;
  readonly pattern?: string;
}

/** `['rules', 3, 'to', 'unit']` → `rules[3].to.unit`. */
export const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );

/** In plain words whatever locale zod has loaded: functions load none. */
const saying = (issue: Issue): string => {
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${String(issue.expected)}`;
    case 'invalid_value':
      return `expected ${(issue.values ?? []).map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'unrecognized_keys':
      return `unknown field ${(issue.keys ?? []).map((key) => `"${key}"`).join(', ')}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}${unit}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unit}`;
    case 'invalid_format':
      return issue.pattern === undefined ? `not a valid ${issue.format}` : `does not fit ${issue.pattern}`;
    case 'invalid_union':
      return 'fits none of the allowed forms';
    default:
      return issue.message;
  }
};

/** Turns a failed parse of one setting into problems, field by field. */
export const problemsOf = (kind: SettingKind, issues: readonly Issue[]): Problem[] =>
  issues.map((issue) => ({ kind, path: fieldOf(issue.path), message: saying(issue) }));

/** `routing.json rules[3].to.unit: unknown unit "x"`. */
export const describe = ({ kind, path, message }: Problem): string =>
  `${kind}.json${path === '' ? '' : ` ${path}`}: ${message}`;

/** Collects the problems of one setting. */
export const reporter =
  (problems: Problem[], kind: SettingKind) =>
  (path: string, message: string): void => {
    problems.push({ kind, path, message });
  };

export type Report = ReturnType<typeof reporter>;

/** Reports every value that stands twice, at its second place. */
export const once = (
  report: Report,
  values: readonly string[],
  at: (index: number) => string,
  what: string,
): void => {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) report(at(index), `${what} "${value}" stands twice`);
    seen.add(value);
  });
};
