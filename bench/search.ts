import { join } from 'node:path';
import { loadPack } from '../cities/load.ts';
import { caseKey, textKey } from '../functions/cases/keys.ts';
import type { CaseRecord } from '../functions/cases/model.ts';
import { caseItem, caseStore } from '../functions/cases/store.ts';
import { keysFrom } from '../functions/kernel/keys.ts';
import type { Item } from '../functions/kernel/table.ts';
import { tableOf } from '../functions/kernel/table.ts';
import { fromSeconds } from '../functions/kernel/time.ts';
import { staffActorOf } from '../functions/people/actors.ts';
import { indexer } from '../functions/postings/indexer.ts';
import { listsOf, termsVersion } from '../functions/postings/scopes.ts';
import { postingKey, postingStore, termsItem } from '../functions/postings/store.ts';
import { lexiconOf } from '../functions/postings/terms.ts';
import { operations } from '../functions/search/operations.ts';
import { filedCase } from '../test/cases.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import { meter } from './meter.ts';
import { engineWith } from './prepared.ts';
import type { Figure } from './report.ts';
import { withoutStreams } from './tables.ts';

const text =
  'Jalan di depan pasar berlubang besar sejak dua minggu, sudah ada motor jatuh malam hari. Mohon segera ditambal sebelum hujan.';
const keys = keysFrom('{"current":"k1","k1":"bench"}');
const start = Math.floor(Date.parse('2024-01-01T00:00:00Z') / 1000);

/**
 * Words of case `n`: one in every case, one in four of seven, two in a third each and never together, one in twenty
 * cases of the whole city. Words that no search below asks for have no list here: nothing would read them.
 */
const wordsOf = (n: number, cases: number): string =>
  [
    'jalan',
    ...(n % 7 < 4 ? ['lampu'] : []),
    ...(n % 3 === 0 ? ['banjir'] : n % 3 === 1 ? ['asap'] : []),
    ...(n % Math.floor(cases / 20) === 5 ? ['trafo'] : []),
  ].join(' ');

/** A city that has been searched for years: how many units a search reads there. */
const readUnits = async (cases: number): Promise<readonly Figure[]> => {
  const city = loadPack(join(import.meta.dirname, '..', 'cities', 'padang-panjang'));
  const areas = city.areas.filter((a) => a.kind !== 'kecamatan');
  const roots = city.units.filter((u) => u.parent === undefined).map((u) => u.id);
  const base = filedCase(city, { category: 'road-damage', place: {} });
  const itemsOf = (n: number): readonly Item[] => {
    const unit = roots[n % roots.length] ?? 'pupr';
    const filedAt = fromSeconds(start + n * 600);
    const area = areas[n % areas.length]?.code ?? null;
    const record: CaseRecord = { ...base, code: `B${n}`, unit, root: unit, area, filedAt };
    const body = {
      v: 1 as const,
      id: 'filed',
      fingerprint: 'f',
      audience: 'reporter' as const,
      at: filedAt,
    };
    const all = listsOf(record, [{ ...body, body: wordsOf(n, cases) }], { ...city, areas: [] });
    const terms = { v: termsVersion, lexicon: lexiconOf(city).id, seq: 1, rev: 1, at: filedAt, lists: all };
    const lists = Object.entries(all).flatMap(([scope, list]) => list.map((term) => ({ scope, term })));
    return [
      // Without its rows: no list is read here, and the engine is slow to fill.
      { ...caseKey(record.code), ...record },
      termsItem(record.code, terms),
      ...lists.map((posting) => ({ ...postingKey(posting, filedAt, record.code) })),
    ];
  };
  const engine = await engineWith(itemsOf, cases);
  try {
    const table = tableOf(engine.client, engine.names.cases);
    const postings = postingStore(table);
    const measure = meter(engine.client);
    const { searchCases } = operations({
      cases: caseStore(table),
      postings,
      city: async () => city,
      keys: async () => keys,
    });
    const person = (role: 'coordinator' | 'officer' | 'areaHead', unit: string) =>
      staffActorOf({ id: `${role}-1`, name: role, role, unit }, city);
    const governing = city.units.find((u) => u.area === areas[3]?.code)?.id ?? '';
    const search = async (what: string, actor: ReturnType<typeof person>, q: string, max: number) => {
      const { readUnits: value, result } = await measure(() =>
        searchCases({
          actor,
          language: 'id',
          ...{ address: '', requestId: '', idempotencyKey: '', ifMatch: -1 },
          input: { params: undefined, body: undefined, query: { q, size: 25 } },
        }),
      );
      const { cases: hits, narrow } = result.body;
      return { what: `${what}: ${hits.length} hits${narrow ? ', narrow' : ''}`, value, unit: 'RU', max };
    };
    const coordinator = person('coordinator', 'kominfo');
    return [
      await search('a word of every report', coordinator, 'jalan', 16),
      await search('two common words', coordinator, 'jalan lampu', 45),
      await search('a common and a rare word', coordinator, 'jalan trafo', 32),
      await search('a rare word', coordinator, 'trafo', 16),
      await search('a word of no report', coordinator, 'jalan helikopter', 2),
      await search('two common words, in a unit', person('officer', 'pupr'), 'jalan lampu', 45),
      await search('a word of every report, in an area', person('areaHead', governing), 'jalan', 45),
      await search('two words that never meet', coordinator, 'banjir asap', 520),
    ];
  } finally {
    await engine.stop();
  }
};

