import type { announcementProblems } from './announcement-problems.ts';
import type { applicationProblems } from './application-problems.ts';
import type { appointmentProblems } from './appointment-problems.ts';
import { conflicts } from './conflicts.ts';
import type { informationProblems } from './information-problems.ts';
import type { paperProblems } from './paper-problems.ts';
import type { productProblems } from './product-problems.ts';
import type { reportProblems } from './report-problems.ts';
import type { serviceProblems } from './service-problems.ts';
import type { staffProblems } from './staff-problems.ts';

/** Code → status and public text. */
export type Problems = Readonly<Record<string, readonly [status: number, id: string, en: string]>>;

/**
 * What any function may refuse with. Beside it stand the tables of single areas, which a contract names (`problems`), so
 * that no function carries the words of others; problems.ts is all of them together. The gateway's own answers (401, 404,
 * 413, 429, 503) are nowhere here.
 */
export const commonProblems = {
  bodyNotJson: [400, 'Isi permintaan bukan JSON yang sah.', 'The request body is not valid JSON.'],
  wantsPdf: [415, 'Kirim berkas sebagai application/pdf.', 'Send the file as application/pdf.'],
  fileTooLarge: [
    413,
    'Berkas lebih dari 4 MB. Hitung sidik SHA-256 di peramban dan kirim sidiknya.',
    'The file is over 4 MB. Compute its SHA-256 digest in the browser and send that.',
  ],
  bodyNotUtf8: [400, 'Isi permintaan bukan teks UTF-8.', 'The request body is not UTF-8 text.'],
  invalidInput: [400, 'Ada isian yang perlu diperbaiki.', 'Some fields need correction.'],
  idempotencyKeyMissing: [
    400,
    'Header Idempotency-Key wajib ada, 22–100 huruf, angka, - atau _ yang acak.',
    'The Idempotency-Key header is required: 22–100 random letters, digits, - or _.',
  ],
  badCursor: [
    400,
    'Penanda halaman tidak berlaku. Mulai lagi dari halaman pertama.',
    'The page cursor is not valid. Start again from the first page.',
  ],
  searchWords: [
    400,
    'Tulis 1 sampai 8 kata tentang pokok soalnya; kata sambung saja tidak cukup.',
    'Write 1 to 8 words about the matter; filler words alone are not enough.',
  ],
  monthsReversed: [400, 'Bulan awal sesudah bulan akhir.', 'The first month is after the last one.'],
  wrongCode: [
    400,
    'Kode lacak salah ketik. Periksa lagi huruf dan angkanya.',
    'The tracking code is mistyped. Check its letters and digits.',
  ],
  linkInvalid: [
    400,
    'Tautan ini tidak berlaku. Buka tautan dari kabar yang terakhir.',
    'This link is not valid. Open the one in your latest notice.',
  ],
  signatureWrong: [
    401,
    'Tanda tangan permintaan tidak cocok.',
    'The signature of the request does not match.',
  ],
  caseTokenInvalid: [
    401,
    'Sesi berakhir. Buka lagi dengan kode dan PIN.',
    'The session has ended. Open again with code and PIN.',
  ],
  wrongPin: [403, 'PIN tidak cocok dengan kode ini.', 'The PIN does not match this code.'],
  forbidden: [403, 'Peran Anda tidak berwenang melakukan ini.', 'Your role may not do this.'],
  notStaff: [
    403,
    'Akun ini tidak (lagi) terdaftar sebagai petugas. Hubungi koordinator Kominfo.',
    'This account is not (or no longer) registered as staff. Ask the Kominfo coordinator.',
  ],
  emailUnverified: [
    403,
    'Alamat email pada akun ini belum diverifikasi.',
    'The email address of this account is not verified.',
  ],
  notFound: [404, 'Tidak ditemukan.', 'Not found.'],
  pinNeeded: [403, 'Laporan ini hanya dapat dibuka dengan PIN.', 'This report opens only with its PIN.'],
  bodyTooDeep: [400, 'Isi permintaan bertingkat terlalu dalam.', 'The request body is nested too deeply.'],
  staleVersion: [
    412,
    'Laporan sudah berubah sejak Anda membukanya. Lihat perubahannya lalu ulangi.',
    'The report has changed since you opened it. Look at the change, then try again.',
  ],
  staleRecord: [
    412,
    'Data ini sudah berubah sejak Anda membukanya. Muat ulang lalu ulangi.',
    'This record has changed since you opened it. Reload, then try again.',
  ],
  bodyTooLarge: [413, 'Isi permintaan lebih dari 256 KB.', 'The request body is over 256 KB.'],
  wrongContentType: [
    415,
    'Kirim isi sebagai application/json; peringatan sebagai application/cap+xml.',
    'Send the body as application/json; a warning as application/cap+xml.',
  ],
  keyReused: [
    422,
    'Idempotency-Key ini sudah dipakai untuk isian lain.',
    'This Idempotency-Key was used with other input.',
  ],
  personalDataFound: [
    422,
    'Masih ada data pribadi dalam kata-kata ini. Samarkan, atau nyatakan setiap temuan memang boleh terbit.',
    'These words still hold personal data. Mask it, or confirm of each finding that it may be public.',
  ],
  unknownService: [422, 'Layanan tidak dikenal.', 'Unknown service.'],
  unknownCategory: [422, 'Kategori tidak dikenal.', 'Unknown category.'],
  unknownUnit: [
    422,
    'Unit tidak dikenal atau sudah tidak berlaku.',
    'The unit is unknown or no longer valid.',
  ],
  unknownArea: [422, 'Kelurahan tidak dikenal.', 'Unknown area.'],
  unknownPerson: [
    422,
    'Orang ini tidak dikenal pada unit tersebut.',
    'This person is not known in that unit.',
  ],
  unknownFile: [
    422,
    'Berkas tidak dikenal, sudah lewat sehari, atau bukan unggahan Anda. Unggah lagi.',
    'The file is unknown, older than a day, or not your upload. Upload it again.',
  ],
  heicFile: [
    415,
    'Foto HEIC belum dapat dibaca. Kirim sebagai JPEG.',
    'HEIC photos cannot be read. Send a JPEG.',
  ],
  wrongFileType: [
    415,
    'Kirim foto JPEG, PNG atau WebP, PDF, atau rekaman suara Ogg, M4A, MP3 atau WAV.',
    'Send a JPEG, PNG or WebP photo, a PDF, or a voice note as Ogg, M4A, MP3 or WAV.',
  ],
  personalLabel: [
    422,
    'Label tidak boleh memuat nomor, alamat atau pelat seseorang.',
    'A label may not hold a number, an address or a plate of somebody.',
  ],
  tooManyLabels: [422, 'Paling banyak 8 label pada satu laporan.', 'At most 8 labels on one report.'],
  endpointRefused: [
    422,
    'Alamat penerima tidak dapat dipakai untuk langganan.',
    'The endpoint cannot be used for a subscription.',
  ],
  channelOff: [
    422,
    'Kota ini belum menyediakan saluran kabar ini.',
    'This city does not offer this channel of notices.',
  ],
  addressMissing: [
    422,
    'Beri alamat atau nomor untuk saluran ini.',
    'Give an address or number for this channel.',
  ],
  invalidSettings: [422, 'Pengaturan belum sah.', 'The settings are not valid.'],
  dateOutOfRange: [422, 'Tanggal di luar rentang yang diizinkan.', 'The date is outside the allowed range.'],
  ifMatchMissing: [
    428,
    'Header If-Match dengan nomor versi laporan wajib ada.',
    'The If-Match header with the report version is required.',
  ],
  tooManyRequests: [
    429,
    'Terlalu sering. Coba lagi beberapa saat lagi.',
    'Too many attempts. Try again in a while.',
  ],
  internal: [
    500,
    'Terjadi gangguan di pihak kami. Coba lagi; kiriman dengan kunci yang sama tidak tercatat dua kali.',
    'Something failed on our side. Try again; the same key is never recorded twice.',
  ],
  notSetUp: [503, 'Kota ini belum disiapkan oleh koordinator.', 'This city has not been set up yet.'],
  busy: [503, 'Sedang sibuk. Coba lagi sebentar lagi.', 'Busy. Try again shortly.'],
  ...conflicts,
} as const satisfies Problems;

