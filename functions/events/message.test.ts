import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../local/sources/pattern.ts';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import type { CaseRecord } from '../cases/model.ts';
import { archiveRequestOf, integratorPolicy, messageOf, type Outgoing, topicMessage } from './message.ts';

const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo', 'ZZcoordinatorZZ');
const liaison = staffOf(city, 'liaison', 'pupr', 'ZZliaisonZZ');

/** Whatever people write carries the marker; so do names and pseudonyms. */
const marker = 'ZZ';
const secretWords = fc
  .string({ minLength: 2, maxLength: 40 })
  .map((text) => `${marker}${text}${marker} 0812345678`);
const plan = fc.record({
  text: secretWords,
  landmark: secretWords,
  note: secretWords,
  confidential: fc.boolean(),
  oversight: fc.boolean(),
  about: fc.option(fc.constantFrom('kominfo', 'sekda'), { nil: undefined }),
  category: fc.constantFrom('jalan', 'kebakaran', 'kekerasan', 'pungli'),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;
const historyOf = (p: Plan): CaseRecord => {
  const { text, landmark, confidential, oversight, about, category } = p;
  let record = filedCase(city, { text, category, confidential, oversight, about, place: { landmark } });
  record = { ...record, reporter: `${marker}reporter` };
  const secret = record.flags.oversight || record.about !== undefined;
  if (secret) return record;
  record = taken(city, record, coordinator, 'note', { text: p.note });
  record = taken(city, record, coordinator, 'assign', { unit: 'pupr', text: p.note });
  if (record.flags.confidential) return record;
  record = taken(city, record, liaison, 'reply', { text: p.note, by: '2026-12-01' });
  return taken(city, record, coordinator, 'mark', { confidential: true, text: p.note });
};

const outside = integratorPolicy({ units: [], kinds: [] });
const passes = ({ attributes }: Outgoing): boolean => matches(outside, { ...attributes });

test('no message holds a word, name or pseudonym of anybody', () => {
  fc.assert(
    fc.property(plan, (p) => {
      const record = historyOf(p);
      expect(JSON.stringify(record)).toContain(marker);
      for (const event of record.events) {
        const message = messageOf(record, event);
        expect(topicMessage.parse(message.body)).toEqual(message.body);
        expect(JSON.stringify(message)).not.toContain(marker);
        expect(JSON.stringify(message)).not.toContain('0812345678');
      }
    }),
  );
});

test('of a secret case a message says only that something changed, and no integrator gets it', () => {
  fc.assert(
    fc.property(plan, (p) => {
      const record = historyOf(p);
      const secret = record.flags.oversight || record.flags.confidential || record.about !== undefined;
      for (const event of record.events) {
        const message = messageOf(record, event);
        expect(message.attributes['secret']).toBe(secret ? 'true' : undefined);
        if (!secret) continue;
        expect(passes(message)).toBe(false);
        expect(message.body).toEqual({
          v: 1,
          code: record.code,
          seq: event.seq,
          kind: 'case',
          event: 'changed',
          units: record.unit === null ? [] : [record.unit],
          severity: 'normal',
          at: event.at,
          link: `/v1/track/${record.code}`,
        });
      }
    }),
  );
});

test('the units of a message are the old and the new one with the tops of their branches', () => {
  const first = taken(city, filedCase(city), coordinator, 'assign', { unit: 'pupr-jalan' });
  const second = taken(city, first, coordinator, 'assign', { unit: 'perkim' });
  const units = (record: CaseRecord, place: number) => {
    const event = record.events[place];
    if (event === undefined) throw new Error('no event');
    const { body } = messageOf(record, event);
    return 'units' in body ? body.units : undefined;
  };
  expect([0, 1, 2].map((i) => units(second, i))).toEqual([
    [],
    ['pupr-jalan', 'pupr'],
    ['pupr-jalan', 'perkim', 'pupr'],
  ]);
});

test('an integrator gets what the tracking code shows, of its units and kinds; archive requests go to nobody else', () => {
  const record = taken(city, filedCase(city), coordinator, 'assign', { unit: 'pupr-jalan' });
  const noted = taken(city, record, coordinator, 'note', { text: 'catatan' });
  const message = (of: CaseRecord) => {
    const event = of.events.at(-1);
    if (event === undefined) throw new Error('no event');
    return messageOf(of, event);
  };
  const wants = (units: string[], kinds: string[], of: Outgoing) =>
    matches(integratorPolicy({ units, kinds }), { ...of.attributes });
  expect(wants(['pupr'], ['complaint'], message(record))).toBe(true);
  expect(wants(['perkim'], [], message(record))).toBe(false);
  expect(wants([], ['aspiration'], message(record))).toBe(false);
  expect(passes(message(noted))).toBe(false);
  expect(passes(archiveRequestOf(record))).toBe(false);
  expect(archiveRequestOf(record).attributes).toEqual({ inline: 2 });
});
