import { once, type Problem, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';

/** Topics stand once; warnings of other bodies appear under a topic and a unit that there are. */
export const checkTopics = ({ topics, units }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (topics === undefined) return problems;
  const report = reporter(problems, 'topics');
  const ids = topics.topics.map(({ id }) => id);
  once(report, ids, (i) => `topics[${i}].id`, 'topic');
  const { alerts } = topics;
  if (alerts === undefined) return problems;
  if (!ids.includes(alerts.topic)) report('alerts.topic', `unknown topic "${alerts.topic}"`);
  if (units !== undefined && !units.units.some(({ id }) => id === alerts.unit))
    report('alerts.unit', `unknown unit "${alerts.unit}"`);
  return problems;
};
