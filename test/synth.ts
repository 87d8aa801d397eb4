import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { contracts } from '../functions/contracts.ts';
import type { Contract } from '../functions/kernel/contract.ts';
import { lapau } from '../lib/app.ts';
import { bundle } from '../lib/bundle.ts';
import { jobNames } from '../lib/jobs.ts';

export const root = join(import.meta.dirname, '..');

/** What a production deployment must name. */
export const production = {
  stage: 'prod',
  mailFrom: 'lapau@example.go.id',
  publicUrl: 'https://lapau.example.go.id',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0',
  alarmEmail: 'kominfo@example.go.id',
} as const;

/**
 * A folder with a handler for every function that does nothing: the infrastructure is tested without waiting for
 * what the functions do.
 */
export const emptyHandlers = (features: readonly string[], jobs: readonly string[] = jobNames): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lapau-handlers-'));
  for (const name of [...features, ...jobs.map((j) => join('jobs', j))]) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'handler.ts'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
};

/** Bundles and synthesizes into a temporary folder. */
export const synth = (
  context: Readonly<Record<string, string>> = {},
  of: readonly Contract[] = contracts,
): CloudAssembly => {
  const work = mkdtempSync(join(tmpdir(), 'lapau-synth-'));
  const features = of.map((c) => c.feature);
  const bundleOf = bundle(
    { root, functions: emptyHandlers(features), out: join(work, 'functions') },
    features,
    jobNames,
  );
  return lapau({ root, contracts: of, bundleOf, outdir: join(work, 'cdk.out'), context }).synth();
};
