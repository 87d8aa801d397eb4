import { join } from 'node:path';
import { contracts } from '../functions/contracts.ts';
import { lapau } from '../lib/app.ts';
import { bundle } from '../lib/bundle.ts';
import { jobNames } from '../lib/jobs.ts';

const root = join(import.meta.dirname, '..');

const bundleOf = bundle(
  { root, functions: join(root, 'functions'), out: join(root, 'dist', 'functions') },
  contracts.map((c) => c.feature),
  jobNames,
);

lapau({ root, contracts, bundleOf, outdir: process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out') }).synth();
