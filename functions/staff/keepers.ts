import type { StaffActor } from '../cases/actor.ts';
import { branchOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import { opensSecrets, type Post } from './rules.ts';
import type { StaffStore } from './store.ts';

const pageSize = 100;

/** Whether anybody inspects. Invited people count: an account of the own pool works before it was marked as used. */
const isInspected = async (store: Pick<StaffStore, 'listUnit'>, city: City): Promise<boolean> => {
  for (const unit of branchOf(city, city.profile.oversightUnit)) {
    for (let after: string | undefined, more = true; more; ) {
      const page = await store.listUnit(unit, after, pageSize);
      if (page.rows.some(({ role, status }) => role === 'inspector' && status !== 'revoked')) return true;
      more = page.more && page.last !== undefined;
      after = page.last;
    }
  }
  return false;
};

/**
 * Who may give or take a post. One that opens secret cases is an inspector's to give and to take, so that nobody who
 * triages lets themselves in by another account; a coordinator gives it only while the city has no inspector. Every
 * other post is the coordinators' (docs/adr/0040-the-last-coordinator.md).
 * @param posts what somebody is, and what they would be
 * @throws Problem inspectorNeeded for a coordinator, forbidden for an inspector
 */
export const requireKeeper = async (
  { store }: { readonly store: Pick<StaffStore, 'listUnit'> },
  city: City,
  actor: StaffActor,
  posts: readonly Post[],
): Promise<void> => {
  if (actor.role === 'inspector') {
    if (!posts.every((post) => opensSecrets(city, post))) throw problem('forbidden');
    return;
  }
  if (!posts.some((post) => opensSecrets(city, post))) return;
  if (await isInspected(store, city)) throw problem('inspectorNeeded');
};