export type ErrorCode =
  | keyof typeof commonProblems
  | keyof typeof announcementProblems
  | keyof typeof applicationProblems
  | keyof typeof appointmentProblems
  | keyof typeof informationProblems
  | keyof typeof paperProblems
  | keyof typeof productProblems
  | keyof typeof staffProblems
  | keyof typeof reportProblems
  | keyof typeof serviceProblems;
export type Language = 'id' | 'en';

/** @throws Error when the function's own table lacks the code: our mistake, which test/problems.test.ts looks for */
const rowOf = (code: ErrorCode, known: Problems): Problems[string] => {
  const row = Object.hasOwn(known, code) ? known[code] : undefined;
  if (row === undefined) throw new Error(`no words for ${code}`);
  return row;
};
export const statusOf = (code: ErrorCode, known: Problems = commonProblems): number => rowOf(code, known)[0];
export const errorText = (code: ErrorCode, language: Language, known: Problems = commonProblems): string =>
  rowOf(code, known)[language === 'id' ? 1 : 2];

/** One wrong field: a JSON pointer into body, or `?name` for a query, `{name}` for a path parameter. */
export interface FieldError {
  readonly field: string;
  readonly problem: string;
}

const mark = Symbol.for('lapau.problem');

/** A refusal that the caller is told about. Thrown by operations, answered by the HTTP layer. */
export interface Problem extends Error {
  readonly [mark]: true;
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Seconds for `Retry-After`. */
  readonly retryAfter?: number;
  /** Extra members of the problem document, e.g. what changed meanwhile. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export const problem = (
  code: ErrorCode,
  more: {
    readonly fields?: readonly FieldError[];
    readonly retryAfter?: number;
    readonly extra?: Readonly<Record<string, unknown>>;
  } = {},
): Problem =>
  Object.assign(new Error(code), {
    [mark]: true as const,
    code,
    fields: more.fields ?? [],
    ...more,
  }) as Problem;

export const isProblem = (e: unknown): e is Problem => e instanceof Error && mark in e;

/** A field's problem may be given as a code; the caller reads its words. */
const inWords = ({ field, problem: why }: FieldError, language: Language, known: Problems): FieldError => ({
  field,
  problem: Object.hasOwn(known, why) ? errorText(why as ErrorCode, language, known) : why,
});

/**
 * RFC 9457. `type` is a relative reference into the OpenAPI page, where each code is explained.
 * @param known what the function can put into words
 */
export const problemDocument = (p: Problem, language: Language, requestId: string, known: Problems) => ({
  type: `/v1/problems#${p.code}`,
  title: errorText(p.code, language, known),
  status: statusOf(p.code, known),
  code: p.code,
  requestId,
  ...(p.fields.length > 0 ? { errors: p.fields.map((f) => inWords(f, language, known)) } : {}),
  ...p.extra,
});
