import { join } from 'node:path';
import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { loadPack } from '../cities/load.ts';
import { caseItem, caseStore } from '../functions/cases/store.ts';
import type { City } from '../functions/city/schema.ts';
import { operations as complaintOperations } from '../functions/complaints/operations.ts';
import { handoverStore } from '../functions/desk/handover-store.ts';
import { operations as deskOperations } from '../functions/desk/operations.ts';
import { openedMarks } from '../functions/events/delivered.ts';
import { figureStore } from '../functions/figures/store.ts';
import { tableOf } from '../functions/kernel/table.ts';
import { fromSeconds } from '../functions/kernel/time.ts';
import { staffActorOf } from '../functions/people/actors.ts';
import { staffReader } from '../functions/people/staff.ts';
import { operations as trackOperations } from '../functions/track/operations.ts';
import { workflows } from '../functions/workflows.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import { keys, now, record, text } from './cases.ts';
import { meter } from './meter.ts';
import { reads } from './reads.ts';
import type { Figure } from './report.ts';
import { withoutStreams } from './tables.ts';

export interface Filled {
  readonly client: DynamoDBClient;
  readonly names: { readonly cases: string };
  readonly stop: () => Promise<void>;
}

/** So many cases in a fresh engine in memory. */
const written = async (city: City, cases: number): Promise<Filled> => {
  const engine = await startEngine();
  const names = await createTables(engine.client, withoutStreams(tableDefinitions(synth())));
  for (let n = 0; n < cases; n += 25) {
    const requests = Array.from({ length: Math.min(25, cases - n) }, (_, i) => ({
      PutRequest: { Item: marshall(caseItem(record(city, n + i)), { removeUndefinedValues: true }) },
    }));
    await engine.client.send(new BatchWriteItemCommand({ RequestItems: { [names.cases]: requests } }));
  }
  return { client: engine.client, names, stop: engine.stop };
};

/** The unit that governs a kelurahan. */
const lurahOf = (city: City): string => city.units.find((unit) => unit.kind === 'kelurahan')?.id ?? 'kominfo';

/** Fills an engine with so many cases and measures each use case on it. */
export const units = async (cases: number, filled = written): Promise<readonly Figure[]> => {
  const city = loadPack(join(import.meta.dirname, '..', 'cities', 'padang-panjang'));
  const engine = await filled(city, cases);
  try {
    const { names } = engine;
    const measure = meter(engine.client);
    const table = tableOf(engine.client, names.cases);
    const staff = staffReader(table);
    const common = {
      table,
      store: caseStore(table),
      city: async () => city,
      keys: async () => keys,
      now: () => fromSeconds(now),
      workflows,
      staff,
    };
    const complaints = complaintOperations({
      ...common,
      suggest: () => ({ category: 'road-damage', confidence: 1, reasons: [], candidates: [] }),
      identify: async () => undefined,
      quota: { limit: 1000, seconds: 3600 },
    });
    const desk = deskOperations({
      ...common,
      figures: figureStore(common.table),
      handovers: handoverStore(common.table),
      clock: Date.now,
    });
    const track = trackOperations({ ...common, noteOpened: openedMarks(common.table).note });
    const person = (role: 'coordinator' | 'officer', unit: string) =>
      staffActorOf({ id: `${role}-1`, name: role, role, unit }, city);
    const coordinator = person('coordinator', 'kominfo');
    const officer = person('officer', 'pupr');
    const call = { language: 'id', address: '127.0.0.1', requestId: 'bench' } as const;
    const key = (n: string) => `bench-${n}`.padEnd(22, '0');

    const filed = await measure(() =>
      complaints.fileComplaint({
        ...call,
        actor: { kind: 'anonymous', id: 'anonymous' },
        idempotencyKey: key('file'),
        ifMatch: -1,
        input: {
          params: undefined,
          query: undefined,
          body: {
            text,
            kind: 'complaint',
            place: { area: city.areas.at(-1)?.code ?? '' },
            confidential: false,
            oversight: false,
            anonymous: false,
          },
        },
      }),
    );
    const { code } = filed.result.body;
    const act = (actor: typeof officer, action: string, body: Record<string, unknown>, ifMatch: number) =>
      measure(() =>
        desk.act({
          ...call,
          actor,
          idempotencyKey: key(`${action}-${ifMatch}`),
          ifMatch,
          input: { params: { code, action }, query: undefined, body },
        }),
      );
    const moved = await act(coordinator, 'assign', { unit: 'pupr' }, 1);
    const changed = await act(officer, 'accept', {}, 2);
    const replied = await act(officer, 'reply', { text: 'Kami tambal hari Rabu.', by: '2026-11-25' }, 3);
    const list = (actor: typeof officer, queue: 'unit' | 'triage') =>
      measure(() =>
        desk.listCases({
          ...call,
          actor,
          idempotencyKey: '',
          ifMatch: -1,
          input: { params: undefined, body: undefined, query: { queue, size: 25 } },
        }),
      );
    const inbox = await list(officer, 'unit');
    const triage = await list(coordinator, 'triage');
    const read = await measure(() =>
      desk.readCase({
        ...call,
        actor: officer,
        idempotencyKey: '',
        ifMatch: -1,
        input: { params: { code }, query: undefined, body: undefined },
      }),
    );
    const tracked = await measure(() =>
      track.trackCase({
        ...call,
        actor: { kind: 'anonymous', id: 'anonymous' },
        idempotencyKey: '',
        ifMatch: -1,
        input: { params: { code }, query: undefined, body: undefined },
      }),
    );
    const areaHead = staffActorOf(
      { id: 'head-1', name: 'lurah', role: 'areaHead', unit: lurahOf(city) },
      city,
    );
    const more = await reads({
      ...{ measure, city, desk, complaints, track, coordinator, officer, areaHead, code },
    });
    return [
      { what: 'file: calls', value: filed.calls, unit: '', max: 3 },
      { what: 'file: write units', value: filed.writeUnits, unit: 'WU', max: 10 },
      { what: 'state change: calls', value: changed.calls, unit: '', max: 2 },
      { what: 'state change: write units', value: changed.writeUnits, unit: 'WU', max: 8 },
      { what: 'reply: calls', value: replied.calls, unit: '', max: 3 },
      // It ends a clock, so the due time moves in three indexes (docs/adr/0001).
      { what: 'reply that ends a clock: write units', value: replied.writeUnits, unit: 'WU', max: 11 },
      { what: 'assignment: calls', value: moved.calls, unit: '', max: 2 },
      { what: 'assignment: write units', value: moved.writeUnits, unit: 'WU', max: 12 },
      { what: 'inbox of 25: calls', value: inbox.calls, unit: '', max: 1 },
      { what: 'inbox of 25: rows', value: inbox.result.body.cases.length, unit: '' },
      { what: 'inbox of 25: read units', value: inbox.readUnits, unit: 'RU', max: 2 },
      { what: 'triage page: calls', value: triage.calls, unit: '', max: 8 },
      { what: 'triage page: rows', value: triage.result.body.cases.length, unit: '' },
      { what: 'triage page: read units', value: triage.readUnits, unit: 'RU', max: 8 },
      { what: 'case detail: read units', value: read.readUnits, unit: 'RU', max: 3 },
      { what: 'track: calls', value: tracked.calls, unit: '', max: 1 },
      { what: 'track: read units', value: tracked.readUnits, unit: 'RU', max: 1 },
      ...more,
    ];
  } finally {
    await engine.stop();
  }
};
