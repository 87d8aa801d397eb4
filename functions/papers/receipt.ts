import { accent, drawing, grey, pale, tint, warning } from '../pdf/draw.ts';
import { a5, type Field, stamp, stampWidth } from '../pdf/layout.ts';
import { wrapped } from '../pdf/letters.ts';
import { writePdf } from '../pdf/write.ts';

/** What the counter hands over: no name, no word of the report. */
export interface Receipt {
  readonly city: string;
  readonly app: string;
  readonly code: string;
  /** `7K2M-9QXA`; only for whoever has just filed it. */
  readonly pin: string | undefined;
  readonly track: string;
  readonly facts: readonly Field[];
  readonly printed: string;
  readonly at: string;
}

const margin = 34;
const right = a5.width - margin;
const qrSide = 92;
const notOfficial = 'BUKAN DOKUMEN RESMI';

const steps = ({ track, pin }: Receipt): readonly string[] => [
  `Pindai kode QR, atau buka ${track.replace(/^https?:\/\//, '')}`,
  pin === undefined
    ? 'Untuk membaca jawaban, buka dengan kode dan PIN yang Anda terima saat melapor.'
    : 'Untuk membaca jawaban, menjawab pertanyaan dan menilai hasilnya, buka dengan kode dan PIN.',
  pin === undefined
    ? 'PIN hilang? Minta yang baru di loket dengan kode ini.'
    : 'Simpan lembar ini. PIN tidak dicetak lagi nanti; jangan berikan kepada orang lain.',
];

/** The receipt of a report that staff recorded for a citizen: one A5 page. */
export const receiptPdf = (receipt: Receipt): Uint8Array => {
  const on = drawing(a5.height);
  on.box(0, 0, a5.width, 7, { fill: accent });
  on.text(margin, 40, receipt.city.toUpperCase(), { size: 8.4, face: 'bold', ink: accent, spaced: 0.5 });
  on.text(margin, 62, 'Tanda Terima Laporan', { size: 16, face: 'bold' });
  stamp(on, right - stampWidth(notOfficial), 72, notOfficial, warning);

  on.box(margin, 104, right - margin, 122, { fill: tint });
  on.text(margin + 14, 124, 'Kode lacak', { size: 8, ink: grey });
  on.text(margin + 14, 148, receipt.code, { size: 21, face: 'bold', spaced: 1.2 });
  if (receipt.pin !== undefined) {
    on.text(margin + 14, 178, 'PIN', { size: 8, ink: grey });
    on.text(margin + 14, 202, receipt.pin, { size: 21, face: 'bold', spaced: 1.2 });
  }
  on.box(right - qrSide - 21, 111, qrSide + 14, qrSide + 14, { fill: [1, 1, 1] });
  on.qr(right - qrSide - 14, 118, qrSide, receipt.track);

  let y = 244;
  for (const { label, value } of receipt.facts) {
    const lines = wrapped(value, 'regular', 9.6, right - margin - 116);
    on.text(margin, y + 10, label, { size: 8.4, ink: grey });
    lines.forEach((line, i) => {
      on.text(margin + 116, y + 10 + i * 12.4, line, { size: 9.6 });
    });
    y += lines.length * 12.4 + 7;
    on.line(margin, y - 1, right, y - 1, tint, 0.8);
  }

  y += 20;
  on.text(margin, y, 'CARA MENGIKUTI LAPORAN INI', { size: 8, face: 'bold', ink: accent, spaced: 0.6 });
  steps(receipt).forEach((step, i) => {
    y += 8;
    on.text(margin, y + 10, `${i + 1}`, { size: 9.4, face: 'bold', ink: accent });
    for (const line of wrapped(step, 'regular', 9.4, right - margin - 16)) {
      y += 12.4;
      on.text(margin + 16, y - 2.4, line, { size: 9.4 });
    }
  });

  on.line(margin, a5.height - 44, right, a5.height - 44, pale);
  on.text(margin, a5.height - 30, receipt.printed, { size: 7.2, ink: grey });
  on.text(margin, a5.height - 19, `${receipt.app}. Layanan ini tidak dipungut biaya.`, {
    size: 7.2,
    ink: grey,
  });
  return writePdf({
    ...a5,
    title: `Tanda terima ${receipt.code}`,
    pages: [on.content()],
    at: receipt.at,
  });
};
