import type { CaseKind, StateSpec, Words } from '../cases/workflow.ts';

/** States of an information request (UU 14/2008, Perki 1/2021; `domain` §3), each with what its requester is told. */
export const states: Readonly<Record<string, StateSpec>> = {
  received: {
    names: { id: 'Diterima dan terdaftar', en: 'Received and registered' },
    final: false,
    story: {
      id: 'Permohonan terdaftar. PPID memeriksanya dan meneruskannya ke PPID Pelaksana yang menguasai informasinya.',
      en: 'The request is registered. The information officer looks at it and passes it to the unit that holds the information.',
    },
  },
  inProgress: {
    names: { id: 'Diproses', en: 'In progress' },
    final: false,
    story: {
      id: 'PPID menyiapkan jawaban tertulis. Bila perlu, batas waktunya dapat diperpanjang satu kali dengan alasan tertulis.',
      en: 'The written answer is being prepared. Its limit may be extended once, for reasons given in writing.',
    },
  },
  extended: {
    names: { id: 'Diperpanjang', en: 'Extended' },
    final: false,
    story: {
      id: 'Batas waktu jawaban diperpanjang satu kali; alasannya ada pada riwayat. Tidak dapat diperpanjang lagi.',
      en: 'The limit was extended once; the reasons are in the timeline. It cannot be extended again.',
    },
  },
  granted: {
    names: { id: 'Dikabulkan', en: 'Granted' },
    final: true,
    story: {
      id: 'Informasi diberikan. Bila tidak sesuai atau tidak dipenuhi, Anda dapat mengajukan keberatan satu kali kepada Atasan PPID.',
      en: 'The information is given. If it is not what you asked for, or does not come, you may object once to the superior.',
    },
  },
  partlyGranted: {
    names: { id: 'Dikabulkan sebagian', en: 'Granted in part' },
    final: true,
    story: {
      id: 'Sebagian informasi diberikan, sebagian dikecualikan dengan dasar hukum. Anda dapat mengajukan keberatan satu kali kepada Atasan PPID.',
      en: 'A part is given and a part exempt, on a legal ground. You may object once to the superior.',
    },
  },
  refused: {
    names: { id: 'Ditolak', en: 'Refused' },
    final: true,
    story: {
      id: 'Informasi dikecualikan menurut Pasal 17 UU 14/2008. Anda dapat mengajukan keberatan satu kali kepada Atasan PPID.',
      en: 'The information is exempt under article 17 of law 14/2008. You may object once to the superior.',
    },
  },
  notHeld: {
    names: { id: 'Tidak dikuasai', en: 'Not held' },
    final: true,
    story: {
      id: 'Informasi tidak dikuasai pemerintah kota; jawaban menyebut badan publik yang menguasainya.',
      en: 'The city does not hold the information; the answer names the body that does.',
    },
  },
  objected: {
    names: { id: 'Keberatan diperiksa Atasan PPID', en: 'Objection before the superior' },
    final: false,
    story: {
      id: 'Sekretaris Daerah selaku Atasan PPID memeriksa keberatan Anda dan menjawab tertulis.',
      en: 'The regional secretary, as superior, examines your objection and answers in writing.',
    },
  },
  ordered: {
    names: { id: 'Keberatan diterima, PPID wajib menjawab', en: 'Objection upheld, to be answered anew' },
    final: false,
    story: {
      id: 'Atasan PPID menerima keberatan dan memerintahkan PPID memberi jawaban baru sampai tanggal yang ditetapkan.',
      en: 'The superior found for you and ordered a new answer by a date.',
    },
  },
  upheld: {
    names: { id: 'Keberatan ditolak', en: 'Objection dismissed' },
    final: true,
    story: {
      id: 'Atasan PPID menguatkan keputusan PPID. Bila tidak puas, ajukan sengketa ke Komisi Informasi sebelum batas waktunya.',
      en: 'The superior let the decision stand. If you disagree, take it to the Information Commission before the limit.',
    },
  },
  withdrawn: {
    names: { id: 'Dicabut', en: 'Withdrawn' },
    final: true,
    story: { id: 'Permohonan dicabut pemohon.', en: 'The requester withdrew the request.' },
  },
};

