/** Refusals about what people report: complaints, suggestions, questions, and who joins them. A part of the error table. */
export const reportProblems = {
  noPlan: [409, 'Tidak ada rencana yang menunggu keputusan.', 'No plan waits for a decision.'],
  notPublished: [409, 'Laporan ini sedang tidak terbit.', 'This report is not public at present.'],
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
  tooManyDisputes: [
    409,
    'Hasil sudah tiga kali disanggah dan diputus Sekda. Laporan dapat diadukan kepada Ombudsman.',
    'The result was disputed three times and decided by the regional secretary. You may turn to the Ombudsman.',
  ],
  noValidator: [
    409,
    'Kota belum menetapkan unit lain yang dapat mengesahkan penyelesaian unit ini. Hubungi koordinator.',
    'The city names no other unit that can approve what this unit closes. Ask the coordinator.',
  ],
  partsOpen: [
    409,
    'Masih ada bagian yang dikerjakan unit lain. Laporan ini selesai setelah semua bagiannya selesai.',
    'Other units still work on parts of it. It is done when all its parts are.',
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
  disputeOver: [
    409,
    'Masa sanggah sudah lewat. Sampaikan laporan baru, atau adukan kepada Ombudsman.',
    'The time for a dispute has passed. File a new report, or turn to the Ombudsman.',
  ],
  partOfOther: [
    409,
    'Laporan ini bagian dari laporan lain dan tidak dapat dibagi lagi.',
    'This report is a part of another one and cannot be divided again.',
  ],
  tooManyParts: [409, 'Laporan ini sudah dibagi ke terlalu banyak unit.', 'This report has too many parts.'],
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
  noAnswerDay: [
    409,
    'Belum ada tanggal jawaban untuk instansi luar. Tetapkan dahulu bersama pengingatnya.',
    'No day is set by which the body outside answers. Set it first, with a reminder.',
  ],
  answeredOutside: [
    409,
    'Jawaban atas laporan ini sudah diterima.',
    'The answer to this report was received already.',
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
  decidedFinally: [
    409,
    'Koordinator sudah memutuskan dengan tetap bahwa unit ini menangani laporan ini.',
    'The coordinator has decided finally that this unit handles this report.',
  ],
  tooManyMoves: [
    409,
    'Laporan ini sudah terlalu sering berpindah. Koordinator harus memutuskan.',
    'This report has moved too often. The coordinator has to decide.',
  ],
  handledAlone: [
    409,
    'Laporan pengawasan tidak dikembalikan ke koordinator; selesaikan atau jawab dari sini.',
    'An oversight report is not returned to the coordinator; answer or close it from here.',
  ],
  informationLinked: [
    409,
    'Dari laporan ini sudah dibuka permohonan informasi.',
    'An information request was opened from this report already.',
  ],
} as const;
