import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import { drawing, grey } from '../pdf/draw.ts';
import { a4Across, flow, margin } from '../pdf/layout.ts';
import { dense, table } from '../pdf/table.ts';
import { writePdf } from '../pdf/write.ts';
import type { Cell, Cells, Names, Period, RegisterHead } from './model.ts';

export interface Printing {
  readonly head: Pick<RegisterHead, 'names' | 'columns'>;
  readonly city: Names;
  readonly period: Period;
  readonly language: Language;
  readonly at: Instant;
  /** The same in the city's zone, `2026-11-22 10:00`. */
  readonly printedAt: string;
  /** Which of the files of this register it is, from 1, and how many rows stand in those before. */
  readonly part: number;
  readonly before: number;
}

const words = {
  id: { period: 'Periode', printed: 'Dicetak', page: 'Halaman', part: 'Bagian', none: 'Tidak ada catatan.' },
  en: { period: 'Period', printed: 'Printed', page: 'Page', part: 'Part', none: 'No entries.' },
} as const;

const top = 92;
/** With more columns than this the letters are small. */
const roomy = 11;
const textOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '–' : String(cell));

/** A register as a table on A4 across, its rows numbered on from the parts before; pages bear what they belong to. */
export const paperOf = (rows: readonly Cells[], p: Printing): Uint8Array => {
  const said = words[p.language];
  const title = p.head.names[p.language];
  const first = drawing(a4Across.height);
  first.text(margin, 44, p.city[p.language], { size: 9, ink: grey });
  first.text(margin, 62, title, { size: 15, face: 'bold' });
  first.text(margin, 78, `${said.period} ${p.period.from} – ${p.period.to}`, { size: 9.5 });
  const down = flow(top, first, a4Across);
  if (rows.length === 0) down.paragraph(said.none);
  else
    table(
      down,
      [
        { title: 'No.', share: 0.5, align: 'right' },
        ...p.head.columns.map(({ names, share = 1 }) => ({ title: names[p.language], share })),
      ],
      rows.map((cells, i) => [
        String(p.before + i + 1),
        ...p.head.columns.map(({ id }) => textOf(cells[id])),
      ]),
      p.head.columns.length > roomy ? dense : undefined,
    );
  const base = a4Across.height - 30;
  down.pages.forEach((page, i) => {
    const style = { size: 7.6, ink: grey } as const;
    page.text(margin, base, `${title} · ${said.printed} ${p.printedAt}`, style);
    page.text(
      a4Across.width - margin,
      base,
      `${said.part} ${p.part} · ${said.page} ${i + 1}/${down.pages.length}`,
      { ...style, align: 'right' },
    );
  });
  return writePdf({ ...a4Across, title, pages: down.pages.map((page) => page.content()), at: p.at });
};
