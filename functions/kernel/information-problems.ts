/** Refusals about information requests and the public list of information (PPID). A part of the error table. */
export const informationProblems = {
  noInformationOfficer: [
    503,
    'Kota ini belum menetapkan PPID. Hubungi koordinator Kominfo.',
    'This city has named no information officer yet. Ask the Kominfo coordinator.',
  ],
  informationAvailable: [
    409,
    'Informasi ini mungkin sudah tersedia. Lihat dahulu; bila bukan itu yang dicari, kirim lagi dengan `insist`.',
    'This may be available already. Look first; if it is not what you want, send again with `insist`.',
  ],
  identityMissing: [
    409,
    'Identitas pemohon belum lengkap. Lengkapi dahulu: nama, alamat, kontak, pekerjaan dan tujuan.',
    'The requester is not known yet. Complete name, address, contact, occupation and purpose first.',
  ],
  identityKnown: [
    409,
    'Identitas pemohon sudah lengkap.',
    'The identity of the requester is complete already.',
  ],
  proxyUnproved: [
    422,
    'Kuasa perlu surat kuasa. Unggah dan sebutkan berkasnya.',
    'Somebody who acts for another needs a power of attorney. Upload it and name the file.',
  ],
  extensionUsed: [
    409,
    'Batas waktu hanya dapat diperpanjang satu kali (Pasal 22 ayat (8) UU 14/2008).',
    'The limit can be extended only once (article 22 (8) of law 14/2008).',
  ],
  extensionTooLate: [
    409,
    'Batas waktu sudah lewat dan tidak dapat diperpanjang lagi. Jawablah permohonan ini.',
    'The limit has passed and cannot be extended any more. Answer the request.',
  ],
  orderedToGive: [
    409,
    'Atasan PPID memerintahkan pemberian informasi; permohonan ini tidak dapat ditolak lagi.',
    'The superior ordered that the information be given; it cannot be refused again.',
  ],
  costPaid: [409, 'Biaya penyalinan sudah dibayar.', 'The cost of copies is paid already.'],
  noCost: [409, 'Belum ada biaya yang diberitahukan.', 'No cost was told yet.'],
  answerNotDue: [
    409,
    'Batas waktu jawaban belum lewat. Keberatan dapat diajukan atas jawaban, atau bila jawaban tidak datang.',
    'The answer is not due yet. An objection is made to an answer, or when none came in time.',
  ],
  objectionMade: [
    409,
    'Keberatan atas permohonan ini sudah pernah diajukan. Berikutnya adalah sengketa di Komisi Informasi.',
    'An objection was already made on this request. What follows is a dispute at the Information Commission.',
  ],
  objectionOver: [
    409,
    'Batas waktu keberatan sudah lewat. Ajukan permohonan baru.',
    'The time for an objection has passed. Make a new request.',
  ],
  groundUnfit: [
    422,
    'Alasan ini tidak cocok dengan keadaan permohonan. Pilih alasan lain.',
    'This ground does not fit how the request stands. Choose another one.',
  ],
  nothingToUphold: [
    409,
    'PPID belum memutuskan, sehingga tidak ada yang dapat dikuatkan. Perintahkan jawaban sampai suatu tanggal.',
    'Nothing was decided that could stand. Order an answer by a date.',
  ],
  notAnsweredYet: [
    409,
    'Atasan PPID belum menjawab keberatan, dan batas waktunya belum lewat.',
    'The superior has not answered the objection, and the limit has not passed.',
  ],
  consequenceTestMissing: [
    422,
    'Informasi dikecualikan perlu pengecualian: huruf Pasal 17, dasar hukum, nomor dan dokumen uji konsekuensi.',
    'Exempt information needs its letters of article 17, legal basis, and number and document of the consequence test.',
  ],
  nothingToRead: [
    422,
    'Sertakan berkas yang sudah diperiksa, tautan, atau tempat informasi ini dapat dilihat.',
    'Give an inspected file, a link, or the place where this can be seen.',
  ],
  tooManyItems: [
    409,
    'Daftar informasi publik sudah penuh. Tarik dan gabungkan butir lama.',
    'The public list of information is full. Withdraw or join old items.',
  ],
} as const satisfies Record<string, readonly [status: 409 | 422 | 503, id: string, en: string]>;
