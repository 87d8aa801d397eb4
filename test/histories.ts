import * as fc from 'fast-check';
import * as z from 'zod/mini';
import type { Actor } from '../functions/cases/actor.ts';
import { allowedActions, step } from '../functions/cases/engine.ts';
import type { CaseRecord } from '../functions/cases/model.ts';
import type { City } from '../functions/city/schema.ts';
import type { Filing } from '../functions/complaints/filing.ts';
import { complaint } from '../functions/complaints/workflow.ts';
import { fromSeconds, toSeconds } from '../functions/kernel/time.ts';
import { filedAt, filedCase } from './cases.ts';
import { staffOf } from './city.ts';

/** One command: who and what among all that is allowed then, how long after the last, and how late it is recorded. */
export interface Choice {
  readonly pick: number;
  readonly minutes: number;
  readonly lateMinutes: number;
}
export interface Plan {
  readonly filing: number;
  readonly afterMinutes: number;
  readonly choices: readonly Choice[];
}

const filings: readonly Partial<Filing>[] = [
  { category: 'jalan' },
  { category: 'sampah' },
  { category: 'kebakaran' },
  { category: 'kekerasan' },
  { category: 'pungli' },
  { category: 'jalan', confidential: true },
  { category: 'sampah', about: 'kominfo' },
  { category: undefined },
];

/** Months, nights, weekends and a holiday lie within these. */
export const plans = (cases: number, commands: number): fc.Arbitrary<readonly Plan[]> =>
  fc.array(
    fc.record({
      filing: fc.nat(filings.length - 1),
      afterMinutes: fc.nat(50_000),
      choices: fc.array(fc.record({ pick: fc.nat(9999), minutes: fc.nat(6000), lateMinutes: fc.nat(3000) }), {
        maxLength: commands,
      }),
    }),
    { minLength: 1, maxLength: cases },
  );

const people = (city: City): readonly Actor[] => [
  staffOf(city, 'coordinator', 'kominfo'),
  staffOf(city, 'liaison', 'pupr'),
  staffOf(city, 'head', 'perkim'),
  staffOf(city, 'officer', 'damkar'),
  staffOf(city, 'validator', 'pemerintahan'),
  staffOf(city, 'inspector', 'inspektorat', 'inspector-1'),
  staffOf(city, 'inspector', 'inspektorat', 'inspector-2'),
  staffOf(city, 'head', 'inspektorat'),
];

const units = ['pupr', 'pupr-jalan', 'perkim', 'damkar', 'inspektorat'];
const reasons = ['notOurs', 'incomplete'];

const inputOf = (action: string, n: number): Readonly<Record<string, unknown>> => {
  switch (action) {
    case 'assign':
      return { unit: units[n % units.length] };
    case 'reply':
      return n % 3 === 0 ? { text: 'Baik.' } : { text: 'Kami perbaiki besok.', by: '2026-12-31' };
    case 'correct':
      return { category: n % 2 === 0 ? 'sampah' : 'pungli' };
    case 'mark':
      return n % 4 === 0
        ? { oversight: true, text: 'Catatan.' }
        : { confidential: n % 2 === 0, text: 'Catatan.' };
    case 'followUp':
      return { outcome: 'fixed', text: 'Selesai.' };
    case 'return':
      return { reason: reasons[n % 2], text: 'Catatan.' };
    case 'forward':
      return { body: 'pln', text: 'Catatan.' };
    case 'archive':
      return { reason: 'repeated', text: 'Catatan.' };
    case 'ask':
      return { text: 'Di mana?', days: 1 + (n % 5) };
    case 'plan':
      return { date: '2027-03-31', source: 'rkpd', year: 2027, text: 'Diusulkan.' };
    case 'decideObjection':
      return { decision: n % 2 === 0 ? 'upheld' : 'overturned', text: 'Catatan.' };
    default:
      return { text: 'Catatan.' };
  }
};

const accepted = (action: string) => (input: object) =>
  z.safeParse(complaint.actions[action]?.input ?? z.never(), input).success;

/** What the stream carries of one case: its snapshot after filing and after each command, by the real engine. */
export const snapshotsOf = (city: City, plan: Plan, code: string): readonly CaseRecord[] => {
  let at = toSeconds(filedAt) + plan.afterMinutes * 60;
  let record = filedCase(city, filings[plan.filing] ?? {}, { code, at: fromSeconds(at) });
  const snapshots = [record];
  const staff = people(city);
  for (const { pick, minutes, lateMinutes } of plan.choices) {
    at += minutes * 60 + (pick % 60);
    const can = new Map<string, Actor>();
    for (const actor of staff) {
      for (const action of allowedActions(complaint, actor, record, city)) can.set(action, actor);
    }
    const chosen = [...can][pick % can.size];
    if (chosen === undefined) break;
    const [action, actor] = chosen;
    const input = [inputOf(action, Math.floor(pick / can.size)), {}].find(accepted(action));
    // What the gateway would refuse never reaches the engine.
    if (input === undefined) continue;
    const id = `${code}-${record.seq}`;
    const stepped = step(
      complaint,
      city,
      record,
      {
        id,
        fingerprint: id,
        action,
        input,
        on: fromSeconds(at - lateMinutes * 60),
      },
      actor,
      fromSeconds(at),
    );
    if ('refuse' in stepped) continue;
    record = stepped.record;
    snapshots.push(record);
  }
  return snapshots;
};

export const lastOf = <T>(of: readonly T[]): T => {
  const last = of.at(-1);
  if (last === undefined) throw new Error('nothing there');
  return last;
};
