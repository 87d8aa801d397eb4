import { accent, type Drawing, drawing, grey, pale, tint, warning } from '../pdf/draw.ts';
import { a4, type Field, flow, margin, ruled, stamp, stampWidth } from '../pdf/layout.ts';
import { widthOf } from '../pdf/letters.ts';
import { writePdf } from '../pdf/write.ts';

/** What a sheet says, in words of the city. */
export interface Sheet {
  /** `Pemerintah Kota Padang Panjang`. */
  readonly city: string;
  /** `7K2M-9QXA-B`. */
  readonly code: string;
  readonly track: string;
  /** `RAHASIA`, `PENGAWASAN`, `DARURAT`. */
  readonly stamps: readonly string[];
  readonly facts: readonly Field[];
  readonly text: string;
  readonly history: readonly {
    readonly when: string;
    readonly what: string;
    readonly who: string;
    readonly words: readonly string[];
  }[];
  /** `Dicetak … oleh …`. */
  readonly printed: string;
  readonly at: string;
}

const right = a4.width - margin;
const qrSide = 74;

const head = (sheet: Sheet): Drawing => {
  const on = drawing(a4.height);
  on.box(0, 0, a4.width, 7, { fill: accent });
  on.text(margin, 46, sheet.city.toUpperCase(), { size: 9.2, face: 'bold', ink: accent, spaced: 0.6 });
  on.text(margin, 70, 'Lembar Disposisi Laporan Warga', { size: 17, face: 'bold' });
  on.text(margin, 95, sheet.code, { size: 14, face: 'bold', spaced: 1.2 });
  let x = margin + widthOf(sheet.code, 'bold', 14) + 1.2 * sheet.code.length + 18;
  for (const text of sheet.stamps) {
    stamp(on, x, 80.5, text, warning);
    x += stampWidth(text) + 8;
  }
  on.qr(right - qrSide, 32, qrSide, sheet.track);
  on.text(right, 32 + qrSide + 9, 'Pindai untuk melacak', { size: 6.8, ink: grey, align: 'right' });
  return on;
};

/** Where whoever passes the case on writes by hand. */
const disposition = (on: Drawing, y: number): void => {
  const half = (right - margin) / 2;
  const high = 156;
  on.box(margin, y + 8, right - margin, high, { stroke: pale });
  on.box(margin, y + 8, right - margin, 20, { fill: tint });
  on.text(margin + 10, y + 21.5, 'Diteruskan kepada', { size: 8, face: 'bold', ink: grey });
  on.text(margin + half + 10, y + 21.5, 'Isi disposisi', { size: 8, face: 'bold', ink: grey });
  on.line(margin + half, y + 8, margin + half, y + 8 + high);
  const choices = ['Kepala bidang', 'Petugas lapangan', 'Unit lain', 'Lainnya'];
  choices.forEach((choice, i) => {
    on.box(margin + 10, y + 37 + i * 18, 8, 8, { stroke: grey });
    on.text(margin + 24, y + 44 + i * 18, choice, { size: 9 });
    on.line(margin + 108, y + 46 + i * 18, margin + half - 10, y + 46 + i * 18);
  });
  on.text(margin + 10, y + 121, 'Selesai paling lambat', { size: 8, ink: grey });
  on.line(margin + 108, y + 123, margin + half - 10, y + 123);
  ruled(on, margin + half + 10, y + 30, half - 20, 4, 18);
  on.text(margin + half + 10, y + 121, 'Tanggal', { size: 8, ink: grey });
  on.text(margin + half + 96, y + 121, 'Nama, NIP, tanda tangan', { size: 8, ink: grey });
  on.line(margin + half + 10, y + 156, margin + half + 82, y + 156);
  on.line(margin + half + 96, y + 156, right - 10, y + 156);
};

const foot = (on: Drawing, sheet: Sheet, page: number, of: number): void => {
  const y = a4.height - 34;
  on.line(margin, y - 11, right, y - 11);
  on.text(margin, y, sheet.printed, { size: 7.4, ink: grey });
  on.text(margin, y + 10, 'Lembar kerja internal, bukan dokumen resmi. Identitas pelapor tidak dicetak.', {
    size: 7.4,
    ink: grey,
  });
  on.text(right, y, `${sheet.code}   ·   ${page} / ${of}`, { size: 7.4, ink: grey, align: 'right' });
};

/** The case sheet for a disposition: A4, as many pages as it takes. */
export const sheetPdf = (sheet: Sheet): Uint8Array => {
  const down = flow(106, head(sheet));
  down.heading('Pokok laporan');
  down.fields(sheet.facts);
  down.heading('Isi laporan');
  down.paragraph(sheet.text, { size: 10.4, lead: 1.45 });
  down.space(5);
  down.heading('Riwayat');
  for (const { when, what, who, words } of sheet.history) down.entry(when, what, who, words);
  down.space(4);
  down.block(168, disposition);
  down.pages.forEach((on, i) => {
    foot(on, sheet, i + 1, down.pages.length);
  });
  return writePdf({
    ...a4,
    title: `Lembar disposisi ${sheet.code}`,
    pages: down.pages.map((on) => on.content()),
    at: sheet.at,
  });
};
