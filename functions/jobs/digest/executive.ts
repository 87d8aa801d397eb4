import { rowSubject, visibleTo } from '../../cases/access.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRow } from '../../cases/model.ts';
import { unitOf } from '../../cases/units.ts';
import type { Rung } from '../../city/ladder.ts';
import type { City } from '../../city/schema.ts';
import type { Notice } from '../../events/notice.ts';
import { type Instant, toSeconds } from '../../kernel/time.ts';
import { type Counted, type Counts, countFor, type DueRows, ownRow, said, sum } from './rules.ts';

/** Cases that a message names; the rest is a number, and behind the link. */
const listed = 20;

/** What an executive is told of one branch; `triage` is a branch of its own. */
interface Branch {
  readonly unit: string;
  readonly overdue: Counted;
  readonly escalated: readonly CaseRow[];
}

export interface Report {
  readonly branches: readonly Branch[];
  /** Cases that only this person may handle, as the substitute of somebody. */
  readonly own: Counts;
}

/** What is read of the city, by branch in the order of the settings. */
export type DueOf = readonly { readonly unit: string; readonly due: DueRows }[];

/** Rungs whose cases a person is shown: the mayor's own, to everybody else of the top all that left its unit. */
const shownTo = ({ position }: StaffActor): readonly Rung[] =>
  position === 'mayor' ? ['mayor'] : ['sekda', 'mayor'];

/** The rung that a case has reached, as the ladder stands now. */
const reached = (city: City, row: CaseRow): Rung | undefined =>
  city.ladder.find(({ id }) => id === row.escalation)?.tells;

const nothing: Counts = { overdue: { n: 0, more: false }, today: { n: 0, more: false } };

/** The whole city as one executive may know of it. Pure. */
export const reportFor = (actor: StaffActor, city: City, all: DueOf, now: Instant): Report => {
  const rungs = shownTo(actor);
  const sees = (row: CaseRow): boolean => visibleTo(rowSubject(row), actor, city.substitutes);
  const branches = all.flatMap(({ unit, due }): readonly Branch[] => {
    const { overdue } = countFor(actor, city, due, now, () => true);
    const escalated = due.rows.filter((row) => {
      const rung = reached(city, row);
      return rung !== undefined && rungs.includes(rung) && sees(row);
    });
    return overdue.n === 0 && !overdue.more ? [] : [{ unit, overdue, escalated }];
  });
  const own = sum(
    all.map(({ due }) => countFor(actor, city, { ...due, cutAt: undefined }, now, ownRow(actor))),
  );
  return { branches, own: actor.role === 'executive' ? own : nothing };
};

/**
 * Cases past the unit's own head of which no executive may know: confidential and oversight ones. They are shown to
 * inspectors, who see both.
 */
export const escalatedUnseen = (actor: StaffActor, city: City, all: DueOf): readonly CaseRow[] =>
  all.flatMap(({ due }) =>
    due.rows.filter((row) => {
      const rung = reached(city, row);
      const secret = row.about === undefined && (row.flags.includes('c') || row.flags.includes('o'));
      return (
        secret &&
        (rung === 'sekda' || rung === 'mayor') &&
        visibleTo(rowSubject(row), actor, city.substitutes)
      );
    }),
  );

const daysLate = ({ due }: CaseRow, now: Instant): number =>
  due === null ? 0 : Math.floor((toSeconds(now) - toSeconds(due)) / 86_400);

/** `7G49AJMYS · 6 hari · https://…`: a code and how late it is, no word of the case. */
export const caseLines = (rows: readonly CaseRow[], now: Instant, publicUrl: string): readonly string[] =>
  rows.map((row) => `- ${row.code} · ${daysLate(row, now)} hari · ${publicUrl}/desk/cases/${row.code}`);

/**
 * One message a day and person: how many reports are past their deadline, unit by unit in the order of the settings
 * (never ranked), and those that climbed to this person. Undefined when there is nothing to tell.
 */
export const executiveNotice = (
  city: City,
  { branches, own }: Report,
  now: Instant,
  publicUrl: string,
): Notice | undefined => {
  if (branches.length === 0 && own.today.n + own.overdue.n === 0) return undefined;
  const overdue: Counted = {
    n: branches.reduce((all, branch) => all + branch.overdue.n, 0),
    more: branches.some((branch) => branch.overdue.more),
  };
  const escalated = branches.flatMap((branch) => branch.escalated);
  const named = new Set(escalated.slice(0, listed));
  const left = escalated.length - named.size;
  const id = said(overdue, 'lebih dari', 'belum dihitung');
  // The oldest are read first: where the reading stopped there may be more that climbed.
  const climbed = said({ n: escalated.length, more: overdue.more }, 'lebih dari', 'belum dihitung');
  const mine = own.today.n + own.overdue.n;
  const link = `${publicUrl}/desk`;
  const nameOf = (unit: string): string =>
    unit === 'triage' ? 'Triase' : (unitOf(city, unit)?.name ?? unit);
  return {
    template: 'digest',
    parameters: ['kota', id, String(own.today.n), link],
    subject: `${city.profile.app}: ${id} lewat batas, ${climbed} dinaikkan kepada Anda${
      mine === 0 ? '' : `, ${mine} Anda tangani sendiri`
    }`,
    text: [
      `Laporan kota pagi ini: ${id} lewat batas, ${climbed} dinaikkan kepada Anda.`,
      ...branches.flatMap((branch) => [
        `${nameOf(branch.unit)}: ${said(branch.overdue, 'lebih dari', 'belum dihitung')} lewat batas${
          branch.escalated.length === 0 ? '' : `, ${branch.escalated.length} dinaikkan`
        }`,
        ...caseLines(
          branch.escalated.filter((row) => named.has(row)),
          now,
          publicUrl,
        ),
      ]),
      ...(left === 0 ? [] : [`dan ${left} laporan lain`]),
      ...(mine === 0
        ? []
        : [`Yang Anda tangani sendiri: ${own.overdue.n} lewat batas, ${own.today.n} jatuh tempo hari ini`]),
      `Buka: ${link}`,
      '',
      `The city's reports this morning: ${said(overdue, 'more than', 'not counted')} overdue, ${escalated.length} escalated to you.`,
    ].join('\n'),
  };
};
