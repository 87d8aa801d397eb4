/** Refusals around the documents that an application leads to. A part of the error table. */
export const productProblems = {
  notPdf: [
    422,
    'Berkas ini bukan PDF yang utuh, atau berisi bagian aktif.',
    'This file is not a whole PDF, or has active parts.',
  ],
  uploadMissing: [
    409,
    'Berkas belum sampai. Unggah dahulu, lalu ulangi.',
    'The file has not arrived. Upload it first, then try again.',
  ],
  notSigned: [
    422,
    'PDF ini tidak memuat tanda tangan elektronik.',
    'This PDF carries no electronic signature.',
  ],
  signatureCoversPart: [
    422,
    'Tanda tangan elektronik tidak mencakup seluruh berkas: ada yang ditambahkan sesudah ditandatangani.',
    'The electronic signature does not cover the whole file: something was added after signing.',
  ],
  signatureBroken: [
    422,
    'Isi berkas tidak cocok dengan tanda tangannya: berkas berubah sesudah ditandatangani.',
    'The file does not fit its signature: it was changed after signing.',
  ],
  fileIssuedAlready: [
    409,
    'Berkas yang sama persis sudah pernah diterbitkan.',
    'The very same file was issued already.',
  ],
  wrongProductWay: [
    422,
    'Dokumen layanan ini tidak diterbitkan dengan cara itu.',
    'The document of this service is not issued in that way.',
  ],
  foreignLink: [
    422,
    'Tautan harus https pada alamat resmi kementerian yang ditetapkan kota.',
    'The link must be https at an address of the ministry that the city names.',
  ],
  signerOff: [
    409,
    'Kota ini belum menyambungkan layanan tanda tangan BSrE. Unggah PDF yang sudah ditandatangani.',
    'This city has not connected BSrE’s signing service. Upload a PDF that is already signed.',
  ],
  signerRefused: [
    422,
    'Layanan tanda tangan menolak. Periksa NIK, frasa sandi dan masa berlaku sertifikat.',
    'The signing service refused. Check NIK, passphrase and the certificate’s validity.',
  ],
  signerDown: [
    503,
    'Layanan tanda tangan tidak menjawab. Coba lagi, atau unggah PDF yang sudah ditandatangani.',
    'The signing service does not answer. Try again, or upload a PDF that is already signed.',
  ],
  notIssued: [
    409,
    'Dokumen ini belum terbit atau sudah dicabut.',
    'This document is not issued yet, or was revoked.',
  ],
  tooManyDocuments: [
    409,
    'Permohonan ini sudah memuat dokumen sebanyak yang diizinkan.',
    'This application has as many documents as it may.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
