import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { bundling } from '../lib/bundle.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import type { Figure } from './report.ts';

const root = join(import.meta.dirname, '..');
const runs = 15;
const warm = 300;

/** The official client and the same calls at once, nothing else: what nothing can be faster than. */
const bareOf = (calls: readonly string[]): string => `
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
const TableName = process.env.CASES_TABLE;
export const handler = async () => {
  await Promise.all([${calls.map((call) => `client.send(${call})`).join(', ')}]);
  return { statusCode: 200 };
};
`;
const get = `new GetItemCommand({ TableName, Key: { pk: { S: 'SETTINGS' }, sk: { S: 'ACTIVE#profile' } } })`;
const query = `new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'SETTINGS' } } })`;

const context = { requestId: 'bench', http: { sourceIp: '127.0.0.1' } };
/** Reads one item, and is the smallest function. */
const health = { routeKey: 'GET /v1/health', headers: {}, requestContext: context };
/** The largest function, refused after it read who calls and, at once, whether the city has its settings. */
const desk = {
  routeKey: 'GET /v1/desk/cases',
  headers: {},
  requestContext: { ...context, authorizer: { jwt: { claims: { iss: 'https://bench', sub: 'nobody' } } } },
};

/** Loads a bundle, calls it once, then often; prints milliseconds and CPU. */
const runner = `
const started = performance.now();
const { handler } = require(process.argv[2]);
const event = JSON.parse(process.argv[3]);
(async () => {
  const first = await handler(event, { awsRequestId: 'x', getRemainingTimeInMillis: () => 10000 });
  const cold = performance.now() - started;
  if (first.statusCode !== Number(process.argv[4])) { console.error(first); process.exit(1); }
  const cpu = process.cpuUsage();
  for (let i = 0; i < ${warm}; i += 1) await handler(event, { awsRequestId: 'x', getRemainingTimeInMillis: () => 10000 });
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ cold, cpu: (used.user + used.system) / 1000 / ${warm} }));
  process.exit(0);
})();
`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Init and first call of the smallest and the largest function and of bare ones, in turn in one run; CPU of warm calls. */
export const cold = async (): Promise<readonly Figure[]> => {
  const engine = await startEngine();
  try {
    const names = await createTables(engine.client, tableDefinitions(synth()));
    const dir = mkdtempSync(join(tmpdir(), 'lapau-cold-'));
    writeFileSync(join(dir, 'run.cjs'), runner);
    const build = (name: string, entry: string, more: Pick<BuildOptions, 'alias'> = {}): string => {
      const outfile = join(dir, `${name}.cjs`);
      buildSync({
        ...bundling(root),
        ...more,
        nodePaths: [join(root, 'node_modules')],
        entryPoints: [entry],
        outfile,
        logLevel: 'error',
      });
      return outfile;
    };
    const bare = (name: string, calls: readonly string[]): string => {
      writeFileSync(join(dir, `${name}.ts`), bareOf(calls));
      // The official client as it is: without our stand-ins for what nobody would run.
      return build(name, join(dir, `${name}.ts`), { alias: {} });
    };
    const ours = (name: string): string => build(name, join(root, 'functions', name, 'handler.ts'));
    const subjects = {
      bare: { file: bare('bare', [get]), event: health, status: 200 },
      health: { file: ours('health'), event: health, status: 200 },
      bareDesk: { file: bare('bare-desk', [get, query]), event: desk, status: 200 },
      desk: { file: ours('desk'), event: desk, status: 503 },
    } as const;
    type Subject = keyof typeof subjects;
    const once = (subject: Subject): { cold: number; cpu: number } => {
      const { file, event, status } = subjects[subject];
      const given = [join(dir, 'run.cjs'), file, JSON.stringify(event), String(status)];
      const { stdout, stderr } = spawnSync(process.execPath, given, {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          AWS_REGION: 'ap-southeast-3',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_ENDPOINT_URL_DYNAMODB: engine.url,
          CASES_TABLE: names.cases,
          SECRET_ID: 'x',
          CITY: 'x',
          STAGE: 'dev',
          LOG_LEVEL: 'SILENT',
        },
      });
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { cold: number; cpu: number };
    };
    const seen: Record<Subject, ReturnType<typeof once>[]> = { bare: [], health: [], bareDesk: [], desk: [] };
    for (let i = 0; i < runs; i += 1)
      for (const subject of Object.keys(seen) as Subject[]) seen[subject].push(once(subject));
    const of = (subject: Subject, what: 'cold' | 'cpu'): number => median(seen[subject].map((r) => r[what]));
    const ratio = (subject: Subject, bare: Subject, what: 'cold' | 'cpu'): number =>
      of(subject, what) / of(bare, what);
    return [
      { what: 'bare handler: init and first call', value: of('bare', 'cold'), unit: 'ms' },
      {
        what: 'smallest: init, first call ÷ bare',
        value: ratio('health', 'bare', 'cold'),
        unit: '×',
        max: 1.15,
      },
      {
        what: 'largest: init, first call ÷ bare',
        value: ratio('desk', 'bareDesk', 'cold'),
        unit: '×',
        max: 1.4,
      },
      {
        what: 'smallest: CPU of a warm request ÷ bare',
        value: ratio('health', 'bare', 'cpu'),
        unit: '×',
        max: 1.35,
      },
      {
        what: 'largest: CPU of a warm request ÷ bare',
        value: ratio('desk', 'bareDesk', 'cpu'),
        unit: '×',
        max: 1.35,
      },
    ];
  } finally {
    await engine.stop();
  }
};
