import { plainId } from '../attachments/file-id.ts';
import type { FileRecord } from '../attachments/model.ts';
import type { FileStore } from '../attachments/store.ts';
import type { FieldError } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { Content } from './model.ts';

/** Record of an upload for announcements, made with its form: whatever arrives under this id is inspected. */
export const claimed = (id: string, at: Instant): FileRecord => ({
  v: 1,
  id,
  code: 'announcement',
  owner: 'announcement',
  seq: 0,
  by: 'staff',
  audience: 'public',
  namedAt: at,
});

/** Ids alone, as they are kept. */
export const withPlainIds = (content: Content): Content => ({
  ...content,
  ...(content.cover === undefined ? {} : { cover: { ...content.cover, file: plainId(content.cover.file) } }),
  files: content.files.map((one) => ({ ...one, file: plainId(one.file) })),
});

/** Files that a version names, with the field that does. */
export const namedIn = ({
  cover,
  files,
}: Content): readonly { readonly id: string; readonly field: string }[] => [
  ...(cover === undefined ? [] : [{ id: cover.file, field: 'cover/file' }]),
  ...files.map(({ file }, i) => ({ id: file, field: `files/${i}/file` })),
];

export type Files = ReadonlyMap<string, FileRecord>;

/** Records of the files that a version names, of those that are announcements' own. */
export const filesOf = async (files: Pick<FileStore, 'read'>, content: Content): Promise<Files> => {
  const records = await Promise.all(namedIn(content).map(({ id }) => files.read(id)));
  return new Map(
    records.flatMap((file) => (file?.owner === 'announcement' ? [[file.id, file] as const] : [])),
  );
};

/** Files that nobody uploaded for an announcement. */
export const unknownIn = (content: Content, files: Files): readonly FieldError[] =>
  namedIn(content).flatMap(({ id, field }) =>
    files.has(id) ? [] : [{ field: `/content/${field}`, problem: 'unknownFile' }],
  );

/** Files that failed inspection; a cover has to be a picture. */
export const refusedIn = (content: Content, files: Files): readonly FieldError[] =>
  namedIn(content).flatMap(({ id, field }) => {
    const file = files.get(id);
    const wrong = field === 'cover/file' && file?.facts !== undefined && file.facts.kind !== 'photo';
    return file?.refused === undefined && !wrong
      ? []
      : [{ field: `/content/${field}`, problem: 'fileUnusable' }];
  });
