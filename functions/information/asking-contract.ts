import * as z from 'zod/mini';
import { caseHolder, citizen, type Operation, staff } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';
import { requester } from './identity.ts';
import {
  acted,
  code,
  filed,
  handling,
  linkedRequest,
  ownRequest,
  recordedRequest,
  typedCode,
} from './shapes.ts';

const params = z.strictObject({ code });
const typed = z.strictObject({ code: typedCode });

const filingErrors = [
  'idempotencyKeyMissing',
  'invalidInput',
  'keyReused',
  'unknownFile',
  'proxyUnproved',
  'informationAvailable',
  'noInformationOfficer',
  'notSetUp',
  'busy',
] as const;
const identityErrors = [
  'wrongCode',
  'notFound',
  'forbidden',
  'invalidInput',
  'identityKnown',
  'wrongState',
  'keyReused',
  'busy',
] as const;

const counter = staff('coordinator', 'liaison', 'officer', 'head', 'areaHead');

/** How a request comes in, and who asks. */
export const askingOperations = {
  askForInformation: {
    method: 'POST',
    path: '/v1/me/information',
    who: citizen,
    summary: { id: 'Ajukan permohonan informasi publik', en: 'Request public information' },
    body: ownRequest,
    idempotent: true,
    status: 201,
    response: filed,
    errors: [...filingErrors, 'tooManyRequests'],
  },
  recordRequest: {
    method: 'POST',
    path: '/v1/desk/information',
    who: counter,
    summary: { id: 'Catat permohonan informasi warga', en: 'Record a citizen’s request for information' },
    body: recordedRequest,
    idempotent: true,
    status: 201,
    response: filed,
    errors: [...filingErrors, 'dateOutOfRange'],
  },
  requestFromReport: {
    method: 'POST',
    path: '/v1/desk/cases/{code}/information',
    who: counter,
    summary: {
      id: 'Buka permohonan informasi dari sebuah laporan, dengan waktu laporan itu',
      en: 'Open a request for information from a report, with the time of the report',
    },
    params,
    body: linkedRequest,
    idempotent: true,
    status: 201,
    response: filed,
    errors: [...filingErrors, 'notFound', 'forbidden', 'informationLinked', 'wrongState'],
  },
  openLinkedRequest: {
    method: 'GET',
    path: '/v1/track/{code}/linked-information',
    who: caseHolder,
    summary: {
      id: 'Kode dan PIN permohonan informasi yang dibuka dari laporan sendiri',
      en: 'Code and PIN of the request that was opened from one’s own report',
    },
    params: typed,
    status: 200,
    response: z.object({
      code: z.string(),
      pin: z.string(),
      number: z.nullable(z.string()),
      filedAt: instant,
    }),
    errors: ['wrongCode', 'caseTokenInvalid', 'notFound'],
  },
  identifyOwn: {
    method: 'POST',
    path: '/v1/track/{code}/information/identity',
    who: caseHolder,
    summary: {
      id: 'Lengkapi identitas pada permohonan sendiri',
      en: 'Complete who asks, on one’s own request',
    },
    params: typed,
    body: requester,
    idempotent: true,
    status: 200,
    response: acted,
    errors: ['caseTokenInvalid', ...identityErrors],
  },
  identifyMine: {
    method: 'POST',
    path: '/v1/me/information/{code}/identity',
    who: citizen,
    summary: {
      id: 'Lengkapi identitas pada permohonan saya',
      en: 'Complete who asks, on a request of my account',
    },
    params: typed,
    body: requester,
    idempotent: true,
    status: 200,
    response: acted,
    errors: identityErrors,
  },
  identifyAtDesk: {
    method: 'POST',
    path: '/v1/desk/information/{code}/identity',
    who: handling,
    summary: { id: 'Lengkapi identitas pemohon', en: 'Complete who asks' },
    params,
    body: requester,
    idempotent: true,
    status: 200,
    response: acted,
    errors: identityErrors,
  },
} as const satisfies Readonly<Record<string, Operation>>;
