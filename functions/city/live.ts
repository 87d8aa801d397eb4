import { problem } from '../kernel/errors.ts';
import { type Log, logFor } from '../kernel/log.ts';
import {
  type AskedKind,
  type City,
  cityFrom,
  openingKinds,
  type SettingBodies,
  type SettingKind,
  servedKinds,
  settingKinds,
} from './schema.ts';
import type { SettingStore } from './store.ts';

/** A changed setting is seen by every instance within this many milliseconds. */
export const freshFor = 60_000;

/**
 * The live configuration through a cache: pointers are read at most once a minute, bodies only when their version
 * changed. While a refresh runs, callers share it; when it fails, the last good city serves on.
 * @param asked kinds that are large, and read only where a function needs them
 * @param log is told of a refresh that failed: rules that changed meanwhile are not applied yet
 * @throws Problem notSetUp before the city pack was stored
 */
export const liveCity = (
  store: SettingStore,
  clock: () => number = Date.now,
  asked: readonly AskedKind[] = [],
  log: Pick<Log, 'warn'> = logFor('city'),
): (() => Promise<City>) => {
  const kinds: readonly SettingKind[] = [...servedKinds, ...asked];
  let held: { readonly city: City; readonly bodies: SettingBodies } | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<City> | undefined;

  const refresh = async (): Promise<City> => {
    const actives = await store.actives();
    const missing = openingKinds.find((kind) => !actives.has(kind));
    if (missing !== undefined) throw problem('notSetUp');
    const wanted = kinds.flatMap((kind) => {
      const version = actives.get(kind);
      return version === undefined ? [] : [[kind, version] as const];
    });
    const versions = Object.fromEntries(wanted) as City['versions'];
    const stale = wanted.filter(([kind, version]) => held?.city.versions[kind] !== version);
    if (stale.length === 0 && held !== undefined) return held.city;
    const loaded = await store.readMany(stale);
    const bodies: SettingBodies = {
      ...held?.bodies,
      ...Object.fromEntries(loaded.map((s) => [s.kind, settingKinds[s.kind].parse(s.body)])),
    };
    const city = cityFrom(bodies as Parameters<typeof cityFrom>[0], versions);
    held = { city, bodies };
    return city;
  };

  return async () => {
    const now = clock();
    // A clock that moved backwards also counts as old.
    const fresh = now - checkedAt < freshFor && now >= checkedAt;
    if (held !== undefined && fresh) return held.city;
    running ??= refresh()
      .then((city) => {
        checkedAt = now;
        return city;
      })
      .catch((e: unknown) => {
        if (held === undefined) throw e;
        log.warn('settings could not be refreshed; the last ones serve on', {
          error: e instanceof Error ? e.name : 'NotAnError',
          seconds: Math.round((now - checkedAt) / 1000),
        });
        return held.city;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
};
