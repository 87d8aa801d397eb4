import { above, type LadderStep, type Rung, rungs } from '../ladder.ts';
import { once, type Problem, type Report, reporter } from '../problem.ts';
import { type ClockName, clockNames, type SettingBodies } from '../schema.ts';

/** The reporter's own deadlines: there is nobody above to tell of them. */
const ofReporter: ReadonlySet<string> = new Set<ClockName>(['question', 'data', 'confirmation']);
/** Not a deadline of anybody. */
const ofNobody: ReadonlySet<string> = new Set<ClockName>([
  'dispatch',
  'dispute',
  'contest',
  'extension',
  'reminder',
]);

/** Every step has a clock that runs and somebody who is late on it, and each clock's steps climb. */
export const checkLadder = ({ ladder }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (ladder === undefined) return problems;
  const report = reporter(problems, 'ladder');
  once(
    report,
    ladder.steps.map((step) => step.id),
    (i) => `steps[${i}].id`,
    'step',
  );
  ladder.steps.forEach((step, i) => {
    checkStep(report, step, `steps[${i}]`);
  });
  for (const clock of clockNames) checkOrder(report, ladder.steps, clock);
  if (!ladder.steps.some((step) => step.tells === 'reporter' && step.clocks.includes('data'))) {
    report(
      'steps',
      'nobody is told before a report is deemed withdrawn: a step of "data" must tell the reporter',
    );
  }
  checkOuter(report, ladder.steps);
  return problems;
};

/** What the law promises climbs as high as anything does, or nobody would hear of it past a planned date. */
const checkOuter = (report: Report, steps: readonly LadderStep[]): void => {
  const reached = (name?: ClockName): ReadonlySet<Rung> =>
    new Set(steps.flatMap((step) => (name === undefined || step.clocks.includes(name) ? [step.tells] : [])));
  const [any, outer] = [reached(), reached('outer')];
  for (const rung of rungs) {
    if (rung !== 'reporter' && any.has(rung) && !outer.has(rung))
      report('steps', `"outer" tells no ${rung}, whom other deadlines tell`);
  }
};

const checkStep = (report: Report, step: LadderStep, at: string): void => {
  once(report, step.clocks, (j) => `${at}.clocks[${j}]`, 'clock');
  step.clocks.forEach((clock, j) => {
    const path = `${at}.clocks[${j}]`;
    if (!clockNames.some((name) => name === clock)) report(path, `unknown clock "${clock}"`);
    else if (ofNobody.has(clock)) report(path, `nobody is late on "${clock}"`);
    else if (ofReporter.has(clock) && step.tells !== 'reporter') {
      report(path, `"${clock}" is the reporter's own deadline: it tells the reporter`);
    } else if (!ofReporter.has(clock) && step.tells === 'reporter') {
      report(path, `the reporter is not late on "${clock}"`);
    }
  });
  if (step.tells === 'reporter' && step.days >= 0) {
    report(`${at}.days`, 'the reporter is told before the deadline, which acts by itself');
  }
};

/** In the order in which they happen, and never down again. */
const checkOrder = (report: Report, steps: readonly LadderStep[], clock: ClockName): void => {
  const ofClock = steps.flatMap((step, i) => (step.clocks.includes(clock) ? [{ step, i }] : []));
  ofClock.forEach(({ step, i }, n) => {
    const before = ofClock[n - 1]?.step;
    if (before === undefined) return;
    if (step.days < before.days) {
      report(`steps[${i}].days`, `of "${clock}" comes before "${before.id}", which stands above it`);
    }
    const [height, lower] = [above.indexOf(step.tells), above.indexOf(before.tells)];
    if (lower >= 0 && height < lower) {
      report(`steps[${i}].tells`, `"${clock}" climbs down from ${before.tells} to ${step.tells}`);
    }
  });
};
