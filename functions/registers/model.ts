import type { Zone } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';

/** A register: the rows that a law or an office wants of what was dealt with, to be exported and printed. */
export interface Names {
  readonly id: string;
  readonly en: string;
}

export interface Column {
  readonly id: string;
  readonly names: Names;
  /** Share of a printed page's width; 1 unless said otherwise. */
  readonly share?: number;
}

/** Numbers stay numbers in a spreadsheet; `null` is an empty cell. Days are `2026-11-22`, moments local `2026-11-22 10:00`. */
export type Cell = string | number | null;
export type Cells = Readonly<Record<string, Cell>>;

/** What is known of a register without reading a row of it. */
export interface RegisterHead {
  /** Slug, never reused: exports and their log name it for good. */
  readonly id: string;
  readonly names: Names;
  readonly columns: readonly Column[];
  /** Who may have it, and of which units (`readers.ts`). */
  readonly readers: 'units' | 'ppid';
  /** Names people, because a law wants it so: every opening of such a file is noted. */
  readonly personal: boolean;
  /** It can be asked for one of these alone, such as one service or one counter. */
  readonly of?: 'service' | 'resource';
}

/** Calendar days in the city's zone, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What an export asks a register for. */
export interface Asked {
  readonly period: Period;
  /** The period as instants, the end exclusive. */
  readonly from: Instant;
  readonly until: Instant;
  /** One service or resource alone. */
  readonly of?: string | undefined;
  /** Units whose rows the asker may have. A row of a secret case is nobody's. */
  readonly units: 'all' | ReadonlySet<string>;
  readonly zone: Zone;
  readonly language: Language;
}

export interface Entry {
  /** Where the row stands in the register's own order: a walk that was cut off goes on after it. */
  readonly place: string;
  readonly cells: Cells;
}

export interface Opened {
  /** Rows of the whole period, for a bar of progress; the walk may find fewer when cases change meanwhile. */
  readonly total: number;
  /** In the register's own order, which no change of a case moves. */
  readonly rows: AsyncIterable<Entry>;
}

export interface Register extends RegisterHead {
  /**
   * @param after place of the last row that is known already
   * @throws Problem tooManyRows
   */
  readonly open: (asked: Asked, after: string | undefined) => Promise<Opened>;
}

/** Whether rows of a unit are among those asked for. */
export const isAsked = ({ units }: Pick<Asked, 'units'>, unit: string): boolean =>
  units === 'all' || units.has(unit);
