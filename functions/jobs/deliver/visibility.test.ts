import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { readableUntil, visibleTo } from '../../cases/access.ts';
import type { StaffActor } from '../../cases/actor.ts';
import { subjectOf } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { workflows } from '../../workflows.ts';

let tables: TestTables;
let world: World;
let coordinator: StaffActor;
let inspector: StaffActor;
const people = new Map<string, StaffActor>();

beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
  const add = async (...args: Parameters<World['staff']>) => {
    const actor = await world.staff(...args);
    people.set(actor.id, actor);
    return actor;
  };
  coordinator = await add('coordinator', 'kominfo');
  inspector = await add('inspector', 'inspektorat');
  for (const unit of ['pupr', 'perkim', 'damkar', 'inspektorat', 'kominfo', 'setda'] as const)
    for (const role of ['liaison', 'officer', 'head'] as const) await add(role, unit);
  await add('validator', 'pemerintahan');
  await add('areaHead', 'ganting');
  await add('areaHead', 'timur');
  await add('executive', 'setda', { id: 'mayor', position: 'mayor' });
  await add('executive', 'setda', { id: 'sekda', position: 'sekda' });
});
afterAll(() => tables.stop());

/** Receipts of people who may not see the case as it stands (nor read up to that event as a former unit). */
const forbidden = async ({ code }: CaseRecord): Promise<readonly string[]> => {
  const record = await world.store.read(code);
  if (record === undefined) throw new Error('gone');
  const subject = subjectOf(record);
  return (await world.receipts(code)).flatMap(({ recipient, seq }) => {
    const actor = people.get(recipient);
    if (actor === undefined) return [`${recipient} is nobody`];
    const sees = visibleTo(subject, actor, world.city.substitutes);
    const until = readableUntil(subject, record.custody, actor) ?? 0;
    return sees || seq <= until ? [] : [`${recipient} of ${seq}`];
  });
};

const everything = { ...workflows };
for (const [kind, workflow] of Object.entries(workflows))
  everything[kind] = {
    ...workflow,
    // Whatever an action may name as its recipients one day: all of them, always.
    actions: Object.fromEntries(
      Object.entries(workflow.actions).map(([id, action]) => [
        id,
        { ...action, tells: ['unit', 'formerUnit', 'assignee', 'coordinators', 'validators'] },
      ]),
    ),
  };

const all = async (may?: () => boolean): Promise<void> => {
  await world.runRelay();
  const more = { workflows: everything, ...(may === undefined ? {} : { may }) };
  expect(await world.runDeliver(world.topic, more)).toBe(0);
};
const recipients = async ({ code }: CaseRecord) =>
  [...new Set((await world.receipts(code)).map((r) => r.recipient))].sort();

const histories: Readonly<Record<string, () => Promise<CaseRecord>>> = {
  'oversight from the start': () => world.file({ category: 'pungli' }),
  'about somebody with a substitute': () => world.file({ about: 'sekda' }),
  'about the coordinator’s office': () => world.file({ about: 'kominfo' }),
  'oversight found in a unit’s hands': async () => {
    const record = await world.file({ category: 'kebakaran' });
    return world.act(record, coordinator, 'mark', { oversight: true, text: 'rahasia' });
  },
  'confidential and assigned': async () => {
    const record = await world.file({ category: 'kekerasan' });
    return world.act(record, coordinator, 'assign', { unit: 'perkim' });
  },
  'confidential, with an assignee': async () => {
    const record = await world.file({ category: 'kekerasan' });
    const person = { id: 'officer-perkim', unit: 'perkim' };
    return world.act(record, coordinator, 'assign', { unit: 'perkim', person: person.id }, { person });
  },
  'marked confidential after it moved': async () => {
    const record = await world.file({ category: 'kebakaran' });
    const moved = await world.act(record, coordinator, 'assign', { unit: 'pupr' });
    return world.act(moved, coordinator, 'mark', { confidential: true, text: 'rahasia' });
  },
};

describe('nobody is told who may not see', () => {
  test.each(Object.entries(histories))('%s', async (_, history) => {
    const record = await history();
    await all();
    expect(await forbidden(record)).toEqual([]);
    expect((await recipients(record)).length).toBeGreaterThan(0);
  });

  test('the same check catches a twin that passes everybody', async () => {
    const record = await histories['marked confidential after it moved']?.();
    if (record === undefined) throw new Error('no history');
    await all(() => true);
    expect(await forbidden(record)).not.toEqual([]);
  });
});

test('those who alone handle a case are told: inspectors, the substitute, head and assignee', async () => {
  const who = async (name: string): Promise<readonly string[]> => {
    const record = await histories[name]?.();
    if (record === undefined) throw new Error(name);
    await all();
    return recipients(record);
  };
  expect(await who('oversight from the start')).toEqual(['inspector-inspektorat']);
  expect(await who('about somebody with a substitute')).toEqual(['mayor']);
  expect(await who('about the coordinator’s office')).toEqual(['head-inspektorat']);
  expect(await who('confidential and assigned')).toEqual(['head-perkim']);
  expect(await who('confidential, with an assignee')).toEqual(['head-perkim', 'officer-perkim']);
});

test('a case that turned secret before its older messages arrived tells its old unit nothing', async () => {
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  await world.act(record, coordinator, 'mark', { oversight: true, text: 'ternyata pungli' });
  await all();
  expect(await recipients(record)).toEqual([inspector.id]);
});

test('of a secret case the mail says neither unit nor deadline nor what happened', async () => {
  const record = await world.file({ category: 'pungli' });
  await all();
  const mail = world.mails.find(({ text }) => text.includes(record.code));
  expect(mail?.text).toMatch(/^Ada berkas yang perlu Anda buka\.\nBuka: /);
});
