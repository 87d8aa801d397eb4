import { type Subject, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Substitute } from '../city/schema.ts';
import { anyUnit, triageRow } from './keys.ts';

/**
 * Whose eyes a case is for. A count tells as much as a list, so the figures of each circle lie in partitions of
 * their own, and a reader's row is the sum of the circles that `visibleTo` opens to that reader (adr/0062).
 */
export type Circle = 'normal' | 'confidential' | 'oversight' | `about-${string}`;

/** In the order in which `visibleTo` decides. */
export const circleOf = ({ about, flags }: Pick<CaseRecord, 'about' | 'flags'>): Circle => {
  if (about !== undefined) return `about-${about}`;
  if (flags.oversight) return 'oversight';
  return flags.confidential ? 'confidential' : 'normal';
};

export const circlesOf = (substitutes: readonly Substitute[]): readonly Circle[] => [
  'normal',
  'confidential',
  'oversight',
  ...substitutes.map(({ about }): Circle => `about-${about}`),
];

/** What every case of a circle in a unit's hands has in common, with what else is known of each of them. */
export const subjectIn = (
  circle: Circle,
  row: string,
  known: Partial<Pick<Subject, 'area' | 'assignee' | 'validating'>> = {},
): Subject => ({
  unit: row === triageRow || row === anyUnit ? null : row,
  area: null,
  ...known,
  confidential: circle === 'confidential',
  oversight: circle === 'oversight',
  about: circle.startsWith('about-') ? circle.slice('about-'.length) : undefined,
});

/** Whether staff may know how many cases of a circle a unit (or triage) has: those who may see every one of them. */
export const mayCount = (
  circle: Circle,
  row: string,
  actor: StaffActor,
  substitutes: readonly Substitute[],
): boolean => visibleTo(subjectIn(circle, row), actor, substitutes);
