import type { Actor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import { issuePaper, type PaperDeps, type PaperWanted } from './paper.ts';

export interface PrintDeps extends PaperDeps {
  readonly table: Table;
  readonly now: Clock;
}

/** A paper as somebody asked for it. */
export interface Printing extends Omit<PaperWanted, 'command' | 'by' | 'now'> {
  readonly actor: Actor;
  readonly idempotencyKey: string;
  /** What was asked for beside the case, if anything: the same key with other words is refused. */
  readonly content: unknown;
}

/** Each is kept as a number that can be checked: of a case, and of an officer who serves a counter. */
const perCase: Quota = { limit: 10, seconds: 86_400 };
const perOfficer: Quota = { limit: 300, seconds: 3600 };

/**
 * Prints a paper of Lapau's own for whoever may see its case, counted.
 * @throws Problem tooManyRequests, and what `issuePaper` refuses with
 */
export const printPaper = async (
  deps: PrintDeps,
  { actor, idempotencyKey, content, ...wanted }: Printing,
): Promise<{ readonly body: Uint8Array; readonly filename: string }> => {
  const command = identify(await deps.keys(), actor, idempotencyKey, {
    code: wanted.case,
    action: wanted.kind,
    content,
  });
  const now = deps.now();
  const isStaff = actor.kind === 'staff';
  const scope = isStaff ? `paper#staff#${actor.id}` : `paper#case#${wanted.case}`;
  await countAgainst(deps.table, scope, isStaff ? perOfficer : perCase, now);
  const by = isStaff ? actor.id : 'reporter';
  const { record, pdf } = await issuePaper(deps, { ...wanted, command, by, now });
  return { body: pdf, filename: `${record.number}.pdf` };
};
