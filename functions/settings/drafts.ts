import * as z from 'zod/mini';
import { en, id } from 'zod/v4/locales';
import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { type SettingKind, settingKinds } from '../city/schema.ts';
import type { SettingVersion } from '../city/store.ts';
import { type FieldError, type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock } from '../kernel/time.ts';
import { requireFits, type SettingsStore } from './store.ts';

/** Two people drafting the same kind take the next number; more than this many at once are asked to come back. */
const attempts = 5;
/** Named at once; a body with more wrong fields is wrong as a whole. */
const namedFaults = 50;

const messages = { id: id().localeError, en: en().localeError };

const pointer = (path: readonly PropertyKey[]): string =>
  ['', 'body', ...path].map((p) => String(p).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

/**
 * Reads a body by its kind's schema.
 * @throws Problem invalidInput with every wrong field, as JSON pointers into the request's body
 */
export const parseBody = (kind: SettingKind, body: unknown, language: Language): unknown => {
  const schema: z.ZodMiniType = settingKinds[kind];
  const read = z.safeParse(schema, body, { error: messages[language] });
  if (read.success) return read.data;
  const fields = read.error.issues
    .slice(0, namedFaults)
    .flatMap((issue): FieldError[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ field: pointer([...issue.path, key]), problem: issue.message }))
        : [{ field: pointer(issue.path), problem: issue.message }],
    );
  throw problem('invalidInput', { fields });
};

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
