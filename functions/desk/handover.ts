import { rowSubject, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { personIndex } from '../cases/keys.ts';
import { listRows } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import type { Language } from '../kernel/errors.ts';
import { problem } from '../kernel/errors.ts';
import type { Table } from '../kernel/table.ts';
import type { HandoverStore } from './handover-store.ts';
import { forMany, keyOf, type Many, type Result } from './many.ts';
import { type TakeDeps, taking } from './take.ts';

export interface HandoverDeps extends TakeDeps {
  readonly table: Table;
  readonly handovers: HandoverStore;
  readonly clock: () => number;
}

export interface Handover {
  readonly from: string;
  /** A colleague; null leaves the cases with the unit. */
  readonly to: string | null;
  readonly text?: string | undefined;
}

/** Cases of one call; whoever has more goes on with another one. */
const atOnce = 100;
const millis = 8_000;

/**
 * Hands a person's open cases to a colleague of the same unit, or back to the unit: those that the caller sees, the
 * most urgent first. Which cases a call takes is noted under its key before the first is moved, so that a repeated
 * call moves no other ones and answers what became of the same.
 * @throws Problem unknownPerson, keyReused, and tells `more` when another call is needed
 */
export const handOver = async (
  deps: HandoverDeps,
  actor: StaffActor,
  wish: Handover,
  key: string,
  language: Language,
): Promise<{ readonly results: readonly Result[]; readonly more: boolean }> => {
  const [keys, city, from, to] = await Promise.all([
    deps.keys(),
    deps.city(),
    deps.staff.byId(wish.from),
    wish.to === null ? undefined : deps.staff.byId(wish.to),
  ]);
  const unknown = (field: string) =>
    problem('unknownPerson', { fields: [{ field, problem: 'unknownPerson' }] });
  const reaches = (unit: string) => actor.role === 'coordinator' || actor.units.has(unit);
  if (from === undefined || unitOf(city, from.unit) === undefined || !reaches(from.unit))
    throw unknown('/from');
  const fits = to !== undefined && to.status !== 'revoked' && to.unit === from.unit && to.id !== from.id;
  if (wish.to !== null && !fits) throw unknown('/to');
  const command = identify(keys, actor, key, { handover: wish });
  const noted = await deps.handovers.note(command.id, command.fingerprint, deps.now(), async () => {
    const rows = await listRows(deps.table, 'gsi2', personIndex(wish.from), undefined, atOnce + 1);
    const seen = rows.filter(({ row }) => visibleTo(rowSubject(row), actor, city.substitutes));
    return { codes: seen.slice(0, atOnce).map(({ row }) => row.code), more: rows.length > atOnce };
  });
  if (noted === undefined) throw problem('keyReused');
  const take = taking({
    ...deps,
    staff: { ...deps.staff, byId: async (id) => (id === to?.id ? to : deps.staff.byId(id)) },
  });
  const move = async ({ code }: { readonly code: string }) => {
    const record = await deps.store.read(code);
    const unit = record?.unit ?? from.unit;
    return take(actor, {
      code,
      action: 'assign',
      body: {
        unit,
        ...(wish.to === null ? {} : { person: wish.to }),
        ...(wish.text === undefined ? {} : { text: wish.text }),
      },
      idempotencyKey: keyOf(key, code),
      // Not that one's any more: only the first answer of this very command is given for it.
      ifMatch: record?.assignee === wish.from ? record.seq : -1,
      language,
    });
  };
  const bound: Many = { clock: deps.clock, millis, language };
  const results = await forMany(
    noted.codes.map((code) => ({ code })),
    move,
    bound,
  );
  return { results, more: noted.more || results.some(({ result }) => result === 'notReached') };
};
