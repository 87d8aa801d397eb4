import type { StaffActor } from '../cases/actor.ts';
import type { SettingBodies, SettingKind } from '../city/schema.ts';
import type { SettingVersion } from '../city/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Clock } from '../kernel/time.ts';
import { movesCalendars, movesPromises, needsSecondPerson, problemsWith } from './rules.ts';
import type { Live, SettingStep, SettingsStore } from './store.ts';

export interface ActivateDeps {
  readonly store: SettingsStore;
  readonly now: Clock;
  readonly liveBodies: () => Promise<{ readonly seen: Live; readonly bodies: SettingBodies }>;
  readonly asDraft: (version: SettingVersion) => SettingBodies;
}

const namedProblems = 50;

/** @throws Problem secondPersonNeeded for the author of a version that binds its author, by its kind or by what it moves */
const requireSecond = (
  actor: StaffActor,
  { kind, actor: author }: SettingVersion,
  live: SettingBodies,
  draft: SettingBodies,
): void => {
  const binds = needsSecondPerson(kind) || movesCalendars(live, draft) || movesPromises(live, draft);
  if (author === actor.id && binds) throw problem('secondPersonNeeded');
};

const goLive = async (
  deps: ActivateDeps,
  actor: StaffActor,
  setting: SettingVersion,
  leaving: number | undefined,
  what: SettingStep['what'],
  reason: string,
): Promise<SettingVersion> => {
  const { seen, bodies } = await deps.liveBodies();
  const draft = deps.asDraft(setting);
  requireSecond(actor, setting, bodies, draft);
  if (seen.get(setting.kind) !== leaving) throw moved(seen, setting.kind);
  const wrong = problemsWith(bodies, draft);
  if (wrong.length > 0) {
    throw problem('invalidSettings', {
      fields: wrong
        .slice(0, namedProblems)
        .map(({ kind, path, message }) => ({ field: `${kind}: ${path}`, problem: message })),
    });
  }
  const at = deps.now();
  const { version } = setting;
  const step: SettingStep = { v: 1, version, what, from: leaving ?? null, actor: actor.id, reason, at };
  if (!(await deps.store.goLive({ setting, step, seen }))) throw moved(await deps.store.live(), setting.kind);
  return { ...setting, status: 'active', approvedBy: actor.id, activatedAt: at };
};

/** Somebody was faster: the caller is told what is live now. */
const moved = (live: Live, kind: SettingKind) =>
  problem('conflict', { extra: { live: live.get(kind) ?? null } });

/** Whether this very person made it live already: a retry gets the first answer. */
const already = (actor: StaffActor, version: SettingVersion): boolean =>
  version.status === 'active' && version.approvedBy === actor.id;

/**
 * Makes a draft live, when it holds together with everything else that is live and nothing moved under it.
 * @throws Problem wrongVersionState, secondPersonNeeded, conflict, invalidSettings
 */
export const activate = async (
  deps: ActivateDeps,
  actor: StaffActor,
  version: SettingVersion,
  reason: string,
): Promise<SettingVersion> => {
  if (already(actor, version)) return version;
  if (version.status !== 'draft') throw problem('wrongVersionState');
  return goLive(deps, actor, version, version.basedOn ?? undefined, 'activated', reason);
};

/**
 * Makes an earlier version live again, as a step of its own. It has to hold together with what is live today.
 * @param leaving the version that the caller saw live
 * @throws Problem wrongVersionState, secondPersonNeeded, conflict, invalidSettings
 */
export const rollback = async (
  deps: ActivateDeps,
  actor: StaffActor,
  version: SettingVersion,
  leaving: number,
  reason: string,
): Promise<SettingVersion> => {
  if (already(actor, version)) return version;
  if (version.status !== 'retired') throw problem('wrongVersionState');
  return goLive(deps, actor, version, leaving, 'rolledBack', reason);
};

/** @throws Problem wrongVersionState when it is no draft any more */
export const discard = async (
  deps: ActivateDeps,
  actor: StaffActor,
  version: SettingVersion,
  reason: string,
): Promise<SettingVersion> => {
  if (version.status === 'discarded') return version;
  const step: SettingStep = {
    v: 1,
    version: version.version,
    what: 'discarded',
    from: version.basedOn,
    actor: actor.id,
    reason,
    at: deps.now(),
  };
  if (!(await deps.store.discard(version.kind, step))) throw problem('wrongVersionState');
  return { ...version, status: 'discarded' };
};
