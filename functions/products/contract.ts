import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { caseHolder, citizen, contract, staff } from '../kernel/contract.ts';
import { paperProblems } from '../kernel/paper-problems.ts';
import { productProblems } from '../kernel/product-problems.ts';
import { words } from '../kernel/schema.ts';
import { receivers } from './rules.ts';
import { fetched, shownProduct, staffProduct } from './shapes.ts';

const code = z.string().check(z.regex(codePattern));
const number = z.string().check(z.minLength(1), z.maxLength(80));
const ofCase = z.strictObject({ code });
const ofNumber = z.strictObject({ number });
const ofBoth = z.strictObject({ code, number });
/** Id of an upload to the case (`POST /v1/desk/cases/{code}/uploads`), with its seal. */
const file = z.string().check(z.minLength(10), z.maxLength(300));

const document = z.discriminatedUnion('how', [
  /** As the ministry's system issued it. */
  z.strictObject({ how: z.literal('siakFile'), file }),
  z.strictObject({ how: z.literal('siakLink'), url: z.string().check(z.maxLength(500)) }),
  z.strictObject({ how: z.literal('signedFile'), file }),
  /** Signed now, by the official who types these two; neither is kept. */
  z.strictObject({
    how: z.literal('bsre'),
    file,
    nik: z.string().check(z.regex(/^\d{16}$/)),
    passphrase: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
]);
const name = z.optional(z.strictObject({ id: words(3, 120), en: words(3, 120) }));

const acting = ['notFound', 'keyReused', 'busy', 'notSetUp'] as const;
const taking = [
  'unknownFile',
  'uploadMissing',
  'notPdf',
  'notSigned',
  'signatureCoversPart',
  'signatureBroken',
  'signerOff',
  'signerRefused',
  'signerDown',
  'foreignLink',
  'wrongProductWay',
  'fileIssuedAlready',
  'tooManyDocuments',
] as const;
const changed = z.object({ product: staffProduct, seq: z.int() });

const listed = { status: 200, response: z.object({ products: z.array(shownProduct) }) } as const;
const taken = { status: 200, response: fetched } as const;

/** What an application leads to: issued, handed over, replaced, revoked. */
export const products = contract({
  feature: 'products',
  problems: { ...paperProblems, ...productProblems },
  operations: {
    issueProduct: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/products',
      who: staff(),
      summary: {
        id: 'Terbitkan dokumen permohonan: berkas atau tautan SIAK, PDF bertanda tangan, atau tanda tangani lewat BSrE',
        en: 'Issue the document of an application: SIAK’s file or link, a signed PDF, or sign it through BSrE',
      },
      params: ofCase,
      body: z.strictObject({
        document,
        /** Where a service issues several; what the catalogue calls its product otherwise. */
        name,
        /** Further documents follow: this one is prepared, and issued with the last. */
        more: z.optional(z.literal(true)),
      }),
      idempotent: true,
      ifMatch: true,
      status: 201,
      response: changed,
      errors: [...acting, ...taking, 'forbidden', 'wrongState', 'staleVersion', 'caseFull'],
    },
    caseProducts: {
      method: 'GET',
      path: '/v1/desk/applications/{code}/products',
      who: staff(),
      summary: { id: 'Dokumen sebuah permohonan', en: 'Documents of an application' },
      params: ofCase,
      status: 200,
      response: z.object({ products: z.array(staffProduct) }),
      errors: ['notFound', 'notSetUp'],
    },
    productFile: {
      method: 'GET',
      path: '/v1/desk/products/{number}/file',
      who: staff(),
      summary: {
        id: 'Tautan beberapa menit ke berkas dokumen',
        en: 'A link of minutes to a document’s file',
      },
      params: ofNumber,
      ...taken,
      errors: ['notFound', 'wrongNumber', 'forbidden', 'notSetUp'],
    },
    dropProduct: {
      method: 'DELETE',
      path: '/v1/desk/products/{number}',
      who: staff(),
      summary: {
        id: 'Buang dokumen yang disiapkan dan belum terbit',
        en: 'Drop a document that is prepared and not issued',
      },
      params: ofNumber,
      status: 204,
      errors: ['notFound', 'wrongNumber', 'wrongState', 'forbidden', 'conflict', 'notSetUp'],
    },
    handOverProduct: {
      method: 'POST',
      path: '/v1/desk/products/{number}/handover',
      who: staff(),
      summary: { id: 'Catat penyerahan dokumen', en: 'Record that a document was handed over' },
      params: ofNumber,
      body: z.strictObject({ to: z.enum(receivers) }),
      status: 200,
      response: z.object({ product: staffProduct }),
      errors: ['notFound', 'wrongNumber', 'forbidden', 'notIssued', 'busy', 'notSetUp'],
    },
    revokeProduct: {
      method: 'POST',
      path: '/v1/desk/products/{number}/revoke',
      who: staff(),
      summary: { id: 'Cabut dokumen, dengan alasan', en: 'Revoke a document, with the reason' },
      params: ofNumber,
      body: z.strictObject({ reason: words(10, 300) }),
      idempotent: true,
      status: 200,
      response: changed,
      errors: [...acting, 'wrongNumber', 'forbidden', 'notIssued', 'wrongState', 'caseFull'],
    },
    reissueProduct: {
      method: 'POST',
      path: '/v1/desk/products/{number}/reissue',
      who: staff(),
      summary: {
        id: 'Terbitkan pengganti; yang lama dicabut pada saat yang sama',
        en: 'Issue a successor; the old one is revoked at the same moment',
      },
      params: ofNumber,
      body: z.strictObject({ reason: words(10, 300), document }),
      idempotent: true,
      status: 201,
      response: changed,
      errors: [...acting, ...taking, 'wrongNumber', 'forbidden', 'notIssued', 'wrongState', 'caseFull'],
    },
    ownProducts: {
      method: 'GET',
      path: '/v1/track/{code}/application/products',
      who: caseHolder,
      summary: { id: 'Dokumen permohonan saya', en: 'Documents of the own application' },
      params: ofCase,
      ...listed,
      errors: ['caseTokenInvalid'],
    },
    ownProductFile: {
      method: 'GET',
      path: '/v1/track/{code}/application/products/{number}',
      who: caseHolder,
      summary: {
        id: 'Ambil dokumen, dengan tautan beberapa menit',
        en: 'Fetch a document by a link of minutes',
      },
      params: ofBoth,
      ...taken,
      errors: ['caseTokenInvalid', 'notFound', 'wrongNumber', 'notIssued'],
    },
    myProducts: {
      method: 'GET',
      path: '/v1/me/applications/{code}/products',
      who: citizen,
      summary: { id: 'Dokumen permohonan saya', en: 'Documents of one’s application' },
      params: ofCase,
      ...listed,
      errors: ['notFound'],
    },
    myProductFile: {
      method: 'GET',
      path: '/v1/me/applications/{code}/products/{number}',
      who: citizen,
      summary: {
        id: 'Ambil dokumen, dengan tautan beberapa menit',
        en: 'Fetch a document by a link of minutes',
      },
      params: ofBoth,
      ...taken,
      errors: ['notFound', 'wrongNumber', 'notIssued'],
    },
  },
});
