/** Refusals around papers and their numbers. A part of the error table. */
export const paperProblems = {
  wrongNumber: [
    400,
    'Nomor dokumen salah ketik. Periksa lagi huruf dan angkanya.',
    'The document number is mistyped. Check its letters and digits.',
  ],
  paperChanged: [
    409,
    'Isi lembar ini sudah berubah sejak pertama dicetak. Cetak lagi dengan kunci baru.',
    'This paper says something else by now. Print it again with a new key.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
