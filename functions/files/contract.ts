import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { anyone, caseHolder, citizen, contract, staff } from '../kernel/contract.ts';

/** Codes are read as people type them: any case, with spaces or dashes. */
const typedCode = z.string().check(z.minLength(9), z.maxLength(20));
const code = z.string().check(z.regex(codePattern));
/** As an upload or a case names it: with or without its seal. */
const fileId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}(\.[A-Za-z0-9._-]{1,178})?$/, 'fileId'));

const wanted = z.strictObject({
  /** MIME type of the file, as the browser names it. */
  type: z.string().check(z.minLength(3), z.maxLength(100)),
});

/** A form to post to `url` as multipart: every field as it stands, then the file in a part named `file`. */
const form = z.object({
  /** What commands name in `files`: only the uploader can, for a day. */
  fileId: z.string(),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Bytes. */
  maxBytes: z.int(),
  /** Seconds that the form may be used. */
  expiresIn: z.int(),
});

const shown = z.object({
  id: z.string(),
  state: z.enum(['pending', 'ready', 'refused', 'missing']),
  /** Why it is not served, in the caller's language. */
  reason: z.nullable(z.string()),
  kind: z.nullable(z.enum(['photo', 'document', 'voice'])),
  contentType: z.nullable(z.string()),
  bytes: z.nullable(z.int()),
  /** Links that end after `expiresIn` seconds; null until it is ready. */
  url: z.nullable(z.string()),
  thumbnail: z.nullable(z.string()),
  expiresIn: z.nullable(z.int()),
});

/** What was read from the file and is not served with it: for those who handle the case. */
const known = z.object({
  bytes: z.int(),
  sha256: z.string(),
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  seconds: z.nullable(z.number()),
  perceptualHash: z.nullable(z.string()),
  takenAt: z.nullable(z.string()),
  point: z.nullable(z.object({ lat: z.number(), lon: z.number() })),
  device: z.nullable(z.string()),
  software: z.nullable(z.string()),
});

const uploadErrors = ['heicFile', 'wrongFileType', 'tooManyRequests'] as const;

export const files = contract({
  feature: 'files',
  operations: {
    upload: {
      method: 'POST',
      path: '/v1/uploads',
      who: anyone,
      summary: { id: 'Unggah berkas untuk laporan baru', en: 'Upload a file for a new report' },
      body: wanted,
      status: 201,
      response: form,
      errors: [...uploadErrors],
      throttle: { rate: 50, burst: 100 },
    },
    uploadToOwnCase: {
      method: 'POST',
      path: '/v1/track/{code}/uploads',
      who: caseHolder,
      summary: { id: 'Unggah berkas untuk laporan sendiri', en: 'Upload a file for one’s own report' },
      params: z.strictObject({ code: typedCode }),
      body: wanted,
      status: 201,
      response: form,
      errors: [...uploadErrors, 'wrongCode', 'caseTokenInvalid'],
    },
    uploadAsCitizen: {
      method: 'POST',
      path: '/v1/me/uploads',
      who: citizen,
      summary: { id: 'Unggah berkas dengan akun', en: 'Upload a file with an account' },
      body: wanted,
      status: 201,
      response: form,
      errors: [...uploadErrors],
    },
    uploadToCase: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/uploads',
      who: staff(),
      summary: { id: 'Unggah berkas untuk sebuah laporan', en: 'Upload a file for a case' },
      params: z.strictObject({ code }),
      body: wanted,
      status: 201,
      response: form,
      errors: [...uploadErrors, 'notFound'],
    },
    uploadForCitizen: {
      method: 'POST',
      path: '/v1/desk/uploads',
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead', 'inspector'),
      summary: {
        id: 'Unggah berkas untuk laporan yang dicatat bagi warga',
        en: 'Upload a file for a report that staff record',
      },
      body: wanted,
      status: 201,
      response: form,
      errors: [...uploadErrors],
    },
    ownCaseFile: {
      method: 'GET',
      path: '/v1/track/{code}/files/{fileId}',
      who: caseHolder,
      summary: { id: 'Berkas laporan sendiri', en: 'A file of one’s own report' },
      params: z.strictObject({ code: typedCode, fileId }),
      status: 200,
      response: shown,
      errors: ['wrongCode', 'caseTokenInvalid', 'notFound'],
    },
    myCaseFile: {
      method: 'GET',
      path: '/v1/me/cases/{code}/files/{fileId}',
      who: citizen,
      summary: { id: 'Berkas laporan saya', en: 'A file of my report' },
      params: z.strictObject({ code: typedCode, fileId }),
      status: 200,
      response: shown,
      errors: ['wrongCode', 'notFound'],
    },
    caseFile: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/files/{fileId}',
      who: staff(),
      summary: {
        id: 'Berkas sebuah laporan, dengan waktu dan tempat pengambilannya',
        en: 'A file of a case, with when and where it was taken',
      },
      params: z.strictObject({ code, fileId }),
      status: 200,
      response: z.extend(shown, { facts: z.nullable(known) }),
      errors: ['notFound'],
    },
  },
});
