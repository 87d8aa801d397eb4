import * as z from 'zod/mini';
import { type Operation, staff } from '../../kernel/contract.ts';
import { cursor, instant, pageSize, words } from '../../kernel/schema.ts';
import { classes, itemBody, itemId, itemStates } from './model.ts';

const params = z.strictObject({ id: itemId });

const kept = z.object({
  id: z.string(),
  rev: z.int(),
  state: z.enum(itemStates),
  ...itemBody.shape,
  at: instant,
  by: z.string(),
  firstAt: z.nullable(instant),
  reason: z.nullable(z.string()),
  /** Files that were inspected and can be read. */
  readable: z.array(z.string()),
});

const keeping = staff('coordinator', 'liaison', 'officer', 'head');
const itemErrors = [
  'notFound',
  'forbidden',
  'staleRecord',
  'keyReused',
  'unknownUnit',
  'unknownFile',
] as const;

/** What those do who keep the list. */
export const keepingOperations = {
  listInformationItems: {
    method: 'GET',
    path: '/v1/desk/information-items',
    who: keeping,
    summary: {
      id: 'Daftar informasi publik untuk PPID',
      en: 'The list of information, for those who keep it',
    },
    query: z.strictObject({
      state: z.optional(z.enum(itemStates)),
      class: z.optional(z.enum(classes)),
      cursor: z.optional(cursor),
      size: pageSize,
    }),
    status: 200,
    response: z.object({ items: z.array(z.omit(kept, { readable: true })), next: z.nullable(z.string()) }),
    errors: ['forbidden', 'badCursor'],
  },
  readInformationItem: {
    method: 'GET',
    path: '/v1/desk/information-items/{id}',
    who: keeping,
    summary: { id: 'Satu butir daftar informasi', en: 'One item of the list of information' },
    params,
    status: 200,
    response: kept,
    errors: ['notFound', 'forbidden'],
  },
  createInformationItem: {
    method: 'POST',
    path: '/v1/desk/information-items',
    who: keeping,
    summary: { id: 'Susun butir daftar informasi', en: 'Draft an item of the list of information' },
    body: itemBody,
    idempotent: true,
    status: 201,
    response: kept,
    errors: [
      'forbidden',
      'keyReused',
      'unknownUnit',
      'unknownFile',
      'consequenceTestMissing',
      'tooManyItems',
      'invalidInput',
    ],
  },
  changeInformationItem: {
    method: 'PUT',
    path: '/v1/desk/information-items/{id}',
    who: keeping,
    summary: {
      id: 'Ubah butir daftar informasi; yang terbit hanya oleh PPID Utama',
      en: 'Change an item; a published one by the main information officer only',
    },
    params,
    body: itemBody,
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: kept,
    errors: [...itemErrors, 'consequenceTestMissing', 'nothingToRead', 'wrongState', 'invalidInput'],
  },
  publishInformationItem: {
    method: 'POST',
    path: '/v1/desk/information-items/{id}/publish',
    who: keeping,
    summary: { id: 'Terbitkan butir daftar informasi', en: 'Publish an item of the list' },
    params,
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: kept,
    errors: [...itemErrors, 'nothingToRead', 'consequenceTestMissing', 'wrongState'],
  },
  withdrawInformationItem: {
    method: 'POST',
    path: '/v1/desk/information-items/{id}/withdraw',
    who: keeping,
    summary: { id: 'Tarik butir daftar informasi', en: 'Withdraw an item of the list' },
    params,
    body: z.strictObject({ reason: words(5, 300) }),
    idempotent: true,
    ifMatch: true,
    status: 200,
    response: kept,
    errors: [...itemErrors, 'wrongState'],
  },
  uploadInformationFile: {
    method: 'POST',
    path: '/v1/desk/information-uploads',
    who: keeping,
    summary: { id: 'Unggah berkas untuk daftar informasi', en: 'Upload a file for the list of information' },
    body: z.strictObject({ type: z.string().check(z.minLength(3), z.maxLength(100)) }),
    status: 201,
    response: z.object({
      fileId: z.string(),
      url: z.string(),
      fields: z.record(z.string(), z.string()),
      maxBytes: z.int(),
      expiresIn: z.int(),
    }),
    errors: ['forbidden', 'heicFile', 'wrongFileType', 'tooManyRequests'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
