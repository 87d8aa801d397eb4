import { type Absence, type Availability, afterLook, toTell } from '../../availability/record.ts';
import type { AvailabilityStore } from '../../availability/store.ts';
import { localDate } from '../../cases/clock/local.ts';
import { chainOf } from '../../cases/units.ts';
import type { App } from '../../city/apps.ts';
import type { City } from '../../city/schema.ts';
import { limiter } from '../../events/limit.ts';
import type { ReceiptStore } from '../../events/receipts.ts';
import { type Channel, tell } from '../../events/tell.ts';
import type { Directory, Person } from '../../events/told.ts';
import type { Role } from '../../kernel/contract.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, toSeconds } from '../../kernel/time.ts';
import { appNotice } from './notice.ts';

const looksAtOnce = 8;
/** No look is begun with less time than one takes, its owner's telling included. */
const leastMillis = 25_000;
/** Receipts of these notices are of no use after this. */
const keptSeconds = 30 * 86_400;

export interface AvailabilityDeps {
  readonly city: () => Promise<City>;
  readonly store: Pick<AvailabilityStore, 'readMany' | 'save'>;
  /** Why an app is not there; undefined when it is. Never throws. */
  readonly look: (url: string) => Promise<Absence | undefined>;
  readonly directory: Pick<Directory, 'ofUnit'>;
  readonly channels: readonly Channel[];
  readonly receipts: ReceiptStore;
  readonly publicUrl: string;
  readonly now: Clock;
  /** Milliseconds, for how long a look takes. */
  readonly clock: () => number;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface LookedAt {
  readonly looked: number;
  readonly gone: number;
  /** Time was up: these are first in the next run. */
  readonly left: number;
}

/**
 * Looks at every app of the directory that wants it, those first that waited longest. An owner hears of an outage once
 * it has been seen several times in a row, and of its end; a run that breaks off is made good by the next one.
 */
export const lookAround =
  (deps: AvailabilityDeps) =>
  async (remaining: () => number): Promise<LookedAt> => {
    const city = await deps.city();
    const apps = city.apps.filter(({ check }) => check);
    const known = await deps.store.readMany(apps.map(({ id }) => id));
    const last = ({ id }: App): string => known.get(id)?.checkedAt ?? '';
    const waiting = [...apps].sort((a, b) => (last(a) < last(b) ? -1 : 1));
    const slot = limiter(looksAtOnce);
    const found = await Promise.all(
      waiting.map((app) =>
        slot(async () =>
          remaining() < leastMillis ? undefined : lookAt(deps, city, app, known.get(app.id)),
        ),
      ),
    );
    const looked = found.filter((one) => one !== undefined);
    const gone = looked.filter(({ up }) => !up).length;
    const left = found.length - looked.length;
    if (gone + left > 0)
      deps.log.warn('apps are gone or not looked at', { looked: looked.length, gone, left });
    return { looked: looked.length, gone, left };
  };

const lookAt = async (
  deps: AvailabilityDeps,
  city: City,
  app: App,
  before: Availability | undefined,
): Promise<Availability> => {
  const started = deps.clock();
  const why = await deps.look(app.url);
  const at = deps.now();
  const looked = {
    at,
    ms: Math.max(0, Math.round(deps.clock() - started)),
    ...(why === undefined ? {} : { why }),
  };
  const after = afterLook(before, app, looked, localDate(at, city.profile.zone));
  const what = toTell(before, after);
  // Told first: whoever is killed in between tells again, and the receipts of the first time stand in the way.
  const told = what === undefined ? false : await tellOwner(deps, city, app, what, before ?? after, after);
  await deps.store.save(what === 'gone' && told ? { ...after, toldAt: at } : after);
  return after;
};

/** Those of the owning unit who answer for it, else of the one above. */
const ownersOf = async (deps: AvailabilityDeps, city: City, unit: string): Promise<readonly Person[]> => {
  for (const id of chainOf(city, unit)) {
    const people = await deps.directory.ofUnit(id);
    for (const roles of [['head', 'liaison'], ['officer']] as readonly (readonly Role[])[]) {
      const owners = people.filter(({ actor }) => roles.includes(actor.role));
      if (owners.length > 0) return owners;
    }
  }
  return [];
};

/** @returns whether everybody has been told, as far as channels can; otherwise the next look tries again */
const tellOwner = async (
  deps: AvailabilityDeps,
  city: City,
  app: App,
  what: 'gone' | 'back',
  outage: Availability,
  after: Availability,
): Promise<boolean> => {
  const owners = await ownersOf(deps, city, app.owner);
  if (owners.length === 0) deps.log.warn('nobody to tell of an app', { app: app.id, unit: app.owner });
  const notice = appNotice(city, app, after, what, deps.publicUrl);
  const ends = await Promise.all(
    owners.flatMap(({ actor, addresses }) =>
      deps.channels.map(async (channel) => {
        const to = addresses[channel.name];
        if (to === undefined) return true;
        const facts = {
          seq: 0,
          recipient: actor.id,
          channel: channel.name,
          via: 'owner',
          unit: app.owner,
          event: what === 'gone' ? 'appGone' : 'appBack',
          expires: toSeconds(deps.now()) + keptSeconds,
        };
        // One notice of each outage: its beginning is part of the key.
        const key = { pk: `APP#${app.id}`, sk: `RCPT#${outage.since}#${what}#${actor.id}#${channel.name}` };
        try {
          const how = await tell(deps, { key, facts, to, notice, channel });
          return how !== 'waiting' && how !== 'busy';
        } catch (e) {
          deps.log.error('an owner was not told of an app', e, { app: app.id });
          return false;
        }
      }),
    ),
  );
  return ends.every((ended) => ended);
};
