import type { Field } from '../pdf/layout.ts';
import { slipPdf } from '../pdf/slip.ts';

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

const steps = ({ track, pin }: Receipt): readonly string[] => [
  `Pindai kode QR, atau buka ${track.replace(/^https?:\/\//, '')}`,
  pin === undefined
    ? 'Untuk membaca jawaban, buka dengan kode dan PIN yang Anda terima saat melapor.'
    : 'Untuk membaca jawaban, menjawab pertanyaan dan menilai hasilnya, buka dengan kode dan PIN.',
  pin === undefined
    ? 'PIN hilang? Minta yang baru di loket dengan kode ini.'
    : 'Simpan lembar ini. PIN tidak dicetak lagi nanti; jangan berikan kepada orang lain.',
];

/** The receipt of a report that staff recorded for a citizen. */
export const receiptPdf = (receipt: Receipt): Uint8Array =>
  slipPdf({
    ...receipt,
    title: 'Tanda Terima Laporan',
    keep: [
      { label: 'Kode lacak', value: receipt.code },
      ...(receipt.pin === undefined ? [] : [{ label: 'PIN', value: receipt.pin }]),
    ],
    qr: { url: receipt.track },
    free: true,
    steps: { title: 'Cara mengikuti laporan ini', lines: steps(receipt) },
    name: `Tanda terima ${receipt.code}`,
  });
