import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { SettingKind } from '../city/schema.ts';
import type { SettingVersion } from '../city/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock } from '../kernel/time.ts';
import { requireFits, type SettingsStore } from './store.ts';

/** Two people drafting the same kind take the next number; more than this many at once are asked to come back. */
const attempts = 5;
export interface DraftDeps {
  readonly store: SettingsStore;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/**
 * Stores a new version as a draft of what is live now, once per idempotency key.
 * @throws Problem keyReused, invalidSettings (too large), busy
 */
export const draft = async (
  deps: DraftDeps,
  actor: StaffActor,
  wanted: { readonly kind: SettingKind; readonly body: unknown; readonly reason: string },
  idempotencyKey: string,
): Promise<SettingVersion> => {
  const { kind, body, reason } = wanted;
  requireFits(body);
  const command = identify(await deps.keys(), actor, idempotencyKey, { draft: wanted });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.store.drafted(command.id);
    if (before !== undefined) {
      if (before.fingerprint !== command.fingerprint) throw problem('keyReused');
      const first = await deps.store.read(kind, before.version);
      if (first === undefined) throw new Error('a drafted version is gone');
      return asDrafted(first);
    }
    const [live, newest] = await Promise.all([deps.store.live(), deps.store.list(kind, undefined, 1)]);
    const setting: SettingVersion = {
      v: 1,
      kind,
      version: (newest[0]?.version ?? 0) + 1,
      status: 'draft',
      basedOn: live.get(kind) ?? null,
      actor: actor.id,
      reason,
      at: deps.now(),
      body,
    };
    if (await deps.store.draft(setting, command)) return setting;
  }
  throw problem('busy', { retryAfter: 1 });
};

/** The answer of the first time, whatever became of the draft since. */
const asDrafted = ({ approvedBy: _, activatedAt: __, ...first }: SettingVersion): SettingVersion => ({
  ...first,
  status: 'draft',
});
