import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';

export const city = testCity();
export const kominfo = staffOf(city, 'coordinator', 'kominfo');
export const kominfo2 = staffOf(city, 'coordinator', 'kominfo', 'second-coordinator');
export const officer = staffOf(city, 'officer', 'pupr');
export const head = staffOf(city, 'head', 'pupr');
export const otherHead = staffOf(city, 'head', 'pupr', 'second-head');
export const perkim = staffOf(city, 'officer', 'perkim');
export const validators = ['first', 'second', 'third', 'fourth'].map((id) =>
  staffOf(city, 'validator', 'pemerintahan', id),
);
export const [validator, validator2, validator3] = validators as [Actor, Actor, Actor, Actor];
export const sekda = staffOf(city, 'executive', 'setda', 'sekda', 'sekda');
export const reporter = holderOf({ code: 'ABCDEFGHJ', pinVersion: 1 });
export const sweep: Actor = { kind: 'system', id: 'sweep' };

/** Monday, 10:00 in the city. */
export const monday = '2026-11-23T03:00:00Z';
export const close = { outcome: 'fixed', text: 'Sudah.' };
export const inProgress = (): CaseRecord =>
  taken(city, taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' }), officer, 'accept');
export const followedUp = (from = inProgress(), by: Actor = officer, who: Actor = validator): CaseRecord =>
  taken(city, taken(city, from, by, 'followUp', close), who, 'approve');
export const disputed = (from: CaseRecord, at = monday) =>
  taken(city, from, reporter, 'dispute', { text: 'Masih berlubang.' }, at);
