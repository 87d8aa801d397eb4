import * as z from 'zod/mini';
import type { Answer } from '../forms/shared/model.ts';
import { slug } from '../kernel/schema.ts';

/** Of the documents of one application; its form may hold some more. */
export const documentsLimit = 24;
/** Answers that one correction gives anew, or one verdict names. */
export const answersLimit = 40;

const few = (limit: number) => z.refine((of) => Object.keys(Object(of)).length <= limit, 'tooMany');

export const documentId = slug.check(z.maxLength(16));
/** JSON pointer (RFC 6901) of an answer, `/mother/nik`; names of forms hold no `~`. */
export const pointer = z.string().check(z.regex(/^(\/[A-Za-z0-9_-]{1,48}){1,6}$/, 'pointer'));
const fileId = z.string().check(z.minLength(22), z.maxLength(300));

/** Uploads by document, as the upload answered them. */
export const documentsIn = z._default(z.record(documentId, fileId).check(few(documentsLimit)), {});
/** Answers by pointer; what they may be is for the form to say. */
export const answersIn = z.record(pointer, z.custom<Answer>()).check(few(answersLimit));
export const byDocument = <V extends z.ZodMiniType>(value: V) =>
  z.record(documentId, value).check(few(documentsLimit));
export const byAnswer = <V extends z.ZodMiniType>(value: V) =>
  z.record(pointer, value).check(few(answersLimit));
