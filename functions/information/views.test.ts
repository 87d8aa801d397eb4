import { expect, test } from 'vitest';
import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import { filed, city as plain } from './test/city.ts';
import { limitsOf } from './views.ts';

/** Each rule says itself as its law. */
const city: City = {
  ...plain,
  clocks: plain.clocks.map((rule) => ({ ...rule, legal: { ...rule.legal, reference: rule.id } })),
};
const laws = (record: CaseRecord): Readonly<Record<string, string | null>> => {
  const all = limitsOf({ city, record, language: 'id', now: '2026-11-24T02:00:00Z' });
  return Object.fromEntries(all.map(({ name, reference }) => [name, reference]));
};

test('every limit is shown with the law that sets it', () => {
  const record = filed();
  expect(laws(record)).toEqual({ answer: 'information-promise' });
  const extended = { ...record, data: { ...record.data, extendedAt: '2026-11-24T02:00:00Z' } };
  expect(laws(extended)).toEqual({ answer: 'information-extension' });
});

test('no law sets the day of what the superior ordered, nor any rule for what waits for a budget', () => {
  const record = filed();
  const { promise } = record.clocks;
  if (promise === undefined) throw new Error('no limit');
  const ordered: CaseRecord = {
    ...record,
    state: 'ordered',
    clocks: { promise: { ...promise, doneAt: '2026-11-24T02:00:00Z' }, planned: promise },
  };
  expect(laws(ordered)).toEqual({ ordered: null });
});
