import { contract } from '../kernel/contract.ts';
import { informationProblems } from '../kernel/information-problems.ts';
import { paperProblems } from '../kernel/paper-problems.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { askingOperations } from './asking-contract.ts';
import { listOperations } from './list/contract.ts';
import { printingOperations } from './printing-contract.ts';
import { requestOperations } from './request-contract.ts';

/** Requests for information and the public list of information (PPID; UU 14/2008, Perki 1/2021). */
export const information = contract({
  feature: 'information',
  problems: { ...informationProblems, ...paperProblems, ...reportProblems },
  operations: { ...askingOperations, ...requestOperations, ...printingOperations, ...listOperations },
});
