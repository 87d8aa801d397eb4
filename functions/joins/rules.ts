import type { CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { keyedHash } from '../kernel/code.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { type Contact, e164 } from '../people/identity.ts';

/** Why a report cannot be joined, by somebody with this account or without one; undefined when it can. */
export const refusalOf = (
  record: CaseRecord | undefined,
  citizen: string | undefined,
): ErrorCode | undefined => {
  if (record === undefined || isSecret(record) || record.closedAt !== undefined) return 'notJoinable';
  if (record.parent !== undefined) return 'notJoinable';
  return citizen !== undefined && record.reporter === citizen ? 'ownReport' : undefined;
};

/** Who joins: an account, whoever has this phone or address, or else just whoever sent this command. */
export interface Joiner {
  readonly citizen?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly commandId: string;
}

/** Id of a supporter of one case: the same person is one supporter there, and cannot be recognised elsewhere. */
export const supporterId = (keys: Keys, code: string, { citizen, contact, commandId }: Joiner): string => {
  const who =
    citizen !== undefined
      ? ['citizen', citizen]
      : contact?.phone !== undefined
        ? ['phone', e164(contact.phone)]
        : contact?.email !== undefined
          ? ['email', contact.email.toLowerCase()]
          : ['command', commandId];
  return keyedHash(keys.first('contact'), 'joins', code, ...who);
};
