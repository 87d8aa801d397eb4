import { accent, black, type Drawing, drawing, grey, type Ink, pale, tint } from './draw.ts';
import { widthOf, wrapped } from './letters.ts';
import type { Face } from './metrics.ts';

/** Sizes of paper in points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
export const a4: Size = { width: 595, height: 842 };
/** For registers, which have more columns than a page held upright. */
export const a4Across: Size = { width: a4.height, height: a4.width };
export const a5: Size = { width: 420, height: 595 };
export const margin = 48;

export interface Field {
  readonly label: string;
  readonly value: string;
}

interface Style {
  readonly size: number;
  readonly face?: Face;
  readonly ink?: Ink;
  /** Line height as a multiple of the size. */
  readonly lead?: number;
}

/**
 * Writes down a sheet from top to bottom, page after page. What does not fit goes on the next page; nothing is cut.
 * @param top where the first page begins
 * @param first the first page, with what stands above `top`
 */
export const flow = (top: number, first: Drawing, paper: Size = a4) => {
  const bottom = paper.height - 58;
  const inner = paper.width - 2 * margin;
  const pages: Drawing[] = [first];
  let page = first;
  let y = top;

  /** Room for so many points, else a new page. */
  const room = (points: number): void => {
    if (y + points <= bottom) return;
    page = drawing(paper.height);
    pages.push(page);
    y = margin + 10;
  };

  const space = (points: number): void => {
    y += points;
  };

  const lines = (text: string, x: number, width: number, style: Style): void => {
    const { size, face = 'regular', ink = black, lead = 1.38 } = style;
    for (const line of wrapped(text, face, size, width)) {
      room(size * lead);
      y += size * lead;
      page.text(x, y, line, { size, face, ink });
    }
  };

  const paragraph = (text: string, style: Style = { size: 10 }): void => lines(text, margin, inner, style);

  /** A heading is never the last thing on a page. */
  const heading = (text: string): void => {
    room(64);
    space(19);
    page.text(margin, y, text.toUpperCase(), { size: 8.2, face: 'bold', ink: accent, spaced: 0.7 });
    space(5);
    page.line(margin, y, paper.width - margin, y, pale);
    space(3);
  };

  /** Labels over values, two to a row; a row is as high as its higher field. */
  const fields = (all: readonly Field[]): void => {
    const gutter = 18;
    const width = (inner - gutter) / 2;
    for (let i = 0; i < all.length; i += 2) {
      const row = all.slice(i, i + 2).map(({ label, value }) => ({
        label,
        lines: wrapped(value === '' ? '–' : value, 'regular', 9.8, width),
      }));
      const high = Math.max(...row.map((field) => field.lines.length)) * 12.2 + 15.5;
      room(high);
      row.forEach((field, column) => {
        const x = margin + column * (width + gutter);
        page.text(x, y + 9.5, field.label, { size: 7.6, ink: grey });
        field.lines.forEach((line, n) => {
          page.text(x, y + 21 + n * 12.2, line, { size: 9.8 });
        });
      });
      y += high;
    }
  };

  /** One thing that happened: its time at the left, what and by whom, then the words written with it. */
  const entry = (when: string, what: string, who: string, words: readonly string[]): void => {
    const x = margin + 104;
    const width = paper.width - margin - x;
    room(34);
    space(5);
    const began = { page, y };
    lines(what, x, width, { size: 9.6, face: 'bold' });
    began.page.text(margin, began.y + 13, when, { size: 8.6, ink: grey });
    if (who !== '') lines(who, x, width, { size: 8.4, ink: grey });
    for (const one of words) {
      space(2);
      lines(one, x, width, { size: 9.4 });
    }
    space(5);
    page.line(x, y, paper.width - margin, y, tint, 0.8);
  };

  /** A part that is never split over two pages. */
  const block = (high: number, draw: (on: Drawing, y: number) => void): void => {
    room(high);
    draw(page, y);
    y += high;
  };

  return { paragraph, heading, fields, entry, block, space, room, pages, inner };
};

export type Flow = ReturnType<typeof flow>;

/** Width of a stamp in points. */
export const stampWidth = (text: string): number => widthOf(text, 'bold', 9) + 0.8 * (text.length - 1) + 16;

/** A stamp in a frame, its upper left corner at (`x`, `y`). */
export const stamp = (on: Drawing, x: number, y: number, text: string, ink: Ink): void => {
  on.box(x, y, stampWidth(text), 19, { stroke: ink, thick: 1.2 });
  on.text(x + 8, y + 12.8, text, { size: 9, face: 'bold', ink, spaced: 0.8 });
};

/** Written empty lines, to be filled in by hand. */
export const ruled = (on: Drawing, x: number, y: number, width: number, count: number, step = 20): void => {
  for (let i = 1; i <= count; i += 1) on.line(x, y + i * step, x + width, y + i * step, pale, 0.7);
};
