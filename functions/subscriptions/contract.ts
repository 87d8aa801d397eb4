import * as z from 'zod/mini';
import { channelNames } from '../events/told.ts';
import { announcementProblems } from '../kernel/announcement-problems.ts';
import { codePattern } from '../kernel/code.ts';
import { anyone, citizen, contract, staff } from '../kernel/contract.ts';
import { instant } from '../kernel/schema.ts';
import { left, orderStates, tally } from '../sendings/model.ts';
import { choices, device, settings, shown, wishes } from './shapes.ts';

const token = z.strictObject({
  t: z.string().check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/), z.maxLength(300)),
});
const announcement = z.strictObject({ id: z.string().check(z.regex(codePattern)) });
const throttle = { rate: 50, burst: 100 } as const;
const wrongWish = ['unknownArea', 'unknownTopic', 'channelOff'] as const;

/** What a subscriber chooses as a whole: what is not listed any more is over. */
const whole = z.strictObject({ ...settings, subscriptions: choices });

export const subscriptions = contract({
  feature: 'subscriptions',
  problems: announcementProblems,
  operations: {
    mySubscriptions: {
      method: 'GET',
      path: '/v1/me/subscriptions',
      who: citizen,
      summary: { id: 'Langganan pengumuman saya', en: 'My subscriptions to announcements' },
      status: 200,
      response: shown,
      errors: [],
    },
    chooseMySubscriptions: {
      method: 'PUT',
      path: '/v1/me/subscriptions',
      who: citizen,
      summary: { id: 'Atur langganan pengumuman saya', en: 'Choose my subscriptions to announcements' },
      body: whole,
      ifMatch: true,
      status: 200,
      response: shown,
      errors: [...wrongWish, 'addressMissing', 'emailUnverified', 'staleRecord', 'tooManyRequests'],
    },
    endMySubscriptions: {
      method: 'DELETE',
      path: '/v1/me/subscriptions',
      who: citizen,
      summary: { id: 'Hapus langganan pengumuman saya', en: 'End my subscriptions to announcements' },
      status: 204,
      errors: ['busy'],
    },
    subscribeEmail: {
      method: 'POST',
      path: '/v1/news/subscriptions',
      who: anyone,
      summary: {
        id: 'Berlangganan pengumuman dengan surel, tanpa akun; berlaku setelah tautan di surel dikonfirmasi',
        en: 'Subscribe to announcements by mail without an account; holds once the link in the mail is confirmed',
      },
      body: z.strictObject({ ...settings, email: z.email().check(z.maxLength(254)), subscriptions: wishes }),
      status: 202,
      response: z.object({
        /** Always: the answer does not tell whether the address is known. */
        state: z.literal('confirm'),
        /** Until when the link in the letter works. */
        until: instant,
      }),
      errors: [...wrongWish, 'tooManyRequests'],
      throttle,
    },
    subscribeDevice: {
      method: 'POST',
      path: '/v1/news/devices',
      who: anyone,
      summary: {
        id: 'Berlangganan pengumuman di peramban ini, tanpa akun',
        en: 'Subscribe this browser to announcements, without an account',
      },
      body: z.strictObject({ ...settings, device, subscriptions: wishes }),
      status: 201,
      /** The token opens these subscriptions again; the browser keeps it. */
      response: z.object({ token: z.string(), subscriptions: shown }),
      errors: [...wrongWish, 'endpointRefused', 'tooManyRequests', 'busy'],
      throttle,
    },
    subscriptions: {
      method: 'GET',
      path: '/v1/news/subscriptions',
      who: anyone,
      summary: { id: 'Langganan tanpa akun', en: 'Subscriptions without an account' },
      query: token,
      status: 200,
      response: shown,
      errors: ['linkInvalid'],
    },
    chooseSubscriptions: {
      method: 'PUT',
      path: '/v1/news/subscriptions',
      who: anyone,
      summary: { id: 'Atur langganan tanpa akun', en: 'Choose subscriptions without an account' },
      query: token,
      body: whole,
      ifMatch: true,
      status: 200,
      response: shown,
      errors: [...wrongWish, 'addressMissing', 'linkInvalid', 'staleRecord', 'tooManyRequests'],
      throttle,
    },
    endSubscriptions: {
      method: 'DELETE',
      path: '/v1/news/subscriptions',
      who: anyone,
      summary: { id: 'Hapus langganan tanpa akun', en: 'End subscriptions without an account' },
      query: token,
      status: 204,
      errors: ['linkInvalid', 'busy'],
    },
    confirmPage: {
      method: 'GET',
      path: '/v1/news/confirm',
      who: anyone,
      summary: {
        id: 'Halaman dengan tombol konfirmasi alamat; membukanya tidak mengonfirmasi apa pun',
        en: 'Page with the button that confirms an address; opening it confirms nothing',
      },
      query: token,
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: ['linkInvalid'],
    },
    confirm: {
      method: 'POST',
      path: '/v1/news/confirm',
      who: anyone,
      summary: { id: 'Konfirmasi alamat langganan', en: 'Confirm the address of a subscription' },
      query: token,
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: ['linkInvalid', 'busy'],
    },
    stopNewsPage: {
      method: 'GET',
      path: '/v1/news/stop',
      who: anyone,
      summary: {
        id: 'Halaman dengan tombol berhenti berlangganan; membukanya tidak menghentikan apa pun',
        en: 'Page with the button that ends subscriptions; opening it ends nothing',
      },
      query: token,
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: ['linkInvalid'],
    },
    stopNews: {
      method: 'POST',
      path: '/v1/news/stop',
      who: anyone,
      summary: {
        id: 'Berhenti berlangganan (juga tombol satu klik kotak surat, RFC 8058)',
        en: 'End subscriptions (also the one-click button of mailboxes, RFC 8058)',
      },
      query: token,
      status: 200,
      response: z.string(),
      produces: 'text/html',
      errors: ['linkInvalid', 'busy'],
    },
    countRecipients: {
      method: 'POST',
      path: '/v1/desk/announcements/{id}/recipients',
      who: staff(),
      summary: {
        id: 'Berapa penerima sebuah pengumuman, lewat saluran apa, dan berapa rupiah',
        en: 'How many an announcement is for, by which channels, and at what price',
      },
      params: announcement,
      status: 200,
      response: z.object({
        /** Counted at this moment; who subscribes later is not in it. */
        at: instant,
        version: z.int(),
        /** Told at once. */
        people: z.int(),
        /** False: there are at least so many; counting took too long. */
        whole: z.boolean(),
        channels: z.array(
          z.object({
            channel: z.enum(channelNames),
            people: z.int(),
            rupiah: z.number(),
            /** What the month still allows this announcement; those beyond it wait or get another channel. */
            monthLeft: z.int(),
            /** Seconds that the channel needs at the pace set. */
            seconds: z.int(),
          }),
        ),
        rupiah: z.number(),
        /** Read it in their next daily digest. */
        digest: z.int(),
        /** Chose only channels that the city does not send by now. */
        unreachable: z.int(),
      }),
      errors: ['notFound'],
      throttle: { rate: 2, burst: 5 },
    },
    sendingProgress: {
      method: 'GET',
      path: '/v1/desk/announcements/{id}/sending',
      who: staff(),
      summary: {
        id: 'Kemajuan dan hasil pengiriman sebuah pengumuman',
        en: 'Progress and outcome of telling the subscribers of an announcement',
      },
      params: announcement,
      status: 200,
      response: z.object({
        /** One for each version that was told, newest first. */
        sendings: z.array(
          z.object({
            version: z.int(),
            state: z.enum(orderStates),
            emergency: z.boolean(),
            at: instant,
            /** Null until they are counted, and where counting took too long. */
            people: z.nullable(z.int()),
            told: tally,
            /** Not told yet; of an ended one: never told. */
            remaining: z.nullable(z.int()),
            /** Why people wait, as of the last walk. */
            waiting: left,
            walk: z.int(),
            nextWalkAt: z.nullable(instant),
            startedAt: z.nullable(instant),
            touchedAt: instant,
            endedAt: z.nullable(instant),
          }),
        ),
      }),
      errors: ['notFound'],
    },
  },
});
