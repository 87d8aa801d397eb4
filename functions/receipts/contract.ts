import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { caseHolder, citizen, contract, staff } from '../kernel/contract.ts';
import { paperProblems } from '../kernel/paper-problems.ts';
import { bytes, words } from '../kernel/schema.ts';

const ofCase = z.strictObject({ code: z.string().check(z.regex(codePattern)) });
const printing = {
  idempotent: true,
  status: 201,
  response: bytes,
  produces: 'application/pdf',
} as const;
const printingErrors = ['notFound', 'keyReused', 'paperChanged', 'tooManyRequests', 'busy'] as const;

/** Papers that Lapau prints of an application by itself: each numbered and signed, none of them an official document. */
export const receipts = contract({
  feature: 'receipts',
  problems: paperProblems,
  operations: {
    printApplicationReceipt: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/receipt',
      who: staff(),
      summary: {
        id: 'Cetak tanda terima permohonan (A5), bukan dokumen resmi',
        en: 'Print the receipt of an application (A5), no official document',
      },
      params: ofCase,
      ...printing,
      errors: [...printingErrors, 'notSetUp'],
    },
    printDraft: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/draft',
      who: staff(),
      summary: {
        id: 'Cetak konsep dokumen untuk diperiksa sebelum ditandatangani; isinya tidak disimpan',
        en: 'Print a draft for checking before it is signed; its words are not kept',
      },
      params: ofCase,
      body: z.strictObject({ title: words(3, 200), text: words(1, 20_000) }),
      ...printing,
      errors: [...printingErrors, 'forbidden', 'wrongState', 'notSetUp'],
    },
    ownApplicationReceipt: {
      method: 'POST',
      path: '/v1/track/{code}/application/receipt',
      who: caseHolder,
      summary: { id: 'Tanda terima permohonan saya', en: 'Receipt of the own application' },
      params: ofCase,
      ...printing,
      errors: [...printingErrors, 'caseTokenInvalid', 'notSetUp'],
    },
    myApplicationReceipt: {
      method: 'POST',
      path: '/v1/me/applications/{code}/receipt',
      who: citizen,
      summary: { id: 'Tanda terima permohonan saya', en: 'Receipt of one’s application' },
      params: ofCase,
      ...printing,
      errors: [...printingErrors, 'notSetUp'],
    },
  },
});
