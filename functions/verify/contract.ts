import * as z from 'zod/mini';
import { digest, issuedKinds } from '../issued/model.ts';
import { sealAlgorithm } from '../issued/seal.ts';
import { anyone, contract } from '../kernel/contract.ts';
import { paperProblems } from '../kernel/paper-problems.ts';
import { bytes, day } from '../kernel/schema.ts';
import { comparisons, states } from './rules.ts';

const number = z.string().check(z.minLength(1), z.maxLength(80));
const params = z.strictObject({ number });

/** No name, no case, nothing of what the document says. */
const verdict = z.object({
  state: z.enum(states),
  /** Whether the bytes that were shown are those that were issued. */
  file: z.enum(comparisons),
  says: z.string(),
  document: z.nullable(
    z.object({
      number: z.string(),
      kind: z.enum(issuedKinds),
      name: z.string(),
      /** False of Lapau's own receipts and drafts. */
      official: z.boolean(),
      unit: z.object({ id: z.string(), name: z.string() }),
      issuedOn: day,
      /** SHA-256 of the file; null where the ministry's system hands it over. */
      digest: z.nullable(digest),
      revokedOn: z.nullable(day),
      successor: z.nullable(z.string()),
      /** Of the city's own papers: what its key signed, for checking without this service. */
      seal: z.nullable(
        z.object({
          statement: z.string(),
          /** DER, base64. */
          signature: z.string(),
          key: z.string(),
          algorithm: z.literal(sealAlgorithm),
        }),
      ),
    }),
  ),
});

const answers = { status: 200, response: verdict } as const;
const throttle = { rate: 50, burst: 100 } as const;

/** Whether a document is what the city issued: for anybody who is shown one. */
export const verify = contract({
  feature: 'verify',
  problems: paperProblems,
  operations: {
    verifyNumber: {
      method: 'GET',
      path: '/v1/verify/{number}',
      who: anyone,
      summary: { id: 'Periksa nomor sebuah dokumen', en: 'Check the number of a document' },
      params,
      ...answers,
      errors: ['wrongNumber', 'tooManyRequests', 'notSetUp'],
      throttle,
    },
    verifyPage: {
      method: 'GET',
      path: '/v/{number}',
      who: anyone,
      summary: {
        id: 'Halaman pemeriksaan, yang dibuka kode QR dokumen',
        en: 'The page that a document’s QR code opens',
      },
      params,
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: ['tooManyRequests', 'notSetUp'],
      throttle,
    },
    verifyDigest: {
      method: 'POST',
      path: '/v1/verify',
      who: anyone,
      summary: {
        id: 'Periksa berkas dengan sidik SHA-256-nya; berkasnya tidak dikirim',
        en: 'Check a file by its SHA-256 digest, without sending it',
      },
      body: z.strictObject({
        digest,
        /** As the document bears it: tells an altered file from an unknown one. */
        number: z.optional(number),
      }),
      ...answers,
      errors: ['wrongNumber', 'tooManyRequests', 'notSetUp'],
      throttle,
    },
    verifyFile: {
      method: 'POST',
      path: '/v1/verify/file',
      who: anyone,
      summary: {
        id: 'Periksa berkas PDF sampai 4 MB; berkasnya tidak disimpan',
        en: 'Check a PDF of up to 4 MB; it is not kept',
      },
      consumes: 'application/pdf',
      body: bytes,
      ...answers,
      errors: ['tooManyRequests', 'notSetUp'],
      throttle: { rate: 10, burst: 20 },
    },
    paperKey: {
      method: 'GET',
      path: '/v1/paper-key',
      who: anyone,
      summary: {
        id: 'Kunci publik kota, untuk memeriksa tanda terima dan konsep tanpa layanan ini',
        en: 'The city’s public key, for checking receipts and drafts without this service',
      },
      status: 200,
      response: z.object({ key: z.string(), algorithm: z.literal(sealAlgorithm), pem: z.string() }),
      maxAge: 3600,
      errors: [],
      throttle,
    },
  },
});
