import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { type Table, tableOf } from '../functions/kernel/table.ts';
import type { TableDefinitions } from './tables.ts';

export interface TestTables {
  readonly client: DynamoDBClient;
  readonly url: string;
  readonly cases: Table;
  readonly identities: Table;
  readonly names: { readonly cases: string; readonly identities: string };
  readonly stop: () => Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Creates both tables as the template declares them. */
export const createTables = async (
  client: DynamoDBClient,
  definitions: TableDefinitions,
  names = { cases: 'cases', identities: 'identities' },
) => {
  for (const which of ['cases', 'identities'] as const) {
    await client.send(
      new CreateTableCommand({ TableName: names[which], ...definitions[which] } as CreateTableCommandInput),
    );
  }
  return names;
};

/** The real engine in memory, on a port of its own, ready to answer. */
export const startEngine = async (): Promise<{
  client: DynamoDBClient;
  url: string;
  stop: () => Promise<void>;
}> => {
  const port = await freePort();
  const binary = join(import.meta.dirname, '..', 'node_modules', '@dynoxide', 'linux-x64', 'dynoxide');
  const engine = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    url,
    stop: async () => {
      client.destroy();
      engine.kill('SIGKILL');
      await ended;
    },
  };
};

/** Tables from the synthesized template on the real engine; call `stop` in `afterAll`. */
export const testTables = async (): Promise<TestTables> => {
  const { client, url, stop } = await startEngine();
  const names = await createTables(client, inject('tables'));
  return {
    client,
    url,
    stop,
    names,
    cases: tableOf(client, names.cases),
    identities: tableOf(client, names.identities),
  };
};
