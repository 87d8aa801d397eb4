import { chainOf, unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { type Service, stateOn } from '../city/services.ts';
import type { Output } from '../kernel/contract.ts';
import { stop, tokensOf } from '../language/words.ts';
import type { services } from './contract.ts';

type Listed = Output<(typeof services)['operations']['listServices']>['services'][number];
type Filters = {
  readonly pillar?: string | undefined;
  readonly unit?: string | undefined;
  readonly applicant?: string | undefined;
  readonly state?: string | undefined;
  readonly q?: string | undefined;
};

export const named = (city: Pick<City, 'units'>, id: string) => ({
  id,
  name: unitOf(city, id)?.name ?? id,
});

/** A service as lists show it on a day. */
export const listedService = (city: Pick<City, 'units'>, service: Service, today: string): Listed => {
  const { code, name, summary, unit, pillar, onBehalf, issued, fee, promise, status, product } = service;
  return {
    code,
    name,
    summary,
    unit: named(city, unit),
    pillar,
    applicants: service.applicants,
    onBehalf,
    issuedBy: 'here' in issued ? null : { system: issued.nationally.system, owner: issued.nationally.owner },
    fee,
    promise: { amount: promise.amount, in: promise.in, legal: promise.legal.reference },
    status: {
      state: stateOn(service, today),
      reason: status.reason ?? null,
      from: status.from ?? null,
      until: status.until ?? null,
    },
    product,
  };
};

const wordsOf = (text: string): string[] => tokensOf(text).filter((word) => word !== stop);

/** Words by which a service is found. */
const vocabulary = ({ code, name, summary, product, issued }: Service): string[] =>
  wordsOf(
    [
      code.replaceAll('-', ' '),
      ...[name, summary, product.name].flatMap(({ id, en }) => [id, en]),
      'here' in issued ? '' : issued.nationally.system,
    ].join(' '),
  );

/** Whether a service passes the filters of a list on a day. */
export const passes = (
  city: Pick<City, 'units'>,
  service: Service,
  { pillar, unit, applicant, state, q }: Filters,
  today: string,
): boolean => {
  if (pillar !== undefined && service.pillar !== pillar) return false;
  if (unit !== undefined && !chainOf(city, service.unit).includes(unit)) return false;
  if (applicant !== undefined && !service.applicants.some((one) => one === applicant)) return false;
  if (state !== undefined && stateOn(service, today) !== state) return false;
  if (q === undefined) return true;
  const known = vocabulary(service);
  return wordsOf(q).every((asked) => known.some((word) => word.startsWith(asked)));
};

/** Where the tracked link of a service leads, or why it does not. */
export const linkOf = (
  service: Service,
  today: string,
): { readonly url: string } | { readonly not: 'serviceHere' | 'servicePaused' | 'serviceClosed' } => {
  if ('here' in service.issued) return { not: 'serviceHere' };
  const state = stateOn(service, today);
  if (state !== 'open') return { not: state === 'paused' ? 'servicePaused' : 'serviceClosed' };
  return { url: service.issued.nationally.url };
};
