import type { CaseKind, StateSpec, Words } from '../cases/workflow.ts';

/** States of a complaint, aspiration or question (`domain` §2), each with what the reporter is told of it. */
export const states: Readonly<Record<string, StateSpec>> = {
  received: {
    names: { id: 'Diterima', en: 'Received' },
    final: false,
    story: {
      id: 'Laporan menunggu diperiksa koordinator Kominfo, yang menentukan unit penanggung jawab.',
      en: 'The report waits for the Kominfo coordinator, who finds the unit in charge.',
    },
  },
  verifying: {
    names: { id: 'Diperiksa koordinator', en: 'Being verified' },
    final: false,
    story: {
      id: 'Koordinator memeriksa laporan: kewenangan siapa, dan apakah datanya cukup.',
      en: 'The coordinator checks whose task it is and whether the data suffice.',
    },
  },
  postponed: {
    names: { id: 'Menunggu data pelapor', en: 'Waiting for the reporter’s data' },
    final: false,
    story: {
      id: 'Koordinator perlu data dari Anda. Tenggat dijeda sampai Anda menambah keterangan; lewat batas waktu laporan dianggap dicabut.',
      en: 'The coordinator needs data from you. The deadline pauses until you add information; after the limit the report is deemed withdrawn.',
    },
  },
  assigned: {
    names: { id: 'Diteruskan ke unit', en: 'Assigned to a unit' },
    final: false,
    story: {
      id: 'Laporan sudah di unit yang berwenang dan menunggu diterima.',
      en: 'The unit in charge has the report and has yet to accept it.',
    },
  },
  inProgress: {
    names: { id: 'Ditangani', en: 'In progress' },
    final: false,
    story: {
      id: 'Unit sedang menangani laporan. Bila unit bertanya, tenggat dijeda sampai Anda menjawab.',
      en: 'The unit is working on it. When it asks you something, the deadline pauses until you answer.',
    },
  },
  planned: {
    names: { id: 'Direncanakan, menunggu anggaran', en: 'Planned, waiting for a budget' },
    final: false,
    story: {
      id: 'Penanganan perlu anggaran. Kepala unit menjanjikan tanggal dan sumber anggarannya; laporan tetap terbuka sampai selesai.',
      en: 'The work needs a budget. The head of the unit promised a date and a source; the report stays open until it is done.',
    },
  },
  awaitingValidation: {
    names: { id: 'Menunggu pengesahan', en: 'Awaiting validation' },
    final: false,
    story: {
      id: 'Unit menyatakan selesai. Unit lain memeriksa buktinya sebelum Anda diminta memeriksa.',
      en: 'The unit says it is done. Another unit checks the proof before you are asked to.',
    },
  },
  followedUp: {
    names: { id: 'Ditindaklanjuti', en: 'Followed up' },
    final: false,
    story: {
      id: 'Hasil sudah disahkan. Periksalah: konfirmasi bila beres, sanggah bila belum. Tanpa tanggapan sampai batas waktu, laporan ditutup.',
      en: 'The result was approved. Please check: confirm it, or dispute it. Without an answer in time the report is closed.',
    },
  },
  closed: {
    names: { id: 'Selesai', en: 'Closed' },
    final: true,
    story: {
      id: 'Laporan selesai. Selama masa sanggah Anda masih dapat menyanggah hasilnya.',
      en: 'The report is closed. You may dispute the result while the window is open.',
    },
  },
  unconfirmed: {
    names: { id: 'Selesai tanpa konfirmasi', en: 'Closed, unconfirmed' },
    final: true,
    story: {
      id: 'Laporan ditutup tanpa kepastian bahwa pemberitahuan sampai kepada Anda. Anda masih dapat mengonfirmasi atau menyanggah.',
      en: 'The report was closed, though it is not certain that our notice reached you. You may still confirm or dispute.',
    },
  },
  withdrawn: {
    names: { id: 'Dicabut', en: 'Withdrawn' },
    final: true,
    hidden: true,
    story: {
      id: 'Laporan dicabut, atau dianggap dicabut karena datanya tidak dilengkapi. Atas yang kedua Anda dapat berkeberatan satu kali.',
      en: 'The report was withdrawn, or deemed so because its data did not come. To the latter you may object once.',
    },
  },
  merged: {
    names: { id: 'Digabung', en: 'Merged' },
    final: true,
    hidden: true,
    story: {
      id: 'Laporan digabung dengan laporan lain tentang hal yang sama. Anda dapat berkeberatan satu kali.',
      en: 'The report was merged with another one about the same matter. You may object once.',
    },
  },
  archived: {
    names: { id: 'Diarsipkan', en: 'Archived' },
    final: true,
    hidden: true,
    story: {
      id: 'Laporan diarsipkan dengan alasan. Anda dapat berkeberatan satu kali; orang lain yang memutuskan.',
      en: 'The report was archived, with a reason. You may object once; another person decides.',
    },
  },
  notOurAuthority: {
    names: { id: 'Bukan kewenangan kota', en: 'Not the city’s authority' },
    final: true,
    story: {
      id: 'Ini kewenangan instansi lain, dan laporan diteruskan ke sana. Anda dapat berkeberatan satu kali.',
      en: 'This is another body’s task, and the report was passed on. You may object once.',
    },
  },
};

