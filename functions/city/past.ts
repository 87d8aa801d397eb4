import { type Service, services } from './services.ts';
import { type Standard, standards } from './standards.ts';
import type { SettingStore } from './store.ts';

/** Versions kept at once: an application is dealt with by those of the day on which it was submitted. */
const keptVersions = 20;

/** Settings as they were: a version is never overwritten, so one that was read stays. */
const kept = <T>(load: (version: number) => Promise<readonly T[]>) => {
  const known = new Map<number, Promise<readonly T[]>>();
  return (version: number): Promise<readonly T[]> => {
    const there = known.get(version);
    if (there !== undefined) return there;
    if (known.size >= keptVersions) known.clear();
    const loading = load(version).catch((e: unknown) => {
      known.delete(version);
      throw e;
    });
    known.set(version, loading);
    return loading;
  };
};

const bodyOf = async (
  settings: Pick<SettingStore, 'read'>,
  kind: 'services' | 'standards',
  version: number,
): Promise<unknown> => {
  const found = await settings.read(kind, version);
  if (found === undefined) throw new Error(`version ${version} of ${kind} is gone`);
  return found.body;
};

/** The catalogue in any version that was ever live. @throws Error when there never was such a version */
export type PastServices = (version: number) => Promise<readonly Service[]>;
export const pastServices = (settings: Pick<SettingStore, 'read'>): PastServices =>
  kept(async (version) => services.parse(await bodyOf(settings, 'services', version)).services);

/** The same of the standards. */
export const pastStandards = (
  settings: Pick<SettingStore, 'read'>,
): ((version: number) => Promise<readonly Standard[]>) =>
  kept(async (version) => standards.parse(await bodyOf(settings, 'standards', version)).standards);
