import { beforeAll, describe, expect, test } from 'vitest';
import { trackingCode } from '../../functions/kernel/code.ts';
import { runningCity } from './city.ts';
import type { Answered, Ask } from './client.ts';
import { good, membersOf, queue, read, receiptsOf, tryTo } from './desk.ts';
import { everywhere, identity, later, type Told, tellStories, watchers } from './stories.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
/** Well written, and nobody's. */
const nowhere = trackingCode(Buffer.alloc(32), 'nobody', 0);

let told: readonly Told[] = [];
let newLiaison = '';
beforeAll(async () => {
  const members = await membersOf(ask);
  newLiaison = members.find(({ slug }) => slug === 'penghubung-pupr')?.id ?? '';
  told = await tellStories(ask, members);
  await city().local.idle(60);
}, 120_000);

const named = (name: string): Told => {
  const found = told.find((story) => story.name === name);
  if (found === undefined) throw new Error(`no story "${name}"`);
  return found;
};
const namesOf = (codes: readonly string[]): readonly string[] =>
  codes.map((code) => told.find((story) => story.code === code)?.name ?? code).sort();
const expected = (as: string, where: (place: Told['in']) => boolean): readonly string[] =>
  told.flatMap(({ name, sees, in: place }) => (sees.includes(as) && where(place) ? [name] : [])).sort();

/** Everything of an answer by which one could tell it from another, its request's own id left out. */
const telling = ({ status, headers, body }: Answered) => {
  const { requestId: _, ...rest } = body;
  return { status, etag: headers.get('etag'), type: headers.get('content-type'), body: rest };
};

/** What can be asked of a case by its code. Nothing of it changes anything: no case is at this version. */
const asked = (code: string, as: string): readonly (() => Promise<Answered>)[] => [
  () => ask('GET', `/v1/desk/cases/${code}`, { as }),
  () => ask('GET', `/v1/desk/cases/${code}/receipts`, { as }),
  ...['note', 'assign'].map(
    (action) => () => tryTo(ask, as, code, action, { body: { text: 'ada' }, ifMatch: 999 }),
  ),
];
const answers = async (code: string, as: string) => {
  const all = [];
  for (const one of asked(code, as)) all.push(telling(await one()));
  return all;
};

describe.each(watchers)('%s', (as) => {
  test('knows the cases of the table and no other: those answer as what does not exist', async () => {
    const unknown = await answers(nowhere, as);
    expect(unknown.map(({ status, etag }) => [status, etag])).toEqual(unknown.map(() => [404, null]));
    const sees = await Promise.all(
      told.map(async ({ name, code, sees: mine, former = [] }) => {
        const [shown, receipts, ...actions] = await answers(code, as);
        const reads = mine.includes(as) || former.includes(as);
        if (!reads) expect([name, shown, receipts]).toEqual([name, unknown[0], unknown[1]]);
        else expect([name, shown?.status, receipts?.status]).toEqual([name, 200, 200]);
        // A former unit reads and no more.
        if (!mine.includes(as)) expect([name, ...actions]).toEqual([name, ...unknown.slice(2)]);
        else expect(actions.filter(({ status }) => status === 404)).toEqual([]);
        expect(JSON.stringify([shown, receipts])).not.toMatch(
          new RegExp(`${identity.name}|${identity.phone}`),
        );
        return shown?.status === 200 ? [name] : [];
      }),
    );
    expect(sees.flat()).toEqual(
      told.flatMap((t) => (t.sees.includes(as) || t.former?.includes(as) ? [t.name] : [])),
    );
  });

  test('finds in the queues what the table says, and refusals do not depend on what is there', async () => {
    const list = async (query: string) => namesOf(await queue(ask, as, query));
    const refusal = async (query: string) =>
      (await ask('GET', `/v1/desk/cases?${query}`, { as })).body['code'];
    const isWide = everywhere.includes(as);
    const me = (await good(ask('GET', '/v1/me', { as }))).body as {
      readonly role: string;
      readonly units: readonly { readonly id: string }[];
      readonly areas: readonly { readonly code: string }[];
    };
    const own = new Set(me.units.map(({ id }) => id));

    if (me.role === 'coordinator' || me.role === 'inspector')
      expect(await list('queue=triage&size=1')).toEqual(expected(as, (place) => place.triage === true));
    else expect(await refusal('queue=triage')).toBe('forbidden');

    expect(await list('queue=unit&size=2')).toEqual(
      expected(as, (place) => place.unit !== undefined && own.has(place.unit)),
    );
    for (const unit of ['pupr', 'perkim-lh', 'kesehatan', 'inspektorat', 'setda', 'nothing']) {
      const there = (u: string | undefined): boolean =>
        u === unit || (unit === 'kesehatan' && u === 'puskesmas-bukit-surungan');
      if (unit !== 'nothing' && (isWide || own.has(unit)))
        expect([unit, await list(`queue=unit&unit=${unit}`)]).toEqual([
          unit,
          expected(as, (place) => there(place.unit)),
        ]);
      else expect([unit, await refusal(`queue=unit&unit=${unit}`)]).toEqual([unit, 'unknownUnit']);
    }

    expect(await list('queue=mine')).toEqual(expected(as, (place) => place.mine === as));
    expect(await list('queue=validation')).toEqual(
      expected(as, (place) => place.validation?.includes(as) === true),
    );

    if (me.role === 'areaHead') {
      const governed = new Set(me.areas.map(({ code }) => code.slice(0, 13)));
      const governs = (area: string): boolean => governed.has(area) || governed.has(area.slice(0, 8));
      expect(await list('queue=area')).toEqual(expected(as, (place) => governs(place.area)));
    } else if (isWide)
      expect(await list('queue=area&area=13.74.01&size=3')).toEqual(
        expected(as, (place) => place.area.startsWith('13.74.01')),
      );
    else expect(await refusal('queue=area&area=13.74.01')).toBe('forbidden');
  });
});

