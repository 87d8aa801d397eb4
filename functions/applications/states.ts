import type { CaseKind, StateSpec, Words } from '../cases/workflow.ts';

/** States of an application (`domain` §4), each with what its applicant is told of it. */
export const states: Readonly<Record<string, StateSpec>> = {
  submitted: {
    names: { id: 'Diajukan', en: 'Submitted' },
    final: false,
    story: {
      id: 'Permohonan menunggu diperiksa kelengkapannya. Waktu layanan mulai dihitung saat berkas lengkap.',
      en: 'The application waits for its check. The time of the service starts when the file is complete.',
    },
  },
  checking: {
    names: { id: 'Diperiksa kelengkapannya', en: 'Being checked' },
    final: false,
    story: {
      id: 'Petugas memeriksa isian dan setiap dokumen. Waktu layanan mulai dihitung saat berkas lengkap.',
      en: 'An officer checks the answers and every document. The time of the service starts when the file is complete.',
    },
  },
  correction: {
    names: { id: 'Menunggu perbaikan pemohon', en: 'Waiting for the applicant’s corrections' },
    final: false,
    story: {
      id: 'Perbaiki bagian yang ditolak saja; yang sudah diterima tidak perlu dikirim lagi. Lewat batas waktu permohonan dianggap dicabut.',
      en: 'Correct the rejected parts only; what was accepted stays. After the limit the application is deemed withdrawn.',
    },
  },
  processing: {
    names: { id: 'Diproses', en: 'Being processed' },
    final: false,
    story: {
      id: 'Berkas lengkap. Unit mengerjakan langkah-langkah layanan menurut urutannya.',
      en: 'The file is complete. The unit takes the steps of the service in their order.',
    },
  },
  validation: {
    names: { id: 'Menunggu pengesahan', en: 'Awaiting validation' },
    final: false,
    story: {
      id: 'Orang lain memeriksa hasilnya sebelum ditandatangani atau diserahkan.',
      en: 'Another person looks at the result before it is signed or handed over.',
    },
  },
  awaitingSignature: {
    names: { id: 'Menunggu penandatanganan', en: 'Awaiting signature' },
    final: false,
    story: {
      id: 'Produk layanan sedang diterbitkan: ditandatangani pejabat, atau ditunggu dari sistem penerbitnya.',
      en: 'The product is being issued: an official signs it, or it comes from the system that issues it.',
    },
  },
  issued: {
    names: { id: 'Terbit', en: 'Issued' },
    final: true,
    story: {
      id: 'Layanan selesai. Beri nilai: jawaban Anda memperbaiki layanan ini.',
      en: 'The service is done. Please rate it: your answer improves this service.',
    },
  },
  refused: {
    names: { id: 'Ditolak', en: 'Refused' },
    final: true,
    story: {
      id: 'Permohonan ditolak dengan dasar hukum yang tertulis. Anda dapat berkeberatan satu kali; orang lain yang memutuskan.',
      en: 'The application was refused on the legal ground given. You may object once; another person decides.',
    },
  },
  withdrawn: {
    names: { id: 'Dicabut', en: 'Withdrawn' },
    final: true,
    story: {
      id: 'Permohonan dicabut, atau dianggap dicabut karena tidak diperbaiki. Atas yang kedua Anda dapat berkeberatan satu kali.',
      en: 'The application was withdrawn, or deemed so because it was not corrected. To the latter you may object once.',
    },
  },
};

/** A new one lies with the unit of its service at once, which is told of it as its applicant is. */
export const start: CaseKind['start'] = {
  state: 'submitted',
  clocks: ['completeness'],
  tells: ['unit', 'reporter'],
};

export const every = Object.keys(states);
export const open = every.filter((id) => states[id]?.final === false);
/** Whether the file is complete is still to be said. */
export const incomplete = ['submitted', 'checking'];
/** Ends that the city decided, or the system in its name: the applicant may object to them. */
export const objectable = ['refused', 'withdrawn'];

/** What is wrong with a document or an answer. */
export const faults = [
  'unreadable',
  'wrongDocument',
  'incomplete',
  'expired',
  'notMatching',
  'wrongAnswer',
] as const;
export type Fault = (typeof faults)[number];

/** Faults as applicants read them. */
export const faultWords: Readonly<Record<Fault, Words>> = {
  unreadable: { id: 'Tidak terbaca jelas.', en: 'It cannot be read clearly.' },
  wrongDocument: { id: 'Bukan dokumen yang diminta.', en: 'It is not the document asked for.' },
  incomplete: { id: 'Tidak lengkap.', en: 'It is not complete.' },
  expired: { id: 'Sudah tidak berlaku.', en: 'It is no longer valid.' },
  notMatching: { id: 'Tidak cocok dengan dokumen lain.', en: 'It does not match another document.' },
  wrongAnswer: { id: 'Isian keliru.', en: 'The answer is wrong.' },
};

/** Reason codes of events as the applicant reads them; a refusal's ground is named by the catalogue. */
export const reasons: Readonly<Record<string, Words>> = {
  own: { id: 'Anda mencabutnya.', en: 'You withdrew it.' },
  silent: {
    id: 'Perbaikan tidak datang sampai batas waktu.',
    en: 'The corrections did not come in time.',
  },
  upheld: { id: 'Keputusan semula tetap.', en: 'The decision stands.' },
  overturned: {
    id: 'Keputusan semula dibatalkan; permohonan dilanjutkan.',
    en: 'The decision was overturned; the application goes on.',
  },
  personalData: { id: 'Memuat data pribadi.', en: 'It holds personal data.' },
  otherPerson: { id: 'Menyangkut orang lain.', en: 'It concerns another person.' },
  unlawful: { id: 'Isinya melanggar hukum.', en: 'It is unlawful.' },
};
