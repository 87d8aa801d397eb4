import { type HandingDeps, handing } from './handing.ts';
import { type IssuingDeps, issuing } from './issuing.ts';
import { type PrintingDeps, printing } from './printing.ts';

export type ProductDeps = IssuingDeps & HandingDeps & PrintingDeps;

export const operations = (deps: ProductDeps) => ({
  ...issuing(deps),
  ...handing(deps),
  ...printing(deps),
});
