/** Reports as citizens write them, with what a careful coordinator would make of each. */
export interface Sample {
  /** `warga-n` files with an account, nobody without one. */
  readonly who?: 'warga-1' | 'warga-2' | 'warga-3';
  readonly text: string;
  /** Index into the city's kelurahan, so that the demo runs in any city. */
  readonly place: number;
  readonly landmark?: string;
  /** The category that is right; the coordinator corrects to it. */
  readonly category: string;
  /** Danger to life: the numbers come first, whatever the category. */
  readonly emergency?: true;
  /** Not the city's: forwarded to the body outside that the pack names. */
  readonly outside?: true;
}

export const samples: readonly Sample[] = [
  {
    text: 'assalamualaikum pak wali, jln di depan pasar pusat balubang gadang, patang ado urang jatuah dari honda. tolong lah ditambal capek',
    place: 5,
    landmark: 'depan gerbang pasar',
    category: 'road-damage',
  },
  {
    who: 'warga-1',
    text: 'Lubang besar di jalan depan pasar, dekat gerbang. Sudah dua minggu tidak ditambal, bahaya kalau malam.',
    place: 5,
    landmark: 'gerbang pasar',
    category: 'road-damage',
  },
  {
    text: 'Sampah di TPS belakang sekolah sudah 4 hari ndak diangkut, baunya sampai ke kelas. Mohon truk sampahnya dikirim.',
    place: 2,
    category: 'waste-collection',
  },
  {
    who: 'warga-2',
    text: 'lampu jalan mati dari simpang sampai mesjid, gelap bana kalau malam, anak2 pulang mengaji takut',
    place: 7,
    category: 'street-lamp',
  },
  {
    text: 'KEBAKARAN!! rumah di belakang mesjid terbakar api besar tolong kirim pemadam sekarang',
    place: 4,
    landmark: 'belakang mesjid',
    category: 'fire',
    emergency: true,
  },
  {
    text: 'Listrik padam dari tadi pagi sekampung, tiang listrik PLN miring dekat warung. Kapan diperbaiki?',
    place: 9,
    category: 'electricity',
    outside: true,
  },
  {
    who: 'warga-3',
    text: 'Selokan depan rumah tersumbat sampah dan lumpur, air meluap ke teras tiap hujan. Sudah lapor RT belum ada yang gali.',
    place: 3,
    category: 'drainage',
  },
  {
    text: 'mau tanya ktp saya hilang, sudah rekam 3 bulan lalu tp blm dicetak jg katanya blangko habis. sampai kapan?',
    place: 1,
    category: 'id-card',
  },
  {
    text: 'Tukang parkir di depan toko minta 5 ribu tanpa karcis, kalau tidak dikasih marah-marah. Parkir liar itu tolong ditertibkan.',
    place: 5,
    category: 'illegal-parking',
  },
  {
    who: 'warga-1',
    text: 'Pohon besar di pinggir jalan sudah lapuk dan miring ke rumah warga, takut tumbang waktu angin kencang. Mohon dipangkas.',
    place: 10,
    category: 'tree',
  },
  {
    text: 'Banjir masuk rumah setinggi lutut, sungai meluap karena hujan dari sore. Kami butuh perahu dan bantuan',
    place: 12,
    category: 'flood',
  },
  {
    text: 'Ada petugas minta uang 150 ribu supaya surat cepat selesai. Ini pungli pak, saya ada buktinya. Jangan sebut nama saya.',
    place: 6,
    category: 'extortion',
  },
  {
    who: 'warga-2',
    text: 'Kartu keluarga saya belum jadi juga, sudah urus pindah domisili sebulan lalu. NIK anak tidak aktif waktu daftar sekolah.',
    place: 8,
    category: 'family-card',
  },
  {
    text: 'anjing liar banyak berkeliaran dakek SD, patang ado anak digigik. tolong ditangani, takut rabies',
    place: 11,
    category: 'livestock',
  },
  {
    text: 'Bantuan PKH ibu saya berhenti padahal janda dan tidak mampu, sementara yang punya mobil dapat bansos. Mohon didata ulang DTKS.',
    place: 0,
    category: 'social-aid',
  },
  {
    text: 'Atap los pasar bocor, dagangan kami basah semua kalau hujan. Retribusi dipungut terus tapi kios tidak diperbaiki',
    place: 5,
    category: 'market',
  },
  {
    who: 'warga-3',
    text: 'Orgen tunggal sampai jam 2 malam, berisik sekali, kami tidak bisa tidur. Besok anak ujian.',
    place: 13,
    category: 'public-order',
  },
  {
    text: 'wc sekolah rusak dan tidak ada air, pintunya copot. atap ruang kelas 3 juga hampir runtuh pak',
    place: 14,
    category: 'school-facility',
  },
  {
    text: 'Antrean di puskesmas dari jam 7 baru dilayani jam 11, petugas loket cuma satu. Obat juga sering kosong.',
    place: 15,
    category: 'clinic',
  },
  {
    text: 'trotoar depan kantor pos pecah2, kursi roda bapak ndak bisa lewat. mohon diperbaiki ubinnya',
    place: 7,
    category: 'sidewalk',
  },
  {
    who: 'warga-1',
    text: 'PKL jualan di badan jalan tiap sore, macet parah dan trotoar tidak bisa dilewati pejalan kaki.',
    place: 5,
    category: 'street-vendor',
  },
  {
    text: 'pupuk subsidi indak ado di kios alah duo bulan, padi kami kuniang. baa ko pak dinas pertanian',
    place: 6,
    category: 'farming',
  },
  {
    text: 'Gas 3 kg langka, di pengecer dijual 35 ribu. Tolong operasi pasar dan awasi harga sembako.',
    place: 9,
    category: 'price',
  },
  {
    who: 'warga-2',
    text: 'Tebing di belakang rumah longsor sedikit tadi malam, tanahnya masih bergerak. Kami khawatir runtuh semua.',
    place: 2,
    category: 'landslide',
  },
];
