import type { Language } from '../kernel/errors.ts';
import type { Refused } from './model.ts';

/** What the uploader reads: what is wrong, and what to do instead. */
export const refusalWords: Readonly<Record<Refused | 'missing', Readonly<Record<Language, string>>>> = {
  empty: { id: 'Berkas kosong. Kirim ulang.', en: 'The file is empty. Send it again.' },
  tooLarge: {
    id: 'Berkas terlalu besar: foto paling besar 10 MB, PDF 5 MB, rekaman suara 3 MB.',
    en: 'The file is too large: photos up to 10 MB, PDF 5 MB, voice notes 3 MB.',
  },
  unknownType: {
    id: 'Jenis berkas tidak dikenal. Kirim foto JPEG, PNG atau WebP, PDF, atau rekaman suara.',
    en: 'The type of this file is not known. Send a JPEG, PNG or WebP photo, a PDF or a voice note.',
  },
  heic: {
    id: 'Foto HEIC belum dapat dibaca. Kirim sebagai JPEG (di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel).',
    en: 'HEIC photos cannot be read. Send a JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible).',
  },
  broken: {
    id: 'Berkas rusak atau terpotong. Kirim ulang.',
    en: 'The file is damaged or cut off. Send it again.',
  },
  tooManyPixels: {
    id: 'Ukuran gambar terlalu besar, paling besar 25 megapiksel. Kecilkan dahulu.',
    en: 'The picture is too large, 25 megapixels at most. Make it smaller first.',
  },
  animated: {
    id: 'Gambar bergerak tidak diterima. Kirim satu foto.',
    en: 'Animated pictures are not taken. Send one photo.',
  },
  activeContent: {
    id: 'PDF berisi bagian aktif (skrip, lampiran, formulir). Cetak ulang sebagai PDF biasa atau kirim fotonya.',
    en: 'The PDF has active parts (scripts, attachments, forms). Print it to a plain PDF or send a photo.',
  },
  encrypted: {
    id: 'PDF terkunci sandi. Kirim yang tidak terkunci.',
    en: 'The PDF is locked by a password. Send one that is not.',
  },
  tooLong: {
    id: 'Rekaman suara paling lama 2 menit.',
    en: 'A voice note lasts two minutes at most.',
  },
  namedElsewhere: {
    id: 'Berkas ini sudah dipakai pada laporan lain. Unggah lagi untuk laporan ini.',
    en: 'This file is part of another report. Upload it again for this one.',
  },
  missing: {
    id: 'Berkas tidak pernah sampai. Kirim ulang.',
    en: 'The file never arrived. Send it again.',
  },
};
