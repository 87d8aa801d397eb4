import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stemWith } from './stem.ts';

const stem = stemWith(['nyo']);

describe('the forms of a word have one stem', () => {
  it.each([
    ['baik', 'diperbaiki memperbaiki perbaikan perbaikannya perbaiki diperbaikinya'],
    ['rusak', 'merusak dirusak kerusakan rusaknya perusakan'],
    ['lubang', 'berlubang lubangnya dilubangi melubangi'],
    ['bakar', 'kebakaran terbakar membakar dibakar pembakaran'],
    ['angkut', 'mengangkut diangkut pengangkutan angkutan angkutnya'],
    ['sapu', 'menyapu disapu penyapuan'],
    ['potong', 'memotong dipotong pemotongan potongan'],
    ['tebang', 'menebang ditebang penebangan'],
    ['kirim', 'mengirim dikirim pengiriman kirimkan mengirimkan'],
    ['buang', 'membuang dibuang pembuangan buangan'],
    ['bersih', 'membersihkan dibersihkan kebersihan pembersihan bersihkan'],
    ['salur', 'saluran menyalurkan penyaluran disalurkan'],
    ['simpan', 'menyimpan disimpan penyimpanan'],
    ['tangan', 'menangani ditangani penanganan tangannya'],
    ['makan', 'memakan dimakan makanan'],
    ['rendam', 'terendam merendam'],
    ['aspal', 'pengaspalan diaspal mengaspal'],
    ['lambat', 'keterlambatan terlambat'],
    ['rumah', 'perumahan rumahnya rumahku'],
    ['jalan', 'jalanan jalannya perjalanan berjalan'],
    ['lapor', 'melapor dilaporkan laporan melaporkan pelapor'],
    ['layan', 'pelayanan melayani dilayani'],
    ['ganti', 'mengganti diganti penggantian'],
    ['kotor', 'mengotori kotoran dikotori'],
    ['mati', 'dimatikan mematikan kematian'],
    ['kerja', 'bekerja pekerja pekerjaan mengerjakan dikerjakan'],
    ['lampu', 'lampunya lampunyo'],
    ['genang', 'tergenang genangan menggenang'],
    ['sekolah', 'sekolahnya bersekolah'],
  ])('%s: %s', (root, forms) => {
    expect(forms.split(' ').map((word) => [word, stem(word)])).toEqual(
      forms.split(' ').map((word) => [word, root]),
    );
    expect(stem(root)).toBe(root);
  });

  it.each([
    'sampah dinding bersih berita terima sekolah masalah polisi lokasi selokan jembatan lampu buku air pasar listrik',
    'limbah banjir pohon sungai hutan taman kendaraan hujan got rt gas kabel tiang macet parkir debu asap bau anjing',
  ])('%s stay apart', (words) => {
    const stems = words.split(' ').map(stem);
    expect(new Set(stems).size).toBe(stems.length);
  });

  it('stay when nothing can be taken off, and are never empty', () => {
    for (const word of ['dinas', 'dinding', 'bersih', 'berita', 'sampah', 'pasar', 'kepala', 'selesai'])
      expect(stem(word)).toBe(word);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,16}$/), (word) => {
        expect(stem(word)).toMatch(/^[a-z]+$/);
        expect(stem(word).length).toBeGreaterThanOrEqual(Math.min(3, word.length));
      }),
    );
  });
});
