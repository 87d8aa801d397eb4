import { staffOf, testCity } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import { type Stepped, step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { newCase } from '../../cases/opening.ts';
import type { City, ClockName, ClockRule } from '../../city/schema.ts';
import { informationRequest } from '../workflow.ts';

const rule = (clock: ClockName, amount: number): ClockRule => ({
  id: `information-${clock}`,
  clock,
  when: { kinds: ['informationRequest'] },
  amount,
  in: 'workingDays',
  calendar: 'city',
  pausable: false,
  legal: { reference: 'UU 14/2008', validFrom: '2010-04-30', certainty: 'secondary' },
});

/** The test town with the limits of law 14/2008, before its own. */
export const informedCity = (): City => {
  const city = testCity();
  return {
    ...city,
    clocks: [
      rule('promise', 10),
      rule('extension', 7),
      rule('contest', 30),
      rule('objection', 30),
      rule('dispute', 14),
      ...city.clocks,
    ],
  };
};

export const city = informedCity();
export const code = 'ABCDEFGHJ';
export const utama = staffOf(city, 'head', 'kominfo', 'utama', 'ppidUtama');
export const secretariat = staffOf(city, 'coordinator', 'kominfo');
export const pelaksana = staffOf(city, 'liaison', 'pupr', 'pelaksana', 'ppidPelaksana');
export const sekda = staffOf(city, 'executive', 'setda', 'sekda', 'sekda');
export const requester = holderOf({ code, pinVersion: 1 });
export const sweep: Actor = { kind: 'system', id: 'sweep' };

/** Monday, 09:00 in the city. */
export const filedAt = '2026-11-23T02:00:00Z';

export const filed = (data: CaseRecord['data'] = { identity: true }, at = filedAt, of = city): CaseRecord =>
  newCase({
    kind: informationRequest,
    city: of,
    actor: { kind: 'citizen', id: 'rina', scope: 'rina' },
    code,
    command: { id: 'file', fingerprint: 'f' },
    pinKey: 'k1',
    reporter: 'rina',
    identified: true,
    origin: 'app',
    filedAt: at,
    now: at,
    excerpt: 'Anggaran jalan',
    category: null,
    unit: 'kominfo',
    data: { wants: { form: 'soft', way: 'copy' }, ...data },
    worded: true,
  });

let commands = 0;
/** One engine step with a fresh command. */
export const take = (
  record: CaseRecord,
  actor: Actor,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  now = '2026-11-24T03:00:00Z',
  of = city,
): Stepped => {
  commands += 1;
  // As long as the real ones, which are keyed hashes.
  const id = `c${commands}`.padEnd(22, '-');
  return step(
    informationRequest,
    of,
    record,
    { id, fingerprint: id, action, input, textId: id },
    actor,
    now,
    {
      pinKey: 'k1',
    },
  );
};

/** As `take`, when the step must succeed. */
export const taken = (...args: Parameters<typeof take>): CaseRecord => {
  const stepped = take(...args);
  if ('refuse' in stepped) throw new Error(`${args[2]} refused: ${stepped.refuse}`);
  return stepped.record;
};

export const words = { text: 'Sepuluh huruf lebih.' };
export const exempt = { ...words, letters: ['b', 'h'], test: 'UK-03/2026' };
