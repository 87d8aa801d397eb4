import type { Words } from '../cases/workflow.ts';

/** What timelines and notices say of each type of event, whichever action made it. */
export const says: Readonly<Record<string, Words>> = {
  /** The first event, which no action makes. */
  filed: { id: 'Laporan diterima.', en: 'The report was received.' },
  informationRequested: {
    id: 'Dari laporan ini dibuka permohonan informasi publik (PPID), dengan kode dan nomor sendiri dan waktu laporan ini.',
    en: 'A request for public information was opened from this report, with its own code and number and the time of this report.',
  },
  verifying: {
    id: 'Koordinator sedang memeriksa laporan ini.',
    en: 'The coordinator is checking this report.',
  },
  postponed: {
    id: 'Koordinator menunggu data tambahan dari pelapor; tenggat dijeda.',
    en: 'The coordinator waits for more data from the reporter; the deadline is paused.',
  },
  assigned: {
    id: 'Laporan diteruskan kepada unit yang berwenang.',
    en: 'The report was passed to the unit in charge.',
  },
  corrected: { id: 'Kategori atau wilayah diperbaiki.', en: 'Category or area was corrected.' },
  unmarked: {
    id: 'Inspektorat menyatakan bukan laporan pengawasan; koordinator memeriksa lagi.',
    en: 'The inspectorate found no oversight in it; the coordinator looks at it again.',
  },
  marked: { id: 'Sifat laporan diubah.', en: 'The nature of the report was changed.' },
  archived: { id: 'Laporan diarsipkan dengan alasan.', en: 'The report was archived, with a reason.' },
  objectionDecided: {
    id: 'Keberatan pelapor sudah diputus oleh orang lain.',
    en: 'Another person decided on the reporter’s objection.',
  },
  forwarded: {
    id: 'Bukan kewenangan pemerintah kota; diteruskan ke instansi yang berwenang.',
    en: 'Not the city’s authority; passed to the body in charge.',
  },
  reminderSet: {
    id: 'Pengingat ke instansi luar disetel.',
    en: 'A reminder about the body outside was set.',
  },
  outsideSettled: {
    id: 'Koordinator mencatat jawaban instansi luar.',
    en: 'The coordinator recorded what the body outside answered.',
  },
  outsideLinked: {
    id: 'Tautan untuk jawaban instansi luar dibuat; yang lama tidak berlaku.',
    en: 'A link for the answer of the body outside was made; older ones are void.',
  },
  outsideAnswered: {
    id: 'Instansi luar menjawab laporan ini.',
    en: 'The body outside answered this report.',
  },
  outsideReminded: {
    id: 'Waktunya menanyakan laporan ini ke instansi luar.',
    en: 'It is time to ask the body outside about this report.',
  },
  accepted: {
    id: 'Unit menerima laporan ini dan mulai menanganinya.',
    en: 'The unit accepted the report and is working on it.',
  },
  replied: { id: 'Unit membalas pelapor.', en: 'The unit replied to the reporter.' },
  asked: {
    id: 'Unit bertanya kepada pelapor; tenggat dijeda sampai dijawab, paling lama sesuai batasnya.',
    en: 'The unit asked the reporter; the deadline pauses until the answer, at most for the limit.',
  },
  returned: {
    id: 'Laporan dikembalikan untuk diteruskan ke unit yang tepat.',
    en: 'The report was sent back to find the right unit.',
  },
  planProposed: {
    id: 'Petugas mengusulkan rencana; menunggu keputusan kepala unit.',
    en: 'A plan was proposed; the head of the unit decides.',
  },
  planned: {
    id: 'Penanganan direncanakan: tanggal dan sumber anggarannya dijanjikan oleh kepala unit.',
    en: 'The work is planned: the head of the unit promises its date and budget.',
  },
  planRejected: { id: 'Kepala unit menolak rencana.', en: 'The head of the unit rejected the plan.' },
  resumed: { id: 'Pekerjaan yang direncanakan dimulai.', en: 'The planned work has begun.' },
  proposed: {
    id: 'Unit menyatakan selesai; menunggu pengesahan unit lain.',
    en: 'The unit says it is done; another unit has to approve.',
  },
  followedUp: {
    id: 'Tindak lanjut disahkan. Silakan periksa hasilnya, lalu konfirmasi atau sanggah.',
    en: 'The follow-up was approved. Please check the result, then confirm or dispute it.',
  },
  rejected: {
    id: 'Bukti belum cukup; unit diminta melanjutkan.',
    en: 'The proof was not enough; the unit goes on.',
  },
  disputeDecided: { id: 'Sanggahan ketiga sudah diputus.', en: 'The third dispute was decided.' },
  informed: { id: 'Pelapor menambah keterangan.', en: 'The reporter added information.' },
  questionAnswered: {
    id: 'Pelapor menjawab; tenggat berjalan lagi.',
    en: 'The reporter answered; the deadline runs again.',
  },
  confirmed: { id: 'Pelapor mengonfirmasi hasilnya.', en: 'The reporter confirmed the result.' },
  disputed: {
    id: 'Pelapor menyanggah hasilnya; penanganan dilanjutkan.',
    en: 'The reporter disputed the result; the work goes on.',
  },
  objected: {
    id: 'Pelapor keberatan; orang lain akan memutuskannya.',
    en: 'The reporter objected; another person will decide.',
  },
  rated: { id: 'Pelapor memberi nilai.', en: 'The reporter gave a rating.' },
  withdrawn: {
    id: 'Pelapor mencabut laporannya; siapa pun yang masih mengalaminya dapat membuat laporan sendiri.',
    en: 'The reporter withdrew the report; whoever still has the problem can file a report of their own.',
  },
  merged: {
    id: 'Laporan ini digabung dengan laporan lain tentang hal yang sama; ikuti laporan itu.',
    en: 'This report was merged with another one about the same thing; follow that one.',
  },
  absorbed: {
    id: 'Laporan lain tentang hal yang sama digabung ke laporan ini.',
    en: 'Another report about the same thing was merged into this one.',
  },
  unmerged: {
    id: 'Penggabungan dibatalkan; laporan ini diperiksa tersendiri.',
    en: 'The merging was undone; this report is verified on its own.',
  },
  released: {
    id: 'Laporan yang tadinya digabung kini diperiksa tersendiri.',
    en: 'A report that had been merged is now verified on its own.',
  },
  split: {
    id: 'Unit lain ikut menangani sebagian dari laporan ini.',
    en: 'Another unit works on a part of this report.',
  },
  partEnded: { id: 'Satu bagian dari laporan ini selesai.', en: 'One part of this report ended.' },
  wholeEnded: { id: 'Laporan induknya berakhir.', en: 'The report that it is a part of ended.' },
  published: {
    id: 'Ringkasan laporan ini terbit untuk umum.',
    en: 'A summary of this report was made public.',
  },
  takenDown: { id: 'Laporan ini tidak lagi terbit untuk umum.', en: 'This report is no longer public.' },
  fileReleased: { id: 'Sebuah foto diterbitkan.', en: 'A photo was made public.' },
  fileWithheld: { id: 'Sebuah foto ditarik.', en: 'A photo was taken back.' },
  replyDrafted: {
    id: 'Konsep balasan menunggu persetujuan kepala unit.',
    en: 'A draft reply waits for the head.',
  },
  replyRejected: { id: 'Kepala unit menolak konsep balasan.', en: 'The head rejected the draft reply.' },
  dispatched: {
    id: 'Laporan diteruskan oleh sistem kepada unit menurut aturan kategorinya.',
    en: 'The system passed the report to the unit that its category’s rule names.',
  },
  questionExpired: {
    id: 'Pertanyaan belum dijawab; tenggat berjalan lagi.',
    en: 'The question was not answered; the deadline runs again.',
  },
  deemedWithdrawn: {
    id: 'Data tidak dilengkapi sampai batas waktu; laporan dianggap dicabut. Pelapor dapat berkeberatan; yang lain dapat membuat laporan sendiri.',
    en: 'The data did not come in time; the report is deemed withdrawn. The reporter may object; others can file their own.',
  },
  finished: {
    id: 'Tidak ada tanggapan pelapor sampai batas waktu; laporan ditutup dan masih dapat disanggah.',
    en: 'The reporter did not answer in time; the report is closed and can still be disputed.',
  },
};