/** Where a new one begins, and the clocks that start with it. */
export const start: CaseKind['start'] = { state: 'received', clocks: ['verification', 'promise', 'outer'] };

export const every = Object.keys(states);
/** What may be published; a new report is looked at first. */
export const publishable = every.filter((id) => id !== 'received' && states[id]?.hidden !== true);
export const open = every.filter((id) => states[id]?.final === false);
export const triage = ['received', 'verifying'];
export const working = ['assigned', 'inProgress'];
/** Ends that somebody in the city hall decided, or the system in their name: a reporter may object to them. */
export const objectable = ['archived', 'notOurAuthority', 'merged', 'withdrawn'];

export const returnReasons = ['notOurs', 'wrongPlace', 'needsOtherUnit', 'incomplete'] as const;
export const archiveReasons = ['notAComplaint', 'noContentToActOn', 'abuse', 'hoax', 'repeated'] as const;
/** Reasons that say something of the reporter: a mark until an objection takes it away. */
export const marks: readonly string[] = ['abuse', 'hoax'];
export const outcomes = ['fixed', 'answered', 'cannot', 'notFound', 'outside'] as const;
export const budgetSources = ['dpa', 'rkpd', 'other'] as const;
export const takedownReasons = ['personalData', 'request', 'mistake', 'unlawful', 'outdated'] as const;

/** Reason codes as the reporter reads them. */
export const reasons: Readonly<Record<string, Words>> = {
  notOurs: { id: 'Bukan tugas unit itu.', en: 'Not that unit’s task.' },
  wrongPlace: { id: 'Lokasinya di luar wilayah unit itu.', en: 'Outside of that unit’s area.' },
  needsOtherUnit: { id: 'Perlu unit lain.', en: 'Needs another unit.' },
  incomplete: { id: 'Datanya belum cukup.', en: 'The data do not suffice.' },
  notAComplaint: {
    id: 'Bukan pengaduan, aspirasi atau pertanyaan.',
    en: 'Neither complaint nor suggestion nor question.',
  },
  noContentToActOn: {
    id: 'Tidak ada hal yang dapat ditindaklanjuti.',
    en: 'Nothing that could be acted on.',
  },
  abuse: {
    id: 'Berisi penyalahgunaan. Bila keliru, Anda dapat berkeberatan satu kali; koordinator lain atau Sekda yang memutuskan.',
    en: 'It is an abuse. If that is wrong, you may object once; another coordinator or the regional secretary decides.',
  },
  hoax: {
    id: 'Laporan palsu: hal yang dilaporkan tidak ada. Bila keliru, Anda dapat berkeberatan satu kali; koordinator lain atau Sekda yang memutuskan.',
    en: 'A hoax: there is no such thing. If that is wrong, you may object once; another coordinator or the regional secretary decides.',
  },
  repeated: { id: 'Sudah pernah dijawab.', en: 'It was answered before.' },
  wholeEnded: { id: 'Laporan induknya berakhir.', en: 'The report that it is a part of ended.' },
  silent: { id: 'Tidak ada tanggapan sampai batas waktu.', en: 'No answer came in time.' },
  undelivered: {
    id: 'Tidak ada tanggapan, dan tidak pasti pemberitahuan kami sampai.',
    en: 'No answer came, and it is not certain that our notice arrived.',
  },
  confirmed: { id: 'Anda mengonfirmasi hasilnya.', en: 'You confirmed the result.' },
  own: { id: 'Anda mencabutnya.', en: 'You withdrew it.' },
  upheld: { id: 'Keputusan semula tetap.', en: 'The decision stands.' },
  overturned: {
    id: 'Keputusan semula dibatalkan; laporan diperiksa lagi.',
    en: 'The decision was overturned; the report is checked again.',
  },
  stands: { id: 'Hasilnya dinyatakan tetap.', en: 'The result stands.' },
  redo: { id: 'Unit harus melanjutkan.', en: 'The unit has to go on.' },
  personalData: { id: 'Memuat data pribadi.', en: 'It holds personal data.' },
  otherPerson: { id: 'Menyangkut orang lain.', en: 'It concerns another person.' },
  unlawful: { id: 'Isinya melanggar hukum.', en: 'It is unlawful.' },
};
