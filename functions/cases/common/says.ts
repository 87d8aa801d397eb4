import type { Words } from '../workflow.ts';

export const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** Of `handingOn` (desk.ts). */
export const handingSays: Readonly<Record<string, Words>> = {
  handedOn: { id: 'Petugas di unit ini ditunjuk.', en: 'It was given to a person of this unit.' },
};

/**
 * What timelines and notices say of the steps that every kind of case has: those of a desk, of an owner, of the system.
 * @param noun what a case of the kind is called, in small letters
 */
export const commonSays = ({ id, en }: Words): Readonly<Record<string, Words>> => ({
  noted: { id: 'Catatan internal ditambahkan.', en: 'An internal note was added.' },
  labelled: { id: `Label ${id} diubah.`, en: `The labels of the ${en} were changed.` },
  prioritised: { id: `Prioritas ${id} ditetapkan.`, en: `The priority of the ${en} was set.` },
  instructed: {
    id: 'Pimpinan memberi arahan dengan tenggat.',
    en: 'The executive gave an instruction with a due date.',
  },
  instructionAnswered: { id: 'Arahan pimpinan dijawab.', en: 'The instruction was answered.' },
  redacted: { id: `Kata-kata pada ${id} dihapus.`, en: `Words of the ${en} were removed.` },
  claimed: {
    id: `${capital(id)} disimpan ke sebuah akun. Bila itu bukan akun Anda, beri tahu loket pengaduan kota.`,
    en: `The ${en} is kept in an account. If that is not yours, tell the city’s complaints desk.`,
  },
  pinRenewed: {
    id: `PIN diganti; PIN lama tidak berlaku lagi. Bila itu bukan Anda, minta PIN baru di halaman ${id}.`,
    en: `The PIN was renewed; the old one is no longer valid. If it was not you, ask for a new one on the page of the ${en}.`,
  },
  pinAsked: {
    id: 'PIN baru diminta. Buka tautannya dalam 24 jam untuk mendapatkannya; abaikan bila bukan Anda.',
    en: 'A new PIN was asked for. Open the link within 24 hours to get it; ignore this if it was not you.',
  },
  fileAccepted: { id: 'Berkas diperiksa dan disimpan.', en: 'The file was checked and kept.' },
  fileRefused: {
    id: `Berkas tidak dapat diterima. Alasannya ada pada ${id} Anda; kirim lagi bila perlu.`,
    en: `The file could not be taken. The reason is shown in your ${en}; send it again if needed.`,
  },
  fileChecked: { id: 'Berkas petugas diperiksa.', en: 'A file of staff was checked.' },
  warned: {
    id: `Kami masih menunggu tanggapan Anda; buka ${id} untuk melihat batas waktu dan akibatnya.`,
    en: `We are still waiting for you; open the ${en} to see until when and what follows.`,
  },
  reminded: { id: `Pengingat tenggat ${id} ini.`, en: `A reminder of the deadline of this ${en}.` },
  escalated: {
    id: `${capital(id)} ini lewat batas dan dinaikkan kepada atasan.`,
    en: `This ${en} is past its deadline and was escalated.`,
  },
  overdue: { id: `${capital(id)} ini melewati tenggatnya.`, en: `This ${en} has passed its deadline.` },
  recomputed: {
    id: 'Tenggat dihitung ulang karena hari libur atau aturan waktu berubah.',
    en: 'Deadlines were computed anew because holidays or time limits changed.',
  },
});