/** What a case costs the index, from filing to a reply. */
const writeUnits = async (): Promise<readonly Figure[]> => {
  const city = loadPack(join(import.meta.dirname, '..', 'cities', 'padang-panjang'));
  const engine = await startEngine();
  try {
    const names = await createTables(engine.client, withoutStreams(tableDefinitions(synth())));
    const table = tableOf(engine.client, names.cases);
    const measure = meter(engine.client);
    const index = indexer({ store: postingStore(table), cases: caseStore(table), city: async () => city });
    const area = city.areas.find((a) => a.kind !== 'kecamatan')?.code ?? null;
    let record: CaseRecord = { ...filedCase(city, { category: 'road-damage', place: {} }), area };
    const after = async (what: string, more: Partial<CaseRecord>, body: string | undefined, max: number) => {
      const seq = record.seq + 1;
      const id = `t${seq}`;
      const last = record.events.at(-1);
      const texts = body === undefined ? [] : [{ id, audience: 'reporter' as const }];
      const events = last === undefined ? [] : [...record.events, { ...last, seq, texts }];
      record = { ...record, ...more, seq, events };
      if (body !== undefined)
        await table.put({
          ...textKey(record.code, id),
          ...{ v: 1, id, fingerprint: 'f', audience: 'reporter', body, at: record.filedAt },
        });
      await table.put(caseItem(record));
      const { writeUnits: value } = await measure(() => index(record.code));
      return { what, value, unit: 'WU', max };
    };
    return [
      await after('filed, 122 letters, in triage', {}, text, 50),
      await after('assigned to a unit', { unit: 'pupr', root: 'pupr' }, undefined, 45),
      await after('an event without words', {}, undefined, 1),
      await after('a reply of seven words', {}, 'Kami tambal hari Rabu dengan aspal panas.', 24),
      await after('moved to another unit', { unit: 'perhubungan', root: 'perhubungan' }, undefined, 100),
      await after('marked confidential', { flags: { ...record.flags, confidential: true } }, undefined, 150),
    ];
  } finally {
    await engine.stop();
  }
};

const named = (cases: number, figures: readonly Figure[]): readonly Figure[] =>
  figures.map((figure) => ({ ...figure, what: `${cases} cases, ${figure.what}` }));

/** Read units of a search in a city of so many cases. */
export const searchIn = async (cases: number): Promise<readonly Figure[]> =>
  named(cases, await readUnits(cases));

/** Write units of a case in the index, and read units of a search in a small and in an old city. */
export const search = async (): Promise<readonly Figure[]> => [
  ...(await writeUnits()),
  ...(await searchIn(1_000)),
  ...(await searchIn(100_000)),
];
