import { encode } from 'uqr';
import { hexOf, widthOf } from './letters.ts';
import type { Face } from './metrics.ts';

/** Red, green and blue, 0 to 1. */
export type Ink = readonly [number, number, number];
export const black: Ink = [0.09, 0.1, 0.12];
export const grey: Ink = [0.42, 0.45, 0.5];
export const pale: Ink = [0.84, 0.86, 0.89];
export const tint: Ink = [0.955, 0.962, 0.97];
export const accent: Ink = [0.03, 0.33, 0.42];
export const warning: Ink = [0.72, 0.11, 0.11];

const n = (value: number): string => String(Math.round(value * 100) / 100);
const rgb = (ink: Ink): string => ink.map(n).join(' ');

export interface Written {
  readonly size?: number;
  readonly face?: Face;
  readonly ink?: Ink;
  /** Where `x` is of it. */
  readonly align?: 'left' | 'right' | 'centre';
  /** Points between letters. */
  readonly spaced?: number;
}

/**
 * Drawing operators of one page, in points from its upper left corner; `y` of a text is its base line.
 * @param height of the page
 */
export const drawing = (height: number) => {
  const operators: string[] = [];
  const up = (y: number): string => n(height - y);

  const text = (x: number, y: number, words: string, how: Written = {}): void => {
    const { size = 9.5, face = 'regular', ink = black, align = 'left', spaced = 0 } = how;
    const wide = widthOf(words, face, size) + spaced * Math.max(0, words.length - 1);
    const at = x - (align === 'left' ? 0 : align === 'right' ? wide : wide / 2);
    operators.push(
      `BT /${face === 'bold' ? 'F2' : 'F1'} ${n(size)} Tf ${rgb(ink)} rg ${n(spaced)} Tc 1 0 0 1 ${n(at)} ${up(y)} Tm ${hexOf(words)} Tj ET`,
    );
  };

  const line = (x1: number, y1: number, x2: number, y2: number, ink: Ink = pale, wide = 0.6): void => {
    operators.push(`${rgb(ink)} RG ${n(wide)} w ${n(x1)} ${up(y1)} m ${n(x2)} ${up(y2)} l S`);
  };

  const box = (
    x: number,
    y: number,
    wide: number,
    high: number,
    { fill, stroke, thick = 0.8 }: { readonly fill?: Ink; readonly stroke?: Ink; readonly thick?: number },
  ): void => {
    const rectangle = `${n(x)} ${up(y + high)} ${n(wide)} ${n(high)} re`;
    if (fill !== undefined) operators.push(`${rgb(fill)} rg ${rectangle} f`);
    if (stroke !== undefined) operators.push(`${rgb(stroke)} RG ${n(thick)} w ${rectangle} S`);
  };

  /** A QR code of error level M, its quiet zone outside of `side`. */
  const qr = (x: number, y: number, side: number, content: string): void => {
    const { size, data } = encode(content, { ecc: 'M', border: 0 });
    const module = side / size;
    const dark = data.flatMap((row, r) =>
      row.flatMap((on, c) =>
        on
          ? [
              `${(x + c * module).toFixed(3)} ${(height - y - (r + 1) * module).toFixed(3)} ${module.toFixed(3)} ${module.toFixed(3)} re`,
            ]
          : [],
      ),
    );
    operators.push(`0 0 0 rg ${dark.join(' ')} f`);
  };

  return { text, line, box, qr, content: (): string => operators.join('\n') };
};

export type Drawing = ReturnType<typeof drawing>;
