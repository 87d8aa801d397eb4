import { staffOf, testCity } from '../../../test/city.ts';
import type { TestTables } from '../../../test/engine.ts';
import { key, testKeys } from '../../../test/staff.ts';
import type { CitizenActor, StaffActor } from '../../cases/actor.ts';
import { caseStore } from '../../cases/store.ts';
import type { Resource } from '../../city/appointments.ts';
import type { City } from '../../city/schema.ts';
import type { Table } from '../../kernel/table.ts';
import { fromSeconds, toSeconds } from '../../kernel/time.ts';
import { deskOperations } from '../desk.ts';
import { operations } from '../operations.ts';
import { appointmentStore } from '../store.ts';
import { loket } from './loket.ts';

const frame = { language: 'id', idempotencyKey: '', ifMatch: -1, address: '', requestId: '' } as const;
const none = { params: undefined, query: undefined, body: undefined };

export const citizen = (id: string): CitizenActor => ({ kind: 'citizen', id, scope: `issuer|${id}` });

export type Counter = ReturnType<typeof counter>;

let serial = 0;

/** A counter of its own on a real table: its setting and the clock can be changed, operations are short calls. */
export const counter = (tables: TestTables, more: Partial<Resource> = {}, table: Table = tables.cases) => {
  serial += 1;
  const base = loket({ id: `loket-${serial}`, ...more });
  let resource = base;
  let seconds = toSeconds('2026-11-23T03:00:00Z');
  const now = () => fromSeconds(seconds);
  /** Applications for `akta` are dealt with here. */
  const services = [{ code: 'akta', appointment: base.id }] as unknown as City['services'];
  const live = (): City => ({ ...testCity(), appointments: [resource], services });
  const store = appointmentStore(table);
  const deps = {
    ...{ table, store, now, keys: async () => testKeys, city: async () => live() },
    cases: caseStore(tables.cases),
  };
  const run = operations(deps);
  const desk = deskOperations(deps);
  const officer = staffOf(testCity(), 'officer', 'pupr', 'petugas');

  return {
    ...{ run, desk, store, officer, now, resource: base.id },
    pass: (more: number) => {
      seconds += more;
    },
    goTo: (moment: string) => {
      seconds = toSeconds(moment);
    },
    change: (to: Partial<Resource>) => {
      resource = { ...resource, ...to };
    },
    book: async (who: string, at: string, id = `${who}-${at}`, code?: string) =>
      (
        await run.bookMine({
          ...frame,
          actor: citizen(who),
          idempotencyKey: key(`${base.id}-${id}`),
          input: { ...none, body: { resource: base.id, at, ...(code === undefined ? {} : { code }) } },
        })
      ).body,
    /** Of this counter: the same people come to others. */
    mine: async (who: string) => {
      const { body } = await run.listMine({ ...frame, actor: citizen(who), input: none });
      return body.appointments.filter(({ resource: of }) => of === base.id);
    },
    move: async (who: string, id: string, at: string) =>
      (
        await run.moveMine({
          ...frame,
          actor: citizen(who),
          input: { ...none, params: { id }, body: { at } },
        })
      ).body,
    cancel: (who: string, id: string) =>
      run.cancelMine({ ...frame, actor: citizen(who), input: { ...none, params: { id } } }),
    forCase: async (token: { code: string; pinVersion: number }, code: string, at: string) =>
      (
        await run.bookForCase({
          ...frame,
          actor: token,
          idempotencyKey: key(`${base.id}-${code}-${at}`),
          input: { ...none, params: { code }, body: { resource: base.id, at } },
        })
      ).body,
    ofCase: async (token: { code: string; pinVersion: number }, code: string) =>
      (await run.listForCase({ ...frame, actor: token, input: { ...none, params: { code } } })).body
        .appointments,
    slots: async (from: string, days = 1) =>
      (
        await run.listSlots({
          ...frame,
          actor: { kind: 'anonymous', id: 'anonymous' },
          input: { ...none, params: { resource: base.id }, query: { from, days } },
        })
      ).body.days,
    atCounter: async (at: string, id: string, who: { phone?: string; code?: string } = {}, actor = officer) =>
      (
        await desk.bookAtCounter({
          ...frame,
          actor,
          idempotencyKey: key(`${base.id}-${id}`),
          input: { ...none, body: { resource: base.id, at, ...who } },
        })
      ).body,
    act: async (
      action: 'arrive' | 'absent' | 'move' | 'cancel',
      { id, at }: { id: string; at: string },
      to?: string,
      actor: StaffActor = officer,
    ) =>
      (
        await desk.actOnAppointment({
          ...frame,
          actor,
          input: {
            ...none,
            params: { id, action },
            body: { resource: base.id, at, ...(to === undefined ? {} : { to }) },
          },
        })
      ).body,
    day: async (date?: string, actor: StaffActor = officer) =>
      (
        await desk.listOfDay({
          ...frame,
          actor,
          input: { ...none, query: { resource: base.id, ...(date === undefined ? {} : { date }) } },
        })
      ).body,
    affected: async () =>
      (
        await desk.listAffected({
          ...frame,
          actor: officer,
          input: { ...none, query: { resource: base.id } },
        })
      ).body.appointments,
    number: async (id: string) =>
      (
        await desk.drawNumber({
          ...frame,
          actor: officer,
          idempotencyKey: key(`${base.id}-${id}`),
          input: { ...none, body: { resource: base.id } },
        })
      ).body.number,
  };
};
