import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import { isOfficeOpen, onDutyAt } from './duty.ts';
import type { Directory, Person } from './told.ts';

/** The absent are told all the same: they read it when they come back. */
export const withStandIns = async (
  directory: Directory,
  people: readonly Person[],
): Promise<readonly Person[]> => [
  ...people,
  ...(await Promise.all(people.map(({ actor }) => directory.standInsOf(actor.id)))).flat(),
];

export interface Emergency {
  readonly directory: Directory;
  readonly city: City;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
}

/**
 * People of the rota, when an emergency comes in while the office is closed, and whose rota it is; or why nobody is
 * called by one.
 */
export const onCall = async ({
  directory,
  city,
  record,
  event,
}: Emergency): Promise<
  { readonly unit: string; readonly people: readonly Person[] } | { readonly why: string }
> => {
  const { unit } = record;
  if (unit === null) return { why: 'noUnit' };
  if (isOfficeOpen(city, unit, event.at)) return { why: 'officeHours' };
  const called = onDutyAt(city, unit, event.at);
  if (called === undefined) return { why: 'noRota' };
  const groups = await Promise.all(
    called.people.map(async (who): Promise<readonly Person[]> => {
      if ('staff' in who) return [await directory.byId(who.staff)].flatMap((person) => person ?? []);
      if ('role' in who)
        return (await directory.ofUnit(called.unit)).filter(({ actor }) => actor.role === who.role);
      return (await directory.everyone()).filter(({ actor }) => actor.position === who.position);
    }),
  );
  return { unit: called.unit, people: await withStandIns(directory, groups.flat()) };
};
