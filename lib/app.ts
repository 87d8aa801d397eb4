import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { featureStacks } from './app/features.ts';
import { appStack, type Runtime } from './app/stack.ts';
import { dataStack } from './data/stack.ts';
import { readDeployment } from './deployment.ts';
import { webStack } from './web/stack.ts';

/** Decided in code, so that a test, the CDK command and the local runtime synthesize the same templates. */
const flags = {
  // Nothing that another stack reads can be deleted under it; what is readable is fixed in data/stack.ts.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-kms:aliasNameRef': true,
} as const;

const configuration = z.object({ context: z.record(z.string(), z.unknown()).optional() });

/** What `cdk.json` says of the repository's own deployment: the CDK command passes it on, other callers do not. */
const configured = (root: string): Readonly<Record<string, unknown>> =>
  configuration.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))).context ?? {};

export interface AppSettings extends Runtime {
  /** The repository. */
  readonly root: string;
  readonly outdir?: string;
  /** Beside what the CDK command passes with `-c`. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * The whole of Lapau for one city on one stage, in stacks by how long they live and how much CloudFormation takes in one. Synthesis fails on any
 * finding of cdk-nag's AwsSolutions rules that no construct accepts with a reason.
 */
export const lapau = (settings: AppSettings): App => {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    context: { ...flags, ...configured(settings.root), ...settings.context },
    ...(settings.outdir === undefined ? {} : { outdir: settings.outdir }),
  });
  const d = readDeployment({ ...app.node.getAllContext(), ...settings.context }, settings.root);
  const data = dataStack(app, d);
  const running = appStack(app, d, data, settings);
  featureStacks(app, d, data, running, settings);
  webStack(app, d, data, running);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};
