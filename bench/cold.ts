import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundling } from '../lib/bundle.ts';
import { createTables, startEngine } from '../test/engine.ts';
import { synth } from '../test/synth.ts';
import { tableDefinitions } from '../test/tables.ts';
import type { Figure } from './report.ts';

const root = join(import.meta.dirname, '..');
const runs = 15;
const warm = 300;

/** The official client and the same call, one read of one item: what nothing can be faster than. */
const bare = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => {
  await client.send(new GetItemCommand({ TableName: process.env.CASES_TABLE, Key: { pk: { S: 'SETTINGS' }, sk: { S: 'ACTIVE#profile' } } }));
  return { statusCode: 200 };
};
`;

/** Loads a bundle, calls it once, then often; prints milliseconds and CPU. */
const runner = `
const started = performance.now();
const { handler } = require(process.argv[2]);
const event = JSON.parse(process.argv[3]);
(async () => {
  const first = await handler(event, { awsRequestId: 'x', getRemainingTimeInMillis: () => 10000 });
  const cold = performance.now() - started;
  if (first.statusCode !== 200) { console.error(first); process.exit(1); }
  const cpu = process.cpuUsage();
  for (let i = 0; i < ${warm}; i += 1) await handler(event, { awsRequestId: 'x', getRemainingTimeInMillis: () => 10000 });
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ cold, cpu: (used.user + used.system) / 1000 / ${warm} }));
  process.exit(0);
})();
`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Init and first call, and CPU of warm calls, of the health function and of the bare one, in turn in one run. */
export const cold = async (): Promise<readonly Figure[]> => {
  const engine = await startEngine();
  try {
    const names = await createTables(engine.client, tableDefinitions(synth()));
    const dir = mkdtempSync(join(tmpdir(), 'lapau-cold-'));
    writeFileSync(join(dir, 'bare.ts'), bare);
    writeFileSync(join(dir, 'run.cjs'), runner);
    const build = (entry: string, out: string): string => {
      const outfile = join(dir, out);
      buildSync({
        ...bundling(root),
        nodePaths: [join(root, 'node_modules')],
        entryPoints: [entry],
        outfile,
      });
      return outfile;
    };
    const bundles = {
      bare: build(join(dir, 'bare.ts'), 'bare.cjs'),
      health: build(join(root, 'functions', 'health', 'handler.ts'), 'health.cjs'),
    };
    const event = JSON.stringify({
      routeKey: 'GET /v1/health',
      headers: {},
      requestContext: { requestId: 'bench', http: { sourceIp: '127.0.0.1' } },
    });
    const once = (file: string): { cold: number; cpu: number } => {
      const { stdout, stderr } = spawnSync(process.execPath, [join(dir, 'run.cjs'), file, event], {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          AWS_REGION: 'ap-southeast-3',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_ENDPOINT_URL_DYNAMODB: engine.url,
          CASES_TABLE: names.cases,
          CITY: 'x',
          STAGE: 'dev',
          LOG_LEVEL: 'SILENT',
        },
      });
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { cold: number; cpu: number };
    };
    const seen = { bare: [] as ReturnType<typeof once>[], health: [] as ReturnType<typeof once>[] };
    for (let i = 0; i < runs; i += 1) {
      seen.bare.push(once(bundles.bare));
      seen.health.push(once(bundles.health));
    }
    const ratio = (of: 'cold' | 'cpu'): number =>
      median(seen.health.map((r) => r[of])) / median(seen.bare.map((r) => r[of]));
    return [
      { what: 'bare handler: init and first call', value: median(seen.bare.map((r) => r.cold)), unit: 'ms' },
      { what: 'init and first call ÷ bare', value: ratio('cold'), unit: '×', max: 1.15 },
      { what: 'CPU of a warm request ÷ bare', value: ratio('cpu'), unit: '×', max: 1.35 },
    ];
  } finally {
    await engine.stop();
  }
};
