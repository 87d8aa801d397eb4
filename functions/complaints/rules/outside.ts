import { limitOf, timeOf } from '../../cases/clock/clock.ts';
import { startOfDay } from '../../cases/clock/local.ts';
import { endOf, optional, ruleOf, today } from '../../cases/common/facts.ts';
import { linkRefusal, type Outside, outsideOf } from '../../cases/outside.ts';
import { isSecret } from '../../cases/publication.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { passed } from './waiting.ts';

/** When the office opens on that day, or next after it. */
const openingOf = (city: City, date: string): Instant =>
  fromSeconds(timeOf(city, 'city').add(toSeconds(startOfDay(date, city.profile.zone)), 1) - 1);

/** The days that an input names, each after today and no further away than the city reminds. */
const daysOf = ({
  record,
  input,
  city,
  now,
}: StepContext): Refusal | { remindOn: string | undefined; answerBy: string | undefined } => {
  const [remindOn, answerBy] = [optional(input['remindOn']), optional(input['answerBy'])];
  if (remindOn === undefined && answerBy === undefined) return { remindOn, answerBy };
  const rule = ruleOf(city, record, 'reminder');
  if (rule === undefined) return refuse('clockMissing', remindOn === undefined ? 'answerBy' : 'remindOn');
  const furthest = limitOf(city, rule, null, now).slice(0, 10);
  const refused = Object.entries({ remindOn, answerBy }).find(
    ([, day]) => day !== undefined && (day <= today(city, now) || day > furthest),
  );
  return refused === undefined ? { remindOn, answerBy } : refuse('dateOutOfRange', refused[0]);
};

const dated = (days: { remindOn: string | undefined; answerBy: string | undefined }) => ({
  ...(days.remindOn === undefined ? {} : { remindOn: days.remindOn }),
  ...(days.answerBy === undefined ? {} : { answerBy: days.answerBy }),
});

/** Not the city's: passed to a body outside, under which number, and when to ask what became of it. */
export const forward = (context: StepContext): Change | Refusal => {
  const { input, city, actor, textId } = context;
  const body = city.outside.find((b) => b.id === input['body']);
  if (body === undefined) return refuse('unknownUnit', 'body');
  const days = daysOf(context);
  if ('refuse' in days) return days;
  const { remindOn, answerBy } = days;
  const { kind, number } = (input['reference'] ?? {}) as Pick<Outside, 'kind' | 'number'>;
  const outside: Outside = {
    body: body.id,
    ...(textId === undefined ? {} : { words: textId }),
    ...(kind === undefined || number === undefined ? {} : { kind, number }),
    ...(answerBy === undefined ? {} : { answerBy }),
  };
  return {
    to: 'notOurAuthority',
    outcome: 'outside',
    facts: {
      body: body.id,
      ...(kind === undefined || number === undefined ? {} : { referenceKind: kind, reference: number }),
      ...dated(days),
    },
    data: { decidedBy: actor.id, outside },
    ...(remindOn === undefined
      ? {}
      : { clocks: [{ start: 'reminder', due: openingOf(city, remindOn) } as const] }),
  };
};

/** Of reports that were passed on before numbers and days were asked for, nothing is known to go on with. */
export const isOutside = ({ record }: Situation): ErrorCode | undefined =>
  outsideOf(record) === undefined ? 'wrongState' : undefined;

/** Another day to be reminded on, and, when the body asked for time, another one by which it answers. */
export const remindAgain = (context: StepContext): Change | Refusal => {
  const days = daysOf(context);
  if ('refuse' in days) return days;
  const { remindOn = '', answerBy } = days;
  const { answered: _, ...outside } = outsideOf(context.record) ?? { body: '' };
  return {
    facts: dated(days),
    clocks: [{ start: 'reminder', due: openingOf(context.city, remindOn) }],
    // A new day is another question: links to the one before are void.
    ...(answerBy === undefined
      ? {}
      : { data: { outside: { ...outside, answerBy, link: (outside.link ?? 0) + 1 } } }),
  };
};

/** Once a reminder; who is reminded may set another. */
export const remindOutside = ({ record, now }: StepContext): Change | Refusal =>
  passed(record, 'reminder', now) === undefined
    ? refuse('wrongState', 'clock')
    : { facts: { body: outsideOf(record)?.body ?? '' } };

/** The body answered by letter, phone or LAPOR!: a coordinator writes down what. */
export const settleOutside = ({ record }: StepContext): Change => ({
  data: { outside: { ...outsideOf(record), answered: true } },
});

/** A link opens what the reporter wrote: of a secret report the body outside hears from the coordinator alone. */
export const mayLink = ({ record, city, now }: Situation): ErrorCode | undefined => {
  if (isSecret(record)) return 'secretCase';
  const outside = outsideOf(record);
  if (outside === undefined) return 'wrongState';
  if (outside.answered === true) return 'answeredOutside';
  return outside.answerBy === undefined || endOf(city, outside.answerBy) < now ? 'noAnswerDay' : undefined;
};

/** A link of its own for each asking: the one before is void. Its words are the operation's to make. */
export const linkOutside = ({ record, city }: StepContext): Change => {
  const outside = outsideOf(record);
  const link = (outside?.link ?? 0) + 1;
  return {
    facts: { body: outside?.body ?? '', link, until: endOf(city, outside?.answerBy ?? '') },
    data: { outside: { ...outside, link } },
  };
};

/** The body's own answer by its link: once. */
export const answerOutside = ({ record, input, now }: StepContext): Change | Refusal => {
  const reference = optional(input['reference']);
  const link = {
    body: String(input['body']),
    version: Number(input['link']),
    until: String(input['until']),
  };
  const refused = linkRefusal(record, link, now);
  if (refused !== undefined) return refuse(refused);
  if (outsideOf(record)?.answered === true) return refuse('answeredOutside');
  return {
    facts: { body: link.body, ...(reference === undefined ? {} : { reference }) },
    data: {
      outside: {
        ...outsideOf(record),
        answered: true,
        ...(reference === undefined ? {} : { reply: reference }),
      },
    },
  };
};
