import * as z from 'zod/mini';
import { applicationProblems } from '../kernel/application-problems.ts';
import { anyone, caseHolder, citizen, contract, staff } from '../kernel/contract.ts';
import { informationProblems } from '../kernel/information-problems.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { words } from '../kernel/schema.ts';
import { privateView, publicEntry, summary } from './view-schema.ts';

/** Codes are read as people type them: any case, with spaces or dashes. */
const typedCode = z.string().check(z.minLength(9), z.maxLength(20));
const params = z.strictObject({ code: typedCode });
const pin = z.string().check(z.minLength(8), z.maxLength(12));

const actionParams = z.strictObject({
  code: typedCode,
  action: z.string().check(z.regex(/^[a-zA-Z]{2,32}$/)),
});
const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });
const actionErrors = [
  'wrongCode',
  'notFound',
  'forbidden',
  'wrongState',
  'staleVersion',
  'keyReused',
  'unknownFile',
  'clockMissing',
  'nothingAsked',
  'disputeOver',
  'tooManyDisputes',
  'objectionUsed',
  'ratedAlready',
  'busy',
] as const;
const renewed = z.object({
  code: z.string(),
  /** Valid from now on; the one before and every token of it are not. */
  pin: z.string(),
  version: z.int(),
});

export const track = contract({
  feature: 'track',
  problems: { ...reportProblems, ...applicationProblems, ...informationProblems },
  operations: {
    trackCase: {
      method: 'GET',
      path: '/v1/track/{code}',
      who: anyone,
      summary: { id: 'Lacak laporan dengan kode', en: 'Follow a report by its code' },
      params,
      status: 200,
      response: z.object({ ...summary, timeline: z.array(publicEntry) }),
      errors: ['wrongCode', 'notFound', 'pinNeeded'],
      throttle: { rate: 100, burst: 200 },
    },
    openCase: {
      method: 'POST',
      path: '/v1/track/{code}/open',
      who: anyone,
      summary: { id: 'Buka laporan sendiri dengan PIN', en: 'Open one’s own report with its PIN' },
      params,
      body: z.strictObject({ pin }),
      status: 200,
      response: z.object({
        /** For `Authorization: Bearer`, half an hour. */
        token: z.string(),
        expiresIn: z.int(),
        case: privateView,
      }),
      errors: ['wrongCode', 'wrongPin', 'tooManyRequests'],
      throttle: { rate: 20, burst: 40 },
    },
    readOwnCase: {
      method: 'GET',
      path: '/v1/track/{code}/private',
      who: caseHolder,
      summary: { id: 'Laporan sendiri secara lengkap', en: 'One’s own report in full' },
      params,
      status: 200,
      response: privateView,
      errors: ['wrongCode', 'caseTokenInvalid'],
    },
    readMyCase: {
      method: 'GET',
      path: '/v1/me/cases/{code}',
      who: citizen,
      summary: { id: 'Laporan pada akun saya secara lengkap', en: 'A report of my account in full' },
      params,
      status: 200,
      response: privateView,
      errors: ['wrongCode', 'notFound'],
    },
    actOnOwn: {
      method: 'POST',
      path: '/v1/track/{code}/actions/{action}',
      who: caseHolder,
      summary: { id: 'Ambil tindakan pada laporan sendiri', en: 'Take an action on one’s own report' },
      params: actionParams,
      // Parsed by the action's own schema; the union of all is in the OpenAPI document.
      body: z.record(z.string(), z.unknown()),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: acted,
      errors: ['caseTokenInvalid', ...actionErrors],
    },
    actOnMine: {
      method: 'POST',
      path: '/v1/me/cases/{code}/actions/{action}',
      who: citizen,
      summary: {
        id: 'Ambil tindakan pada laporan di akun saya',
        en: 'Take an action on a report of my account',
      },
      params: actionParams,
      body: z.record(z.string(), z.unknown()),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: acted,
      errors: actionErrors,
    },
    claimCase: {
      method: 'POST',
      path: '/v1/me/cases/{code}/claim',
      who: citizen,
      summary: {
        id: 'Simpan laporan ke akun saya dengan PIN-nya',
        en: 'Keep a report in my account, by its PIN',
      },
      params,
      body: z.strictObject({ pin }),
      idempotent: true,
      status: 200,
      response: z.object({ code: z.string(), seq: z.int() }),
      errors: ['wrongCode', 'wrongPin', 'claimedAlready', 'keyReused', 'busy', 'tooManyRequests'],
    },
    renewMyPin: {
      method: 'POST',
      path: '/v1/me/cases/{code}/pin',
      who: citizen,
      summary: { id: 'PIN baru untuk laporan di akun saya', en: 'A new PIN for a report of my account' },
      params,
      idempotent: true,
      status: 200,
      response: renewed,
      errors: ['wrongCode', 'notFound', 'keyReused', 'busy'],
    },
    renewOwnPin: {
      method: 'POST',
      path: '/v1/track/{code}/pin',
      who: caseHolder,
      summary: { id: 'Ganti PIN laporan sendiri', en: 'Change the PIN of one’s own report' },
      params,
      idempotent: true,
      status: 200,
      response: renewed,
      errors: ['wrongCode', 'caseTokenInvalid', 'keyReused', 'busy'],
    },
    askForPin: {
      method: 'POST',
      path: '/v1/track/{code}/lost-pin',
      who: anyone,
      summary: {
        id: 'PIN hilang: minta tautan PIN baru ke kontak yang tersimpan',
        en: 'Lost PIN: ask for a link to a new one, to the stored contact',
      },
      params,
      // The same whether the report, or a contact of it, exists or not.
      status: 202,
      response: z.object({ says: z.string() }),
      errors: ['wrongCode', 'tooManyRequests'],
      throttle: { rate: 5, burst: 10 },
    },
    renewLostPin: {
      method: 'POST',
      path: '/v1/track/{code}/renew-pin',
      who: anyone,
      summary: { id: 'PIN baru dari tautan yang dikirim', en: 'A new PIN by the link that was sent' },
      params,
      body: z.strictObject({ token: z.string().check(z.minLength(20), z.maxLength(600)) }),
      idempotent: true,
      status: 200,
      response: renewed,
      errors: ['wrongCode', 'caseTokenInvalid', 'keyReused', 'busy'],
      throttle: { rate: 20, burst: 40 },
    },
    renewPinAtCounter: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/pin',
      /** Of a report the coordinator, of an application the unit that handles it: the kind's own rights say so. */
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead'),
      summary: {
        id: 'PIN baru di loket, dengan alasan yang tercatat',
        en: 'A new PIN at the counter, with a logged reason',
      },
      params,
      body: z.strictObject({
        /** How the person showed that the report is theirs. */
        reason: words(10, 500),
      }),
      idempotent: true,
      status: 200,
      response: renewed,
      errors: ['wrongCode', 'notFound', 'forbidden', 'keyReused', 'busy'],
    },
  },
});