/** The first limit runs from the receipt on, whenever somebody begins to work on it (article 22 (7)). */
export const start: CaseKind['start'] = {
  state: 'received',
  clocks: ['promise'],
  tells: ['reporter', 'unit', 'head'],
};

export const every = Object.keys(states);
export const open = every.filter((id) => states[id]?.final === false);
/** Nobody has decided yet. */
export const undecided = ['received', 'inProgress', 'extended'];
/** A written answer may be given from here. */
export const answerable = ['inProgress', 'extended', 'ordered'];
export const decisions = ['granted', 'partlyGranted', 'refused', 'notHeld'] as const;
export type Decision = (typeof decisions)[number];

/** Letters of article 17 of law 14/2008, by which information is exempt. */
export const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const;
export type Letter = (typeof letters)[number];
/** What each protects, in short. */
export const letterNames: Readonly<Record<Letter, Words>> = {
  a: { id: 'Proses penegakan hukum', en: 'Law enforcement' },
  b: { id: 'Kekayaan intelektual dan persaingan usaha', en: 'Intellectual property and fair competition' },
  c: { id: 'Pertahanan dan keamanan negara', en: 'National defence and security' },
  d: { id: 'Kekayaan alam Indonesia', en: 'Natural resources' },
  e: { id: 'Ketahanan ekonomi nasional', en: 'Resilience of the national economy' },
  f: { id: 'Hubungan luar negeri', en: 'Foreign relations' },
  g: { id: 'Akta otentik pribadi dan wasiat', en: 'Private deeds and last wills' },
  h: { id: 'Rahasia pribadi', en: 'Personal secrets' },
  i: {
    id: 'Surat antarbadan atau dalam badan publik yang dirahasiakan',
    en: 'Confidential letters of public bodies',
  },
  j: { id: 'Rahasia menurut undang-undang lain', en: 'Secret by another law' },
};
/** Grounds of an objection, in the order of article 35 (1) a–g. */
export const grounds = [
  'exempted',
  'periodicMissing',
  'noResponse',
  'notAsRequested',
  'notFulfilled',
  'unreasonableCost',
  'late',
] as const;
export type Ground = (typeof grounds)[number];
/** In which form it is wanted and given, and whether to look at or to keep (register of requests). */
export const forms = ['soft', 'hard'] as const;
export const ways = ['view', 'copy'] as const;

/** Grounds and reason codes in plain words. */
export const groundNames: Readonly<Record<Ground, Words>> = {
  exempted: { id: 'Ditolak dengan alasan pengecualian', en: 'Refused as exempt' },
  periodicMissing: { id: 'Informasi berkala tidak disediakan', en: 'Periodic information is not provided' },
  noResponse: { id: 'Permohonan tidak ditanggapi', en: 'The request was not answered' },
  notAsRequested: { id: 'Tidak ditanggapi sebagaimana diminta', en: 'Not answered as requested' },
  notFulfilled: { id: 'Permohonan tidak dipenuhi', en: 'The request was not fulfilled' },
  unreasonableCost: { id: 'Biaya tidak wajar', en: 'The cost is unreasonable' },
  late: { id: 'Disampaikan melebihi waktu', en: 'Answered too late' },
};

export const reasons: Readonly<Record<string, Words>> = {
  ...groundNames,
  own: { id: 'Anda mencabutnya.', en: 'You withdrew it.' },
  upheld: { id: 'Keputusan PPID tetap.', en: 'The decision stands.' },
  overturned: {
    id: 'Keberatan diterima; PPID wajib menjawab lagi.',
    en: 'The objection was upheld; a new answer is due.',
  },
  personalData: { id: 'Memuat data pribadi.', en: 'It holds personal data.' },
  otherPerson: { id: 'Menyangkut orang lain.', en: 'It concerns another person.' },
  unlawful: { id: 'Isinya melanggar hukum.', en: 'It is unlawful.' },
};
