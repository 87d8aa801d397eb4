import { accent, type Drawing, pale } from './draw.ts';
import { type Flow, margin } from './layout.ts';
import { wrapped } from './letters.ts';
import type { Face } from './metrics.ts';

export interface Column {
  readonly title: string;
  /** Share of the width: a column of 2 is twice as wide as one of 1. */
  readonly share: number;
  /** Figures stand at the right; left unless said otherwise. */
  readonly align?: 'right';
}

/** How a table is set, in points. */
export interface Setting {
  readonly size: number;
  /** From line to line. */
  readonly lead: number;
  /** Between a cell's words and its edges. */
  readonly pad: number;
}
const usual: Setting = { size: 8, lead: 10.4, pad: 4 };
/** For as many columns as a law asks for: a date still fits in the narrowest of seventeen. */
export const dense: Setting = { size: 6, lead: 7.8, pad: 2 };

/**
 * A table over as many pages as it takes, its titles on each. A row stays on one page where a page holds it; a longer
 * one goes on over the next, and no word of it is cut.
 * @param rows as many cells as there are columns; one that is missing is empty
 */
export const table = (
  down: Flow,
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
  { size, lead, pad }: Setting = usual,
): void => {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (down.inner * share) / shares);
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, margin));

  const cells = (texts: readonly string[], face: Face): readonly (readonly string[])[] =>
    columns.map((_, i) => wrapped(texts[i] ?? '', face, size, Math.max(8, (widths[i] ?? 0) - 2 * pad)));

  const drawLine = (on: Drawing, y: number, lines: readonly (readonly string[])[], n: number, face: Face) => {
    lines.forEach((cell, i) => {
      const text = cell[n];
      if (text === undefined || text === '') return;
      const left = lefts[i] ?? margin;
      const atRight = columns[i]?.align === 'right';
      const x = atRight ? left + (widths[i] ?? 0) - pad : left + pad;
      on.text(x, y + size, text, {
        size,
        face,
        ...(atRight ? { align: 'right' } : {}),
        ...(face === 'bold' ? { ink: accent } : {}),
      });
    });
  };

  const rule = (): void =>
    down.block(3, (on, y) => on.line(margin, y + 1.5, margin + down.inner, y + 1.5, pale));

  const titles = cells(
    columns.map(({ title }) => title),
    'bold',
  );
  const heads = Math.max(1, ...titles.map((lines) => lines.length));
  const head = (): void => {
    down.block(heads * lead + pad, (on, y) => {
      for (let n = 0; n < heads; n += 1) drawLine(on, y + pad / 2 + n * lead, titles, n, 'bold');
    });
    rule();
  };

  /** Room for so many points, under the titles where a page begins. */
  const room = (points: number): void => {
    const before = down.pages.length;
    down.room(points);
    if (down.pages.length > before) head();
  };

  down.room(heads * lead + 40);
  head();
  for (const row of rows) {
    const lines = cells(row, 'regular');
    const high = Math.max(1, ...lines.map((cell) => cell.length));
    if (high * lead < 360) room(high * lead + pad + 3);
    down.space(pad / 2);
    for (let n = 0; n < high; n += 1) {
      room(lead);
      down.block(lead, (on, y) => drawLine(on, y, lines, n, 'regular'));
    }
    down.space(pad / 2);
    rule();
  }
};
