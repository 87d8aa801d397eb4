import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../functions/city/check.ts';
import { describe, type Problem, problemsOf } from '../functions/city/problem.ts';
import {
  type City,
  cityFrom,
  requiredKinds,
  type SettingBodies,
  type SettingKind,
  settingKinds,
} from '../functions/city/schema.ts';

const kinds = Object.keys(settingKinds) as SettingKind[];
const required: ReadonlySet<SettingKind> = new Set(requiredKinds);

/** A city pack as it lies on disk: what could be read of it, and everything that is wrong with it. */
export interface Pack {
  readonly bodies: SettingBodies;
  readonly problems: readonly Problem[];
}

const fileOf = (kind: SettingKind): string => (kind === 'boundaries' ? 'boundaries.geojson' : `${kind}.json`);

/** `boundaries` is GeoJSON by name as well; everything else is `<kind>.json`. */
const say = (problem: Problem): string =>
  problem.kind === 'boundaries'
    ? describe(problem).replace('boundaries.json', 'boundaries.geojson')
    : describe(problem);

const readJson = (path: string): { value: unknown } | { error: string } | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return { error: (error as Error).message };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `not valid JSON: ${(error as Error).message}` };
  }
};

/**
 * Reads and validates the files of one city, without throwing: all problems at once, each with file and field.
 * @param dir folder of the pack, `cities/padang-panjang`
 */
export const readPack = (dir: string): Pack => {
  const bodies: Partial<Record<SettingKind, unknown>> = {};
  const problems: Problem[] = [];
  for (const kind of kinds) {
    const read = readJson(join(dir, fileOf(kind)));
    if (read === undefined) {
      if (required.has(kind)) problems.push({ kind, path: '', message: 'file is missing' });
    } else if ('error' in read) {
      problems.push({ kind, path: '', message: read.error });
    } else {
      const parsed = settingKinds[kind].safeParse(read.value);
      if (parsed.success) bodies[kind] = parsed.data;
      else problems.push(...problemsOf(kind, parsed.error.issues));
    }
  }
  const settings = bodies as SettingBodies;
  return { bodies: settings, problems: [...problems, ...check(settings)] };
};

/** JSON files of the folder that no setting reads: a misspelt name would otherwise be ignored in silence. */
const strangers = (dir: string): string[] => {
  const known = new Set(kinds.map(fileOf));
  return readdirSync(dir).filter((name) => /\.(geo)?json$/.test(name) && !known.has(name));
};

/**
 * A city pack ready to use; its settings count as version 1.
 * @param dir folder of the pack
 * @throws Error with one line for each problem, `routing.json rules[3].to.unit: unknown unit "x"`
 */
export const loadPack = (dir: string): City => {
  const { bodies, problems } = readPack(dir);
  const lines = [
    ...problems.map(say),
    ...strangers(dir).map((name) => `${name}: not a file of a city pack (${kinds.map(fileOf).join(', ')})`),
  ];
  if (lines.length > 0) throw new Error(`The city pack ${dir} is not valid:\n${lines.join('\n')}`);
  const versions = Object.fromEntries(kinds.filter((kind) => bodies[kind]).map((kind) => [kind, 1]));
  return cityFrom(bodies as Parameters<typeof cityFrom>[0], versions);
};
