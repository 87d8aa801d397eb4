import { visibleTo } from '../cases/access.ts';
import { isWide, type StaffActor } from '../cases/actor.ts';
import { branchOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { type Circle, circlesOf, mayCount, subjectIn } from '../figures/circle.ts';
import {
  dueBetween,
  nowPartition,
  openAttribute,
  overdueOf,
  type Part,
  partOf,
  parts,
  plannedAttribute,
  triageRow,
  waitingAttribute,
} from '../figures/keys.ts';
import type { FigureStore } from '../figures/store.ts';
import type { Instant } from '../kernel/time.ts';
import type { Queue } from './queues.ts';

/** Some open cases of which each one is open to the reader: the smallest thing that is counted. */
export interface Cell {
  readonly unit: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** What one read of the figures gives, everything that the reader may not count left out already. */
export interface Cells {
  /** By unit (or `triage`), a reader's own confidential cases among them. */
  readonly units: readonly Cell[];
  readonly mine: readonly Cell[];
  readonly validating: readonly Cell[];
  readonly areas: readonly Cell[];
}

/** Queues that somebody has, by role: those worth a number on a desk. */
export const queuesOf = (city: City, actor: StaffActor): readonly Queue[] => {
  const branch = branchOf(city, actor.unit);
  const hasTeams = city.units.some(({ id, kind }) => kind === 'team' && branch.has(id));
  const working: readonly Queue[] = ['unit', 'mine', ...(hasTeams ? (['team'] as const) : [])];
  switch (actor.role) {
    case 'coordinator':
      return ['triage', ...working, 'planned', 'waiting', 'all'];
    case 'inspector':
      return ['triage', ...working, 'validation', 'planned', 'waiting', 'all'];
    case 'executive':
      return ['planned', 'waiting', 'all'];
    case 'validator':
      return ['validation'];
    case 'areaHead':
      return [...working, 'area', 'planned', 'waiting'];
    default:
      return [...working, 'planned', 'waiting'];
  }
};

/** The queue's cells, and what of them is counted. */
const cellsIn = (city: City, actor: StaffActor, queue: Queue, cells: Cells): readonly Cell[] => {
  const own = branchOf(city, actor.unit);
  const within = (units: ReadonlySet<string>) => cells.units.filter(({ unit }) => units.has(unit));
  switch (queue) {
    case 'triage':
      return within(new Set([triageRow]));
    case 'unit':
      return within(own);
    case 'team':
      return within(
        new Set(city.units.flatMap(({ id, kind }) => (kind === 'team' && own.has(id) ? [id] : []))),
      );
    case 'mine':
      return cells.mine;
    case 'validation':
      return cells.validating;
    case 'area':
      return cells.areas;
    case 'planned':
    case 'waiting':
    case 'all':
      return isWide(actor) ? cells.units : within(own);
  }
};

export interface Count {
  readonly queue: Queue;
  readonly open: number;
  /** Past their earliest running deadline; null where deadlines are not what the queue is about. */
  readonly overdue: number | null;
  readonly dueToday: number | null;
}

/**
 * One number for each queue: as many cases as the reader would find in it, page by page.
 * @param asOf a whole minute, for which the numbers are exact
 * @param tonight end of the local day
 */
export const countsOf = (
  city: City,
  actor: StaffActor,
  cells: Cells,
  wanted: readonly Queue[],
  asOf: Instant,
  tonight: Instant,
): readonly Count[] =>
  wanted.map((queue) => {
    const of = cellsIn(city, actor, queue, cells);
    const sum = (each: (cell: Cell) => number): number => of.reduce((n, cell) => n + each(cell), 0);
    const attribute =
      queue === 'planned' ? plannedAttribute : queue === 'waiting' ? waitingAttribute : openAttribute;
    const timed = attribute === openAttribute;
    return {
      queue,
      open: sum(({ counts }) => counts[attribute] ?? 0),
      overdue: timed ? sum(({ counts }) => overdueOf(counts, asOf)) : null,
      dueToday: timed ? sum(({ counts }) => dueBetween(counts, asOf, tonight)) : null,
    };
  });

/**
 * Reads what the queues need: a query for each circle of readers that the caller belongs to, and one for the own
 * cases, areas or validations. What the caller may not know of one by one is not counted either.
 */
export const readCells = async (
  store: Pick<FigureStore, 'rows' | 'rowsOf'>,
  city: City,
  actor: StaffActor,
): Promise<Cells> => {
  const { substitutes } = city;
  const sees = (circle: Circle, unit: string, known: Parameters<typeof subjectIn>[2]): boolean =>
    visibleTo(subjectIn(circle, unit, known), actor, substitutes);
  const partsOf = async (
    part: Part,
    of: readonly string[],
    known: (of: string) => Parameters<typeof subjectIn>[2],
  ) => {
    const read = await Promise.all(of.map((id) => store.rowsOf(parts[part], `${id}#`)));
    return read.flat().flatMap(({ unit: row, counts }) => {
      const { of: whose, circle, unit } = partOf(row);
      return sees(circle, unit, known(whose)) ? [{ unit, circle, counts }] : [];
    });
  };
  const readable = circlesOf(substitutes).filter((circle) =>
    [triageRow, ...city.units.map(({ id }) => id)].some((unit) => mayCount(circle, unit, actor, substitutes)),
  );
  const [byCircle, mine, validating, areas] = await Promise.all([
    Promise.all(readable.map(async (circle) => ({ circle, rows: await store.rows(nowPartition(circle)) }))),
    partsOf('people', [actor.id, ...(actor.standsFor ?? [])], (assignee) => ({ assignee })),
    actor.role === 'validator' || actor.role === 'inspector'
      ? partsOf('validating', [actor.unit], (of) => ({ validating: of }))
      : [],
    actor.role === 'areaHead' ? areaCells(store, actor, sees) : [],
  ]);
  const whole = byCircle.flatMap(({ circle, rows }) =>
    rows.filter(({ unit }) => mayCount(circle, unit, actor, substitutes)),
  );
  // An assignee's own confidential cases are in the unit's queue too, though the rest of them is not.
  const own = mine.filter(({ circle, unit }) => !mayCount(circle, unit, actor, substitutes));
  return { units: [...whole, ...own], mine, validating, areas };
};

/** Areas that a lurah or camat governs: a kecamatan's code begins those of its kelurahan. */
const areaCells = async (
  store: Pick<FigureStore, 'rowsOf'>,
  actor: StaffActor,
  sees: (circle: Circle, unit: string, known: { readonly area: string }) => boolean,
): Promise<readonly Cell[]> => {
  const governed = [...actor.areas];
  const tops = governed.filter((code) => !governed.some((other) => code.startsWith(`${other}.`)));
  const read = await Promise.all(tops.map((code) => store.rowsOf(parts.areas, code)));
  return read.flat().flatMap(({ unit: row, counts }) => {
    const { of: area, circle, unit } = partOf(row);
    return sees(circle, unit, { area }) ? [{ unit, counts }] : [];
  });
};
