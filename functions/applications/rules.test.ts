import { describe, expect, test } from 'vitest';
import { advance } from '../jobs/sweep/rules.ts';
import * as at from './test/cases.ts';
import { application } from './workflow.ts';

const refusalOf = (...args: Parameters<typeof at.take>): string => {
  const stepped = at.take(...args);
  return 'refuse' in stepped
    ? [stepped.refuse, stepped.field].filter(Boolean).join(' ')
    : stepped.record.state;
};
const person = (who: string) => at.people[who] ?? at.system;

/** What the sweep makes of an application at a moment. */
const swept = (record: typeof at.correction, now: string) => {
  const advanced = advance(application, at.city, record, now);
  if ('needs' in advanced) throw new Error(advanced.needs);
  return advanced.record;
};

describe('corrections that do not come', () => {
  test('are warned of, then the application is deemed withdrawn; to that its applicant may object', () => {
    const warned = swept(at.correction, '2026-12-14T03:00:00Z');
    expect(warned.events.at(-1)).toMatchObject({ type: 'warned' });
    const ended = swept(warned, '2026-12-24T03:00:00Z');
    expect(ended).toMatchObject({ state: 'withdrawn', data: { deemed: true, decidedBy: 'sweep' } });
    const objected = at.taken(ended, 'account', 'object', { text: 'Saya sakit.' }, '2026-12-24T04:00:00Z');
    expect(objected.closedAt).toBeUndefined();
    const again = at.taken(
      objected,
      'head',
      'decideObjection',
      { decision: 'overturned', text: 'Baik.' },
      '2026-12-28T03:00:00Z',
    );
    expect(again).toMatchObject({ state: 'correction' });
    expect(again.clocks['data']?.doneAt).toBeUndefined();
    expect(again.clocks['completeness']?.pausedAt).toBe('2026-12-28T03:00:00Z');
  });

  test('a withdrawal by an own word is no decision to object to', () => {
    expect(refusalOf(at.withdrawn, person('account'), 'object', { text: 'xx' })).toBe('wrongState');
  });
});

describe('second pairs of eyes', () => {
  test('whoever called the result done does not approve it', () => {
    const own = { ...at.validation, data: { ...at.validation.data, proposedBy: person('validator').id } };
    expect(refusalOf(own, person('validator'), 'approve')).toBe('secondPersonNeeded');
    expect(refusalOf(at.validation, person('validator'), 'approve')).toBe('awaitingSignature');
  });

  test('an objection that is upheld ends the application again, for good', () => {
    const upheld = at.taken(at.objected, 'head2', 'decideObjection', { decision: 'upheld', text: 'xx' });
    expect(upheld).toMatchObject({ state: 'refused', closedAt: at.monday });
    expect(refusalOf(upheld, person('account'), 'object', { text: 'xx' })).toBe('objectionUsed');
  });
});

test('a file that nobody could look at keeps the whole from being complete, be it an answer or a document', () => {
  const fileOf = (part: string) => at.factsOf(at.checking, at.monday).papers.get(part)?.file;
  const broken = ['kk', '/photo'].map((part) => {
    const filed = at.filed();
    const seen = ['kk', '/photo'].reduce(
      (record, one) =>
        at.taken(record, 'system', one === part ? 'refuseFile' : 'acceptFile', {
          file: fileOf(one),
          found: one === part ? 'broken' : 'photo',
        }),
      filed,
    );
    return refusalOf(seen, person('officer'), 'complete', at.good);
  });
  expect(broken).toEqual(['fileNotReady documents/kk', 'fileNotReady answers/~1photo']);
});

describe('steps', () => {
  test('only the one whose turn it is can be completed, by the unit that it names', () => {
    expect(refusalOf(at.processing, person('officer'), 'completeStep', { step: 'print' })).toBe(
      'notItsTurn step',
    );
    expect(refusalOf(at.elsewhere, person('officer'), 'completeStep', { step: 'visit' })).toBe('forbidden');
    expect(at.elsewhere).toMatchObject({ unit: 'pupr', data: { home: 'perkim', step: 'visit' } });
    expect(at.lastStep).toMatchObject({ unit: 'perkim', data: { step: 'print' } });
    expect(at.lastStep.data).not.toHaveProperty('home');
  });

  test('what is sent back lies with the unit that takes its last step, and comes home after it', () => {
    const of = {
      ...at.city,
      services: at.city.services.map((one) =>
        one.code === 'akta' ? { ...one, steps: one.steps.slice(0, 2) } : one,
      ),
    };
    const step = (record: typeof at.processing, who: string, action: string, input: object) => {
      const stepped = at.take(record, person(who), action, { ...input }, at.monday, of);
      if ('refuse' in stepped) throw new Error(stepped.refuse);
      return stepped.record;
    };
    const proposed = step(at.elsewhere, 'visitor', 'completeStep', { step: 'visit' });
    expect(proposed).toMatchObject({ state: 'validation', unit: 'perkim' });
    const back = step(proposed, 'validator', 'sendBack', { text: 'Ukur ulang.' });
    expect(back).toMatchObject({
      state: 'processing',
      unit: 'pupr',
      data: { step: 'visit', home: 'perkim' },
    });
    expect(step(back, 'visitor', 'completeStep', { step: 'visit' })).toMatchObject({ unit: 'perkim' });
  });

  test('a unit that was dissolved since leaves its step with whoever has the application', () => {
    const of = { ...at.city, units: at.city.units.filter(({ id }) => id !== 'pupr') };
    const stepped = at.take(
      at.processing,
      person('officer'),
      'completeStep',
      { step: 'verify' },
      at.monday,
      of,
    );
    expect(stepped).toMatchObject({ record: { unit: 'perkim', data: { step: 'visit' } } });
  });
});

test('a PIN, which opens all papers, is renewed by the counter that handles them and by nobody who may not read them', () => {
  const renewed = (who: string) => {
    const stepped = at.take(at.processing, person(who), 'renewPin', { text: 'Menunjukkan KTP asli.' });
    return 'refuse' in stepped ? stepped.refuse : stepped.record.pin.version;
  };
  for (const who of ['officer', 'liaison', 'head', 'account']) expect(renewed(who), who).toBe(2);
  for (const who of ['coordinator', 'inspector', 'mayor', 'sekda', 'visitor', 'validator', 'lurah'])
    expect(renewed(who), who).toBe('forbidden');
});

describe('clocks', () => {
  test('the promise runs from the complete file, on the unit’s calendar; pauses of the check are not in it', () => {
    expect(at.submitted.clocks['promise']).toBeUndefined();
    expect(at.processing.clocks).toMatchObject({
      promise: { rule: 'service-akta', startedAt: at.monday, due: '2026-11-26T09:00:00Z' },
      completeness: { doneAt: at.monday },
    });
    expect(at.correction.clocks).toMatchObject({
      completeness: { pausedAt: at.monday },
      data: { due: '2026-12-23T03:00:00Z' },
    });
  });

  test('a refusal that is overturned lets the promise run on towards its own due', () => {
    const again = at.taken(at.objected, 'head2', 'decideObjection', { decision: 'overturned', text: 'xx' });
    expect(again.clocks['promise']).toEqual(at.processing.clocks['promise']);
  });
});
