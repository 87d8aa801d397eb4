import { claimed } from '../announcing/files.ts';
import { newId } from '../attachments/file-id.ts';
import type { LinkDeps } from '../attachments/links.ts';
import { incomingKey } from '../attachments/model.ts';
import { presignPost } from '../attachments/sign.ts';
import type { FileStore } from '../attachments/store.ts';
import { judgeType } from '../attachments/types.ts';
import { problem } from '../kernel/errors.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';

/** Seconds that a form may be used. */
const formSeconds = 600;
const anHour: Quota = { limit: 100, seconds: 3600 };

export interface UploadDeps {
  readonly table: Table;
  readonly files: Pick<FileStore, 'claim'>;
  readonly links: LinkDeps;
  /** Bucket where uploads arrive. */
  readonly incoming: string;
  readonly now: Clock;
}

/** What this type may be uploaded as. A voice note is for a case: here nobody could show it. */
const judged = (named: string) => {
  const found = judgeType(named);
  const refuse =
    'refuse' in found ? found.refuse : found.type.startsWith('audio/') ? 'wrongFileType' : undefined;
  if ('refuse' in found || refuse !== undefined) {
    const code = refuse ?? 'wrongFileType';
    throw problem(code, { fields: [{ field: '/type', problem: code }] });
  }
  return found;
};

/**
 * A form for one upload of one member of staff. Its id is claimed before anything can arrive, so that nothing arrives
 * that is not inspected.
 */
export const uploadForm = async (deps: UploadDeps, staffId: string, type: string) => {
  const { type: contentType, maxBytes } = judged(type);
  const now = deps.now();
  await countAgainst(deps.table, `upload#staff#${staffId}`, anHour, now);
  const id = newId();
  await deps.files.claim(claimed(id, now));
  const { url, fields } = presignPost(deps.links.signer, {
    bucket: deps.incoming,
    key: incomingKey(id),
    contentType,
    maxBytes,
    now: Date.parse(now),
    seconds: formSeconds,
  });
  return { body: { fileId: id, url, fields: { ...fields }, maxBytes, expiresIn: formSeconds } };
};
