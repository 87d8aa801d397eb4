import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { env } from '../../functions/kernel/env.ts';
import { type JobName, jobNames } from '../../lib/jobs.ts';
import { ofType, root, templates } from '../synth.ts';

const named = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const functions = Object.values(templates())
  .flatMap((stack) => ofType(stack, 'AWS::Lambda::Function'))
  .map(([, { Properties }]) => named.parse(Properties));

const isJob = (name: string): name is JobName => jobNames.some((job) => job === name);
/** Settings without which a function does not load: the names that its composition root reads. */
const neededBy = (name: string): readonly string[] => {
  const folder = isJob(name) ? join('jobs', name) : name;
  const source = readFileSync(join(root, 'functions', folder, 'handler.ts'), 'utf8');
  return [...source.matchAll(/readEnv\(([^)]*)\)/g)]
    .flatMap(([, names = '']) => [...names.matchAll(/'(\w+)'/g)])
    .map(([, setting = '']) => env[setting as keyof typeof env]);
};

describe('the settings of every function', () => {
  it.each(
    functions.map((fn) => [fn.FunctionName.replace(/^lapau-padang-panjang-dev-/, ''), fn] as const),
  )('%s is given all that it does not load without', (name, { Environment }) => {
    const missing = neededBy(name).filter((setting) => !Object.hasOwn(Environment.Variables, setting));
    expect(missing).toEqual([]);
  });

  it('are looked for in handlers that have some', () => {
    expect(neededBy('products')).toContain('FILES_BUCKET');
  });
});
