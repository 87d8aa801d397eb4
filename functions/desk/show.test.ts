import { describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { complaint } from '../complaints/workflow.ts';
import { contracts } from '../contracts.ts';
import { unrelated } from './related.ts';
import { shown } from './show.ts';
import { assigned, deskCity, now } from './test/world.ts';

const city = deskCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');

const show = (record: CaseRecord, actor: StaffActor, texts: readonly CaseText[] = [], at = now) =>
  shown(
    city,
    complaint,
    actor,
    {
      record,
      events: record.events,
      texts: new Map(texts.map((text) => [text.id, text])),
      until: undefined,
      now: at,
      related: unrelated,
    },
    'id',
  );

describe('the reason of a priority', () => {
  const urgent = taken(city, assigned(city, 'PUPR1', 'pupr'), liaison, 'prioritise', {
    level: 'urgent',
    text: 'Bu Rina sakit di sini.',
  });
  const words = (body: string): CaseText => ({
    ...{ v: 1, id: urgent.priority?.text ?? '', fingerprint: 'f', audience: 'staff', body, at: now },
  });

  test('is a text of the case, and goes with its redaction; the level stays', () => {
    const { seq } = urgent;
    expect(show(urgent, liaison, [words('Bu Rina sakit di sini.')]).priority).toEqual({
      level: 'urgent',
      reason: 'Bu Rina sakit di sini.',
    });
    const redacted = taken(city, urgent, coordinator, 'redact', { seq, reason: 'otherPerson' });
    expect(redacted.events.at(-1)?.redacts).toEqual([urgent.priority?.text]);
    expect(JSON.stringify(redacted)).not.toContain('Rina');
    expect(show(redacted, liaison, [words('')]).priority).toEqual({ level: 'urgent', reason: null });
  });
});

describe('what a page shows as buttons', () => {
  const ids = (record: CaseRecord, actor: StaffActor, at = now) =>
    show(record, actor, [], at).actions.map(({ id }) => id);
  const given = assigned(city, 'PUPR1', 'pupr');
  const accepted = taken(city, given, liaison, 'accept');

  test('is nothing that a rule refuses now, whatever is typed', () => {
    const refused = ['approveReply', 'rejectReply', 'approvePlan', 'rejectPlan', 'answerInstruction'];
    const head = staffOf(city, 'head', 'pupr');
    expect(ids(accepted, head).filter((id) => refused.includes(id))).toEqual([]);
    const drafted = taken(city, accepted, liaison, 'draftReply', { text: 'Kami tambal Kamis.' });
    expect(ids(drafted, head)).toContain('approveReply');
    const sekda = staffOf(city, 'executive', 'setda', 'sekda', 'sekda');
    expect(ids(given, sekda)).toEqual(['instruct']);
  });

  test('names those that an operation of their own takes, each by its address', () => {
    const paths = (record: CaseRecord, actor: StaffActor) =>
      Object.fromEntries(show(record, actor).actions.map(({ id, path }) => [id, path]));
    expect(paths(given, coordinator)).toMatchObject({
      assign: '/v1/desk/cases/PUPR1/actions/assign',
      merge: '/v1/desk/cases/PUPR1/actions/merge',
      split: '/v1/desk/cases/PUPR1/actions/split',
      renewPin: '/v1/desk/cases/PUPR1/pin',
    });
    expect(Object.keys(paths(given, liaison))).toContain('split');
    expect(Object.keys(paths(given, liaison))).not.toContain('renewPin');
    const outside = taken(city, filedCase(city, {}, { code: 'PLN1' }), coordinator, 'forward', {
      ...{ body: 'pln', text: 'Tiang PLN.', answerBy: '2026-12-07', remindOn: '2026-12-07' },
    });
    expect(paths(outside, coordinator)).toMatchObject({ linkOutside: '/v1/desk/cases/PLN1/outside-link' });
  });

  test('leads to an operation that there is, of every action that anybody may be shown', () => {
    const posts = new Set(
      contracts.flatMap(({ operations }) =>
        Object.values(operations).flatMap(({ method, path }) => (method === 'POST' ? [path] : [])),
      ),
    );
    const lost = Object.entries(complaint.actions).filter(
      ([id, { by, apart, at = `actions/${apart === true ? id : '{action}'}` }]) =>
        by.some(({ where }) => where !== 'reporter') && !posts.has(`/v1/desk/cases/{code}/${at}`),
    );
    expect(lost.map(([id]) => id)).toEqual([]);
  });
});
