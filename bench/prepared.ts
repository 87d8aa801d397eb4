import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { loadPack } from '../cities/load.ts';
import { caseItem } from '../functions/cases/store.ts';
import type { City } from '../functions/city/schema.ts';
import type { Item } from '../functions/kernel/table.ts';
import { startEngine } from '../local/services/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import { record } from './cases.ts';
import { withoutStreams } from './tables.ts';
import type { Filled } from './units.ts';

const root = join(import.meta.dirname, '..');
/** Cases of one file of the export: some 150 MB of text. */
const perFile = 50_000;

/** What lies in the table of case number `n`. */
export type ItemsOf = (n: number) => readonly Item[];

/** The engine's own description of a table, as its import wants it. */
const described = async (name: string, definition: object): Promise<object> => {
  const engine = await startEngine(root, undefined);
  try {
    await engine.call('CreateTable', { ...definition, TableName: name });
    return await engine.call('DescribeTable', { TableName: name });
  } finally {
    await engine.stop();
  }
};

/** Writes the cases as DynamoDB exports a table: lines of JSON, compressed. */
const exported = (itemsOf: ItemsOf, cases: number, dir: string): void => {
  mkdirSync(dir, { recursive: true });
  for (let n = 0; n < cases; n += perFile) {
    let lines = '';
    for (let i = n; i < Math.min(cases, n + perFile); i += 1)
      for (const item of itemsOf(i))
        lines += `${JSON.stringify({ Item: marshall(item, { removeUndefinedValues: true }) })}\n`;
    writeFileSync(join(dir, `${n / perFile}.json.gz`), gzipSync(lines, { level: 1 }));
  }
};

const imported = (source: string, schema: string, output: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const binary = join(root, 'node_modules', '@dynoxide', 'linux-x64', 'dynoxide');
    const args = ['import', '--source', source, '--schema', schema, '--output', output];
    const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`import ended with ${code}`))));
  });

/**
 * Makes a database file with so many cases by the engine's import of exports: a third of the CPU of writing them
 * through the engine, and no stream record for each (docs/adr/0075).
 */
export const prepare = async (
  itemsOf: ItemsOf,
  cases: number,
  { name, definition, file }: { readonly name: string; readonly definition: object; readonly file: string },
): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'lapau-export-'));
  try {
    const schema = join(dir, 'schema.json');
    writeFileSync(schema, JSON.stringify([await described(name, definition)]));
    exported(itemsOf, cases, join(dir, 'tables', name, 'data'));
    await imported(join(dir, 'tables'), schema, file);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Nothing is due: a city whose sweep has caught up. */
const caught = (city: City) => (n: number) => [caseItem({ ...record(city, n), wakeAt: null })];

/** So many cases in an engine on a file of its own. */
export const preparedEngine = (city: City, cases: number): Promise<Filled> => engineWith(caught(city), cases);

/** The same with items of one's own. */
export const engineWith = async (itemsOf: ItemsOf, cases: number): Promise<Filled> => {
  const dir = mkdtempSync(join(tmpdir(), 'lapau-units-'));
  const names = { cases: 'cases' };
  const file = join(dir, 'dynamodb.db');
  await prepare(itemsOf, cases, {
    name: names.cases,
    definition: withoutStreams(tableDefinitions(synth())).cases,
    file,
  });
  const engine = await startEngine(root, file);
  const client = new DynamoDBClient({
    endpoint: engine.url,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    names,
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** Puts so many cases into the state of a city that was never started; its first start adds the rest. */
export const prepareCity = (cases: number) => (stateDir: string) =>
  prepare(caught(loadPack(join(root, 'cities', 'padang-panjang'))), cases, {
    name: 'lapau-padang-panjang-dev-cases',
    definition: tableDefinitions(synth()).cases,
    file: join(stateDir, 'dynamodb.db'),
  });
