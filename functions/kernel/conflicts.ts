/** Refusals because of how things stand now: all of them 409. A part of the error table. */
export const conflicts = {
  wrongState: [
    409,
    'Tindakan ini tidak berlaku pada status laporan sekarang.',
    'This action does not apply in the present state.',
  ],
  handledAlone: [
    409,
    'Laporan pengawasan tidak dikembalikan ke koordinator; selesaikan atau jawab dari sini.',
    'An oversight report is not returned to the coordinator; answer or close it from here.',
  ],
  clockMissing: [
    409,
    'Kota belum menetapkan batas waktu untuk langkah ini. Hubungi koordinator.',
    'The city sets no time limit for this step. Ask the coordinator.',
  ],
  pauseUsed: [
    409,
    'Unit ini sudah sekali bertanya dengan menjeda tenggat. Balas pelapor tanpa menjeda.',
    'This unit has used its one question that pauses. Reply to the reporter without pausing.',
  ],
  pauseTooLate: [
    409,
    'Tenggat sudah lewat; bertanya tidak lagi menjedanya. Balas pelapor tanpa menjeda.',
    'A deadline has passed; asking pauses it no more. Reply to the reporter without pausing.',
  ],
  nothingAsked: [
    409,
    'Tidak ada pertanyaan yang menunggu jawaban. Gunakan tambah keterangan.',
    'No question waits for an answer. Add information instead.',
  ],
  noPlan: [409, 'Tidak ada rencana yang menunggu keputusan.', 'No plan waits for a decision.'],
  headNeeded: [
    409,
    'Hasil sudah dua kali disanggah; kepala unit sendiri yang menyatakan selesai.',
    'The result was disputed twice; the head of the unit has to propose it.',
  ],
  sekdaDecides: [
    409,
    'Hasil sudah tiga kali disanggah; Sekda yang memutuskan.',
    'The result was disputed three times; the regional secretary decides.',
  ],
  disputeOver: [
    409,
    'Masa sanggah sudah lewat. Sampaikan laporan baru, atau adukan kepada Ombudsman.',
    'The time for a dispute has passed. File a new report, or turn to the Ombudsman.',
  ],
  tooManyDisputes: [
    409,
    'Hasil sudah tiga kali disanggah dan diputus Sekda. Laporan dapat diadukan kepada Ombudsman.',
    'The result was disputed three times and decided by the regional secretary. You may turn to the Ombudsman.',
  ],
  objectionUsed: [
    409,
    'Keberatan atas laporan ini sudah pernah disampaikan. Laporan dapat diadukan kepada Ombudsman.',
    'An objection was already made on this report. You may turn to the Ombudsman.',
  ],
  noAnswerDay: [
    409,
    'Belum ada tanggal jawaban untuk instansi luar. Tetapkan dahulu bersama pengingatnya.',
    'No day is set by which the body outside answers. Set it first, with a reminder.',
  ],
  linkOver: [
    409,
    'Batas waktu tautan ini sudah lewat. Hubungi pemerintah kota untuk tautan baru.',
    'The time of this link is over. Ask the city for a new one.',
  ],
  linkReplaced: [
    409,
    'Tautan ini sudah diganti dengan yang lebih baru.',
    'This link was replaced by a newer one.',
  ],
  answeredOutside: [
    409,
    'Jawaban atas laporan ini sudah diterima.',
    'The answer to this report was received already.',
  ],
  noObjection: [409, 'Tidak ada keberatan yang menunggu keputusan.', 'No objection waits for a decision.'],
  ratedAlready: [409, 'Laporan ini sudah dinilai.', 'This report was already rated.'],
  decidedFinally: [
    409,
    'Koordinator sudah memutuskan dengan tetap bahwa unit ini menangani laporan ini.',
    'The coordinator has decided finally that this unit handles this report.',
  ],
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
  notPublished: [409, 'Laporan ini sedang tidak terbit.', 'This report is not public at present.'],
  noValidator: [
    409,
    'Kota belum menetapkan unit lain yang dapat mengesahkan penyelesaian unit ini. Hubungi koordinator.',
    'The city names no other unit that can approve what this unit closes. Ask the coordinator.',
  ],
  hasOthers: [
    409,
    'Laporan ini sudah menerima gabungan, terbagi, atau bagian dari laporan lain; ia tidak dapat digabung.',
    'This report took others in, has parts or is one; it cannot be merged itself.',
  ],
  notMergeable: [
    409,
    'Kedua laporan tidak dapat digabung: laporan tujuan harus lain, terbuka, sejenis dan sama sifatnya.',
    'These reports cannot be merged: the other one has to be open, of the same kind and nature.',
  ],
  tooManyMerged: [
    409,
    'Laporan tujuan sudah menerima terlalu banyak gabungan.',
    'The other report took in too many already.',
  ],
  partOfOther: [
    409,
    'Laporan ini bagian dari laporan lain dan tidak dapat dibagi lagi.',
    'This report is a part of another one and cannot be divided again.',
  ],
  tooManyParts: [409, 'Laporan ini sudah dibagi ke terlalu banyak unit.', 'This report has too many parts.'],
  partsOpen: [
    409,
    'Masih ada bagian yang dikerjakan unit lain. Laporan ini selesai setelah semua bagiannya selesai.',
    'Other units still work on parts of it. It is done when all its parts are.',
  ],
  joinExpired: [
    409,
    'Daftar laporan serupa ini sudah terlalu lama. Cari lagi, lalu pilih.',
    'This list of similar reports is too old. Search again, then choose.',
  ],
  notJoinable: [
    409,
    'Laporan ini sudah selesai atau dirahasiakan dan tidak dapat didukung lagi. Sampaikan laporan baru.',
    'This report has ended or become secret and cannot be joined any more. File a new one.',
  ],
  ownReport: [409, 'Ini laporan Anda sendiri.', 'This is your own report.'],
  tooManyMoves: [
    409,
    'Laporan ini sudah terlalu sering berpindah. Koordinator harus memutuskan.',
    'This report has moved too often. The coordinator has to decide.',
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
  ownAccess: [
    409,
    'Akses sendiri tidak dapat dicabut atau diubah. Minta koordinator lain.',
    'Nobody revokes or changes their own access. Ask another coordinator.',
  ],
  positionHeld: [
    409,
    'Jabatan ini masih dipegang orang lain. Ubah atau cabut dahulu.',
    'Somebody else still holds this position. Change or revoke them first.',
  ],
  personRevoked: [409, 'Akses orang ini sudah dicabut.', 'This person’s access has been revoked.'],
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
  tooManyFiles: [
    409,
    'Laporan ini sudah memuat berkas sebanyak yang diizinkan.',
    'This report already holds as many files as it may.',
  ],
  approvalNeeded: [
    409,
    'Unit ini meminta balasan disetujui kepala dahulu. Ajukan sebagai konsep.',
    'In this unit the head approves replies first. Hand it in as a draft.',
  ],
  noDraft: [409, 'Tidak ada konsep balasan yang menunggu.', 'No draft reply waits.'],
  tooManyInstructions: [
    409,
    'Masih ada tiga arahan yang belum dijawab pada laporan ini.',
    'Three instructions on this report are unanswered already.',
  ],
  noInstruction: [409, 'Tidak ada arahan seperti itu yang menunggu jawaban.', 'No such instruction waits.'],
  delegateAbsent: [
    409,
    'Orang ini sendiri tidak hadir pada hari-hari itu. Pilih rekan lain.',
    'This person is absent in those days too. Choose another colleague.',
  ],
  alreadyDelegated: [
    409,
    'Pada hari-hari itu sudah ada yang mewakili. Akhiri dahulu perwakilan yang ada.',
    'Somebody already stands in on those days. End that delegation first.',
  ],
} as const satisfies Record<string, readonly [status: 409, id: string, en: string]>;
