import { join } from 'node:path';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { loadPack } from '../cities/load.ts';
import { caseItem, caseStore } from '../functions/cases/store.ts';
import { waking } from '../functions/jobs/sweep/store.ts';
import { pageSize, type Swept, sweep } from '../functions/jobs/sweep/sweep.ts';
import { trackingCode } from '../functions/kernel/code.ts';
import { keysFrom } from '../functions/kernel/keys.ts';
import { tableOf } from '../functions/kernel/table.ts';
import { staffActorOf } from '../functions/people/actors.ts';
import { workflows } from '../functions/workflows.ts';
import { filedCase } from '../test/cases.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import { meter } from './meter.ts';
import type { Figure } from './report.ts';
import { withoutStreams } from './tables.ts';

const keys = keysFrom('{"current":"k1","k1":"bench"}');
/** Filed on a Monday; verification was due on the Thursday and lies with the mayor after five working days. */
const later = '2026-12-04T03:00:00Z';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Everything due at once, as after a long outage: what a run takes, what a case costs, when it has caught up. */
const catchUp = async (cases: number): Promise<readonly Figure[]> => {
  const city = loadPack(join(import.meta.dirname, '..', 'cities', 'padang-panjang'));
  const engine = await startEngine();
  try {
    const names = await createTables(engine.client, withoutStreams(tableDefinitions(synth())));
    const table = tableOf(engine.client, names.cases);
    for (let n = 0; n < cases; n += 25) {
      const requests = Array.from({ length: Math.min(25, cases - n) }, (_, i) => {
        const code = trackingCode(keys.first('code'), `sweep-${n + i}`, 0);
        const item = caseItem(filedCase(city, { category: 'road-damage', place: {} }, { code }));
        return { PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } };
      });
      await engine.client.send(new BatchWriteItemCommand({ RequestItems: { [names.cases]: requests } }));
    }
    const measure = meter(engine.client);
    const person = (id: string, role: 'coordinator' | 'executive', position?: 'sekda' | 'mayor') =>
      staffActorOf(
        { id, name: id, role, unit: 'setda', ...(position === undefined ? {} : { position }) },
        city,
      );
    const staff = [
      person('coordinator', 'coordinator'),
      person('sekda', 'executive', 'sekda'),
      person('mayor', 'executive', 'mayor'),
    ];
    const run = sweep({
      waking: waking(table, pageSize),
      store: caseStore(table),
      city: async () => city,
      staff: async () => staff,
      delivered: async () => false,
      workflows,
      now: () => later,
      log: silent,
    });
    const began = performance.now();
    const runs: Swept[] = [];
    const { readUnits, writeUnits } = await measure(async () => {
      for (let n = 0; n < 20; n += 1) {
        const done = await run(() => 55_000);
        runs.push(done);
        if (done.cases === 0) break;
      }
    });
    const seconds = (performance.now() - began) / 1000;
    const working = runs.filter((done) => done.cases > 0);
    const steps = runs.reduce((sum, done) => sum + done.steps, 0);
    const most = Math.max(...runs.map((done) => done.cases));
    return [
      { what: 'cases of one run', value: most, unit: '', max: 4000 },
      {
        what: 'runs until nothing is due',
        value: working.length,
        unit: '',
        max: Math.ceil(cases / 4000) + 1,
      },
      { what: 'steps of a case', value: steps / cases, unit: '', max: 5, min: 5 },
      { what: 'left late at the end', value: runs.at(-1)?.late ?? 1, unit: 's', max: 0 },
      { what: 'read units of a case', value: readUnits / cases, unit: 'RU', max: 1.5 },
      { what: 'write units of a case', value: writeUnits / cases, unit: 'WU', max: 12 },
      { what: 'cases a second, this machine', value: cases / seconds, unit: '' },
    ];
  } finally {
    await engine.stop();
  }
};

/** `npm run bench -- sweep`: ten thousand cases fell due while nobody swept. */
export const dueAtOnce = (): Promise<readonly Figure[]> => catchUp(10_000);
