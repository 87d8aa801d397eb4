import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../functions/kernel/contract.ts';
import { lapau } from '../../lib/app.ts';
import { bundle } from '../../lib/bundle.ts';
import { jobNames } from '../../lib/jobs.ts';
import { type LocalOptions, startLocal } from '../../local/local.ts';
import { seed } from '../../local/seed.ts';
import type { Resource, Stack } from '../../local/template/model.ts';
import { client } from './client.ts';

const root = join(import.meta.dirname, '..', '..');
const work = mkdtempSync(join(root, 'dist-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs a city for one test. */
const during = async (
  options: LocalOptions,
  run: (ask: ReturnType<typeof client>, url: string) => Promise<void>,
): Promise<void> => {
  const local = await startLocal({ seed, ...options });
  try {
    await run(client(local), local.url);
  } finally {
    await local.stop();
  }
};

const resources = (stacks: readonly Stack[]): [string, Resource][] =>
  stacks.flatMap((stack) => Object.entries(stack.template.Resources));

/** The one resource of a type whose logical id begins so; a test that finds none would test nothing. */
const find = (
  stacks: readonly Stack[],
  type: string,
  id: string,
): Resource & { Properties: Record<string, unknown> } => {
  const found = resources(stacks).filter(([name, r]) => r.Type === type && name.startsWith(id));
  expect(found.map(([name]) => name)).toHaveLength(1);
  return found[0]?.[1] as Resource & { Properties: Record<string, unknown> };
};

const route = (stacks: readonly Stack[], key: string): Record<string, unknown> => {
  const found = resources(stacks).find(
    ([, r]) => r.Type === 'AWS::ApiGatewayV2::Route' && r.Properties?.['RouteKey'] === key,
  );
  if (found?.[1].Properties === undefined) throw new Error(`no route ${key}`);
  return found[1].Properties;
};

const complaint = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };

describe('what the template says is what runs', () => {
  test('an authorizer swapped in the template changes who gets in', async () => {
    const transform = (stacks: Stack[]): Stack[] => {
      const own = route(stacks, 'GET /v1/desk/cases');
      own['AuthorizerId'] = route(stacks, 'GET /v1/me/cases')['AuthorizerId'];
      return stacks;
    };
    await during({ transform }, async (ask) => {
      expect((await ask('GET', '/v1/desk/cases?queue=triage', { as: 'koordinator' })).text).toBe(
        '{"message":"Unauthorized"}',
      );
      // The gateway lets a citizen through now; the function still knows who is staff.
      expect((await ask('GET', '/v1/desk/cases?queue=triage', { as: 'warga-1' })).body['code']).toBe(
        'notStaff',
      );
    });
  });

  test('an index taken out of the template is gone', async () => {
    const transform = (stacks: Stack[]): Stack[] => {
      const table = find(stacks, 'AWS::DynamoDB::Table', 'Cases');
      const indexes = table.Properties['GlobalSecondaryIndexes'] as { IndexName: string }[];
      table.Properties['GlobalSecondaryIndexes'] = indexes.filter((index) => index.IndexName !== 'gsi1');
      const names = table.Properties['AttributeDefinitions'] as { AttributeName: string }[];
      table.Properties['AttributeDefinitions'] = names.filter((a) => !a.AttributeName.startsWith('gsi1'));
      return stacks;
    };
    await during({ transform }, async (ask) => {
      expect((await ask('POST', '/v1/complaints', { body: complaint })).status).toBe(201);
      const { status, body } = await ask('GET', '/v1/desk/cases?queue=triage', { as: 'koordinator' });
      expect([status, body['code']]).toEqual([500, 'internal']);
    });
  });

  test('a timeout lowered in the template ends a slow function', async () => {
    const slow = join(work, 'slow');
    mkdirSync(slow);
    writeFileSync(
      join(slow, 'index.js'),
      'exports.handler = async () => { await new Promise((r) => setTimeout(r, 1500)); return { statusCode: 200, body: "late" }; };',
    );
    const withTimeout =
      (seconds: number) =>
      (stacks: Stack[]): Stack[] => {
        const fn = find(stacks, 'AWS::Lambda::Function', 'Health');
        fn.Properties['Timeout'] = seconds;
        const key = String((fn.Properties['Code'] as { S3Key: string }).S3Key);
        for (const stack of stacks)
          if (stack.assets.has(key)) (stack.assets as Map<string, string>).set(key, slow);
        return stacks;
      };
    await during({ transform: withTimeout(5) }, async (ask) => {
      expect((await ask('GET', '/v1/health')).text).toBe('late');
    });
    await during({ transform: withTimeout(1) }, async (ask) => {
      expect((await ask('GET', '/v1/health')).status).toBeGreaterThanOrEqual(500);
    });
  });

  test('a filter policy dropped from the template lets everything through', async () => {
    const archived = async (ask: ReturnType<typeof client>): Promise<number> => {
      await ask('POST', '/v1/complaints', { body: complaint });
      await ask('GET', '/__local/idle?seconds=30');
      const { body } = await ask('GET', '/__local/status');
      const sources = body['sources'] as { function: string; delivered: number }[];
      return (
        sources.find((s) => s.function.endsWith('-archive') || s.function === 'archive')?.delivered ?? -1
      );
    };
    await during({}, async (ask) => {
      expect(await archived(ask)).toBe(0);
    });
    const transform = (stacks: Stack[]): Stack[] => {
      delete find(stacks, 'AWS::SNS::Subscription', 'Archive').Properties['FilterPolicy'];
      return stacks;
    };
    await during({ transform }, async (ask) => {
      expect(await archived(ask)).toBe(1);
    });
  });

  test('something the runtime does not know stops the start by name', async () => {
    const transform = (stacks: Stack[]): Stack[] => {
      const [first] = stacks;
      if (first !== undefined)
        first.template.Resources['Strange'] = { Type: 'AWS::Braket::Thing', Properties: {} };
      return stacks;
    };
    await expect(startLocal({ transform })).rejects.toThrow(/Strange.*AWS::Braket::Thing/s);
  });

  test('an operation added to a contract is served, with its authorizer', async () => {
    const functions = join(work, 'functions');
    cpSync(join(root, 'functions'), functions, { recursive: true });
    for (const file of ['openapi.json', 'operations.json'])
      cpSync(join(root, 'docs', file), join(work, 'docs', file));
    const edit = (file: string, from: string, to: string): void => {
      const path = join(functions, file);
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
    };
    edit(
      'health/contract.ts',
      '  operations: {',
      `  operations: {
    ping: {
      method: 'GET', path: '/v1/ping/{name}', who: anyone, summary: { id: 'x', en: 'x' },
      params: z.strictObject({ name: z.string() }), status: 200, response: z.object({ pong: z.string() }), errors: [],
    },
    hidden: {
      method: 'GET', path: '/v1/hidden', who: { kind: 'staff', roles: ['coordinator'] }, summary: { id: 'x', en: 'x' },
      status: 200, response: z.object({}), errors: [],
    },`,
    );
    edit(
      'health/handler.ts',
      '  {\n    health:',
      '  {\n    ping: async (call) => ({ body: { pong: call.input.params.name, secret: 1 } as { pong: string } }),\n    hidden: async () => ({ body: {} }),\n    health:',
    );
    const { contracts } = (await import(join(functions, 'contracts.ts'))) as {
      contracts: readonly Contract[];
    };
    const bundleOf = bundle(
      { root, functions, out: join(work, 'bundles') },
      contracts.map((c) => c.feature),
      jobNames,
    );
    const outdir = join(work, 'cdk.out');
    lapau({ root, contracts, bundleOf, outdir }).synth();
    await during({ outdir }, async (ask) => {
      const { status, text } = await ask('GET', '/v1/ping/lapau');
      // An undeclared field never leaves.
      expect([status, text]).toEqual([200, '{"pong":"lapau"}']);
      expect((await ask('GET', '/v1/hidden')).status).toBe(401);
    });
  });
});
