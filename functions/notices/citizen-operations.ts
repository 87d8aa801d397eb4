import * as z from 'zod/mini';
import { receiptStates } from '../events/receipts.ts';
import { codePattern } from '../kernel/code.ts';
import { anyone, caseHolder, citizen, type Operation, staff } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';
import { wishesBody, wishesShown } from './wishes.ts';

const caseCode = z.strictObject({ code: z.string().check(z.regex(codePattern)) });
/** Codes are read as people type them: any case, with spaces or dashes. */
const typedCode = z.strictObject({ code: z.string().check(z.minLength(9), z.maxLength(20)) });
const stopToken = z.strictObject({
  t: z.string().check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/), z.maxLength(300)),
});

const reached = z.object({
  /** About the newest event that concerns the reporter. `underWay`: something waits or was sent, and nothing proves yet that it arrived. */
  state: z.enum(['reached', 'underWay', 'notReached']),
  /** The newest event that the reporter was reached about; 0 for none. */
  upTo: z.int(),
  /** When they last opened the private view. */
  openedAt: z.nullable(instant),
  /** Newest first, at most 50. Never an address. */
  notices: z.array(
    z.object({
      seq: z.int(),
      event: z.string(),
      channel: z.string(),
      state: z.enum(receiptStates),
      at: instant,
      /** Held back until then: quiet hours, or a channel that was down. */
      notBefore: z.nullable(instant),
      deliveredAt: z.nullable(instant),
      /** Counts as delivered. */
      proves: z.boolean(),
      /** Staff id of who handed it over. */
      by: z.nullable(z.string()),
    }),
  ),
});

/** The part of the contract that is about citizens: how they are told, how they stop it, whether it reached them. */
export const citizenOperations = {
  reporterReached: {
    method: 'GET',
    path: '/v1/desk/cases/{code}/reached',
    who: staff(),
    summary: { id: 'Apakah pelapor sudah menerima kabar', en: 'Whether the reporter was reached' },
    params: caseCode,
    status: 200,
    response: reached,
    errors: ['notFound'],
  },
  recordHandover: {
    method: 'POST',
    path: '/v1/desk/cases/{code}/handovers',
    who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead', 'inspector'),
    summary: {
      id: 'Catat bahwa pelapor sudah diberi tahu langsung',
      en: 'Record that the reporter was told in person',
    },
    params: caseCode,
    body: z.strictObject({ how: z.enum(['inPerson', 'phone', 'letter']) }),
    ifMatch: true,
    status: 200,
    response: reached,
    errors: ['notFound', 'ifMatchMissing', 'staleVersion'],
  },
  caseNotices: {
    method: 'GET',
    path: '/v1/track/{code}/notices',
    who: caseHolder,
    summary: { id: 'Cara menerima kabar laporan ini', en: 'How one is told of this report' },
    params: typedCode,
    status: 200,
    response: wishesShown,
    errors: ['caseTokenInvalid'],
  },
  chooseCaseNotices: {
    method: 'PUT',
    path: '/v1/track/{code}/notices',
    who: caseHolder,
    summary: { id: 'Atur kabar laporan ini', en: 'Choose how to be told of this report' },
    params: typedCode,
    body: wishesBody,
    status: 200,
    response: wishesShown,
    errors: ['caseTokenInvalid', 'channelOff', 'addressMissing', 'endpointRefused', 'tooManyRequests'],
  },
  myNotices: {
    method: 'GET',
    path: '/v1/me/notices',
    who: citizen,
    summary: { id: 'Cara menerima kabar laporan saya', en: 'How I am told of my reports' },
    status: 200,
    response: wishesShown,
    errors: [],
  },
  chooseMyNotices: {
    method: 'PUT',
    path: '/v1/me/notices',
    who: citizen,
    summary: { id: 'Atur kabar laporan saya', en: 'Choose how to be told of my reports' },
    body: wishesBody,
    status: 200,
    response: wishesShown,
    errors: ['channelOff', 'addressMissing', 'endpointRefused', 'tooManyRequests'],
  },
  stopPage: {
    method: 'GET',
    path: '/v1/notices/stop',
    who: anyone,
    summary: {
      id: 'Halaman dengan tombol berhenti menerima kabar; membukanya tidak menghentikan apa pun',
      en: 'Page with the button that stops notices; opening it stops nothing',
    },
    query: stopToken,
    status: 200,
    response: z.string(),
    produces: 'text/html',
    errors: ['linkInvalid'],
  },
  stopNotices: {
    method: 'POST',
    path: '/v1/notices/stop',
    who: anyone,
    summary: {
      id: 'Berhenti menerima kabar (juga tombol satu klik kotak surat, RFC 8058)',
      en: 'Stop notices (also the one-click button of mailboxes, RFC 8058)',
    },
    query: stopToken,
    status: 200,
    response: z.string(),
    produces: 'text/html',
    errors: ['linkInvalid'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
