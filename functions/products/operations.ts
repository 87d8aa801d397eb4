import { type HandingDeps, handing } from './handing.ts';
import { type IssuingDeps, issuing } from './issuing.ts';

export type ProductDeps = IssuingDeps & HandingDeps;

export const operations = (deps: ProductDeps) => ({ ...issuing(deps), ...handing(deps) });
