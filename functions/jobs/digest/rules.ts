import { rowSubject, visibleTo } from '../../cases/access.ts';
import type { StaffActor } from '../../cases/actor.ts';
import { workingTime } from '../../cases/clock/calendar.ts';
import { localDate, startOfDay } from '../../cases/clock/local.ts';
import type { CaseRow } from '../../cases/model.ts';
import { rootOf, unitOf } from '../../cases/units.ts';
import type { City } from '../../city/schema.ts';
import type { Notice } from '../../events/notice.ts';
import type { Role } from '../../kernel/contract.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';

/** A local day of the city: its date, and the instant at which it is over. */
export interface Day {
  readonly date: string;
  readonly end: Instant;
  /** Whether the city's calendar has any open time on it. */
  readonly working: boolean;
}

export const dayOf = (city: Pick<City, 'calendars' | 'profile'>, now: Instant): Day => {
  const { zone } = city.profile;
  const time = workingTime(city.calendars, city.calendars.city, zone);
  const date = localDate(now, zone);
  const start = toSeconds(startOfDay(date, zone));
  return { date, end: fromSeconds(start + 86_400), working: time.between(start, start + 86_400) > 0 };
};

/** Who answers for a unit's deadlines. An inspector does for what only inspectors see. */
const answering: ReadonlySet<Role> = new Set(['liaison', 'head', 'areaHead', 'inspector']);

/**
 * Top units whose deadlines each person answers for, by staff id: the own branch, and where the person stands in for
 * somebody. A unit in which nobody has a role that answers is its officers' own, as it is for single notices.
 */
export const rootsOf = (staff: readonly StaffActor[], city: City): ReadonlyMap<string, readonly string[]> => {
  const led = new Set(staff.filter(({ role }) => answering.has(role)).map(({ unit }) => unit));
  return new Map(
    staff.map((actor) => {
      const { id, role, unit, position, root } = actor;
      const answers = answering.has(role) || (role === 'officer' && !led.has(unit));
      const standIn = city.substitutes.filter((s) => s.position !== undefined && s.position === position);
      const roots = [...(answers ? [root] : []), ...standIn.map((s) => rootOf(city, s.unit))];
      return [id, [...new Set(roots)]] as const;
    }),
  );
};

/** A number, and whether there are more that were not looked at. */
export interface Counted {
  readonly n: number;
  readonly more: boolean;
}

export interface Counts {
  readonly overdue: Counted;
  readonly today: Counted;
}

/** Rows with a deadline by the end of the day. */
export interface DueRows {
  readonly rows: readonly CaseRow[];
  /** Deadline up to which all were read, when the reading stopped at the cut. */
  readonly cutAt: Instant | undefined;
}

export const noRows: DueRows = { rows: [], cutAt: undefined };

/** Counts what this person may see, of the own units; an executive only what there is a substitute for. */
export const countFor = (
  actor: StaffActor,
  city: City,
  { rows, cutAt }: DueRows,
  now: Instant,
  mine: (row: CaseRow) => boolean,
): Counts => {
  const seen = rows.filter((row) => mine(row) && visibleTo(rowSubject(row), actor, city.substitutes));
  const overdue = seen.filter((row) => row.due !== null && row.due < now).length;
  return {
    overdue: { n: overdue, more: cutAt !== undefined && cutAt < now },
    today: { n: seen.length - overdue, more: cutAt !== undefined },
  };
};

export const ownRow =
  (actor: StaffActor) =>
  (row: CaseRow): boolean =>
    actor.role === 'executive'
      ? row.about !== undefined
      : row.about !== undefined || (row.unit !== null && actor.units.has(row.unit));

const added = (all: readonly Counted[]): Counted => ({
  n: all.reduce((total, { n }) => total + n, 0),
  more: all.some(({ more }) => more),
});

export const sum = (all: readonly Counts[]): Counts => ({
  overdue: added(all.map((c) => c.overdue)),
  today: added(all.map((c) => c.today)),
});

export const nothingDue = ({ overdue, today }: Counts): boolean =>
  overdue.n + today.n === 0 && !overdue.more && !today.more;

/** `12`, or `lebih dari 12` when not all were looked at. */
export const said = ({ n, more }: Counted, moreThan: string, uncounted: string): string => {
  if (!more) return String(n);
  return n === 0 ? uncounted : `${moreThan} ${n}`;
};

/** The morning list: numbers and links, nothing of any case. */
export const digestNotice = (
  city: City,
  actor: StaffActor,
  queue: 'unit' | 'triage',
  { overdue, today }: Counts,
  publicUrl: string,
  /** Further lines, each about a case by its code alone. */
  further: readonly string[] = [],
): Notice => {
  const where = queue === 'triage' ? 'triase' : (unitOf(city, actor.unit)?.name ?? actor.unit);
  const whereEn = queue === 'triage' ? 'triage' : where;
  const link = `${publicUrl}/desk?queue=${queue}`;
  const late = `${link}&overdue=true`;
  const id = (n: Counted): string => said(n, 'lebih dari', 'belum dihitung');
  const en = (n: Counted): string => said(n, 'more than', 'not counted');
  return {
    template: 'digest',
    parameters: [where, id(overdue), id(today), link],
    subject: `${city.profile.app}: ${id(overdue)} lewat batas, ${id(today)} jatuh tempo hari ini`,
    text: [
      `Laporan ${where} pagi ini:`,
      `Lewat batas: ${id(overdue)} · ${late}`,
      `Jatuh tempo hari ini: ${id(today)} · ${link}`,
      ...further,
      '',
      `Reports of ${whereEn} this morning: ${en(overdue)} overdue, ${en(today)} due today.`,
    ].join('\n'),
  };
};
