/** One measured figure against its budget; `max` or `min` from the design, or from the ADR that corrected it. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly max?: number;
  readonly min?: number;
  /** Reads more until its pages are full; bounded, and left out where two cities are compared. */
  readonly fills?: true;
}

export const broken = ({ value, max, min }: Figure): boolean =>
  (max !== undefined && value > max) || (min !== undefined && value < min);

const round = (n: number): string => (Number.isInteger(n) ? String(n) : n.toFixed(n < 10 ? 2 : 1));

/** A table for people; what breaks its budget is marked. */
export const print = (title: string, figures: readonly Figure[]): void => {
  const width = Math.max(...figures.map((f) => f.what.length), 10);
  process.stdout.write(`\n${title}\n`);
  for (const f of figures) {
    const budget = f.max !== undefined ? `≤ ${f.max}` : f.min !== undefined ? `≥ ${f.min}` : '';
    const mark = broken(f) ? '✗' : budget === '' ? ' ' : '✓';
    process.stdout.write(
      `  ${mark} ${f.what.padEnd(width)}  ${`${round(f.value)} ${f.unit}`.padStart(14)}  ${budget}\n`,
    );
  }
};
