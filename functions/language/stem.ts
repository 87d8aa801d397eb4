import { cliticsWith } from './words.ts';

/**
 * Words as they stand, which an affix must not be read into (`sekolah` has no `-lah`, `ganti` no `-i`), and roots that
 * decide what `me-` or `pe-` swallowed (`mengirim` → `kirim`, `memakan` → `makan`). Not a dictionary: what is missing
 * here costs a form of a word that is not found, or two words that are found together (docs/adr/0100).
 */
const roots = new Set(
  `sekolah masalah majalah makalah langkah berkah jumlah kuliah naskah nafkah
  bukti bakti bumi beli beri cari curi diri gali ganti gizi guci hati izin jadi janji judi kali kami kembali kendali kunci
  lari mandi mati misi nasi nanti padi pagi pasti peduli peti polisi posisi puisi puji roti saksi sapi seksi sendi seri
  siswi soli suci surati tali teliti terali terapi tinggi topi tradisi uji untaian wali
  jalan taman hutan ikan bulan hujan tahan tangan teman makan papan badan aman nyaman awan depan kawan pesan
  simpan halaman lapangan tanaman sampan ringan jembatan atap kanan gangguan perempuan kasihan pasangan harapan
  aturan izinan ujian iuran
  kirim kurang kumpul kontrol kejar keruk kelola kubur kotor kaji kandung kuras keluh kuning kira kait kawal kemas
  kosong kecil kembang kunjung kurung kupas kering kemudi kenal kawin kutip kena kenang
  makan masak main minta masuk mulai muat mati mohon mandi maling muncul macet milik mundur mirip malas mundur
  nilai nikah nyala nikmat naik nama nanti nasihat
  ingat cat las bor cor rem tik pel lap bom pak rendam renang rawat raba rebut rusak rasa
  di ke se per pekan pesan pecah perlu pegawai petugas peti pedas pelan penuh pemuda perahu pemerintah pemkot pelabuhan
  dinas dinding direktur direksi diesel digital dewan dering debu dekat depan dengar
  bersih beras berat berita berani berkas bersin beton beban becak berlian bekas belum bengkel besar
  terima terang terapi terminal ternak terik tertib terong tersier teras terus terali
  kebun kecamatan kelapa keluarga kemarin kenapa kepala kereta kertas kerja kesehatan keras
  menara mesin meja merek merah mereka media meter metode mebel menteri menit mental
  baku buku suku kuku paku saku siku laku pelaku perilaku beku kaku ragu lampu palu tamu jamu ilmu semu temu bumbu
  nyamuk nyaring ngarai air kabel kafan
  hanya tanya punya karya raya daya bahaya biaya budaya kaya upaya percaya cahaya jaya maya
  anak otak sampah pasar kampung warga rumah listrik limbah banjir`.split(/\s+/),
);

/** Pairs that no rule gives. */
const odd: Readonly<Record<string, string>> = {
  ...{
    bekerja: 'kerja',
    pekerja: 'kerja',
    pekerjaan: 'kerja',
    belajar: 'ajar',
    pelajar: 'ajar',
    pelajaran: 'ajar',
  },
  ...{ mengetahui: 'tahu', diketahui: 'tahu', pengetahuan: 'tahu', mempunyai: 'punya', kesehatan: 'sehat' },
  ...{
    lurah: 'lurah',
    kelurahan: 'lurah',
    kecamatan: 'camat',
    pemerintahan: 'pemerintah',
    perempatan: 'empat',
  },
};

/** What remains must begin as an Indonesian word does, and be long enough to say something. */
const beginning = /^(?:[aeiou]|(?:ng|ny|sy|kh|[bcdfghjklmnpqrstvwxyz][lrw]?)[aeiou])/;
const stands = (rest: string): boolean => roots.has(rest) || (rest.length >= 4 && beginning.test(rest));

/** The first of these readings that is a known root; else the first that can stand alone. */
const chosen = (...readings: readonly string[]): string | undefined =>
  readings.find((rest) => roots.has(rest)) ?? readings.find(stands);

const vowel = /^[aeiou]/;

/** What follows `me-` or `pe-`, with the consonant that the prefix swallowed. */
const afterNasal = (rest: string): string | undefined => {
  if (rest.startsWith('ny') && vowel.test(rest.slice(2))) return chosen(`s${rest.slice(2)}`, rest);
  if (rest.startsWith('ng')) {
    const more = rest.slice(2);
    if (more.startsWith('e') && roots.has(more.slice(1))) return more.slice(1);
    return vowel.test(more) ? chosen(more, `k${more}`) : chosen(more);
  }
  if (rest.startsWith('m') && rest.length > 1) {
    const more = rest.slice(1);
    if (vowel.test(more)) return chosen(`p${more}`, rest);
    return /^[bfvp]/.test(more) ? chosen(more) : undefined;
  }
  if (rest.startsWith('n') && rest.length > 1) {
    const more = rest.slice(1);
    if (vowel.test(more)) return roots.has(rest) ? rest : chosen(`t${more}`);
    return /^[cdjzsty]/.test(more) ? chosen(more) : undefined;
  }
  return undefined;
};

