import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import { ladderCity } from '../../test/ladder.ts';
import type { CaseRecord } from '../cases/model.ts';
import { complaint } from '../complaints/workflow.ts';
import { advance } from '../jobs/sweep/rules.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { recipientsOnce } from './once.ts';
import { type Directory, recipientsOf, type Telling, tellsOf } from './told.ts';

const city = ladderCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const staff = [
  kominfo,
  staffOf(city, 'coordinator', 'kominfo', 'second'),
  staffOf(city, 'liaison', 'pupr'),
  staffOf(city, 'officer', 'pupr-jalan'),
  staffOf(city, 'head', 'pupr'),
  staffOf(city, 'inspector', 'inspektorat'),
  staffOf(city, 'executive', 'setda', 'sekda', 'sekda'),
];
const directoryOf = (here: typeof staff): Directory => {
  const people = here.map((actor) => ({ actor, addresses: {} }));
  return {
    ofUnit: async (unit) => people.filter(({ actor }) => actor.unit === unit),
    byId: async (id) => people.find(({ actor }) => actor.id === id),
    standInsOf: async () => [],
    everyone: async () => people,
  };
};
const store = { archivedEvents: async () => [] };

/** A case that one run of the sweep looks at so many hours later, and the people whom the city has then. */
const swept = fc.record({
  begun: fc.constantFrom<() => CaseRecord>(
    () => filedCase(city),
    () => filedCase(city, { category: 'pungli' }),
    () => taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' }),
    () => taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr-jalan' }),
  ),
  hours: fc.integer({ min: 1, max: 24 * 90 }),
  here: fc.subarray(staff),
});

/** Who hears of which deadline, one line for each notice. */
const notices = async (
  { begun, hours, here }: { begun: () => CaseRecord; hours: number; here: typeof staff },
  once: boolean,
): Promise<readonly string[]> => {
  const before = begun();
  const now = fromSeconds(toSeconds(before.filedAt) + hours * 3600);
  const done = advance(complaint, city, before, now, { vacant: [], delivered: true });
  if ('needs' in done) throw new Error('a fact is missing');
  const { record } = done;
  const lines: string[] = [];
  for (const event of record.events.filter(({ seq }) => seq > before.seq)) {
    const telling: Telling = { directory: directoryOf(here), city, record, event };
    const tells = tellsOf(complaint, record, event);
    const { told } = once
      ? await recipientsOnce(telling, tells, complaint, store)
      : await recipientsOf(telling, tells);
    for (const { person } of told)
      lines.push([person.actor.id, event.facts?.['clock'], event.facts?.['due']].join(' '));
  }
  return lines;
};

test('whatever one run of the sweep finds due, everybody hears of each deadline once, and nobody less than before', async () => {
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(swept, async (one) => {
      const [first, all] = [await notices(one, true), await notices(one, false)];
      expect([...first].sort()).toEqual([...new Set(all)].sort());
      saved += all.length - first.length;
    }),
    { numRuns: 150 },
  );
  // Without it some were told of one deadline again and again.
  expect(saved).toBeGreaterThan(0);
});
