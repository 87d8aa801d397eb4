import { type Service, services } from '../city/services.ts';
import { type Standard, standards } from '../city/standards.ts';
import type { SettingStore } from '../city/store.ts';

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

export interface Offer {
  readonly service: Service;
  readonly standard: Standard;
}

export type Catalogue = ReturnType<typeof catalogueOf>;

/** Services and their standards as they were at any time. */
export const catalogueOf = (settings: Pick<SettingStore, 'read'>) => {
  const bodyOf = async (kind: 'services' | 'standards', version: number): Promise<unknown> => {
    const found = await settings.read(kind, version);
    if (found === undefined) throw new Error(`version ${version} of ${kind} is gone`);
    return found.body;
  };
  const servicesAt = kept<Service>(
    async (version) => services.parse(await bodyOf('services', version)).services,
  );
  const standardsAt = kept<Standard>(
    async (version) => standards.parse(await bodyOf('standards', version)).standards,
  );

  /** @throws Error when the service was not in those versions */
  return async (
    code: string | null,
    at: { readonly catalogue: number; readonly standards: number },
  ): Promise<Offer> => {
    const [list, published] = await Promise.all([servicesAt(at.catalogue), standardsAt(at.standards)]);
    const service = list.find((one) => one.code === code);
    const standard = published.find((one) => one.service === code);
    if (service === undefined || standard === undefined)
      throw new Error(`no service ${code} in its versions`);
    return { service, standard };
  };
};
