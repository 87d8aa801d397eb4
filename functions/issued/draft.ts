import { accent, type Drawing, drawing, grey, warning } from '../pdf/draw.ts';
import { a4, type Field, flow, margin, stamp, stampWidth } from '../pdf/layout.ts';
import { notOfficial } from '../pdf/slip.ts';
import { writePdf } from '../pdf/write.ts';
import type { Mark } from './paper.ts';

/** A document as it is to become, for those who check it before it is signed. */
export interface Draft {
  /** `Pemerintah Kota Padang Panjang`. */
  readonly city: string;
  readonly unit: string;
  readonly title: string;
  readonly facts: readonly Field[];
  readonly text: string;
  /** `Dicetak … oleh …`. */
  readonly printed: string;
}

const right = a4.width - margin;
const qrSide = 74;
const draftStamp = 'KONSEP';

const head = (draft: Draft, { url }: Mark): Drawing => {
  const on = drawing(a4.height);
  on.box(0, 0, a4.width, 7, { fill: accent });
  on.text(margin, 46, draft.city.toUpperCase(), { size: 9.2, face: 'bold', ink: accent, spaced: 0.6 });
  on.text(margin, 62, draft.unit, { size: 9.6, ink: grey });
  stamp(on, margin, 76, draftStamp, warning);
  stamp(on, margin + stampWidth(draftStamp) + 8, 76, notOfficial, warning);
  on.qr(right - qrSide, 32, qrSide, url);
  on.text(right, 32 + qrSide + 9, 'Pindai untuk memeriksa keaslian', {
    size: 6.8,
    ink: grey,
    align: 'right',
  });
  return on;
};

/** On every page, so that none of them passes for a letter when it is torn off. */
const foot = (on: Drawing, draft: Draft, { number }: Mark, page: number, of: number): void => {
  const y = a4.height - 34;
  on.line(margin, y - 11, right, y - 11);
  on.text(margin, y, draft.printed, { size: 7.4, ink: grey });
  on.text(margin, y + 10, `${draftStamp}, bukan dokumen resmi: belum ditandatangani dan tidak berlaku.`, {
    size: 7.4,
    ink: warning,
  });
  on.text(right, y, `${number}   ·   ${page} / ${of}`, { size: 7.4, ink: grey, align: 'right' });
};

/** A draft on A4, as many pages as it takes. */
export const draftPdf = (draft: Draft, mark: Mark): Uint8Array => {
  const down = flow(124, head(draft, mark));
  down.paragraph(draft.title, { size: 15, face: 'bold', lead: 1.3 });
  down.space(4);
  down.fields(draft.facts);
  down.heading('Isi konsep');
  down.paragraph(draft.text, { size: 10.4, lead: 1.45 });
  down.pages.forEach((on, i) => {
    foot(on, draft, mark, i + 1, down.pages.length);
  });
  return writePdf({
    ...a4,
    title: `Konsep ${mark.number}`,
    pages: down.pages.map((on) => on.content()),
    at: mark.at,
    number: mark.number,
  });
};
