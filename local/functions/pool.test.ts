import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import { createBench } from '../testing.ts';

const bench = createBench();
let local: Local;
/** What functions wrote, by the end of their names. */
const lines: string[] = [];

const slow = `globalThis.n = (globalThis.n ?? 0) + 1; await new Promise((r) => setTimeout(r, 150)); return globalThis.n;`;

beforeAll(async () => {
  local = await startLocal({
    instances: 2,
    log: (source, line) => lines.push(`${source.slice(source.lastIndexOf('-') + 1)}: ${line}`),
    stacks: [
      bench.stack({
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            TableName: 'test-table',
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          },
        },
        Slow: bench.fn('slow', slow),
        One: bench.fn('one', slow, { ReservedConcurrentExecutions: 1 }),
        Greedy: bench.fn(
          'greedy',
          `const all = []; if (event.much) for (;;) all.push(new Array(100_000).fill(Math.random())); return 'small';`,
          { Timeout: 30 },
        ),
        Rejects: bench.fn(
          'rejects',
          `if (event.later) setTimeout(() => { throw new Error('later'); }, 5); await new Promise((r) => setTimeout(r, 50)); return 'fine';`,
        ),
        Says: bench.fn(
          'says',
          `process.stdout.write('first\\nsec'); console.log('ond');
           if (event.hangs) await new Promise(() => {});
           if (event.dies) { process.stdout.write('last\\n'); process.exit(1); }
           return 'said';`,
          { Timeout: 1 },
        ),
        Broken: bench.fn('broken', `}; throw new Error('at load'); exports.x = () => {`),
        Dates: bench.fn(
          'dates',
          `return { now: Date.now(), made: new Date().getTime(), text: Date.parse(Date()), fixed: new Date(0).toISOString(),
             is: new Date() instanceof Date, of: new (class extends Date {})().getTime(), utc: Date.UTC(2026, 0), three: new Date(2026, 0, 5).getDate() };`,
        ),
        Table1: bench.fn(
          'calls',
          `const { DynamoDBClient, PutItemCommand } = sdk('@aws-sdk/client-dynamodb');
           globalThis.db ??= new DynamoDBClient({ maxAttempts: 1 });
           try { await db.send(new PutItemCommand({ TableName: 'test-table', Item: { pk: { S: 'a' } } })); return 'put'; } catch (e) { return e.name; }`,
        ),
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

describe('a function', () => {
  it('takes one request at a time in each of its workers; more of them wait', async () => {
    const started = performance.now();
    const counts = await Promise.all(Array.from({ length: 6 }, () => local.invoke('slow')));
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
    expect(performance.now() - started).toBeGreaterThan(430);
    expect(local.runtime.functions.find('slow')?.status()).toMatchObject({
      workers: 2,
      invocations: 6,
      errors: 0,
    });
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const results = await Promise.allSettled([local.invoke('one'), local.invoke('one'), local.invoke('one')]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('that needs more memory than it has dies alone, and a new worker takes its place', async () => {
    await expect(local.invoke('greedy', { much: true })).rejects.toThrow('Runtime.ExitError');
    expect(await local.invoke('greedy')).toBe('small');
  });

  it('that throws where nobody catches is replaced', async () => {
    await expect(local.invoke('rejects', { later: true })).rejects.toThrow('later');
    expect(await local.invoke('rejects')).toBe('fine');
  });

  it('has its lines in the log when it answers, and those before its death too', async () => {
    const said = () => lines.splice(0).filter((line) => line.startsWith('says: ') && !line.includes('Error'));
    said();
    await local.invoke('says');
    expect(said()).toEqual(['says: first', 'says: second']);
    await expect(local.invoke('says', { dies: true })).rejects.toThrow('exited');
    expect(said()).toEqual(['says: first', 'says: second', 'says: last']);
    await expect(local.invoke('says', { hangs: true })).rejects.toThrow('timed out');
    expect(said()).toEqual(['says: first', 'says: second']);
  });

  it('that cannot be loaded says so at every request', async () => {
    await expect(local.invoke('broken')).rejects.toThrow('at load');
    await expect(local.invoke('broken')).rejects.toThrow('at load');
  });

  it('lives by the moved clock, moves while it runs included', async () => {
    const day = 86_400_000;
    await local.invoke('dates');
    local.clock.move('+3d');
    const said = (await local.invoke('dates')) as Record<string, number>;
    for (const key of ['now', 'made', 'of', 'text'])
      expect(Math.abs((said[key] ?? 0) - Date.now() - 3 * day), key).toBeLessThan(5_000);
    expect(said).toMatchObject({
      fixed: '1970-01-01T00:00:00.000Z',
      is: true,
      utc: Date.UTC(2026, 0),
      three: 5,
    });
    local.clock.move('reset');
  });

  it('meets a fault of the database on its next call, and none when it is over', async () => {
    expect(await local.invoke('calls')).toBe('put');
    local.runtime.faults.set('dynamodb', 'PutItem', 'throttle', 1);
    expect(await local.invoke('calls')).toBe('ProvisionedThroughputExceededException');
    expect(await local.invoke('calls')).toBe('put');
    local.runtime.faults.set('dynamodb', 'Query', 'down', undefined);
    expect(await local.invoke('calls')).toBe('put');
    local.runtime.faults.set('dynamodb', undefined, 'off', undefined);
  });
});
