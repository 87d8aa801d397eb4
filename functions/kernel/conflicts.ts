/** Refusals because of how things stand now: all of them 409. A part of the error table. */
export const conflicts = {
  wrongState: [
    409,
    'Tindakan ini tidak berlaku pada status laporan sekarang.',
    'This action does not apply in the present state.',
  ],
  clockMissing: [
    409,
    'Kota belum menetapkan batas waktu untuk langkah ini. Hubungi koordinator.',
    'The city sets no time limit for this step. Ask the coordinator.',
  ],
  objectionUsed: [
    409,
    'Keberatan atas laporan ini sudah pernah disampaikan. Laporan dapat diadukan kepada Ombudsman.',
    'An objection was already made on this report. You may turn to the Ombudsman.',
  ],
  noObjection: [409, 'Tidak ada keberatan yang menunggu keputusan.', 'No objection waits for a decision.'],
  ratedAlready: [409, 'Laporan ini sudah dinilai.', 'This report was already rated.'],
  claimedAlready: [
    409,
    'Laporan ini sudah tersimpan pada sebuah akun.',
    'This report is already kept in an account.',
  ],
  secretCase: [
    409,
    'Laporan rahasia atau pengawasan tidak diterbitkan dan tidak dibagikan.',
    'A confidential or oversight report is neither published nor passed around.',
  ],
  caseFull: [
    409,
    'Laporan ini tidak dapat memuat keterangan lagi. Kosongkan dahulu konsep atau usulan yang menunggu.',
    'This report can hold no more facts. Decide first on the draft or proposal that waits.',
  ],
  conflict: [
    409,
    'Data ini sudah ada atau sedang diubah orang lain. Muat ulang lalu coba lagi.',
    'This already exists or is being changed by someone else. Reload and try again.',
  ],
  alreadySetUp: [409, 'Kota ini sudah disiapkan.', 'This city is already set up.'],
  secondPersonNeeded: [
    409,
    'Perubahan ini harus disahkan oleh orang lain.',
    'Another person has to approve this change.',
  ],
  wrongVersionState: [
    409,
    'Langkah ini tidak berlaku untuk status versi ini.',
    'This step does not apply to a version in this state.',
  ],
  alreadySubscribed: [409, 'Alamat ini sudah berlangganan.', 'This endpoint is already subscribed.'],
  tooManySubscriptions: [
    409,
    'Sudah terlalu banyak langganan. Hapus yang tidak dipakai dahulu.',
    'There are too many subscriptions. Remove unused ones first.',
  ],
  subscriptionPending: [
    409,
    'Penerima belum menyetujui langganan ini. Tanpa persetujuan, langganan hilang sendiri dalam 48 jam.',
    'The receiver has not confirmed this subscription yet. Unconfirmed, it goes by itself within 48 hours.',
  ],
  tooManyInstructions: [
    409,
    'Masih ada tiga arahan yang belum dijawab pada laporan ini.',
    'Three instructions on this report are unanswered already.',
  ],
  noInstruction: [409, 'Tidak ada arahan seperti itu yang menunggu jawaban.', 'No such instruction waits.'],
} as const satisfies Record<string, readonly [status: 409, id: string, en: string]>;