describe('the numbers of the queues', () => {
  test.each(watchers)('%s counts as many cases as are found there', async (as) => {
    const { body } = await good(ask('GET', '/v1/desk/counts', { as }));
    const counts = body['counts'] as readonly { readonly queue: string; readonly open: number }[];
    expect(counts).not.toEqual([]);
    for (const { queue: name, open } of counts)
      expect([name, (await queue(ask, as, `queue=${name}`)).length]).toEqual([name, open]);
    // What may not be looked into is not counted either.
    const refused = await ask('GET', '/v1/desk/counts?queues=triage', { as });
    expect(refused.status).toBe(counts.some((one) => one.queue === 'triage') ? 200 : 403);
  });
});

describe('a former unit', () => {
  const back = () => named('returned and with another unit now');

  test.each([
    'penghubung-perkim-lh',
    'petugas-perkim-lh',
    'kepala-perkim-lh',
  ])('%s sees nothing that came after the hand-over', async (as) => {
    const { code } = back();
    const answer = await good(ask('GET', `/v1/desk/cases/${code}`, { as }));
    const shown = await read(ask, as, code);
    const handedOver = shown.timeline.at(-1);
    expect(handedOver?.type).toBe('returned');
    expect(answer.headers.get('etag')).toBe(`"${handedOver?.seq}"`);
    expect(answer.body).toMatchObject({
      seq: handedOver?.seq,
      until: handedOver?.seq,
      actions: [],
    });
    const receipts = await ask('GET', `/v1/desk/cases/${code}/receipts?size=100`, { as });
    const after = ['pupr', 'road-damage', '13.74.01.1002', later, newLiaison];
    for (const word of after) expect(`${answer.text} ${receipts.text}`).not.toContain(word);
    expect((await receiptsOf(ask, as, code)).filter(({ seq }) => seq > (handedOver?.seq ?? 0))).toEqual([]);
  });

  test('of which the new unit sees all', async () => {
    const shown = await read(ask, 'petugas-pupr', back().code);
    expect(shown.timeline.map(({ type }) => type)).toEqual([
      'filed',
      'assigned',
      'noted',
      'replied',
      'returned',
      'corrected',
      'assigned',
      'noted',
      'replied',
    ]);
  });
});

describe('people', () => {
  const people = async (as: string, unit: string) =>
    telling(await ask('GET', `/v1/desk/people?unit=${unit}`, { as }));

  test.each([
    ['koordinator', 'pupr'],
    ['penghubung-pupr', 'pupr'],
    ['kepala-kesehatan', 'puskesmas-bukit-surungan'],
    ['inspektur', 'inspektorat'],
  ])('%s finds those of %s, without addresses', async (as, unit) => {
    const { status, body } = await people(as, unit);
    expect(status).toBe(200);
    expect(body['people']).not.toEqual([]);
    expect(JSON.stringify(body)).not.toContain('@');
  });

  test.each([
    ['penghubung-pupr', 'kesehatan'],
    ['penghubung-perkim-lh', 'pupr'],
    ['kepala-pupr', 'inspektorat'],
    ['kepala-inspektorat', 'setda'],
  ])('%s is told of %s as of no unit', async (as, unit) => {
    expect(await people(as, unit)).toEqual(await people(as, 'nothing'));
  });
});

describe('figures', () => {
  interface Figures {
    readonly units: readonly { readonly unit: { readonly id: string }; readonly open: number }[];
    readonly triage: { readonly filed: number; readonly open: number } | null;
  }
  const six = { kesehatan: 2, pupr: 6 };
  const three = { kesehatan: 2, pupr: 3 };
  // A count tells as much as a list: open cases by unit, then what was filed and lies in triage.
  test.each<[string, Readonly<Record<string, number>>, readonly [number, number] | null]>([
    ['koordinator', six, [10, 2]],
    ['inspektur', { ...six, inspektorat: 3 }, [13, 2]],
    ['walikota', three, [6, 1]],
    ['sekda', { ...three, setda: 1 }, [7, 1]],
    ['kepala-pupr', { pupr: 6 }, null],
    ['penghubung-pupr', { pupr: 3 }, null],
    ['kepala-kesehatan', { kesehatan: 2 }, null],
    ['petugas-perkim-lh', {}, null],
    ['kepala-inspektorat', { inspektorat: 1 }, null],
    ['penghubung-kominfo', {}, null],
    ['lurah', {}, null],
  ])('%s counts what one may know, and no more', async (as, open, inTriage) => {
    const { body } = await good(ask('GET', '/v1/metrics/units', { as }));
    const { units, triage } = body as unknown as Figures;
    const counted = units.flatMap((row) => (row.open === 0 ? [] : [[row.unit.id, row.open] as const]));
    expect(Object.fromEntries(counted)).toEqual(open);
    expect(triage === null ? null : [triage.filed, triage.open]).toEqual(inTriage);
  });

  test('a validator sees single cases only, and no figures', async () => {
    expect((await ask('GET', '/v1/metrics/units', { as: 'validator' })).body['code']).toBe('forbidden');
  });
});
