import { randomBytes } from 'node:crypto';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { seal, unseal } from '../kernel/token.ts';

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
 */
export const fileIdOf = (keys: Keys, id: string, of: string, nowSeconds: number): string =>
  `${id}.${seal(keys, 'file', nowSeconds + usableSeconds, `${id}|${of}`)}`;

const idPattern = /^[A-Za-z0-9_-]{22}$/;

/** The id itself, with or without its seal. It opens nothing: who may see the file is asked of the case. */
export const plainId = (fileId: string): string => fileId.split('.', 1)[0] ?? '';

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
  const isMine = (fileId: string): boolean => {
    const id = plainId(fileId);
    const sealed = fileId.slice(id.length + 1);
    return (
      idPattern.test(id) &&
      of.some((one) => {
        const until = unseal(keys, 'file', sealed, `${id}|${one}`);
        return typeof until === 'number' && until > nowSeconds;
      })
    );
  };
  const wrong = fileIds.flatMap((fileId, i) =>
    isMine(fileId) ? [] : [{ field: `/files/${i}`, problem: 'unknownFile' }],
  );
  if (wrong.length > 0) throw problem('unknownFile', { fields: wrong });
  return [...new Set(fileIds.map(plainId))];
};
