import * as z from 'zod/mini';
import { became } from '../announcing/cap/marks.ts';
import { content, kinds, stages, states, step } from '../announcing/model.ts';
import { fileKinds } from '../attachments/model.ts';
import { announcementProblems } from '../kernel/announcement-problems.ts';
import { codePattern } from '../kernel/code.ts';
import { contract, staff } from '../kernel/contract.ts';
import { instant, words } from '../kernel/schema.ts';

const params = z.strictObject({ id: z.string().check(z.regex(codePattern)) });
const actions = ['submit', 'return', 'publish', 'withdraw', 'discard'] as const;
const reason = words(5, 500);

const done = z.object({
  id: z.string(),
  seq: z.int(),
  state: z.enum(states),
  /** Below the city's public address, for posters and messages. */
  short: z.string(),
});

const shown = z.object({
  version: z.int(),
  content,
  html: z.object({ id: z.string(), en: z.optional(z.string()) }),
  at: instant,
});

const file = z.object({
  id: z.string(),
  state: z.enum(['pending', 'ready', 'refused']),
  kind: z.nullable(z.enum(fileKinds)),
  reason: z.nullable(z.string()),
  url: z.nullable(z.string()),
});

const inputErrors = [
  'invalidInput',
  'forbidden',
  'expiresBeforePublish',
  'expiryMissing',
  'unknownUnit',
  'unknownArea',
  'unknownTopic',
  'agendaEvent',
  'htmlInMarkdown',
  'unsafeLink',
  'unknownFile',
  'dateOutOfRange',
  'keyReused',
  'busy',
] as const;

/** Where staff write, review, publish, correct and withdraw announcements, and hand in warnings of other bodies. */
export const newsroom = contract({
  feature: 'newsroom',
  problems: announcementProblems,
  operations: {
    createAnnouncement: {
      method: 'POST',
      path: '/v1/desk/announcements',
      who: staff(),
      summary: {
        id: 'Buat konsep pengumuman untuk unit sendiri',
        en: 'Draft an announcement of the own unit',
      },
      body: z.strictObject({ content }),
      idempotent: true,
      status: 201,
      response: done,
      errors: inputErrors,
    },
    editAnnouncement: {
      method: 'PUT',
      path: '/v1/desk/announcements/{id}',
      who: staff(),
      summary: {
        id: 'Ubah konsep, atau tulis koreksi atas yang sudah terbit (dengan alasan)',
        en: 'Change a draft, or write a correction of what is published (with the reason)',
      },
      params,
      body: z.strictObject({ content, reason: z.optional(reason) }),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: done,
      errors: [...inputErrors, 'notFound', 'staleRecord', 'announcementOver', 'kindFixed', 'reasonMissing'],
    },
    announcementAction: {
      method: 'POST',
      path: '/v1/desk/announcements/{id}/actions/{action}',
      who: staff(),
      summary: {
        id: 'Ajukan, kembalikan, terbitkan, tarik atau hapus konsep pengumuman',
        en: 'Submit, return, publish or withdraw an announcement, or discard its draft',
      },
      params: z.strictObject({ id: z.string().check(z.regex(codePattern)), action: z.enum(actions) }),
      body: z.strictObject({
        /** Of a return, a correction and a withdrawal. */
        reason: z.optional(reason),
        /** Tells subscribers of a correction too. */
        tellAgain: z._default(z.boolean(), false),
      }),
      idempotent: true,
      ifMatch: true,
      status: 200,
      response: done,
      errors: [
        'invalidInput',
        'notFound',
        'forbidden',
        'staleRecord',
        'wrongVersionState',
        'announcementOver',
        'secondPersonNeeded',
        'reasonMissing',
        'expiresBeforePublish',
        'fileUnusable',
        'tooManyCorrections',
        'keyReused',
        'busy',
      ],
    },
    deskAnnouncements: {
      method: 'GET',
      path: '/v1/desk/announcements',
      who: staff(),
      summary: {
        id: 'Konsep, yang menunggu tinjauan dan yang terjadwal; atau semua dari satu bulan',
        en: 'Drafts, what waits for review and what is scheduled; or everything of a month',
      },
      /** Month (UTC) of publication: expired and withdrawn ones too. */
      query: z.strictObject({ month: z.optional(z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/))) }),
      status: 200,
      response: z.object({
        announcements: z.array(
          z.object({
            id: z.string(),
            kind: z.enum(kinds),
            state: z.enum(states),
            version: z.int(),
            title: z.string(),
            unit: z.string(),
            publishAt: instant,
            expiresAt: z.nullable(instant),
          }),
        ),
        /** False when there is more than one answer holds. */
        full: z.boolean(),
      }),
      errors: ['invalidInput'],
    },
    deskAnnouncement: {
      method: 'GET',
      path: '/v1/desk/announcements/{id}',
      who: staff(),
      summary: {
        id: 'Satu pengumuman dengan konsep, koreksi dan riwayatnya',
        en: 'One announcement with its draft, corrections and history',
      },
      params,
      status: 200,
      response: z.object({
        ...done.shape,
        /** What is public, or will be. */
        live: z.nullable(shown),
        publishedAt: z.nullable(instant),
        expiresAt: z.nullable(instant),
        /** What is being written. */
        draft: z.nullable(z.extend(shown, { stage: z.enum(stages), reason: z.nullable(z.string()) })),
        withdrawn: z.nullable(z.object({ at: instant, reason: z.string() })),
        corrections: z.array(z.object({ version: z.int(), at: instant, reason: z.string() })),
        /** Whether its subscribers still have to be told of the newest state. */
        telling: z.boolean(),
        history: z.array(z.omit(step, { v: true })),
        files: z.array(file),
        /** What this person can do with it now. */
        can: z.array(z.enum(['edit', ...actions])),
      }),
      errors: ['notFound', 'invalidInput'],
    },
    receiveAlert: {
      method: 'POST',
      path: '/v1/desk/alerts',
      who: staff(),
      summary: {
        id: 'Serahkan peringatan CAP 1.2 dari lembaga lain (XML)',
        en: 'Hand in a CAP 1.2 warning of another body (XML)',
      },
      body: z.string(),
      consumes: 'application/cap+xml',
      status: 200,
      response: z.object({
        became: z.enum(became),
        /** The emergency that it is, changed or took back. */
        announcement: z.nullable(z.string()),
        /** It was taken before. */
        again: z.boolean(),
      }),
      errors: ['forbidden', 'alertsOff', 'alertSender', 'alertMalformed', 'alertInvalid', 'busy'],
    },
    uploadForAnnouncement: {
      method: 'POST',
      path: '/v1/desk/announcement-files',
      who: staff(),
      summary: {
        id: 'Formulir unggah sampul atau berkas pengumuman',
        en: 'A form for an upload of a cover or file',
      },
      body: z.strictObject({ type: z.string().check(z.maxLength(100)) }),
      status: 201,
      response: z.object({
        fileId: z.string(),
        url: z.string(),
        fields: z.record(z.string(), z.string()),
        maxBytes: z.int(),
        expiresIn: z.int(),
      }),
      errors: ['invalidInput', 'heicFile', 'wrongFileType', 'tooManyRequests'],
    },
  },
});
