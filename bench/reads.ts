import type { StaffActor } from '../functions/cases/actor.ts';
import type { City } from '../functions/city/schema.ts';
import type { operations as complaintOperations } from '../functions/complaints/operations.ts';
import type { operations as deskOperations } from '../functions/desk/operations.ts';
import { pinOf } from '../functions/kernel/code.ts';
import type { operations as trackOperations } from '../functions/track/operations.ts';
import { keys } from './cases.ts';
import type { meter } from './meter.ts';
import type { Figure } from './report.ts';

export interface ReadsOf {
  readonly measure: ReturnType<typeof meter>;
  readonly city: City;
  readonly desk: ReturnType<typeof deskOperations>;
  readonly complaints: ReturnType<typeof complaintOperations>;
  readonly track: ReturnType<typeof trackOperations>;
  readonly coordinator: StaffActor;
  readonly officer: StaffActor;
  readonly areaHead: StaffActor;
  /** A case that was worked on. */
  readonly code: string;
}

const call = {
  language: 'id',
  address: '127.0.0.1',
  requestId: 'bench',
  idempotencyKey: '',
  ifMatch: -1,
} as const;
const anonymous = { kind: 'anonymous', id: 'anonymous' } as const;

/** Queues beyond the inbox, similar reports, the reporter's own view: what a page of each reads, filled or not. */
export const reads = async (of: ReadsOf): Promise<readonly Figure[]> => {
  const { measure, city, desk, complaints, track, code } = of;
  const queue = (actor: StaffActor, name: 'all' | 'area' | 'unit', more: object = {}) =>
    measure(() =>
      desk.listCases({
        ...call,
        actor,
        input: { params: undefined, body: undefined, query: { queue: name, size: 25, ...more } },
      }),
    );
  const all = await queue(of.coordinator, 'all');
  const area = await queue(of.areaHead, 'area');
  const filtered = await queue(of.officer, 'unit', { category: 'street-lamp' });
  const closed = await measure(() =>
    desk.listClosed({
      ...call,
      actor: of.officer,
      input: { params: undefined, body: undefined, query: { unit: 'pupr', month: '2026-11', size: 25 } },
    }),
  );
  const counts = await measure(() =>
    desk.countQueues({
      ...call,
      actor: of.coordinator,
      input: { params: undefined, body: undefined, query: {} },
    }),
  );
  const similar = await measure(() =>
    complaints.findSimilar({
      ...call,
      actor: anonymous,
      input: {
        params: undefined,
        query: undefined,
        body: { category: 'road-damage', kind: 'complaint', place: { area: city.areas.at(-1)?.code ?? '' } },
      },
    }),
  );
  const key = keys.of('pin', keys.current);
  if (key === undefined) throw new Error('no key');
  const opened = await measure(() =>
    track.openCase({
      ...call,
      actor: anonymous,
      input: { params: { code }, query: undefined, body: { pin: pinOf(key, code, 1) } },
    }),
  );
  const ru = (what: string, { readUnits }: { readonly readUnits: number }, max: number): Figure => ({
    what,
    value: readUnits,
    unit: 'RU',
    max,
    fills: true,
  });
  return [
    ru('queue all (every unit and triage), page of 25', all, 24),
    ru('queue of a kelurahan, page of 25', area, 3),
    ru('inbox by a category that nothing has (2,000 rows at most)', filtered, 110),
    { what: 'the same: said that it stopped', value: filtered.result.body.full ? 0 : 1, unit: '' },
    ru('closed of a month, page of 25', closed, 3),
    ru('numbers of all queues', counts, 4),
    ru('similar reports (300 rows at most)', similar, 20),
    ru('opened by PIN, with its words', opened, 5),
    { what: 'opened by PIN: calls', value: opened.calls, unit: '', max: 8 },
  ];
};
