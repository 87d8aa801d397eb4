import type { Key, Page, Table } from '../kernel/table.ts';
import { caseKey } from './keys.ts';

/** Sort keys of what belongs to a case and is compared at night; receipts and the like are passed over. */
const compared = ['CASE', 'CONTRIB', 'EVENT#', 'MARK#', 'TERMS', 'TEXT#'];

/**
 * One page of a walk through the whole table: the items of cases in the table's own order, those of one case next
 * to each other, parsed by the caller.
 * @param limit items that are looked at, for tests; the table cuts at 1 MB otherwise
 */
export const walkCases = (table: Table, from: Key | undefined, limit?: number): Promise<Page> =>
  table.scan({
    FilterExpression: `begins_with(pk, :case) AND (${compared.map((_, i) => `begins_with(sk, :sk${i})`).join(' OR ')})`,
    values: { ':case': caseKey('').pk, ...Object.fromEntries(compared.map((sk, i) => [`:sk${i}`, sk])) },
    from: from === undefined ? undefined : { ...from },
    ...(limit === undefined ? {} : { Limit: limit }),
  });

/**
 * One page of a walk through all open cases, in the table's own order, which no change of a case moves: an index would
 * order them by due date, which is just what such a walk changes.
 * @param limit items that are looked at, for tests; the table cuts at 1 MB otherwise
 */
export const walkOpenCases = (table: Table, from: Key | undefined, limit?: number): Promise<Page> =>
  table.scan({
    FilterExpression: 'sk = :case AND attribute_not_exists(closedAt)',
    values: { ':case': caseKey('').sk },
    from: from === undefined ? undefined : { ...from },
    ...(limit === undefined ? {} : { Limit: limit }),
  });
