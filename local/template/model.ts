import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export interface Resource {
  readonly Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  readonly [part: string]: unknown;
}

/** A CloudFormation template as CDK writes it; a test may change it before it is run. */
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; [part: string]: unknown }>;
  Parameters?: Record<string, { Type: string; Default?: unknown; [part: string]: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  [part: string]: unknown;
}

export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Directory of each asset by the object key under which the template names it (`<hash>.zip`). */
  readonly assets: ReadonlyMap<string, string>;
}

/** Something the template says that this machine cannot run, or a setting it lacks: shown as it is, no stack trace. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      displayName: z.string().optional(),
      properties: z
        .object({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .loose()
        .optional(),
    }),
  ),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() }).loose()),
    }),
  ),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const readAssets = (outdir: string, stack: string): Map<string, string> => {
  const found = new Map<string, string>();
  const { files } = assetsSchema.parse(readJson(join(outdir, `${stack}.assets.json`)));
  for (const { source, destinations } of Object.values(files))
    for (const { objectKey } of Object.values(destinations))
      if (source.path !== undefined) found.set(objectKey, join(outdir, source.path));
  return found;
};

/** The stacks of a synthesized assembly whose names pass `wanted`, in the order of the manifest. */
export const readAssembly = (outdir: string, wanted: (stackName: string) => boolean): Stack[] => {
  const manifest = manifestSchema.parse(readJson(join(outdir, 'manifest.json')));
  const stacks: Stack[] = [];
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    const file = artifact.properties?.templateFile;
    const name = artifact.properties?.stackName ?? artifact.displayName ?? id;
    if (artifact.type !== 'aws:cloudformation:stack' || file === undefined || !wanted(name)) continue;
    stacks.push({
      name,
      template: readJson(join(outdir, file)) as Template,
      assets: readAssets(outdir, id),
    });
  }
  return stacks;
};
