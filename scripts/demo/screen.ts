const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const paint =
  (code: number) =>
  (text: string): string =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const yellow = paint(33);
export const red = paint(31);
export const blue = paint(36);

export const line = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** A headline for a part of the story, Indonesian first. */
export const part = (indonesian: string, english: string): void => {
  line();
  line(bold(indonesian) + dim(`  ${english}`));
};

const width = 24;

/** One line that fills up while work goes on; on a terminal it redraws itself, elsewhere only its end is printed. */
export const progress = (what: string, total: number): ((done: number) => void) => {
  const draw = (done: number): string => {
    const full = Math.round((width * done) / Math.max(1, total));
    return `  ${green('█'.repeat(full))}${dim('░'.repeat(width - full))} ${done}/${total} ${what}`;
  };
  return (done) => {
    if (process.stdout.isTTY === true) process.stdout.write(`\r${draw(done)}${done === total ? '\n' : ''}`);
    else if (done === total) line(draw(done));
  };
};

/** Cuts to a width and fills up to it. */
export const cell = (text: string, size: number): string =>
  text.length > size ? `${text.slice(0, size - 1)}…` : text.padEnd(size);

export const number = (value: number | string, size: number): string => String(value).padStart(size);
