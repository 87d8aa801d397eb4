import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonal, maskPersonal } from './personal.ts';
import type { PersonalKind } from './personal-patterns.ts';

/** A sentence as people write it, and what leads to a person in it, as kind and text. */
type Row = readonly [sentence: string, ...found: (readonly [PersonalKind, string])[]];

const found: readonly Row[] = [
  ['Hubungi saya di 081234567890 ya pak', ['phone', '081234567890']],
  ['WA saya 0812-3456-7890.', ['phone', '0812-3456-7890']],
  ['hp 0852 7412 3456 atas nama ibu', ['phone', '0852 7412 3456']],
  ['Nomor: +62 813 6312 3456', ['phone', '+62 813 6312 3456']],
  ['(+62)81363123456 siang hari', ['phone', '(+62)81363123456']],
  ['62-821-7000-1234, terima kasih', ['phone', '62-821-7000-1234']],
  ['telp 0811.661.234 (kantor)', ['phone', '0811.661.234']],
  ['hubungi O8126677889 malam', ['phone', 'O8126677889']],
  ['wa 8126677889 aja', ['phone', '8126677889']],
  ['0 8 1 2 6 6 7 7 8 8 9 itu nomornya', ['phone', '0 8 1 2 6 6 7 7 8 8 9']],
  ['Telepon rumah (0752) 82345 tidak diangkat', ['phone', '(0752) 82345']],
  ['kantor 0752-821345', ['phone', '0752-821345']],
  ['call 021-5551234 ext 5', ['phone', '021-5551234']],
  ['+62 752 82345 nomor warung', ['phone', '+62 752 82345']],
  ['nomornya\u00a00812\u200b3456\u200b7890', ['phone', '0812\u200b3456\u200b7890']],
  ['dua nomor: 081234567890 dan 085274123456', ['phone', '081234567890'], ['phone', '085274123456']],
  ['NIK saya 1374011708900001', ['identityNumber', '1374011708900001']],
  ['nik 1374 0157 0890 0002 perempuan', ['identityNumber', '1374 0157 0890 0002']],
  ['KK 1374.0117.0890.0003 belum jadi', ['identityNumber', '1374.0117.0890.0003']],
  ['No KK:1374021203150004', ['identityNumber', '1374021203150004']],
  ['pegawai NIP 19800817 200501 1 002 minta uang', ['identityNumber', '19800817 200501 1 002']],
  ['NIP.198008172005011002', ['identityNumber', '198008172005011002']],
  ['NPWP 09.254.294.3-407.000 toko itu', ['identityNumber', '09.254.294.3-407.000']],
  ['email budi.santoso@gmail.com', ['email', 'budi.santoso@gmail.com']],
  ['kirim ke Siti_88@yahoo.co.id, ya', ['email', 'Siti_88@yahoo.co.id']],
  ['budi [at] gmail.com', ['email', 'budi [at] gmail.com']],
  ['budi(at)gmail(dot)com tolong', ['email', 'budi(at)gmail(dot)com']],
  ['mobil BA 1234 XY parkir sembarangan', ['plate', 'BA 1234 XY']],
  ['motor BA1234XY knalpot bising', ['plate', 'BA1234XY']],
  ['truk BM-8123-TU bocor', ['plate', 'BM-8123-TU']],
  ['avanza putih B 1234 ABC', ['plate', 'B 1234 ABC']],
  ['angkot ba 1845 nt ugal-ugalan', ['plate', 'ba 1845 nt']],
  ['plat nomor BA 12 N milik dinas', ['plate', 'BA 12 N']],
  ['nopol BA 4321, pengemudi merokok', ['plate', 'BA 4321']],
  ['Truk dengan pelat BB 9876 K menumpahkan pasir', ['plate', 'BB 9876 K']],
  ['diminta transfer ke rek BRI 0123-01-004567-50-1', ['account', '0123-01-004567-50-1']],
  ['rekening Bank Nagari 21000210123456 a.n. oknum', ['account', '21000210123456']],
  ['BCA 0123456789 atas nama A', ['account', '0123456789']],
  ['no rek: 7141234567', ['account', '7141234567']],
  ['ID pelanggan PDAM 13740012345 airnya mati', ['account', '13740012345']],
  ['idpel 541234567890 token gagal', ['account', '541234567890']],
  ['no meter 14123456789', ['account', '14123456789']],
  ['kartu 5264 2212 3456 7890 hilang', ['account', '5264 2212 3456 7890']],
  ['kode bayar 880012345678901', ['account', '880012345678901']],
  ['akun @budi_s88 menyebar fitnah', ['handle', '@budi_s88']],
  ['IG: warga.padang', ['handle', 'warga.padang']],
  ['facebook.com/budi.santoso.5 memposting', ['handle', 'facebook.com/budi.santoso.5']],
  ['chat https://wa.me/6281234567890 saja', ['handle', 'https://wa.me/6281234567890']],
  ['tiktok budi_99 live', ['handle', 'budi_99']],
  ['lihat https://www.instagram.com/p/Cx1/ itu', ['handle', 'https://www.instagram.com/p/Cx1/']],
];

