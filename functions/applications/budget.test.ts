import { afterAll, beforeAll, expect, test } from 'vitest';
import { meter, type Spent } from '../../bench/meter.ts';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { uploader } from '../attachments/file-id.ts';
import { serviceCity } from './test/city.ts';
import { answers, applicationWorld, rina } from './test/world.ts';

const officer = staffOf(serviceCity(), 'officer', 'perkim');
let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

/** What each way costs the two tables together; settings and keys are read once and left out. */
test('an application costs what a report does, and its answers one item more', async () => {
  const world = applicationWorld(tables);
  const spent: Record<string, Spent> = {};
  const measure = meter(tables.client);
  const of = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    const { result, ...cost } = await measure(run);
    spent[what] = cost;
    return result;
  };
  const body = {
    service: 'akta',
    applicant: { kind: 'person' },
    answers,
    documents: { kk: world.upload(uploader.anonymous) },
  };
  await of('apply', () =>
    world.run.apply(world.call({ kind: 'anonymous', id: 'anonymous' } as const, { body })),
  );
  const started = await of('start a draft', () =>
    world.run.startDraft(world.call(rina, { body: { service: 'akta', reuse: false } })),
  );
  const { id, rev } = started.body;
  const draft = { applicant: { kind: 'person' }, answers, documents: { kk: world.citizenUpload() } };
  await of('save a draft', () =>
    world.run.saveDraft(world.call(rina, { params: { id }, body: draft }, { ifMatch: rev })),
  );
  const { code } = await of('submit a draft', () => world.submit(id));
  await world.inspect(code);
  await of('read it at the desk', () => world.seen(code, officer));
  await of('ask for corrections', () =>
    world.act(officer, code, 'askCorrection', {
      documents: { kk: 'unreadable' },
      answers: { '/nik': 'wrongAnswer' },
      notes: { kk: 'Buram.' },
    }),
  );
  const again = { documents: { kk: world.citizenUpload() }, answers: { '/nik': '1374014107900002' } };
  await of('hand in corrections', () => world.correct(code, again));
  await world.inspect(code);
  await of('declare complete', () => world.act(officer, code, 'complete', { documents: { kk: 'accepted' } }));
  await of('read it as its applicant', () => world.mine(code));

  // Calls, read and write units at most. What the test itself reads to know the version is one call and unit of each action.
  const budgets: Readonly<Record<string, readonly [calls: number, read: number, write: number]>> = {
    apply: [3, 0, 6],
    'start a draft': [3, 1, 2],
    'save a draft': [3, 1, 2],
    'submit a draft': [5, 1, 8],
    'read it at the desk': [2, 2, 0],
    'ask for corrections': [6, 4, 9],
    'hand in corrections': [6, 4, 10],
    'declare complete': [3, 2, 10],
    'read it as its applicant': [2, 3, 0],
  };
  for (const [what, [calls, read, write]] of Object.entries(budgets)) {
    const {
      calls: made,
      readUnits,
      writeUnits,
    } = spent[what] ?? { calls: 99, readUnits: 99, writeUnits: 99 };
    expect({ what, calls: made <= calls, read: readUnits <= read, write: writeUnits <= write }).toEqual({
      what,
      calls: true,
      read: true,
      write: true,
    });
  }
});
