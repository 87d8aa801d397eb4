import type { Words } from '../cases/workflow.ts';

/** What timelines and notices say of the steps that applications alone have. */
export const says: Readonly<Record<string, Words>> = {
  /** The first event, which no action makes. */
  filed: { id: 'Permohonan diterima.', en: 'The application was received.' },
  checking: { id: 'Petugas memeriksa kelengkapan permohonan.', en: 'An officer checks the application.' },
  correctionAsked: {
    id: 'Sebagian berkas perlu diperbaiki. Buka permohonan untuk melihat bagian dan batas waktunya.',
    en: 'Some parts need correction. Open the application to see which, and until when.',
  },
  handedIn: { id: 'Perbaikan diterima dan diperiksa lagi.', en: 'The corrections came in and are checked.' },
  completed: {
    id: 'Berkas lengkap. Waktu layanan mulai dihitung.',
    en: 'The file is complete. The time of the service has started.',
  },
  stepDone: { id: 'Satu langkah layanan selesai.', en: 'A step of the service is done.' },
  approved: { id: 'Hasil disahkan.', en: 'The result was approved.' },
  sentBack: {
    id: 'Pengesah mengembalikan hasil untuk diperbaiki unit.',
    en: 'The validator returned the result to the unit.',
  },
  issued: {
    id: 'Layanan selesai dan produknya tersedia. Beri nilai bila sempat.',
    en: 'The service is done and its product available. Please rate it.',
  },
  productReissued: {
    id: 'Dokumen layanan diganti dengan yang baru; yang lama tidak berlaku lagi.',
    en: 'The document was replaced by a new one; the old one is no longer valid.',
  },
  productRevoked: {
    id: 'Dokumen layanan dicabut dan tidak berlaku lagi. Alasannya ada pada halaman permohonan.',
    en: 'The document was revoked and is no longer valid. The reason is on the application’s page.',
  },
  productHandedOver: { id: 'Dokumen layanan diserahkan.', en: 'The document was handed over.' },
  refused: {
    id: 'Permohonan ditolak. Dasar hukum dan cara berkeberatan ada pada halaman permohonan.',
    en: 'The application was refused. The legal ground and how to object are on its page.',
  },
  withdrawn: { id: 'Permohonan dicabut pemohon.', en: 'The applicant withdrew the application.' },
  deemedWithdrawn: {
    id: 'Perbaikan tidak datang sampai batas waktu; permohonan dianggap dicabut. Pemohon dapat berkeberatan.',
    en: 'The corrections did not come in time; the application is deemed withdrawn. The applicant may object.',
  },
  objected: { id: 'Pemohon berkeberatan.', en: 'The applicant objected.' },
  objectionDecided: {
    id: 'Keberatan pemohon sudah diputus oleh orang lain.',
    en: 'Another person decided on the applicant’s objection.',
  },
  informed: { id: 'Pemohon menambah keterangan.', en: 'The applicant added information.' },
  replied: { id: 'Unit menulis kepada pemohon.', en: 'The unit wrote to the applicant.' },
  rated: { id: 'Pemohon memberi nilai.', en: 'The applicant rated the service.' },
  revealed: {
    id: 'Seorang petugas membuka isian tanpa samaran, dengan alasan.',
    en: 'An officer opened the answers unmasked, with a reason.',
  },
};
