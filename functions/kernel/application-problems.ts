/** Refusals around services and applications for them. A part of the error table. */
export const applicationProblems = {
  serviceElsewhere: [
    409,
    'Layanan ini diterbitkan sistem nasional. Ajukan melalui tautannya.',
    'This service is issued by a national system. Apply there, by its link.',
  ],
  servicePaused: [
    409,
    'Layanan ini sedang berhenti sementara. Lihat alasan dan tanggalnya.',
    'This service is paused. See the reason and the dates.',
  ],
  serviceClosed: [
    409,
    'Layanan ini sudah ditutup. Lihat alasannya.',
    'This service is closed. See the reason.',
  ],
  applicantNotServed: [
    422,
    'Layanan ini tidak untuk pemohon jenis ini.',
    'This service is not for applicants of this kind.',
  ],
  onBehalfNotOffered: [
    422,
    'Layanan ini harus diajukan sendiri, tidak dengan surat kuasa.',
    'This service has to be applied for in person, not by a power of attorney.',
  ],
  answersWrong: [
    422,
    'Ada isian formulir yang perlu diperbaiki.',
    'Some answers of the form need correction.',
  ],
  documentMissing: [
    422,
    'Dokumen yang diwajibkan belum dilampirkan.',
    'A document that is required is not attached.',
  ],
  unknownDocument: [
    422,
    'Dokumen ini tidak diminta untuk layanan dan isian ini.',
    'This document is not asked for by this service and these answers.',
  ],
  wrongDocumentKind: [
    422,
    'Jenis berkas ini tidak diterima untuk dokumen ini. Kirim foto atau PDF sebagaimana diminta.',
    'This document does not take files of this kind. Send a photo or a PDF as it asks.',
  ],
  unknownAnswer: [422, 'Isian ini tidak ada pada permohonan.', 'The application holds no such answer.'],
  unknownGround: [
    422,
    'Dasar penolakan ini tidak ada pada layanan ini.',
    'The service has no such ground of refusal.',
  ],
  verdictMissing: [
    422,
    'Setiap dokumen perlu diputuskan: diterima, atau apa yang salah.',
    'Every document needs a verdict: accepted, or what is wrong.',
  ],
  nothingRejected: [
    422,
    'Sebutkan dokumen atau isian yang keliru; bila semuanya baik, nyatakan lengkap.',
    'Name the documents or answers that are wrong; if all are good, declare it complete.',
  ],
  partMissing: [422, 'Kirim semua bagian yang ditolak sekaligus.', 'Hand in all rejected parts at once.'],
  partNotOpen: [
    409,
    'Bagian ini sudah diterima dan tidak dapat diubah lagi.',
    'This part was accepted and cannot be changed any more.',
  ],
  nothingHandedIn: [422, 'Tidak ada bagian yang dikirim.', 'No part was handed in.'],
  fileNotReady: [
    409,
    'Berkas ini belum selesai diperiksa, atau tidak dapat diterima. Ia tidak dapat disetujui.',
    'This file is still being looked at, or cannot be taken. It cannot be accepted.',
  ],
  notItsTurn: [409, 'Bukan langkah ini yang sedang dikerjakan.', 'This is not the step that is being taken.'],
  contestOver: [
    409,
    'Masa keberatan sudah lewat. Anda dapat mengadu kepada Ombudsman.',
    'The time for an objection has passed. You may turn to the Ombudsman.',
  ],
  formChanged: [
    409,
    'Formulir layanan ini berubah sejak konsep disimpan. Lihat perubahannya, lalu simpan lagi.',
    'The form of this service has changed since the draft was saved. Look at the changes, then save it again.',
  ],
  tooManyDrafts: [
    409,
    'Sudah ada sepuluh konsep permohonan. Ajukan atau hapus salah satunya dahulu.',
    'There are ten drafts already. Submit or delete one of them first.',
  ],
  draftSubmitted: [409, 'Konsep ini sudah diajukan.', 'This draft was submitted already.'],
  staleDraft: [
    412,
    'Konsep ini sudah disimpan dari perangkat lain. Muat ulang lalu ulangi.',
    'This draft was saved from another device. Reload, then try again.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