const afterMe = (rest: string): string | undefined =>
  afterNasal(rest) ?? (/^[lrwy]/.test(rest) ? chosen(rest) : undefined);

const prefixless = (word: string, confix: boolean): string | undefined => {
  const after = (prefix: string): string | undefined =>
    word.startsWith(prefix) ? word.slice(prefix.length) : undefined;
  const di = after('di');
  if (di !== undefined) return chosen(di);
  const me = after('me');
  if (me !== undefined) return afterMe(me);
  for (const [long, short] of [
    ['ber', 'be'],
    ['ter', 'te'],
    ['per', 'pe'],
  ] as const) {
    const rest = after(long);
    // `terendam` is te-rendam, `berenang` be-renang, `perumahan` pe-rumah-an.
    if (rest !== undefined)
      return roots.has(`r${rest}`) || (long === 'per' && vowel.test(rest) && !roots.has(rest))
        ? chosen(word.slice(short.length))
        : chosen(rest);
  }
  const pe = after('pe');
  if (pe !== undefined) return afterNasal(pe) ?? chosen(pe);
  const ke = after('ke');
  if (ke !== undefined && confix) return chosen(ke);
  return undefined;
};

/** `-kan`, `-an` and `-i`, each only where the word's beginning allows it. */
const suffixless = (word: string): { readonly form: string; readonly confix: boolean } => {
  const verbal = /^(?:di|me|ter|ber)/.test(word);
  const nominal = /^(?:ke|pe)/.test(word);
  const cut = (length: number, least: number): string | undefined => {
    const form = word.slice(0, -length);
    return form.length >= least || roots.has(form) ? form : undefined;
  };
  const ending = (form: string | undefined, confix = false) =>
    form === undefined ? { form: word, confix: false } : { form, confix };
  // `-kan` after a consonant is always an ending; after a vowel `kebakaran` and `tumpukan` have it from their root.
  if (/[^aeiou]kan$/.test(word)) return ending(cut(3, 4));
  if (verbal && word.endsWith('kan')) return ending(cut(3, 4));
  if (word.endsWith('an')) {
    if (nominal) return ending(cut(2, 6), true);
    return verbal ? ending(undefined) : ending(cut(2, 5));
  }
  if ((verbal || word.startsWith('per')) && /[^aiuos]i$|[^aeiou]si$/.test(word)) {
    return ending(cut(1, 4));
  }
  return ending(undefined);
};

/** A word that no ending comes off: a root, or a root behind a prefix (`diganti`, `bersekolah`). */
const wholeOf = (word: string): string | undefined => {
  if (Object.hasOwn(odd, word)) return odd[word];
  if (roots.has(word)) return word;
  const rest = prefixless(word, false);
  return rest !== undefined && roots.has(rest) ? rest : undefined;
};

/**
 * One stem for a word and most of its forms, the same for what is filed and what is searched: `diperbaiki`,
 * `memperbaiki`, `perbaikannya` → `baik`; `kebakaran`, `terbakar` → `bakar`. Deterministic, without a dictionary of the
 * language; its known limits are in docs/adr/0100.
 * @param word small letters a–z
 */
export const stemWith = (clitics: readonly string[] = []): ((word: string) => string) => {
  const possessive = cliticsWith(clitics);
  const particle = /(?:lah|kah)$/;
  const bare = (word: string, ending: RegExp): string => {
    const rest = word.replace(ending, '');
    return rest.length >= 4 || (roots.has(rest) && rest.length >= 3) ? rest : word;
  };
  return (word) => {
    let form = word;
    for (const ending of [undefined, particle, possessive]) {
      if (ending !== undefined) form = bare(form, ending);
      const known = wholeOf(form);
      if (known !== undefined) return known;
    }
    const { form: cut, confix } = suffixless(form);
    let stem = cut;
    for (let round = 0; round < 2 && !roots.has(stem); round += 1) {
      const rest = prefixless(stem, confix);
      if (rest === undefined) break;
      stem = rest;
    }
    // An ending came off and nothing else did: only a word of its own may be left.
    return stem === cut && confix ? form : stem;
  };
};
