import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root, startLocal } from './local.ts';
import { claim, writeNote } from './lock.ts';
import { casesTable, createBench, httpApi } from './testing.ts';

const bench = createBench();
afterAll(() => bench.remove());

const file = `const { DynamoDBClient, PutItemCommand } = sdk('@aws-sdk/client-dynamodb');
  globalThis.db ??= new DynamoDBClient({});
  const { id } = event.pathParameters;
  await globalThis.db.send(new PutItemCommand({ TableName: 'test-cases', Item: { pk: { S: id }, sk: { S: 'CASE' }, text: { S: 'x'.repeat(800) } } }));
  return { statusCode: 201, body: id };`;

const stack = bench.stack({
  ...casesTable,
  ...httpApi({ 'POST /file/{id}': { fn: 'Fn' } }),
  Fn: bench.fn('file', file),
});
const stateDir = join(bench.dir, 'state');

/** A whole runtime in a process of its own, so that it can be killed. */
const child = (): Promise<{ process: ChildProcess; url: string; engine: number }> => {
  const script = join(bench.dir, 'run.ts');
  writeFileSync(
    script,
    `import { startLocal } from ${JSON.stringify(join(root, 'local', 'local.ts'))};
     const local = await startLocal({
       stacks: [{ name: 'test-app', template: ${JSON.stringify(stack.template)}, assets: new Map(${JSON.stringify([...stack.assets])}) }],
       stateDir: ${JSON.stringify(stateDir)},
     });
     console.log(JSON.stringify({ url: local.url, engine: local.runtime.engine.pid }));`,
  );
  const process_ = spawn(process.execPath, ['--no-warnings', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    process_.stdout?.once('data', (line: Buffer) => {
      resolve({ process: process_, ...(JSON.parse(line.toString()) as { url: string; engine: number }) });
    });
  });
};

/** What has ended and was not fetched by its new parent yet still has a number, and no command line. */
const runs = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`).length > 0;
  } catch {
    return false;
  }
};

describe('kill -9', () => {
  it('of the runtime in a burst of writes loses none that was acknowledged, and leaves no engine behind', async () => {
    const first = await child();
    writeNote(stateDir, { pid: first.process.pid ?? 0, url: first.url, engine: first.engine });
    const acknowledged: string[] = [];
    let killed = false;
    const write = async (lane: number): Promise<void> => {
      for (let i = 0; !killed; i++) {
        const id = `${lane}-${i}`;
        try {
          const res = await fetch(`${first.url}/file/${id}`, { method: 'POST' });
          if (res.status === 201) acknowledged.push(id);
        } catch {
          return;
        }
        if (acknowledged.length >= 300 && !killed) {
          killed = true;
          first.process.kill('SIGKILL');
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, lane) => write(lane)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);

    await claim(stateDir);
    expect(runs(first.engine)).toBe(false);
    const again = await startLocal({ stacks: [stack], stateDir });
    try {
      const { Count } = (await again.runtime.engine.call('Scan', {
        TableName: 'test-cases',
        Select: 'COUNT',
      })) as { Count: number };
      expect(Count).toBeGreaterThanOrEqual(acknowledged.length);
      for (const id of acknowledged) {
        const { Item } = await again.runtime.engine.call('GetItem', {
          TableName: 'test-cases',
          Key: { pk: { S: id }, sk: { S: 'CASE' } },
        });
        expect(Item, id).toBeDefined();
      }
    } finally {
      await again.stop();
    }
  });

  it('of the engine itself loses none either', async () => {
    const at = await startLocal({ stacks: [stack], stateDir: join(bench.dir, 'engine') });
    const acknowledged: string[] = [];
    const key = (id: string) => ({ pk: { S: id }, sk: { S: 'CASE' } });
    const put = async (id: string): Promise<void> => {
      await at.runtime.engine.call('PutItem', {
        TableName: 'test-cases',
        Item: { ...key(id), x: { S: 'y'.repeat(500) } },
      });
      acknowledged.push(id);
      if (acknowledged.length === 200) process.kill(at.runtime.engine.pid ?? 0, 'SIGKILL');
    };
    const results = await Promise.allSettled(Array.from({ length: 600 }, (_, i) => put(String(i))));
    expect(results.some((r) => r.status === 'rejected')).toBe(true);
    await at.runtime.engine.ended;
    await at.stop();
    const again = await startLocal({ stacks: [stack], stateDir: join(bench.dir, 'engine') });
    try {
      for (const id of acknowledged) {
        const { Item } = await again.runtime.engine.call('GetItem', {
          TableName: 'test-cases',
          Key: key(id),
        });
        expect(Item, id).toBeDefined();
      }
    } finally {
      await again.stop();
    }
  });
});
