import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const importsOf = (file: string): Import[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm,
    ),
  ].map((match) => ({
    from: file,
    to: normalize(join(dirname(file), match[2] ?? match[3] ?? '')),
    typeOnly: match[1] !== undefined,
  }));

const isTest = (file: string): boolean => /\.test\.ts$|\/test\//.test(file);

/** Layers under functions/: each may import those to its right, never one to its left. Everything else is a feature. */
const layers = [
  'people',
  'figures',
  'announcing',
  'postings',
  'publication',
  'attachments',
  'sendings',
  'events',
  'registers',
  'issued',
  'cases',
  'availability',
  'city',
  'forms',
  'language',
  'pdf',
  'kernel',
] as const;
const isLayer = (part: string): boolean => (layers as readonly string[]).includes(part);
/** Files of a feature that others may read, and lists that only composition roots and contracts do. */
const shared =
  /\/(((reporter|outside|relations|desk|product|information)-)?workflow|kind|events|register)\.ts$/;
const lists = new Set([
  'functions/desk-workflows.ts',
  'functions/kinds.ts',
  'functions/report-kinds.ts',
  'functions/outside-workflows.ts',
  'functions/relations-workflows.ts',
  'functions/reporter-workflows.ts',
  'functions/workflows.ts',
  'functions/contracts.ts',
]);

const featureOf = (file: string): string => {
  const [, first = '', second = ''] = file.split('/');
  return first === 'jobs' ? `jobs/${second}` : first;
};

/** Why an import is not allowed; undefined when it is. */
export const wrongWay = ({ from, to, typeOnly }: Import): string | undefined => {
  const top = (file: string) => file.split('/')[0];
  if (['test', 'local', 'bench', 'scripts'].includes(top(to) ?? '') && !isTest(from)) {
    if (['functions', 'lib', 'bin', 'cities', 'web'].includes(top(from) ?? ''))
      return `nothing imports ${top(to)}`;
  }
  if (top(from) === 'lib' && top(to) === 'functions') {
    const allowed = /^functions\/(contracts|workflows|[^/]+\/contract|kernel\/(contract|env|errors))\.ts$/;
    return allowed.test(to) ? undefined : 'lib reads contracts only';
  }
  if (top(from) !== 'functions' || isTest(from)) return undefined;
  if (top(to) === 'docs') return undefined;
  if (top(to) !== 'functions') return 'functions import nothing outside of functions';
  if (lists.has(to)) {
    return /\/(handler|contract)\.ts$/.test(from) ? undefined : `${to} is for composition roots`;
  }
  if (lists.has(from))
    return typeOnly ||
      /\/(((reporter|outside|relations|desk|product|information)-)?workflow|kind|contract)\.ts$/.test(to)
      ? undefined
      : 'a list names contracts, kinds or workflows';
  const [a, b] = [featureOf(from), featureOf(to)];
  if (a === b) return ownDirection(from, to, typeOnly);
  if (isLayer(a) && !isLayer(b)) return `${a} is below ${b}`;
  if (isLayer(a) && isLayer(b)) {
    const [left, right] = [layers.indexOf(a as never), layers.indexOf(b as never)];
    // Contracts and schemas of city words are types and constants that cases and kernel share by name only.
    return left < right ? undefined : `${a} is below ${b}`;
  }
  if (!isLayer(b) && !shared.test(to)) return `${a} may not import ${b}: it reacts to its events`;
  return undefined;
};

/** handler → operations → rules; operations see the store's type; rules see neither. */
const ownDirection = (from: string, to: string, typeOnly: boolean): string | undefined => {
  if (/\/handler\.ts$/.test(to)) return 'nothing imports a handler';
  if (/\/(rules|contract)\.ts$/.test(from) && /\/(operations|store)\.ts$/.test(to) && !typeOnly) {
    return 'rules and contracts are pure';
  }
  return undefined;
};

const all = ['functions', 'lib', 'bin', 'cities'].flatMap(sources).filter((file) => !isTest(file));

test('imports point one way', () => {
  const wrong = all.flatMap(importsOf).flatMap((i) => {
    const why = wrongWay(i);
    return why === undefined ? [] : [`${i.from} → ${i.to}: ${why}`];
  });
  expect(wrong).toEqual([]);
});

test('the check sees what it is there for', () => {
  const bad: Import[] = [
    { from: 'functions/desk/operations.ts', to: 'functions/track/operations.ts', typeOnly: false },
    { from: 'functions/cases/store.ts', to: 'functions/desk/list.ts', typeOnly: false },
    { from: 'functions/kernel/http.ts', to: 'functions/cases/model.ts', typeOnly: false },
    { from: 'lib/app.ts', to: 'functions/desk/operations.ts', typeOnly: false },
    { from: 'functions/desk/operations.ts', to: 'test/engine.ts', typeOnly: false },
    { from: 'functions/desk/rules.ts', to: 'functions/desk/store.ts', typeOnly: false },
    { from: 'functions/desk/operations.ts', to: 'functions/workflows.ts', typeOnly: false },
  ];
  expect(bad.map(wrongWay).filter((why) => why === undefined)).toEqual([]);
});

test('what pages read too stands on nothing but itself and zod', () => {
  const shared = all.filter((file) => /^functions\/[^/]+\/shared\//.test(file));
  const foreign = shared.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\sfrom '([^']+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((from) => from !== 'zod/mini' && !/^\.\/[^/]+\.ts$/.test(from))
      .map((from) => `${file} → ${from}`),
  );
  expect(shared.length).toBeGreaterThan(15);
  expect(foreign).toEqual([]);
});

test('rules and clocks touch no AWS, clock, environment or randomness', () => {
  const pure = all.filter((file) =>
    /functions\/(cases\/(engine|effects|access|workflow|units)|cases\/clock\/[^/]+|language\/[^/]+|forms\/shared\/[^/]+|postings\/(scopes|terms)|[^/]+\/(rules|workflow|kind|suggest|route|place|filing))\.ts$/.test(
      file,
    ),
  );
  const impure = pure.filter((file) =>
    /@aws-sdk|Date\.now|new Date\(\)|process\.env|Math\.random|randomBytes|randomUUID/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  expect(pure.length).toBeGreaterThan(8);
  expect(impure).toEqual([]);
});

test('no file outgrows what one can hold in mind', () => {
  const long = [...all, ...['local', 'scripts', 'bench', 'test'].flatMap(sources)].filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300,
  );
  expect(long).toEqual([]);
});
