import { expect } from 'vitest';
import { take } from '../../../test/cases.ts';
import type { Looked } from '../../cases/workflow.ts';
import { at, city, type Person, people, type Row } from './table.ts';

/** A table of actions that are open by the state alone, written out by hand. */
export interface Short {
  readonly input: Readonly<Record<string, unknown>>;
  readonly looked?: Looked;
  /** Who stands where it is taken from, by where the case lies. */
  readonly stands: Readonly<Record<Row['lies'], readonly Person[]>>;
  readonly isOpen: (state: string) => boolean;
  /** What comes of it in the states where it could be taken, when that is a refusal; also by person. */
  readonly but?: string | Readonly<Record<Person, string>>;
}

export const coordinators: readonly Person[] = ['coordinator', 'coordinator2'];
export const unit: readonly Person[] = ['liaison', 'officer', 'head'];
export const reporters: readonly Person[] = ['reporter', 'account'];
export const everywhere = (persons: readonly Person[]): Short['stands'] => ({
  triage: persons,
  unit: persons,
});

const wanted = ({ stands, isOpen, but }: Short, { record, lies }: Row, who: Person): string => {
  if (!stands[lies].includes(who)) return 'forbidden';
  if (!isOpen(record.state)) return 'wrongState';
  return (typeof but === 'object' ? but[who] : but) ?? 'done';
};

/** What somebody may do of these with a case is what the table says, and each refusal says what the table says. */
export const expectShort = (actions: Readonly<Record<string, Short>>, row: Row, who: Person): void => {
  const actor = people[who];
  if (actor === undefined) throw new Error(who);
  const came = Object.entries(actions).map(([action, { input, looked }]) => {
    const stepped = take(city, row.record, actor, action, input, at, looked);
    return [action, 'refuse' in stepped ? stepped.refuse : 'done'];
  });
  expect(came).toEqual(Object.entries(actions).map(([action, short]) => [action, wanted(short, row, who)]));
};
