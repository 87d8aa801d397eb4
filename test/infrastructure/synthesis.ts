import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { anyone, type Contract, type Operation } from '../../functions/kernel/contract.ts';
import { bundle } from '../../lib/bundle.ts';
import { readDeployment } from '../../lib/deployment.ts';
import { httpParts, operationsOf } from '../../lib/features.ts';
import { jobNames } from '../../lib/jobs.ts';
import { featureRights } from '../../lib/rights.ts';
import {
  allContracts,
  appOf,
  channels,
  emptyHandlers,
  featureNames,
  ofType,
  production,
  root,
  running,
  sizes,
  synth,
  templates,
  temporary,
} from '../synth.ts';

const operation = (path: `/v1/${string}`): Operation => ({
  method: 'GET',
  path,
  who: anyone,
  summary: { id: '-', en: '-' },
  status: 204,
  errors: [],
});
const contractOf = (feature: string, operations: Contract['operations']): Contract => ({
  feature,
  operations,
});

const message = (run: () => unknown): string => {
  try {
    run();
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
  throw new Error('nothing was thrown');
};

describe('synthesis', () => {
  it.each([
    ['dev', {}],
    ['prod', production],
  ])('on %s makes stacks by lifecycle and size, far below the limit of resources', (_, context) => {
    const stacks = sizes(context);
    expect(stacks.map(({ part }) => part).sort()).toEqual(['data', ...running, 'web'].sort());
    for (const { part, resources } of stacks) expect(resources, part).toBeLessThan(400);
  });

  it('opens the API only once every route is there: its settings name them', () => {
    const gate = sizes().find(({ part }) => part === 'gate');
    expect(gate?.after).toEqual(expect.arrayContaining([...httpParts]));
  });

  it('names a deployment after its city and stage, so that two cities share an account', () => {
    const { data } = templates({ city: 'padangsidimpuan' });
    const names = ofType(data, 'AWS::DynamoDB::Table').map(([, r]) => r.Properties['TableName']);
    expect(names).toEqual(['lapau-padangsidimpuan-dev-cases', 'lapau-padangsidimpuan-dev-identities']);
  });

  it('stops at a finding of cdk-nag that nobody accepted, naming rule and construct', () => {
    const app = appOf();
    new Bucket(new Stack(app, 'careless'), 'Open');
    const report = message(() => app.synth());
    expect(report).toContain('AwsSolutions-S10');
    expect(report).toContain('careless/Open');
    expect(report).not.toContain('lapau-padang-panjang');
  });

  it('exports the same whatever the functions use of it, so that a right can be given up', () => {
    const few = appOf(
      {},
      allContracts.filter((c) => c.feature === 'health'),
    ).synth();
    const outputsOf = (assembly: typeof few, part: string) =>
      Object.keys(assembly.stacks.find((s) => s.stackName.endsWith(part))?.template.Outputs ?? {})
        // Some route of staff and of citizens there always is.
        .filter((name) => !name.includes('Authorizer'))
        .sort();
    for (const part of ['-data', '-app']) expect(outputsOf(few, part)).toEqual(outputsOf(synth(), part));
  });

  it('writes nothing of the tool into the templates', () => {
    const { data, app, web } = templates();
    for (const stack of [data, app, web])
      expect(Object.values(stack.Resources).map((r) => r.Type)).not.toContain('AWS::CDK::Metadata');
  });
});

describe('a bundle', () => {
  const build = (features: readonly string[], functions: string, jobs: readonly string[] = jobNames) =>
    bundle({ root, functions, out: temporary('bundles') }, features, jobs);

  it('is missed by name when a feature of the contracts has no handler', () => {
    expect(() => build(['complaints', 'desk'], emptyHandlers(['complaints']))).toThrow(
      'functions/desk/handler.ts is missing',
    );
  });

  it('is missed by name when a job has no handler', () => {
    const jobs = jobNames.filter((name) => name !== 'sweep');
    expect(() => build([], emptyHandlers([], jobs))).toThrow('functions/jobs/sweep/handler.ts is missing');
  });

  it('is never shared: a feature and a job of one name are refused', () => {
    expect(() => build(['relay'], emptyHandlers(['relay']))).toThrow('two functions are named relay');
  });
});

describe('contracts', () => {
  it('each have an entry in the table of rights, and the table has no other', () => {
    expect(Object.keys(featureRights).sort()).toEqual([...featureNames].sort());
    const stranger = contractOf('stranger', { look: operation('/v1/stranger') });
    expect(() => appOf({}, [...allContracts, stranger])).toThrow('no entry for the feature stranger');
  });

  it('may not declare one route twice, under whatever name of its parameter', () => {
    const one = contractOf('one', { a: operation('/v1/things/{id}') });
    const other = contractOf('other', { b: operation('/v1/things/{code}') });
    expect(() => operationsOf([one, other])).toThrow(
      'route GET /v1/things/{} is declared by one and by other',
    );
  });

  it('may not share the id of an operation', () => {
    const one = contractOf('one', { a: operation('/v1/one') });
    const other = contractOf('other', { a: operation('/v1/other') });
    expect(() => operationsOf([one, other])).toThrow('operation a is declared by one and by other');
  });
});

describe('a deployment', () => {
  it.each([
    ['stage', { stage: 'live' }, 'is one of dev, prod'],
    ['city', { city: 'Padang Panjang' }, 'is a slug'],
    ['city, which is missing,', { city: undefined }, 'city'],
    ['publicUrl', { publicUrl: 'https://lapau.example.go.id/' }, 'has no final slash'],
    ['mailFrom', { mailFrom: 'kominfo' }, 'mailFrom'],
    [
      'telegramUrl',
      { ...channels, telegramUrl: 'https://api.telegram.org/bot1:a/sendMessage' },
      'telegramUrl',
    ],
    ['whatsappUrl', { ...channels, whatsappUrl: 'http://graph.example/' }, 'whatsappUrl'],
    ['channel without a secret', { telegramUrl: channels.telegramUrl }, 'channelsSecretArn'],
    ['secret without a channel', { channelsSecretArn: channels.channelsSecretArn }, 'only together'],
    [
      'region of the secret',
      { ...channels, channelsSecretArn: channels.channelsSecretArn.replace('southeast-3', 'southeast-1') },
      'is not in ap-southeast-3',
    ],
  ])('with a wrong %s stops, naming it', (_, context, says) => {
    expect(() => readDeployment({ city: 'padangsidimpuan', ...context }, root)).toThrow(says);
  });

  it('of a city in which a category has no clock stops, naming both', () => {
    const other = temporary('pack');
    const pack = join(other, 'cities', 'padangsidimpuan');
    cpSync(join(root, 'cities', 'padangsidimpuan'), pack, { recursive: true });
    expect(readDeployment({ city: 'padangsidimpuan' }, other).zone).toBe('Asia/Jakarta');
    const { rules } = JSON.parse(readFileSync(join(pack, 'clocks.json'), 'utf8')) as {
      rules: { id: string }[];
    };
    writeFileSync(
      join(pack, 'clocks.json'),
      JSON.stringify({ rules: rules.filter(({ id }) => id !== 'first-response') }),
    );
    expect(() => readDeployment({ city: 'padangsidimpuan' }, other)).toThrow(
      'clocks.json rules: no firstResponse for kind "complaint", category "',
    );
  });

  it('of production stops without the addresses that citizens would see', () => {
    expect(() => readDeployment({ city: 'padangsidimpuan', stage: 'prod' }, root)).toThrow(
      'stage prod needs context mailFrom, publicUrl, certificateArn, alarmEmail',
    );
  });
});
