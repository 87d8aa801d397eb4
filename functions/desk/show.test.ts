import { describe, expect, test } from 'vitest';
import { taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { complaint } from '../complaints/workflow.ts';
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
