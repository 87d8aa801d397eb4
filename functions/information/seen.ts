import { visibleTo } from '../cases/access.ts';
import { type CitizenActor, type HolderActor, holderOf, type StaffActor } from '../cases/actor.ts';
import { isReporter, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { readCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import * as kinds from './kind.ts';

/** What a case token opens. */
export type Opened = { readonly code: string; readonly pinVersion: number };

const { kind } = kinds.informationRequest;

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

/** Finds what a caller may see; what one may not see answers as what does not exist. */
export const seeing = (deps: {
  readonly store: Pick<CaseStore, 'read'>;
  readonly city: () => Promise<City>;
}) => {
  /** A request that this member of staff may see. */
  const seenByStaff = async (actor: StaffActor, code: string): Promise<CaseRecord> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record?.kind !== kind || !visibleTo(subjectOf(record), actor, city.substitutes))
      throw problem('notFound');
    return record;
  };

  /** A case that this token opens, while the PIN is the one that it was opened with. */
  const held = async (actor: Opened, given: string): Promise<{ record: CaseRecord; holder: HolderActor }> => {
    const code = typed(given);
    const record = actor.code === code ? await deps.store.read(code) : undefined;
    const holder = holderOf(actor);
    if (record === undefined || !isReporter(holder, record)) throw problem('caseTokenInvalid');
    return { record, holder };
  };

  const heldRequest = async (actor: Opened, given: string) => {
    const found = await held(actor, given);
    if (found.record.kind !== kind) throw problem('notFound');
    return found;
  };

  const mine = async (actor: CitizenActor, given: string): Promise<CaseRecord> => {
    const record = await deps.store.read(typed(given));
    if (record?.kind !== kind || !isReporter(actor, record)) throw problem('notFound');
    return record;
  };

  return { seenByStaff, held, heldRequest, mine };
};
