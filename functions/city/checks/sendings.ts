import { once, type Problem, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';

/** Each channel once, and no more kept for emergencies than there is. */
export const checkSendings = ({ sendings }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (sendings === undefined) return problems;
  const report = reporter(problems, 'sendings');
  const named = sendings.channels.map(({ channel }) => channel);
  once(report, named, (i) => `channels[${i}].channel`, 'channel');
  sendings.channels.forEach(({ perMonth, forEmergencies }, i) => {
    if (forEmergencies > perMonth)
      report(`channels[${i}].forEmergencies`, `is more than the month's ${perMonth}`);
  });
  return problems;
};
