import * as z from 'zod/mini';
import { caseHolder, citizen, type Operation, staff } from '../kernel/contract.ts';
import { instant, words } from '../kernel/schema.ts';
import { requesterShown } from './identity.ts';
import { acted, action, code, handling, typedCode, view } from './shapes.ts';

const params = z.strictObject({ code });
const typed = z.strictObject({ code: typedCode });
const typedAction = z.strictObject({ code: typedCode, action });
/** Parsed by the action's own schema; the union of all is in the OpenAPI document. */
const anyBody = z.record(z.string(), z.unknown());

const actionErrors = [
  'wrongCode',
  'notFound',
  'forbidden',
  'wrongState',
  'staleVersion',
  'keyReused',
  'unknownFile',
  'clockMissing',
  'answerNotDue',
  'objectionMade',
  'objectionOver',
  'groundUnfit',
  'notAnsweredYet',
  'busy',
] as const;
const staffActionErrors = [
  ...actionErrors,
  'unknownUnit',
  'unknownPerson',
  'extensionUsed',
  'extensionTooLate',
  'identityMissing',
  'orderedToGive',
  'nothingToUphold',
  'costPaid',
  'noCost',
  'dateOutOfRange',
  'tooManyMoves',
  'caseFull',
] as const;
/** A request as its requester and the PPID see it, and what they do with it. */
export const requestOperations = {
  readOwnRequest: {
    method: 'GET',
    path: '/v1/track/{code}/information',
    who: caseHolder,
    summary: { id: 'Permohonan informasi sendiri', en: 'One’s own request for information' },
    params: typed,
    status: 200,
    response: view,
    errors: ['wrongCode', 'caseTokenInvalid', 'notFound'],
  },
  readMyRequest: {
    method: 'GET',
    path: '/v1/me/information/{code}',
    who: citizen,
    summary: { id: 'Permohonan informasi pada akun saya', en: 'A request of my account' },
    params: typed,
    status: 200,
    response: view,
    errors: ['wrongCode', 'notFound'],
  },
  actOnOwnRequest: {
    method: 'POST',
    path: '/v1/track/{code}/information/actions/{action}',
    who: caseHolder,
    summary: { id: 'Ambil tindakan pada permohonan sendiri', en: 'Take an action on one’s own request' },
    params: typedAction,
    body: anyBody,
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: acted,
    errors: ['caseTokenInvalid', ...actionErrors],
  },
  actOnMyRequest: {
    method: 'POST',
    path: '/v1/me/information/{code}/actions/{action}',
    who: citizen,
    summary: {
      id: 'Ambil tindakan pada permohonan di akun saya',
      en: 'Take an action on a request of my account',
    },
    params: typedAction,
    body: anyBody,
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: acted,
    errors: actionErrors,
  },
  listRequests: {
    method: 'GET',
    path: '/v1/desk/information',
    who: staff('coordinator', 'liaison', 'officer', 'head', 'executive', 'inspector'),
    summary: { id: 'Permohonan informasi menurut nomor register', en: 'Requests by number of the register' },
    query: z.strictObject({
      year: z.optional(z.string().check(z.regex(/^20\d{2}$/))),
      /** Number after which to go on. */
      after: z.optional(z.string().check(z.regex(/^\d{1,6}$/))),
    }),
    status: 200,
    response: z.object({
      year: z.int(),
      requests: z.array(
        z.object({
          number: z.string(),
          code: z.string(),
          state: z.string(),
          stateName: z.string(),
          excerpt: z.string(),
          unit: z.nullable(z.string()),
          filedAt: instant,
          due: z.nullable(instant),
          overdue: z.boolean(),
        }),
      ),
      /** Give as `after` for more; null at the end. */
      next: z.nullable(z.int()),
    }),
    errors: ['invalidInput'],
  },
  readRequest: {
    method: 'GET',
    path: '/v1/desk/information/{code}',
    who: staff(),
    summary: { id: 'Satu permohonan informasi', en: 'One request for information' },
    params,
    status: 200,
    response: view,
    errors: ['notFound'],
  },
  actOnRequest: {
    method: 'POST',
    path: '/v1/desk/information/{code}/actions/{action}',
    who: handling,
    summary: {
      id: 'Ambil tindakan pada permohonan informasi',
      en: 'Take an action on a request for information',
    },
    params: z.strictObject({ code, action }),
    body: anyBody,
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: acted,
    errors: staffActionErrors,
  },
  revealRequester: {
    method: 'POST',
    path: '/v1/desk/information/{code}/reveal',
    who: handling,
    summary: { id: 'Buka identitas pemohon, dengan alasan', en: 'Open who asks, with a reason' },
    params,
    body: z.strictObject({ reason: words(5, 500) }),
    idempotent: true,
    status: 200,
    response: requesterShown,
    errors: ['notFound', 'forbidden', 'identityMissing', 'keyReused', 'busy'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
