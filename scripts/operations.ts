import { join } from 'node:path';
import type { Contract } from '../functions/kernel/contract.ts';
import type { StaffOperation } from '../functions/me/operations.ts';

/** The committed list; `npm test` fails when it no longer says what the contracts say. */
export const operationsFile = join(import.meta.dirname, '..', 'docs', 'operations.json');

/** What staff may call, without the schemas: a function that answers the list would carry those of every feature. */
export const staffOperationsOf = (contracts: readonly Contract[]): readonly StaffOperation[] =>
  contracts.flatMap(({ operations }) =>
    Object.entries(operations).flatMap(([id, { method, path, summary, who }]) =>
      who.kind === 'staff' ? [{ id, method, path, roles: [...who.roles], summary }] : [],
    ),
  );

export const operationsText = (contracts: readonly Contract[]): string =>
  `${JSON.stringify(staffOperationsOf(contracts), null, 2)}\n`;
