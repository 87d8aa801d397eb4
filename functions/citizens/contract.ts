import * as z from 'zod/mini';
import { anyone, caseHolder, citizen, contract } from '../kernel/contract.ts';
import { wishesBody, wishesShown } from './wishes.ts';

/** Codes are read as people type them: any case, with spaces or dashes. */
const typedCode = z.strictObject({ code: z.string().check(z.minLength(9), z.maxLength(20)) });
const stopToken = z.strictObject({
  t: z.string().check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/), z.maxLength(300)),
});

export const citizens = contract({
  feature: 'citizens',
  operations: {
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
  },
});
