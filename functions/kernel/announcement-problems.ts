/** Refusals about announcements and warnings of other bodies. A part of the error table. */
export const announcementProblems = {
  expiresBeforePublish: [
    422,
    'Pengumuman ini berakhir sebelum terbit. Ubah waktu terbit atau waktu berakhirnya.',
    'This announcement expires before it publishes. Change when it publishes or expires.',
  ],
  expiryMissing: [
    422,
    'Peringatan darurat harus punya waktu berakhir, supaya padam sendiri.',
    'An emergency warning needs a time of expiry, so that it goes off by itself.',
  ],
  unknownTopic: [422, 'Topik tidak dikenal.', 'Unknown topic.'],
  agendaEvent: [
    422,
    'Agenda harus punya waktu mulai, waktu selesai sesudahnya dan tempat; jenis lain tidak punya.',
    'An agenda item needs a start, a later end and a place; no other kind has them.',
  ],
  htmlInMarkdown: [
    422,
    'HTML atau skrip tidak diterima di dalam isi. Pakai Markdown biasa.',
    'HTML or script is not taken in a body. Write plain Markdown.',
  ],
  unsafeLink: [
    422,
    'Tautan hanya boleh menuju web (http, https), surel, atau halaman situs ini.',
    'Links lead to the web (http, https), to mail or to a page of this site only.',
  ],
  reasonMissing: [422, 'Tulis alasannya.', 'Give the reason.'],
  fileUnusable: [
    422,
    'Ada berkas yang tidak lolos pemeriksaan. Ganti atau keluarkan dahulu.',
    'A file did not pass inspection. Replace it or take it out first.',
  ],
  announcementOver: [
    409,
    'Pengumuman ini sudah berakhir, ditarik atau dihapus dan tidak dapat diubah lagi.',
    'This announcement has expired, or was withdrawn or discarded, and cannot be changed.',
  ],
  kindFixed: [
    409,
    'Jenis pengumuman yang sudah terbit tidak dapat diganti. Tarik, lalu buat yang baru.',
    'The kind of a published announcement stays. Withdraw it and write a new one.',
  ],
  tooManyCorrections: [
    409,
    'Pengumuman ini sudah terlalu sering dikoreksi. Tarik, lalu buat yang baru.',
    'This announcement was corrected too often. Withdraw it and write a new one.',
  ],
  alertsOff: [
    409,
    'Kota ini belum menerima peringatan CAP. Atur pada topik dan peringatan.',
    'This city takes no CAP warnings yet. Set it up with the topics.',
  ],
  alertMalformed: [
    400,
    'Dokumen ini bukan XML yang utuh, atau memuat bagian yang tidak diterima (DTD, entitas, terlalu besar atau dalam).',
    'This is no well-formed XML, or it holds what is not taken (DTD, entities, too large or deep).',
  ],
  alertInvalid: [422, 'Peringatan ini tidak sesuai dengan CAP 1.2.', 'This warning does not follow CAP 1.2.'],
  alertSender: [
    422,
    'Pengirim peringatan ini tidak ada pada daftar kota.',
    'The city does not take warnings of this sender.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
