import { pastServices, pastStandards } from '../city/past.ts';
import type { Service } from '../city/services.ts';
import type { Standard } from '../city/standards.ts';
import type { SettingStore } from '../city/store.ts';

export interface Offer {
  readonly service: Service;
  readonly standard: Standard;
}

export type Catalogue = ReturnType<typeof catalogueOf>;

/** Services and their standards as they were at any time. */
export const catalogueOf = (settings: Pick<SettingStore, 'read'>) => {
  const [servicesAt, standardsAt] = [pastServices(settings), pastStandards(settings)];

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
