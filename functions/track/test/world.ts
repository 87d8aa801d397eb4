import { filedCase, take } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import type { TestTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/staff.ts';
import type { Actor, CitizenActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import { complaint } from '../../complaints/workflow.ts';
import { openedMarks } from '../../events/delivered.ts';
import { pinOf, trackingCode } from '../../kernel/code.ts';
import { operations } from '../operations.ts';

export const city = testCity();
export const kominfo = staffOf(city, 'coordinator', 'kominfo');
export const officer = staffOf(city, 'officer', 'pupr');
export const validator = staffOf(city, 'validator', 'pemerintahan');
export const rina: CitizenActor = { kind: 'citizen', id: 'rina', scope: 'issuer|rina' };
export const budi: CitizenActor = { kind: 'citizen', id: 'budi', scope: 'issuer|budi' };

/** When everything happens unless said otherwise. */
export const start = '2026-11-23T03:00:00Z';

export type Step = readonly [actor: Actor, action: string, input?: object, at?: string];
export const done: readonly Step[] = [
  [kominfo, 'assign', { unit: 'pupr' }],
  [officer, 'accept'],
  [officer, 'followUp', { outcome: 'fixed', text: 'Sudah ditambal.' }],
  [validator, 'approve'],
];

/** The tracking operations over real tables, with a clock that can be set. */
export const trackWorld = (tables: TestTables) => {
  const store = caseStore(tables.cases);
  let now = start;
  let cases = 0;
  let keys = 0;
  const run = operations({
    table: tables.cases,
    store,
    city: async () => city,
    keys: async () => testKeys,
    now: () => now,
    workflows: { complaint },
    noteOpened: openedMarks(tables.cases).note,
  });

  /** A stored case that went through these steps, its words with it. */
  const filed = async (steps: readonly Step[] = [], more: Partial<CaseRecord> = {}): Promise<CaseRecord> => {
    cases += 1;
    const code = trackingCode(Buffer.alloc(32), `case-${cases}`, 0);
    let record: CaseRecord = {
      ...filedCase(city, {}, { code }),
      pin: { version: 1, key: testKeys.current },
      ...more,
    };
    const text = 'Jalan berlubang di depan rumah Pak Budi.';
    await store.putText(code, {
      v: 1,
      ...record.filing,
      audience: 'reporter',
      body: text,
      place: { landmark: 'rumah Pak Budi' },
      at: start,
    });
    for (const [actor, action, input = {}, at = start] of steps) {
      const stepped = take(city, record, actor, action, { ...input }, at);
      if ('refuse' in stepped) throw new Error(`${action}: ${stepped.refuse}`);
      record = stepped.record;
    }
    await store.create(record);
    return record;
  };

  const call = <I, A>(actor: A, input: I, more: { key?: string; ifMatch?: number } = {}) => {
    keys += 1;
    return {
      actor,
      input: { query: undefined, body: undefined, ...input } as never,
      language: 'id' as const,
      idempotencyKey: more.key ?? `key-${String(keys).padStart(22, '0')}`,
      ifMatch: more.ifMatch ?? -1,
      address: '192.0.2.1',
      requestId: 'r',
    };
  };

  return {
    run,
    store,
    filed,
    call,
    at: (moment: string) => {
      now = moment;
    },
    pin: ({ code, pin }: CaseRecord) => pinOf(testKeys.now('pin'), code, pin.version),
    holder: ({ code, pin }: CaseRecord) => ({ code, pinVersion: pin.version }),
    act: (
      actor: CitizenActor,
      { code, seq }: CaseRecord,
      action: string,
      body: object = {},
      more: { key?: string; ifMatch?: number } = {},
    ) => run.actOnMine(call(actor, { params: { code, action }, body }, { ifMatch: seq, ...more })),
  };
};
