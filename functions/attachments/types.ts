import type { FileKind } from './model.ts';

/** What a form lets through, by the type that the uploader names; the job looks at what it really is. */
const types: Readonly<Record<string, FileKind>> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'application/pdf': 'document',
  'audio/ogg': 'voice',
  'audio/mp4': 'voice',
  'audio/x-m4a': 'voice',
  'audio/mpeg': 'voice',
  'audio/wav': 'voice',
};

/** Bytes, as functions/jobs/inspect-photo/limits.ts has them; a test compares. */
export const mostBytes: Readonly<Record<FileKind, number>> = {
  photo: 10_000_000,
  document: 5_000_000,
  voice: 3_000_000,
};

/** What telephones of one maker take, and no browser but its own shows. */
const isHeic = (type: string): boolean => /^image\/hei[cf](-sequence)?$/.test(type);

export type Judged =
  | { readonly type: string; readonly kind: FileKind; readonly maxBytes: number }
  | { readonly refuse: 'heicFile' | 'wrongFileType' };

/** @param named a MIME type as a browser names it: any case, perhaps with parameters */
export const judgeType = (named: string): Judged => {
  const type = (named.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (isHeic(type)) return { refuse: 'heicFile' };
  const kind = Object.hasOwn(types, type) ? types[type] : undefined;
  return kind === undefined ? { refuse: 'wrongFileType' } : { type, kind, maxBytes: mostBytes[kind] };
};
