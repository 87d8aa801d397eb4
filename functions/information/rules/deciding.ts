import { optional, today } from '../../cases/common/facts.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { factsOf } from '../facts.ts';
import type { Decision } from '../states.ts';
import { extendedUntil, isAnswerOverdue } from './limits.ts';

/** Once, and only before the limit has passed: what is late already is not made to look in time. */
export const mayExtend = ({ record, now }: Situation): ErrorCode | undefined => {
  if (factsOf(record).extendedAt !== undefined) return 'extensionUsed';
  const { promise } = record.clocks;
  return promise === undefined || promise.due <= now ? 'extensionTooLate' : undefined;
};

export const extend = ({ record, city, now }: StepContext): Change | Refusal => {
  const until = extendedUntil(city, record);
  if (until === undefined) return refuse('clockMissing');
  return {
    to: 'extended',
    facts: { until },
    data: { extendedAt: now },
    clocks: [{ extend: 'promise', until }],
  };
};

/** The register names its requester: nothing is decided for somebody whom nobody knows (article 22 (2)). */
export const mayDecide = ({ record }: Situation): ErrorCode | undefined =>
  factsOf(record).identity === undefined ? 'identityMissing' : undefined;

/** What the superior ordered to be given is not refused again; where nobody had answered, any answer was ordered. */
export const mayRefuse = (situation: Situation): ErrorCode | undefined => {
  const { decision } = factsOf(situation.record);
  return situation.record.state === 'ordered' && decision !== undefined
    ? 'orderedToGive'
    : mayDecide(situation);
};

/** A written answer: it ends the limit, and the requester is told from when on and until when to object. */
export const decide =
  (as: Decision) =>
  ({ record, input, now, textId }: StepContext): Change => {
    const letters = Array.isArray(input['letters'])
      ? [...new Set(input['letters'].map(String))].sort()
      : undefined;
    // An answer that came too late stays late, whatever the superior ordered after it.
    const late = isAnswerOverdue(record, now) || factsOf(record).decision?.late === true;
    const [test, holder, item] = [input['test'], input['holder'], input['item']].map(optional);
    return {
      to: as,
      outcome: as,
      facts: {
        ...(letters === undefined ? {} : { letters: letters.join(' ') }),
        ...(test === undefined ? {} : { test }),
        ...(holder === undefined ? {} : { holder }),
        ...(item === undefined ? {} : { item }),
      },
      data: {
        decision: {
          as,
          at: now,
          ...(late ? { late } : {}),
          ...(letters === undefined ? {} : { letters }),
          ...(test === undefined ? {} : { test }),
          ...(holder === undefined ? {} : { holder }),
          ...(item === undefined ? {} : { item }),
          text: textId,
        },
      },
    };
  };

/** Handed over on a day, in a form: the last column of the register before cost. */
export const give = ({ input, city, now }: StepContext): Change | Refusal => {
  const on = optional(input['on']) ?? today(city, now);
  if (on > today(city, now)) return refuse('dateOutOfRange', 'on');
  const { form, way } = input;
  return { facts: { on, form: String(form), way: String(way) }, data: { given: { on, form, way } } };
};

/** Only what copying and sending costs; asking is free (article 21). A new amount takes the place of the old. */
export const charge = ({ record, input }: StepContext): Change | Refusal => {
  const rupiah = Number(input['rupiah']);
  if (factsOf(record).cost?.paid !== undefined) return refuse('costPaid');
  return { facts: { rupiah }, data: { cost: { rupiah } } };
};

export const mayPay = ({ record }: Situation): ErrorCode | undefined => {
  const { cost } = factsOf(record);
  if (cost === undefined) return 'noCost';
  return cost.paid === undefined ? undefined : 'costPaid';
};

export const pay = ({ record, input, city, now }: StepContext): Change | Refusal => {
  const { cost } = factsOf(record);
  const on = optional(input['on']) ?? today(city, now);
  if (on > today(city, now)) return refuse('dateOutOfRange', 'on');
  if (Number(input['rupiah']) !== cost?.rupiah) return refuse('invalidInput', 'rupiah');
  return {
    facts: { rupiah: cost.rupiah, on },
    data: { cost: { ...cost, paid: { rupiah: cost.rupiah, on } } },
  };
};
