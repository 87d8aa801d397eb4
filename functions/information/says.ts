import type { Words } from '../cases/workflow.ts';

/** What timelines and notices say of each type of event of an information request. */
export const says: Readonly<Record<string, Words>> = {
  filed: {
    id: 'Permohonan informasi diterima dan didaftarkan; batas waktu jawaban berjalan.',
    en: 'The information request was received and registered; its limit runs.',
  },
  accepted: { id: 'PPID memproses permohonan.', en: 'The information officer works on the request.' },
  distributed: {
    id: 'Permohonan diteruskan ke PPID Pelaksana yang menguasai informasinya.',
    en: 'The request was passed to the unit that holds the information.',
  },
  sentBack: {
    id: 'PPID Pelaksana mengembalikan permohonan kepada PPID Utama.',
    en: 'The unit sent the request back to the main information officer.',
  },
  extended: {
    id: 'Batas waktu jawaban diperpanjang satu kali dengan alasan tertulis.',
    en: 'The limit was extended once, for written reasons.',
  },
  informed: {
    id: 'PPID memberi kabar kepada pemohon.',
    en: 'The information officer wrote to the requester.',
  },
  completed: { id: 'Pemohon menambah keterangan.', en: 'The requester added information.' },
  identified: { id: 'Identitas pemohon dilengkapi.', en: 'The identity of the requester was completed.' },
  revealed: {
    id: 'Identitas pemohon dibuka petugas dengan alasan.',
    en: 'Staff opened the identity, with a reason.',
  },
  granted: { id: 'Permohonan dikabulkan.', en: 'The request was granted.' },
  partlyGranted: {
    id: 'Permohonan dikabulkan sebagian; sebagian dikecualikan dengan dasar hukum.',
    en: 'The request was granted in part; a part is exempt on a legal ground.',
  },
  refused: {
    id: 'Permohonan ditolak: informasi dikecualikan menurut Pasal 17 UU 14/2008.',
    en: 'The request was refused: the information is exempt under article 17 of law 14/2008.',
  },
  notHeld: {
    id: 'Informasi tidak dikuasai; jawaban menyebut badan publik yang menguasainya.',
    en: 'The information is not held; the answer names the body that holds it.',
  },
  given: { id: 'Informasi diserahkan kepada pemohon.', en: 'The information was handed over.' },
  costSet: { id: 'Biaya penyalinan diberitahukan.', en: 'The cost of copies was told.' },
  paid: { id: 'Pembayaran biaya penyalinan dicatat.', en: 'Payment for copies was recorded.' },
  objected: {
    id: 'Keberatan diajukan kepada Atasan PPID; batas waktu jawabannya berjalan.',
    en: 'An objection was made to the superior; the limit of the answer runs.',
  },
  objectionAnswered: {
    id: 'Atasan PPID menjawab keberatan. Batas waktu sengketa ke Komisi Informasi tercantum.',
    en: 'The superior answered the objection. The limit for the Information Commission is given.',
  },
  superiorSilent: {
    id: 'Atasan PPID tidak menjawab dalam batas waktu. Sengketa dapat diajukan ke Komisi Informasi.',
    en: 'The superior did not answer in time. It may be taken to the Information Commission.',
  },
  reacted: {
    id: 'Tanggapan pemohon atas jawaban Atasan PPID dicatat.',
    en: 'The requester’s reaction was recorded.',
  },
  withdrawn: { id: 'Permohonan dicabut pemohon.', en: 'The requester withdrew the request.' },
};
