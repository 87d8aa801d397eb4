import { type Problem, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';

/** The unit of PPID Utama is one of the city's. */
export const checkPpid = ({ ppid, units }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (ppid === undefined || units === undefined || units.units.some(({ id }) => id === ppid.unit))
    return problems;
  reporter(problems, 'ppid')('unit', `unknown unit "${ppid.unit}"`);
  return problems;
};