const letGo: readonly string[] = [
  'Jalan berlubang di RT 002 RW 003 sejak 12-10-2026.',
  'Lampu jalan mati di RT 02/RW 05 Kelurahan Ganting.',
  'Harga cabai Rp 85.000 per kilo, minggu lalu Rp 65.000.',
  'Anggaran Rp 1.250.000.000 untuk drainase.',
  'Biaya Rp1250000000 belum dipertanggungjawabkan.',
  'Lokasi -0.46161, 100.41813 dekat pasar.',
  'Titik -0.461612345, 100.418131234 di peta.',
  'Kode laporan 7K2M-9QXA-B sudah tiga minggu.',
  'Kode lacak 23456789Y belum ditanggapi.',
  'Buka pukul 08.00-12.00 dan 13.00-16.00 saja.',
  'Tanggal 08.12.2026 10.30 petugas datang.',
  'Pada 08/12/2026 pukul 08.30 belum ada petugas.',
  'Tahun 2024 2025 2026 tidak pernah diperbaiki.',
  'Dana BOS 2025-2026 tidak jelas.',
  'Dana desa Rp 150.000.000 untuk jalan.',
  'Dana 150.000.000 rupiah habis.',
  'Perwako Nomor 25 Tahun 2019 dan UU 25/2009.',
  'Surat nomor 800/1234/Kominfo/2026 belum dibalas.',
  'Rumah di Blok B 123 A terendam.',
  'Pohon tumbang di Jalan Sutan Syahrir No. 12.',
  'Antrean 112 orang di Puskesmas sejak 07.30.',
  'Telepon darurat 112 dan 110 tidak diangkat.',
  'P3K di sekolah SDN 05 kosong.',
  'Sampah menumpuk 3 hari, kira-kira 2000 kg.',
  'KM 12 jalan ke Bukittinggi rawan longsor.',
  'Ban motor pecah 2 kali, rugi 350.000.',
  'Ada 15 rumah terdampak, 45 jiwa, 3 lansia.',
  'Nomor antrean A-045 tidak dipanggil.',
  'Rapat 22 November 2026 jam 19.30 WIB.',
  'Periode 2026-11-01 sampai 2026-11-22.',
  'Ukuran lubang 100 x 200 x 30 cm.',
  'Beton mutu K 350 retak.',
  'Harga 5 buah @ 2000 terlalu mahal.',
  'Tiang listrik nomor 12/34 miring.',
  'Kelurahan 13.74.01.1001 tidak ada di daftar.',
  'Suhu 27 derajat, hujan 120 mm.',
  'Versi 1.2.3.4 aplikasinya rusak.',
  'Facebook dan Instagram pemkot jarang dibalas.',
  'Listrik padam dari 18.00 sampai 23.30.',
  'Jumlah 1.234.567 warga, naik 12,5 persen.',
  'Berlaku 22/11/2026, 08/12/2026, 09/12/2026 saja.',
  'Jadwal 22-11-2026 08-12-2026 ditempel di pintu.',
  'Titik 1.374017,99.272345 dan 1.374017, 99.272345 di peta.',
  'Anak-anak menghitung satu, dua, tiga, empat, lima, enam, tujuh, delapan.',
  'Dua tiga rumah, lima enam orang, satu jembatan.',
  'Luas 120 m², naik 2³ kali, ½ bagian, 100l air.',
  'Bayi lahir BB 2500 gram di puskesmas.',
  'Berita acara BA 2025 dan BA 1234/2026 belum ada.',
  'Nomor 470/082/Kesra-2026 dan 800/1234/Kominfo/2026.',
  'IG pemkot dan ig dinas jarang dibalas.',
  'Rapat @ Balai Kota. Com hadir 12 orang.',
  'Beli 5 @ 10.000. Ada juga yang 3 @ 2.500.',
  'Gang B 1234 dan hepatitis B 1234 org.',
  'Pukul 08:12:34 sampai 09:15:30, tanggal 08/11/2026.',
  'Les CO2 dan H2O di lab, kelas 10 IPA 2.',
  'Harga 62, 81, 85, 90, 100, 120 dan 150 ribu.',
  'RT 08 09 10 11 12 13 dan jadwal 08.12.2026.',
  'Skor 8/10, 9/10, 7/10, 8/10 dari warga.',
  'UU 25/2009, PP 96/2012, Permenpan 62/2018.',
  'Les jam 08.10, 08.20, 08.30, 08.40 dan 09.15.',
  'Лампа не горит 3 дня.',
];

