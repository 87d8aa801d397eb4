import { loadPack, readPack } from '../cities/load.ts';
import type { City, SettingBodies } from '../functions/city/schema.ts';
import { problem } from '../functions/kernel/errors.ts';
import type { Keys } from '../functions/kernel/keys.ts';
import type { Clock } from '../functions/kernel/time.ts';
import type { SettingsStore } from '../functions/settings/store.ts';
import type { Accounts } from '../functions/staff/accounts.ts';
import { type Invitation, invite } from '../functions/staff/invite.ts';
import type { StaffStore } from '../functions/staff/store.ts';

/** What stands behind a city that is set up: tables, pool and keys, reached with the operator's own rights. */
export interface Backstage {
  readonly settings: SettingsStore;
  readonly staff: StaffStore;
  readonly accounts: Accounts;
  readonly keys: Keys;
  readonly now: Clock;
}

/** A city pack, valid and whole. */
export interface CityPack {
  readonly id: string;
  readonly city: City;
  readonly bodies: SettingBodies;
}

/** @throws Error that names file and field of everything wrong with the pack */
export const packOf = (dir: string, id: string): CityPack => {
  const city = loadPack(dir);
  return { id, city, bodies: readPack(dir).bodies };
};

export const bootstrapActor = { kind: 'system', id: 'bootstrap' } as const;
const actorName = 'system|bootstrap';

/** Drafts that carry this reason came from a pack: what a person changed by hand since is not overwritten silently. */
export const packReason = (city: string): string => `city pack ${city}`;

/** At once; the pool answers ten such calls a second. */
const together = 4;

/** The unit that keeps the city: communication and informatics, by whatever name, else the first OPD. */
export const keepingUnit = (city: City, today: string): string => {
  const valid = city.units.filter(
    (unit) => unit.kind === 'opd' && unit.validFrom <= today && (unit.validTo ?? today) >= today,
  );
  const found = valid.find(({ id, name }) => /kominfo|komunikasi/i.test(`${id} ${name}`)) ?? valid[0];
  if (found === undefined) throw new Error('the city pack has no OPD');
  return found.id;
};

/**
 * Opens a city: people first, then every setting as live version 1 in one transaction. People are invited once per
 * address however often this is run, so a crash on the way is healed by running it again.
 * @throws Problem alreadySetUp once settings exist; what an invitation is refused with
 */
export const bootstrap = async (
  back: Backstage,
  pack: CityPack,
  invitations: readonly Invitation[],
): Promise<void> => {
  if ((await back.settings.live()).size > 0) throw problem('alreadySetUp');
  const deps = {
    store: back.staff,
    accounts: back.accounts,
    city: async () => pack.city,
    keys: async () => back.keys,
    now: back.now,
  };
  for (let i = 0; i < invitations.length; i += together) {
    await Promise.all(
      invitations
        .slice(i, i + together)
        .map((invitation) => invite(deps, bootstrapActor, invitation, `bootstrap-${invitation.email}`)),
    );
  }
  const by = { actor: actorName, reason: packReason(pack.id), at: back.now() };
  if (!(await back.settings.setUp(pack.bodies, by))) throw problem('alreadySetUp');
};
