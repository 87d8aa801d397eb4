import { staffOf } from '../../../test/city.ts';
import { fileStates } from '../../attachments/naming.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import { type Stepped, step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { newCase } from '../../cases/opening.ts';
import type { City } from '../../city/schema.ts';
import { dataOf, type Facts, type Part } from '../model.ts';
import { written } from '../pairs.ts';
import { papersOf, rejectedOf } from '../papers.ts';
import { application } from '../workflow.ts';
import { serviceCity } from './city.ts';

export const city = serviceCity();
export const people: Readonly<Record<string, Actor>> = {
  coordinator: staffOf(city, 'coordinator', 'kominfo'),
  officer: staffOf(city, 'officer', 'perkim'),
  liaison: staffOf(city, 'liaison', 'perkim'),
  head: staffOf(city, 'head', 'perkim'),
  head2: staffOf(city, 'head', 'perkim', 'second-head'),
  visitor: staffOf(city, 'officer', 'pupr'),
  lurah: staffOf(city, 'areaHead', 'ganting'),
  validator: staffOf(city, 'validator', 'pemerintahan'),
  inspector: staffOf(city, 'inspector', 'inspektorat'),
  sekda: staffOf(city, 'executive', 'setda', 'sekda', 'sekda'),
  mayor: staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
  holder: holderOf({ code: 'ABCDEFGHJ', pinVersion: 1 }),
  account: { kind: 'citizen', id: 'rina', scope: 'rina' },
  otherCitizen: { kind: 'citizen', id: 'budi', scope: 'budi' },
  oldHolder: holderOf({ code: 'ABCDEFGHJ', pinVersion: 2 }),
  nobody: { kind: 'anonymous', id: 'anonymous' },
};
export const system: Actor = { kind: 'system', id: 'sweep' };

/** Monday, 09:00 and 10:00 in the city. */
export const filedAt = '2026-11-23T02:00:00Z';
export const monday = '2026-11-23T03:00:00Z';

const fileOf = (part: Part): string => `file-of-${part.replace('/', '')}`.padEnd(22, '-');

/** A new application with these papers, each not yet inspected. */
export const filed = (
  service = 'akta',
  parts: readonly Part[] = ['kk', '/photo'],
  of: City = city,
): CaseRecord => {
  const offer = of.services.find(({ code }) => code === service);
  if (offer === undefined) throw new Error(service);
  const papers = new Map(parts.map((part) => [part, fileOf(part)]));
  return newCase({
    kind: application,
    city: of,
    actor: { kind: 'citizen', id: 'rina', scope: 'rina' },
    code: 'ABCDEFGHJ',
    command: { id: 'filing'.padEnd(22, '-'), fingerprint: 'f' },
    pinKey: 'k1',
    reporter: 'rina',
    identified: false,
    origin: 'app',
    filedAt,
    now: filedAt,
    excerpt: offer.name.id,
    category: service,
    unit: offer.unit,
    data: { catalogue: 1, standards: 1, applicant: 'person', answers: 'answers'.padEnd(22, '-') },
    worded: false,
    files: [...papers.values()],
    facts: { service, papers: written(papers) },
  });
};

/** As an operation looks them up. */
export const factsOf = (record: CaseRecord, now: string, of: City = city): Facts => {
  const service = of.services.find(({ code }) => code === record.category);
  const standard = of.standards?.find((one) => one.service === record.category);
  if (service === undefined || standard === undefined) throw new Error('no such service');
  const specOf = (id: string) => standard.documents.find((one) => one.id === id);
  return {
    service,
    papers: papersOf(record.events, specOf, now),
    rejected: rejectedOf(record.events, dataOf(record).verdict),
  };
};

let commands = 0;
export const take = (
  record: CaseRecord,
  actor: Actor,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  now = monday,
  of: City = city,
): Stepped => {
  commands += 1;
  const id = `c${commands}`.padEnd(22, '-');
  const command = { id, fingerprint: id, action, input, ...('text' in input ? { textId: id } : {}) };
  return step(application, of, record, command, actor, now, { own: factsOf(record, now, of), pinKey: 'k1' });
};

/** As `take`, when the step must succeed. */
export const taken = (
  record: CaseRecord,
  who: string,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  now = monday,
): CaseRecord => {
  const stepped = take(record, people[who] ?? system, action, input, now);
  if ('refuse' in stepped) throw new Error(`${action}: ${stepped.refuse} ${stepped.field ?? ''}`);
  return stepped.record;
};

/** What the inspection found of every file that waits for it. */
export const inspected = (record: CaseRecord, found = 'photo'): CaseRecord =>
  [...fileStates(record.events, monday)]
    .filter(([, { state }]) => state === 'pending')
    .reduce(
      (sum, [file]) => taken(sum, 'system', found === 'photo' ? 'acceptFile' : 'refuseFile', { file, found }),
      record,
    );

export const good = { documents: { kk: 'accepted' } };
export const bad = {
  documents: { kk: 'unreadable' },
  answers: { '/nik': 'wrongAnswer' },
  pointers: ['/nik'],
};

/** Everything that a rejected application of these papers hands in again. */
export const given = (
  parts: readonly Part[],
  changed: readonly Part[] = [],
  fresh: readonly Part[] = [],
) => ({
  given: {
    papers: new Map(parts.map((part) => [part, `again-${part.replace('/', '')}`.padEnd(22, '-')])),
    changed,
    answers: 'newer-answers'.padEnd(22, '-'),
    fresh: new Set(fresh),
    needless: new Set<Part>(),
  },
  files: parts.map((part) => `again-${part.replace('/', '')}`.padEnd(22, '-')),
});

export const submitted = inspected(filed());
export const checking = taken(submitted, 'officer', 'begin');
export const correction = taken(checking, 'officer', 'askCorrection', bad);
export const processing = taken(checking, 'officer', 'complete', good);
export const elsewhere = taken(processing, 'officer', 'completeStep', { step: 'verify' });
export const lastStep = taken(elsewhere, 'visitor', 'completeStep', { step: 'visit' });
export const validation = taken(lastStep, 'officer', 'completeStep', { step: 'print' });
export const awaitingSignature = taken(validation, 'validator', 'approve');
export const issued = taken(awaitingSignature, 'officer', 'issue', { product: 'PERKIM-2026-ABC' });
export const refused = taken(processing, 'head', 'refuse', { ground: 'no-proof', text: 'Tidak ada bukti.' });
export const withdrawn = taken(checking, 'account', 'withdraw');
export const objected = taken(refused, 'account', 'object', { text: 'Ada buktinya.' });