describe('what leads to a person', () => {
  test.each(found.map(([sentence, ...expected]) => ({ sentence, expected })))('$sentence', ({
    sentence,
    expected,
  }) => {
    expect(findPersonal(sentence).map(({ kind, text }) => [kind, text])).toEqual(expected);
    const masked = maskPersonal(sentence);
    for (const [, text] of expected) expect(masked).not.toContain(text);
  });

  test.each(letGo)('is not in: %s', (sentence) => {
    expect(findPersonal(sentence)).toEqual([]);
    expect(maskPersonal(sentence)).toBe(sentence);
  });

  test('says where it stands, and what it is instead', () => {
    const text = 'Pak Budi, 081234567890, mobil BA 1234 XY.';
    for (const { from, to, text: part } of findPersonal(text)) expect(text.slice(from, to)).toBe(part);
    expect(maskPersonal(text)).toBe('Pak Budi, [nomor telepon], mobil [pelat nomor].');
  });
});

describe('masking', () => {
  const pieces = fc.oneof(
    fc.constantFrom(...found.map(([sentence]) => sentence), ...letGo),
    fc.stringMatching(/^[0-9 .()@+-]{1,24}$/),
    fc.stringMatching(/^[0-9A-Za-z ]{1,16}$/),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('rek ', 'wa ', 'BA ', 'plat ', 'ig: ', '0', '62', '8', '\n', '-', '@'),
  );
  const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));

  test('done twice changes nothing, and leaves nothing that is found', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = maskPersonal(text);
        expect(findPersonal(masked)).toEqual([]);
        expect(maskPersonal(masked)).toBe(masked);
      }),
      { numRuns: 2000 },
    );
  });

  test('takes no more time on what is made to be slow', () => {
    const pieces = [
      '0812-',
      '1 ',
      'a.',
      '@a',
      'BA ',
      '08',
      '(62',
      'rek ',
      '13/',
      'a @ ',
      'a at b dot ',
      'nol ',
    ];
    const blanks = ['0        ', '62 (', 'ig ', 'О1', '\u200b', '8\u0301', '0812        ', 'a@b . ', '13   '];
    for (const piece of [...pieces, ...blanks]) {
      const began = performance.now();
      maskPersonal(piece.repeat(5000 / piece.length));
      expect(performance.now() - began, JSON.stringify(piece)).toBeLessThan(500);
    }
  });
});
