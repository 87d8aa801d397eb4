import { randomBytes } from 'node:crypto';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { seal, unseal } from '../kernel/token.ts';
import { type FileKind, fileKinds } from './model.ts';

/** What an upload's id may be used with: a day, as long as the upload itself is kept. */
const usableSeconds = 24 * 3600;

/**
 * Who may name an upload: `anonymous` is whoever holds the id; a case's holder and a citizen name their own; an
 * officer's belongs to the case that it was made for.
 */
export const uploader = {
  anonymous: 'anonymous',
  citizen: (id: string): string => `citizen|${id}`,
  holder: (code: string): string => `case|${code}`,
  staff: (id: string, code = ''): string => `staff|${id}|${code}`,
};

/** Id of a new upload, 22 characters. */
export const newId = (): string => randomBytes(16).toString('base64url');

/**
 * What an uploader is given: the id that everybody may see, a dot, and a seal over id and uploader. Only with the seal
 * can a command name the file, so that nobody attaches what somebody else uploaded, and filing need not look it up.
 * @param kind what the uploader says that it is, for forms that take some kinds only; the inspection has the last word
 */
export const fileIdOf = (keys: Keys, id: string, of: string, nowSeconds: number, kind?: FileKind): string => {
  const until = nowSeconds + usableSeconds;
  return `${id}.${seal(keys, 'file', kind === undefined ? until : [until, kind], `${id}|${of}`)}`;
};

const idPattern = /^[A-Za-z0-9_-]{22}$/;

/** The id itself, with or without its seal. It opens nothing: who may see the file is asked of the case. */
export const plainId = (fileId: string): string => fileId.split('.', 1)[0] ?? '';

/** An upload that its uploader may name. */
export interface Upload {
  readonly id: string;
  /** What the uploader said that it is; undefined for ids sealed before that was asked. */
  readonly kind: FileKind | undefined;
  /** Until when it may be named, epoch seconds: then the upload itself is gone. */
  readonly until: number;
}

/**
 * The upload behind an id with its seal; undefined when it is not the caller's, is changed, or is older than a day.
 * @param of the names under which the caller may have uploaded
 */
export const uploadOf = (
  keys: Keys,
  fileId: string,
  of: readonly string[],
  nowSeconds: number,
): Upload | undefined => {
  const id = plainId(fileId);
  if (!idPattern.test(id)) return undefined;
  for (const one of of) {
    const sealed = unseal(keys, 'file', fileId.slice(id.length + 1), `${id}|${one}`);
    const [until, said] = Array.isArray(sealed) ? (sealed as readonly unknown[]) : [sealed];
    if (typeof until === 'number' && until > nowSeconds)
      return { id, kind: fileKinds.find((kind) => kind === said), until };
  }
  return undefined;
};

/**
 * The ids behind what a command names, each once.
 * @param of the names under which the caller may have uploaded
 * @throws Problem unknownFile, naming each that is not the caller's, is changed, or is older than a day
 */
export const namedFiles = (
  keys: Keys,
  fileIds: readonly string[] | undefined,
  of: readonly string[],
  nowSeconds: number,
): readonly string[] => {
  if (fileIds === undefined) return [];
  const wrong = fileIds.flatMap((fileId, i) =>
    uploadOf(keys, fileId, of, nowSeconds) === undefined
      ? [{ field: `/files/${i}`, problem: 'unknownFile' }]
      : [],
  );
  if (wrong.length > 0) throw problem('unknownFile', { fields: wrong });
  return [...new Set(fileIds.map(plainId))];
};
