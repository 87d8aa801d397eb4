import type { Language } from '../kernel/errors.ts';
import type { Cell, Cells, Column } from './model.ts';

/** Tells a spreadsheet on Windows that the file is UTF-8; other readers take it for a letter of the first title. */
export const byteOrderMark = '\ufeff';

/**
 * What a spreadsheet would take for the beginning of a formula, in its wide forms too: somebody's words in a cell must
 * never compute, call out or load anything (OWASP, CSV injection). Blanks and quotes before it do not help. Where the
 * comma is for decimals, as in Indonesia, a spreadsheet parts cells at semicolons and heeds no quotes within a line:
 * what follows a semicolon, a tab or a line end begins a cell there.
 */
const formula = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const later = /(?<=[;\t\r\n])(?=[ \p{Zs}"]*[=+\-@＝＋－＠])/gu;

/** The text so that a spreadsheet shows it and does nothing else: an apostrophe in front marks it as text. */
const harmless = (text: string): string => {
  const guarded = text.replace(later, "'");
  return formula.test(guarded) ? `'${guarded}` : guarded;
};

/** RFC 4180: quoted where it must be, quotation marks doubled. Numbers are ours and stay numbers. */
const cellText = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * A comma-separated file (RFC 4180): titles, then one record a row, each ended by CR LF.
 * @param mark begins the file with a byte order mark
 */
export const csvOf = (
  columns: readonly Column[],
  rows: Iterable<Cells>,
  { language, mark }: { readonly language: Language; readonly mark: boolean },
): Uint8Array => {
  const records = [columns.map(({ names }) => cellText(names[language])).join(',')];
  for (const cells of rows) records.push(columns.map(({ id }) => cellText(cells[id])).join(','));
  return Buffer.from(`${mark ? byteOrderMark : ''}${records.join('\r\n')}\r\n`, 'utf8');
};
