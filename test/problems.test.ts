import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { contracts } from '../functions/contracts.ts';
import { areaProblems, errorCodes } from '../functions/kernel/problems.ts';

const functions = join(import.meta.dirname, '..', 'functions');
const imported = /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'/gm;
const tables = /kernel\/([a-z]+-)?(problems|errors|conflicts)\.ts$/;

/**
 * Every source file that a function's bundle may hold: what its handler imports, and what that does. A contract of another
 * feature is only listed there and says nothing that this function says.
 */
const closureOf = (feature: string): ReadonlySet<string> => {
  const seen = new Set<string>();
  const follow = (file: string): void => {
    const listed = file.endsWith('/contract.ts') && !file.includes(`/${feature}/`);
    if (seen.has(file) || listed || tables.test(file) || !existsSync(file)) return;
    seen.add(file);
    for (const [, type, from = ''] of readFileSync(file, 'utf8').matchAll(imported))
      if (type === undefined) follow(join(dirname(file), from));
  };
  follow(join(functions, feature, 'handler.ts'));
  return seen;
};

test('no code of an area is a common one, nor one of another area', () => {
  expect(errorCodes.length).toBe(new Set(errorCodes).size);
  const codes = areaProblems.flatMap((area) => Object.keys(area));
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test.each(contracts)('$feature has words for whatever it may refuse with', ({
  feature,
  problems = {},
  operations,
}) => {
  const others = areaProblems
    .flatMap((area) => Object.keys(area))
    .filter((code) => !Object.hasOwn(problems, code));
  const said = new RegExp(`'(${others.join('|')})'`, 'g');
  const wordless = [...closureOf(feature)].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(said)].map(
      ([, code]) => `${file.slice(functions.length + 1)}: ${code}`,
    ),
  );
  expect(wordless).toEqual([]);
  const declared = Object.values(operations).flatMap(({ errors }) => errors);
  expect(declared.filter((code) => others.some((other) => other === code))).toEqual([]);
});
