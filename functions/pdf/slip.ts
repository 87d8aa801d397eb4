import { accent, drawing, grey, pale, tint, warning } from './draw.ts';
import { a5, type Field, stamp, stampWidth } from './layout.ts';
import { wrapped } from './letters.ts';
import { writePdf } from './write.ts';

/** What a counter hands over: one A5 page with what somebody has to keep, and no word of what they wrote. */
export interface Slip {
  /** `Pemerintah Kota Padang Panjang`. */
  readonly city: string;
  readonly app: string;
  readonly title: string;
  /** Large, at most two: the code by which it is followed, and what opens it. */
  readonly keep: readonly Field[];
  /** What the QR code leads to, and what it is scanned for. */
  readonly qr: { readonly url: string; readonly for?: string };
  readonly facts: readonly Field[];
  readonly steps: { readonly title: string; readonly lines: readonly string[] };
  /** `Dicetak … oleh …`. */
  readonly printed: string;
  /** Asks for no fee, and so says that none is due. */
  readonly free: boolean;
  /** Name of the file's document. */
  readonly name: string;
  /** `2026-11-22T03:00:00Z`. */
  readonly at: string;
  /** Under which the city knows it. */
  readonly number?: string;
}

const margin = 34;
const right = a5.width - margin;
const qrSide = 92;
/** On every paper that the city prints by itself: official documents carry a certified signature (domain §4). */
export const notOfficial = 'BUKAN DOKUMEN RESMI';

export const slipPdf = (slip: Slip): Uint8Array => {
  const on = drawing(a5.height);
  on.box(0, 0, a5.width, 7, { fill: accent });
  on.text(margin, 40, slip.city.toUpperCase(), { size: 8.4, face: 'bold', ink: accent, spaced: 0.5 });
  on.text(margin, 62, slip.title, { size: 16, face: 'bold' });
  stamp(on, right - stampWidth(notOfficial), 72, notOfficial, warning);

  on.box(margin, 104, right - margin, 122, { fill: tint });
  slip.keep.slice(0, 2).forEach(({ label, value }, i) => {
    on.text(margin + 14, 124 + i * 54, label, { size: 8, ink: grey });
    on.text(margin + 14, 148 + i * 54, value, { size: 21, face: 'bold', spaced: 1.2 });
  });
  on.box(right - qrSide - 21, 111, qrSide + 14, qrSide + 14, { fill: [1, 1, 1] });
  on.qr(right - qrSide - 14, 118, qrSide, slip.qr.url);
  if (slip.qr.for !== undefined)
    on.text(right - qrSide / 2 - 14, 222, slip.qr.for, { size: 6.4, ink: grey, align: 'centre' });

  let y = 244;
  for (const { label, value } of slip.facts) {
    const lines = wrapped(value, 'regular', 9.6, right - margin - 116);
    on.text(margin, y + 10, label, { size: 8.4, ink: grey });
    lines.forEach((line, i) => {
      on.text(margin + 116, y + 10 + i * 12.4, line, { size: 9.6 });
    });
    y += lines.length * 12.4 + 7;
    on.line(margin, y - 1, right, y - 1, tint, 0.8);
  }

  y += 20;
  on.text(margin, y, slip.steps.title.toUpperCase(), { size: 8, face: 'bold', ink: accent, spaced: 0.6 });
  slip.steps.lines.forEach((step, i) => {
    y += 8;
    on.text(margin, y + 10, `${i + 1}`, { size: 9.4, face: 'bold', ink: accent });
    for (const line of wrapped(step, 'regular', 9.4, right - margin - 16)) {
      y += 12.4;
      on.text(margin + 16, y - 2.4, line, { size: 9.4 });
    }
  });

  on.line(margin, a5.height - 44, right, a5.height - 44, pale);
  on.text(margin, a5.height - 30, slip.printed, { size: 7.2, ink: grey });
  const fee = slip.free ? ' Layanan ini tidak dipungut biaya.' : '';
  on.text(margin, a5.height - 19, `${slip.app}.${fee}`, { size: 7.2, ink: grey });
  if (slip.number !== undefined)
    on.text(right, a5.height - 19, slip.number, { size: 7.2, ink: grey, align: 'right' });
  return writePdf({
    ...a5,
    title: slip.name,
    pages: [on.content()],
    at: slip.at,
    ...(slip.number === undefined ? {} : { number: slip.number }),
  });
};
