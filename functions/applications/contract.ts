import * as z from 'zod/mini';
import { applicationProblems } from '../kernel/application-problems.ts';
import { codePattern } from '../kernel/code.ts';
import { anyone, caseHolder, citizen, contract, staff } from '../kernel/contract.ts';
import { instantIn, words } from '../kernel/schema.ts';
import { draftOperations, filingErrors } from './draft-operations.ts';
import * as shapes from './shapes.ts';

/** Codes are read as people type them: any case, with spaces or dashes. */
const typed = z.strictObject({ code: z.string().check(z.minLength(9), z.maxLength(20)) });
const exact = z.strictObject({ code: z.string().check(z.regex(codePattern)) });
const action = z.string().check(z.regex(/^[a-zA-Z]{2,32}$/));
const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });

const actionErrors = [
  'notFound',
  'forbidden',
  'wrongState',
  'staleVersion',
  'keyReused',
  'unknownFile',
  'clockMissing',
  'busy',
] as const;
const ownErrors = [...actionErrors, 'wrongCode', 'objectionUsed', 'contestOver', 'ratedAlready'] as const;
const handInErrors = [
  ...actionErrors,
  'wrongDocumentKind',
  'answersWrong',
  'documentMissing',
  'unknownAnswer',
  'unknownDocument',
  'partNotOpen',
  'partMissing',
  'nothingHandedIn',
] as const;

const acting = { idempotent: true, ifMatch: true, status: 200, response: acted } as const;
// Parsed by the action's own schema; the union of all is in the OpenAPI document.
const anyBody = z.record(z.string(), z.unknown());

export const applications = contract({
  feature: 'applications',
  problems: applicationProblems,
  operations: {
    apply: {
      method: 'POST',
      path: '/v1/applications',
      who: anyone,
      summary: { id: 'Ajukan permohonan tanpa akun', en: 'Apply for a service without an account' },
      body: z.strictObject(shapes.filing),
      idempotent: true,
      status: 201,
      response: shapes.filed,
      errors: [...filingErrors, 'tooManyRequests'],
      throttle: { rate: 100, burst: 200 },
    },
    ...draftOperations,
    readMyApplication: {
      method: 'GET',
      path: '/v1/me/applications/{code}',
      who: citizen,
      summary: { id: 'Permohonan saya', en: 'My application' },
      params: typed,
      status: 200,
      response: shapes.own,
      errors: ['wrongCode', 'notFound'],
    },
    actOnMyApplication: {
      method: 'POST',
      path: '/v1/me/applications/{code}/actions/{action}',
      who: citizen,
      summary: { id: 'Ambil tindakan pada permohonan saya', en: 'Take an action on my application' },
      params: z.extend(typed, { action }),
      body: anyBody,
      ...acting,
      errors: ownErrors,
    },
    correctMyApplication: {
      method: 'POST',
      path: '/v1/me/applications/{code}/corrections',
      who: citizen,
      summary: { id: 'Kirim perbaikan permohonan saya', en: 'Hand in corrections of my application' },
      params: typed,
      body: shapes.corrections,
      ...acting,
      errors: [...handInErrors, 'wrongCode'],
    },
    readOwnApplication: {
      method: 'GET',
      path: '/v1/track/{code}/application',
      who: caseHolder,
      summary: { id: 'Permohonan sendiri, dengan PIN', en: 'One’s own application, by PIN' },
      params: typed,
      status: 200,
      response: shapes.own,
      errors: ['wrongCode', 'caseTokenInvalid'],
    },
    actOnOwnApplication: {
      method: 'POST',
      path: '/v1/track/{code}/application/actions/{action}',
      who: caseHolder,
      summary: {
        id: 'Ambil tindakan pada permohonan sendiri',
        en: 'Take an action on one’s own application',
      },
      params: z.extend(typed, { action }),
      body: anyBody,
      ...acting,
      errors: [...ownErrors, 'caseTokenInvalid'],
    },
    correctOwnApplication: {
      method: 'POST',
      path: '/v1/track/{code}/application/corrections',
      who: caseHolder,
      summary: {
        id: 'Kirim perbaikan permohonan sendiri',
        en: 'Hand in corrections of one’s own application',
      },
      params: typed,
      body: shapes.corrections,
      ...acting,
      errors: [...handInErrors, 'wrongCode', 'caseTokenInvalid'],
    },
    applyForCitizen: {
      method: 'POST',
      path: '/v1/desk/applications',
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead'),
      summary: { id: 'Catat permohonan warga di loket', en: 'File an application for a citizen' },
      body: z.strictObject({
        ...shapes.filing,
        origin: z._default(z.enum(shapes.origins), 'counter'),
        /** When the citizen handed it in; not in the future, at most 90 days ago. */
        saidAt: z.optional(instantIn),
      }),
      idempotent: true,
      status: 201,
      response: shapes.filed,
      errors: [...filingErrors, 'dateOutOfRange'],
    },
    readApplication: {
      method: 'GET',
      path: '/v1/desk/applications/{code}',
      who: staff(),
      summary: {
        id: 'Sebuah permohonan: langkah, dokumen, isian tersamar',
        en: 'An application: its steps, documents and masked answers',
      },
      params: exact,
      status: 200,
      response: shapes.handled,
      errors: ['notFound'],
    },
    actOnApplication: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/actions/{action}',
      who: staff(),
      summary: { id: 'Ambil tindakan pada permohonan', en: 'Take an action on an application' },
      params: z.extend(exact, { action }),
      body: anyBody,
      ...acting,
      errors: [
        ...actionErrors,
        'verdictMissing',
        'nothingRejected',
        'unknownDocument',
        'unknownAnswer',
        'fileNotReady',
        'notItsTurn',
        'unknownGround',
        'unknownUnit',
        'unknownPerson',
        'secondPersonNeeded',
        'noObjection',
        'caseFull',
      ],
    },
    correctApplication: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/corrections',
      who: staff('liaison', 'officer', 'head', 'areaHead'),
      summary: { id: 'Terima perbaikan di loket', en: 'Take corrections at the counter' },
      params: exact,
      body: shapes.corrections,
      ...acting,
      errors: handInErrors,
    },
    revealAnswers: {
      method: 'POST',
      path: '/v1/desk/applications/{code}/reveal',
      who: staff('liaison', 'officer', 'head', 'areaHead', 'validator'),
      summary: {
        id: 'Buka isian tanpa samaran, dengan alasan',
        en: 'Open the answers unmasked, with a reason',
      },
      params: exact,
      body: z.strictObject({ reason: words(10, 500) }),
      idempotent: true,
      status: 200,
      response: z.object({
        applicant: shapes.applicant,
        answers: z.record(z.string(), z.unknown()),
      }),
      errors: ['notFound', 'forbidden', 'keyReused', 'busy'],
    },
  },
});
