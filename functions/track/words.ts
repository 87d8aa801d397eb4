import type { Words } from '../cases/workflow.ts';

/** Clocks that a reporter reads about; what units owe each other is theirs. */
export const clockSays: Readonly<Record<string, Words>> = {
  promise: { id: 'Batas penanganan yang dijanjikan kepada Anda.', en: 'By when it was promised to you.' },
  outer: {
    id: 'Batas terakhir menurut hukum; tidak pernah dijeda.',
    en: 'The last limit by law; it never pauses.',
  },
  planned: { id: 'Tanggal yang dijanjikan dalam rencana.', en: 'The date that the plan promises.' },
  question: {
    id: 'Batas Anda menjawab pertanyaan unit.',
    en: 'Until when you may answer the unit’s question.',
  },
  data: { id: 'Batas Anda melengkapi data.', en: 'Until when you may complete the data.' },
  confirmation: {
    id: 'Batas Anda mengonfirmasi atau menyanggah hasil.',
    en: 'Until when you may confirm or dispute the result.',
  },
  objection: { id: 'Batas keputusan atas keberatan Anda.', en: 'By when your objection is decided.' },
};

/** What a report was marked as when it was archived. */
export const markSays: Readonly<Record<string, Words>> = {
  abuse: {
    id: 'Laporan ini ditandai sebagai penyalahgunaan.',
    en: 'This report was marked as an abuse.',
  },
  hoax: {
    id: 'Laporan ini ditandai sebagai laporan palsu.',
    en: 'This report was marked as a hoax.',
  },
};

export const appealSays: Words = {
  id: 'Bila keliru, ajukan keberatan satu kali sampai waktu ini. Yang memutuskan koordinator lain atau Sekda, bukan yang memutuskan semula.',
  en: 'If that is wrong, object once until this moment. Another coordinator or the regional secretary decides, not who decided it first.',
};

/** Open to everybody at any time, whatever state a report is in (UU 25/2009 art. 46(2)). */
export const ombudsman = {
  says: {
    id: 'Bila tidak ingin diselesaikan oleh pemerintah kota, atau tidak puas, Anda dapat mengadu kepada Ombudsman RI kapan saja, tanpa biaya.',
    en: 'If you do not want the city to settle this, or are not satisfied, you may turn to the Ombudsman of Indonesia at any time, free of charge.',
  },
  reference: 'UU 25/2009 tentang Pelayanan Publik, pasal 46 ayat (2)',
  url: 'https://ombudsman.go.id/pengaduan',
} as const;

/** Says nothing of whether there is such a report or a contact of it. */
export const pinAsked: Words = {
  id: 'Bila laporan ini menyimpan nomor atau email, tautan PIN baru sudah dikirim ke sana. Tanpa kontak, datanglah ke loket dengan bukti bahwa laporan itu milik Anda.',
  en: 'If a phone number or email is stored with this report, a link to a new PIN was sent there. Without one, come to the counter and show that the report is yours.',
};
