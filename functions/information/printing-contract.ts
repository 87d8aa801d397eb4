import * as z from 'zod/mini';
import { caseHolder, citizen, type Operation } from '../kernel/contract.ts';
import { bytes } from '../kernel/schema.ts';
import { code, handling, typedCode } from './shapes.ts';

const typed = z.strictObject({ code: typedCode });
const printing = {
  idempotent: true,
  status: 201,
  response: bytes,
  produces: 'application/pdf',
} as const;
const errors = [
  'notFound',
  'noInformationOfficer',
  'keyReused',
  'paperChanged',
  'tooManyRequests',
  'notSetUp',
  'busy',
] as const;

/** The receipt of a request: numbered and signed by the city's key, and no official document. */
export const printingOperations = {
  ownRequestReceipt: {
    method: 'POST',
    path: '/v1/track/{code}/information/receipt',
    who: caseHolder,
    summary: {
      id: 'Tanda terima permohonan informasi sendiri',
      en: 'Receipt of one’s own request for information',
    },
    params: typed,
    ...printing,
    errors: ['wrongCode', 'caseTokenInvalid', ...errors],
  },
  myRequestReceipt: {
    method: 'POST',
    path: '/v1/me/information/{code}/receipt',
    who: citizen,
    summary: {
      id: 'Tanda terima permohonan informasi pada akun saya',
      en: 'Receipt of a request for information of my account',
    },
    params: typed,
    ...printing,
    errors: ['wrongCode', ...errors],
  },
  printRequestReceipt: {
    method: 'POST',
    path: '/v1/desk/information/{code}/receipt',
    who: handling,
    summary: {
      id: 'Cetak tanda terima permohonan informasi (A5), bukan dokumen resmi',
      en: 'Print the receipt of a request for information (A5), no official document',
    },
    params: z.strictObject({ code }),
    ...printing,
    errors,
  },
} as const satisfies Readonly<Record<string, Operation>>;
