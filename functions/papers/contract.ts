import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { contract, staff } from '../kernel/contract.ts';
import { bytes } from '../kernel/schema.ts';

const params = z.strictObject({ code: z.string().check(z.regex(codePattern)) });

/** Papers of a case, in Indonesian; visible to whom the case is. */
export const papers = contract({
  feature: 'papers',
  operations: {
    printSheet: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/sheet.pdf',
      who: staff(),
      summary: { id: 'Cetak lembar disposisi (A4)', en: 'Print the case sheet for a disposition (A4)' },
      params,
      status: 200,
      response: bytes,
      produces: 'application/pdf',
      errors: ['notFound'],
    },
    printReceipt: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/receipt.pdf',
      who: staff(),
      summary: {
        id: 'Cetak tanda terima (A5); PIN hanya untuk pencatat, setengah jam setelah mencatat',
        en: 'Print the receipt (A5); the PIN only for whoever recorded it, half an hour long',
      },
      params,
      status: 200,
      response: bytes,
      produces: 'application/pdf',
      errors: ['notFound'],
    },
    groupText: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/summary',
      who: staff(),
      summary: {
        id: 'Salinan untuk grup WhatsApp, tanpa data pribadi',
        en: 'A copy for the group, without personal data',
      },
      params,
      status: 200,
      response: z.string(),
      produces: 'text/plain',
      errors: ['notFound', 'secretCase'],
    },
  },
});
