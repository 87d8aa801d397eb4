/** Refusals around exports of registers and places at a counter. A part of the error table. */
export const appointmentProblems = {
  periodReversed: [400, 'Tanggal awal sesudah tanggal akhir.', 'The first day is after the last one.'],
  periodTooLong: [
    422,
    'Masa paling panjang setahun (366 hari).',
    'A period is a year (366 days) at the longest.',
  ],
  periodTooOld: [
    422,
    'Register tidak memuat masa sebelum tahun 2020.',
    'No register reaches back before 2020.',
  ],
  unknownRegister: [
    422,
    'Register tidak dikenal, atau bukan kewenangan Anda.',
    'The register is unknown, or not yours to export.',
  ],
  unknownPartOfRegister: [
    422,
    'Register ini tidak terbagi menurut itu, atau layanan dan loket itu tidak dikenal.',
    'This register is not divided by that, or the service or counter is unknown.',
  ],
  tooManyRows: [
    409,
    'Register pada masa ini lebih dari 100.000 baris. Pilih masa yang lebih pendek.',
    'The register has more than 100,000 rows in this period. Choose a shorter one.',
  ],
  unknownResource: [422, 'Tempat janji temu tidak dikenal.', 'No such place for appointments.'],
  slotInPast: [422, 'Jam ini sudah lewat.', 'This time has passed.'],
  slotClosing: [
    422,
    'Jam ini terlalu dekat untuk dipesan. Pilih jam berikutnya atau datang langsung.',
    'This time is too near to be booked. Choose a later one, or just come.',
  ],
  slotTooFar: [422, 'Hari ini belum dapat dipesan.', 'This day cannot be booked yet.'],
  slotOnClosedDay: [
    422,
    'Tutup pada hari ini: hari libur atau ditutup unit. Pilih hari lain.',
    'Closed on this day: a holiday, or closed by the unit. Choose another one.',
  ],
  slotOutsideHours: [
    422,
    'Tidak ada janji temu yang mulai pada jam ini. Pilih dari daftar.',
    'No appointment begins at this time. Choose one from the list.',
  ],
  slotFull: [409, 'Jam ini sudah penuh. Pilih jam lain.', 'This time is full. Choose another one.'],
  alreadyBooked: [
    409,
    'Anda masih punya janji temu di tempat ini. Pindahkan atau batalkan dahulu.',
    'You still have an appointment there. Move or cancel it first.',
  ],
  notForThisCase: [
    409,
    'Janji temu di tempat ini hanya untuk permohonan layanan yang diproses di sana.',
    'Appointments there are only for applications that are dealt with there.',
  ],
  appointmentOver: [
    409,
    'Janji temu ini sudah lewat, batal, atau pemohon sudah hadir.',
    'This appointment has passed, was cancelled, or its holder has come.',
  ],
  notToday: [
    409,
    'Kehadiran dicatat pada hari janji temunya.',
    'Arrivals are recorded on the day of the appointment.',
  ],
  notOverYet: [
    409,
    'Jam ini belum lewat; ketidakhadiran belum dapat dicatat.',
    'This time has not passed yet; nobody can be absent from it.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;
