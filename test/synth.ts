import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { contracts } from '../functions/contracts.ts';
import { anyone, type Contract } from '../functions/kernel/contract.ts';
import { lapau } from '../lib/app.ts';
import { bundle } from '../lib/bundle.ts';
import { httpParts } from '../lib/features.ts';
import { jobNames } from '../lib/jobs.ts';
import { featureRights } from '../lib/rights.ts';

export const root = join(import.meta.dirname, '..');

const folders: string[] = [];
/** Removes what was bundled and synthesized here; an assembly must have been read by then. */
export const removeTemporary = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  bundles = undefined;
};

/** A folder until `removeTemporary`. */
export const temporary = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `lapau-${name}-`));
  folders.push(folder);
  return folder;
};

/** What a production deployment must name. */
export const production = {
  stage: 'prod',
  mailFrom: 'lapau@example.go.id',
  publicUrl: 'https://lapau.example.go.id',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0',
  alarmEmail: 'kominfo@example.go.id',
} as const;

/** What switches the channels beside mail on. */
export const channels = {
  telegramUrl: 'https://api.telegram.org/bot{token}/sendMessage',
  whatsappUrl: 'https://graph.facebook.com/v23.0/1/messages',
  channelsSecretArn: 'arn:aws:secretsmanager:ap-southeast-3:000000000000:secret:lapau-channels-Ab12Cd',
} as const;

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});

export type Resource = z.output<typeof resource>;
export type Stack = z.output<typeof template>;
export type Part = 'data' | 'app' | 'web';

/** Resources of one type by logical id. */
export const ofType = (stack: Stack, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(stack.Resources).filter(([, r]) => r.Type === type);

/** A contract for each feature whose own is not written yet, so that its rights are tested all the same. */
const standIns = (of: readonly Contract[]): readonly Contract[] =>
  Object.keys(featureRights)
    .filter((feature) => of.every((c) => c.feature !== feature))
    .map((feature) => ({
      feature,
      operations: {
        [`${feature}StandIn`]: {
          method: 'GET',
          path: `/v1/stand-in/${feature}`,
          who: anyone,
          summary: { id: '-', en: '-' },
          status: 204,
          errors: [],
        },
      },
    }));

export const allContracts: readonly Contract[] = [...contracts, ...standIns(contracts)];
export const featureNames = allContracts.map((c) => c.feature);

/**
 * A folder with a handler for every function that does nothing: the infrastructure is tested without waiting for
 * what the functions do.
 */
export const emptyHandlers = (features: readonly string[], jobs: readonly string[] = jobNames): string => {
  const folder = temporary('handlers');
  for (const name of [...features, ...jobs.map((j) => join('jobs', j))]) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'handler.ts'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
};

let bundles: ((name: string) => string) | undefined;
/** One esbuild call for all syntheses of a test file. */
const bundleOnce = (): ((name: string) => string) => {
  bundles ??= bundle(
    { root, functions: emptyHandlers(featureNames), out: temporary('bundles') },
    featureNames,
    jobNames,
  );
  return bundles;
};

/** The app in memory, to be synthesized into a temporary folder. */
export const appOf = (
  context: Readonly<Record<string, string>> = {},
  of: readonly Contract[] = allContracts,
): App =>
  lapau({
    root,
    contracts: of,
    bundleOf: bundleOnce(),
    outdir: temporary('synth'),
    // Whatever city cdk.json names.
    context: { city: 'padang-panjang', ...context },
  });

/** Bundles and synthesizes into a temporary folder. */
export const synth = (context: Readonly<Record<string, string>> = {}): CloudAssembly =>
  appOf(context).synth();

type Templates = Readonly<Record<Part, Stack>>;
const synthesized = new Map<string, Templates>();

/** Stacks of what runs: to a test they are one, since what stands in which is CloudFormation's limit alone. */
export const running = ['app', ...httpParts, 'gate'] as const;

const together = (stacks: readonly Stack[]): Stack => ({
  Resources: Object.fromEntries(stacks.flatMap((s) => Object.entries(s.Resources))),
  Outputs: Object.fromEntries(stacks.flatMap((s) => Object.entries(s.Outputs))),
});

/** Resources of every stack by its part's name, and the parts that CloudFormation deploys before it. */
export const sizes = (
  context: Readonly<Record<string, string>> = {},
): readonly { readonly part: string; readonly resources: number; readonly after: readonly string[] }[] => {
  const named = (stack: string): string => stack.replace(/^.*-/, '');
  return synth(context).stacks.map((stack) => ({
    part: named(stack.stackName),
    resources: Object.keys(template.parse(stack.template).Resources).length,
    after: stack.dependencies.map(({ id }) => named(id)).filter((id) => !id.endsWith('.assets')),
  }));
};

/** The templates as `cdk synth` writes them; synthesized once for each context. */
export const templates = (context: Readonly<Record<string, string>> = {}): Templates => {
  const key = JSON.stringify(context);
  const known = synthesized.get(key);
  if (known !== undefined) return known;
  const assembly = synth(context);
  const part = (name: string): Stack =>
    template.parse(assembly.stacks.find((s) => s.stackName.endsWith(`-${name}`))?.template);
  const made = { data: part('data'), app: together(running.map(part)), web: part('web') };
  synthesized.set(key, made);
  return made;
};
