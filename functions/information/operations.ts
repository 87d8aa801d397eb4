import { type AskingDeps, askingOperations } from './asking.ts';
import { type KeepingDeps, keepingOperations } from './list/keeping.ts';
import { type PublicDeps, publicOperations } from './list/public.ts';
import { type PrintingDeps, printingOperations } from './printing.ts';
import { type RequestDeps, requestOperations } from './requests.ts';

export type Deps = AskingDeps & RequestDeps & PrintingDeps & PublicDeps & KeepingDeps;

export const operations = (deps: Deps) => ({
  ...askingOperations(deps),
  ...requestOperations(deps),
  ...printingOperations(deps),
  ...publicOperations(deps),
  ...keepingOperations(deps),
});
