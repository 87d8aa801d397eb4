import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contracts } from '../functions/contracts.ts';
import { bundle } from '../lib/bundle.ts';
import { jobNames } from '../lib/jobs.ts';
import type { Figure } from './report.ts';

const root = join(import.meta.dirname, '..');
/** KiB minified, for what answers requests; more where its sort needs more (docs/adr/0001). */
const budget = 330;
const more: Readonly<Record<string, number>> = {
  // One more AWS service: KMS, SNS.
  complaints: 360,
  notices: 360,
  subscriptions: 345,
  // KMS, the engine with every step of an application, and the forms' validator (docs/adr/0150).
  applications: 410,
  // KMS, the engine with every step of a request, the public list that is offered first, the receipt (docs/adr/0166).
  information: 440,
  // All that a reporter may do and is told; all that staff may do; papers of every kind (docs/adr/0131).
  track: 370,
  desk: 420,
  papers: 345,
  receipts: 335,
  // The document of the API itself.
  docs: 900,
  // Every check of what a city is made of, forms among them (docs/adr/0145).
  settings: 370,
  // Where announcements are written, Markdown and CAP are read as their standards say (docs/adr/0136, 0138).
  newsroom: 450,
};

/** Size of every function's bundle, built as it is deployed. */
export const bundles = (): readonly Figure[] => {
  const features = contracts.map((c) => c.feature);
  const present = [...jobNames].filter((job) =>
    existsSync(join(root, 'functions', 'jobs', job, 'handler.ts')),
  );
  const out = mkdtempSync(join(tmpdir(), 'lapau-bench-'));
  const of = bundle({ root, functions: join(root, 'functions'), out }, features, present);
  const size = (name: string): number =>
    readdirSync(of(name))
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + statSync(join(of(name), file)).size, 0) / 1024;
  return [
    ...features.map((name) => ({
      what: name,
      value: size(name),
      unit: 'KiB',
      max: more[name] ?? budget,
    })),
    ...present.map((name) => ({ what: `job ${name}`, value: size(name), unit: 'KiB' })),
  ];
};
