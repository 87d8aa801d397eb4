import type { RegisterHead } from '../registers/model.ts';

/** Columns of both registers as the standard of information services has them (Perki 1/2021, annexes). */
export const requestsHead: RegisterHead = {
  id: 'information-requests',
  names: { id: 'Register permohonan informasi publik', en: 'Register of information requests' },
  readers: 'ppid',
  personal: true,
  columns: [
    { id: 'number', names: { id: 'Nomor', en: 'Number' }, share: 1.35 },
    { id: 'date', names: { id: 'Tanggal', en: 'Date' }, share: 1.15 },
    { id: 'name', names: { id: 'Nama', en: 'Name' }, share: 1.2 },
    { id: 'address', names: { id: 'Alamat', en: 'Address' }, share: 1.4 },
    { id: 'contact', names: { id: 'Kontak', en: 'Contact' }, share: 1.65 },
    { id: 'occupation', names: { id: 'Pekerjaan', en: 'Occupation' }, share: 1.1 },
    { id: 'information', names: { id: 'Informasi yang diminta', en: 'Information' }, share: 1.9 },
    { id: 'purpose', names: { id: 'Tujuan penggunaan', en: 'Purpose' }, share: 1.3 },
    { id: 'held', names: { id: 'Status informasi', en: 'Held' }, share: 1 },
    { id: 'form', names: { id: 'Bentuk', en: 'Form' } },
    { id: 'type', names: { id: 'Jenis permintaan', en: 'Type' }, share: 1.2 },
    { id: 'decision', names: { id: 'Keputusan', en: 'Decision' }, share: 1.1 },
    { id: 'reason', names: { id: 'Alasan penolakan', en: 'Reason of refusal' }, share: 1.2 },
    { id: 'notice', names: { id: 'Tanggal pemberitahuan', en: 'Notice' }, share: 1.3 },
    { id: 'giving', names: { id: 'Tanggal pemberian', en: 'Given' }, share: 1.15 },
    { id: 'cost', names: { id: 'Biaya (Rp)', en: 'Cost (Rp)' }, share: 0.8 },
    { id: 'payment', names: { id: 'Pembayaran', en: 'Payment' }, share: 1.15 },
  ],
};

export const objectionsHead: RegisterHead = {
  id: 'information-objections',
  names: { id: 'Register keberatan informasi publik', en: 'Register of objections' },
  readers: 'ppid',
  personal: true,
  columns: [
    { id: 'number', names: { id: 'Nomor', en: 'Number' }, share: 1.2 },
    { id: 'date', names: { id: 'Tanggal', en: 'Date' } },
    { id: 'identity', names: { id: 'Pemohon atau kuasa', en: 'Requester or proxy' }, share: 2.2 },
    { id: 'request', names: { id: 'Nomor permohonan', en: 'Request' }, share: 1.1 },
    { id: 'information', names: { id: 'Informasi yang diminta', en: 'Information' }, share: 2.4 },
    { id: 'purpose', names: { id: 'Tujuan penggunaan', en: 'Purpose' }, share: 1.8 },
    { id: 'ground', names: { id: 'Alasan keberatan', en: 'Ground' }, share: 1.6 },
    { id: 'decision', names: { id: 'Keputusan Atasan PPID', en: 'Decision' }, share: 1.3 },
    { id: 'response', names: { id: 'Tanggal tanggapan', en: 'Answered' } },
    { id: 'superior', names: { id: 'Nama dan jabatan Atasan PPID', en: 'Superior' }, share: 1.8 },
    { id: 'reaction', names: { id: 'Tanggapan pemohon', en: 'Reaction' }, share: 1.2 },
  ],
};
