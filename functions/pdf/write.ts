import { deflateSync } from 'node:zlib';

export interface Paper {
  readonly title: string;
  /** Points: A4 is 595 × 842, A5 420 × 595. */
  readonly width: number;
  readonly height: number;
  /** Content of each page, in drawing operators. */
  readonly pages: readonly string[];
  /** `2026-11-22T03:00:00Z`. */
  readonly at: string;
  /** Under which anybody finds what the city says of this paper; letters, digits and dashes. */
  readonly number?: string;
}

/** Member of the document's facts that holds its number, so that a copy whose bytes were changed still names it. */
const numberKey = 'LapauNumber';

/** The number that a paper of ours says it has; undefined for every other file. */
export const numberIn = (pdf: Uint8Array): string | undefined =>
  new RegExp(`/${numberKey} \\(([A-Za-z0-9-]{1,80})\\)`).exec(Buffer.from(pdf).toString('latin1'))?.[1];

/** Text of the document's own facts: UTF-16 with its mark, as a string of digits. */
const utf16 = (text: string): string => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return `<${bytes.toString('hex')}>`;
};

const font = (name: string): string =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

const [catalog, tree, regular, bold, info, firstPage] = [1, 2, 3, 4, 5, 6];

/**
 * A PDF 1.4 document with Helvetica (`F1`) and Helvetica-Bold (`F2`), which every reader of the format has: nothing is
 * embedded. Bytes follow from the argument alone.
 */
export const writePdf = ({ title, width, height, pages, at, number }: Paper): Uint8Array => {
  const pageAt = (i: number): number => firstPage + 2 * i;
  const date = `D:${at.replace(/\D/g, '')}Z`;
  const named = number === undefined ? '' : ` /${numberKey} (${number})`;
  const objects: readonly (readonly [head: string, stream?: Buffer])[] = [
    [`<< /Type /Catalog /Pages ${tree} 0 R /Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >> >>`],
    [
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${pageAt(i)} 0 R`).join(' ')}] /MediaBox [0 0 ${width} ${height}] /Resources << /Font << /F1 ${regular} 0 R /F2 ${bold} 0 R >> >> >>`,
    ],
    [font('Helvetica')],
    [font('Helvetica-Bold')],
    [
      `<< /Title ${utf16(title)} /Producer ${utf16('Lapau')} /CreationDate (${date}) /ModDate (${date})${named} >>`,
    ],
    ...pages.flatMap((content, i): (readonly [string, Buffer?])[] => {
      const stream = deflateSync(Buffer.from(content, 'latin1'));
      return [
        [`<< /Type /Page /Parent ${tree} 0 R /Contents ${pageAt(i) + 1} 0 R >>`],
        [`<< /Length ${stream.length} /Filter /FlateDecode >>`, stream],
      ];
    }),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const offsets = objects.map(([head, stream], i) => {
    const offset = length;
    add(Buffer.from(`${i + 1} 0 obj\n${head}\n`, 'latin1'));
    if (stream !== undefined)
      for (const part of [Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]) add(part);
    add(Buffer.from('endobj\n'));
    return offset;
  });
  const xref = length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
};
