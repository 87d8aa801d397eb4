import * as z from 'zod/mini';
import { citizen, type Operation } from '../kernel/contract.ts';
import { contact } from '../people/contact.ts';
import * as shapes from './shapes.ts';

const draftId = z.string().check(z.regex(/^\d{1,2}-[A-Za-z0-9_-]{22}$/));

const serviceErrors = [
  'unknownService',
  'serviceElsewhere',
  'servicePaused',
  'serviceClosed',
  'notSetUp',
] as const;
export const filingErrors = [
  ...serviceErrors,
  'idempotencyKeyMissing',
  'invalidInput',
  'applicantNotServed',
  'onBehalfNotOffered',
  'answersWrong',
  'documentMissing',
  'unknownDocument',
  'unknownFile',
  'wrongDocumentKind',
  'keyReused',
  'busy',
] as const;
/** An account's drafts, a part of the contract of applications. */
export const draftOperations = {
  listDrafts: {
    method: 'GET',
    path: '/v1/me/drafts',
    who: citizen,
    summary: { id: 'Konsep permohonan saya', en: 'My drafts' },
    status: 200,
    response: z.object({ drafts: z.array(shapes.draftRow) }),
    errors: ['notSetUp'],
  },
  startDraft: {
    method: 'POST',
    path: '/v1/me/drafts',
    who: citizen,
    summary: { id: 'Mulai konsep permohonan', en: 'Start a draft' },
    body: z.strictObject({
      service: shapes.submission.service,
      /** Fills in what was kept of earlier answers, which only the applicant's consent ever did. */
      reuse: z._default(z.boolean(), false),
    }),
    status: 201,
    response: shapes.draft,
    errors: [...serviceErrors, 'invalidInput', 'tooManyDrafts', 'tooManyRequests'],
  },
  readDraft: {
    method: 'GET',
    path: '/v1/me/drafts/{id}',
    who: citizen,
    summary: {
      id: 'Buka konsep, disesuaikan dengan formulir sekarang',
      en: 'Open a draft, taken over to the present form',
    },
    params: z.strictObject({ id: draftId }),
    status: 200,
    response: shapes.draft,
    errors: ['notFound', 'unknownService', 'notSetUp'],
  },
  saveDraft: {
    method: 'PUT',
    path: '/v1/me/drafts/{id}',
    who: citizen,
    summary: { id: 'Simpan konsep', en: 'Save a draft' },
    params: z.strictObject({ id: draftId }),
    body: z.strictObject({
      applicant: shapes.submission.applicant,
      answers: shapes.submission.answers,
      documents: shapes.submission.documents,
    }),
    ifMatch: true,
    status: 200,
    response: shapes.draft,
    errors: [
      'notFound',
      'unknownService',
      'answersWrong',
      'unknownDocument',
      'unknownFile',
      'staleDraft',
      'tooManyRequests',
    ],
  },
  discardDraft: {
    method: 'DELETE',
    path: '/v1/me/drafts/{id}',
    who: citizen,
    summary: { id: 'Hapus konsep', en: 'Discard a draft' },
    params: z.strictObject({ id: draftId }),
    status: 204,
    errors: ['notFound'],
  },
  submitDraft: {
    method: 'POST',
    path: '/v1/me/drafts/{id}/submit',
    who: citizen,
    summary: {
      id: 'Ajukan konsep; satu konsep menjadi satu permohonan',
      en: 'Submit a draft; one draft becomes one application',
    },
    params: z.strictObject({ id: draftId }),
    body: z.strictObject({
      contact: z.optional(contact),
      /** Consent: what these answers say beyond this form is kept for the next one. */
      remember: z._default(z.boolean(), false),
    }),
    status: 201,
    response: shapes.filed,
    errors: [...filingErrors, 'notFound', 'formChanged', 'draftSubmitted', 'tooManyRequests'],
  },
  forgetAnswers: {
    method: 'DELETE',
    path: '/v1/me/answers',
    who: citizen,
    summary: { id: 'Hapus jawaban yang disimpan', en: 'Forget the answers that were kept' },
    status: 204,
    errors: [],
  },
} as const satisfies Readonly<Record<string, Operation>>;
