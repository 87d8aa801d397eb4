import { bundles } from './bundles.ts';
import { cold } from './cold.ts';
import { fanOut } from './fanout.ts';
import { lifecycles, perSecond } from './lifecycles.ts';
import { inspection } from './photos.ts';
import { prepareCity, preparedEngine } from './prepared.ts';
import { broken, type Figure, print } from './report.ts';
import { search, searchIn } from './search.ts';
import { suggestion } from './suggestion.ts';
import { dueAtOnce } from './sweep.ts';
import { units } from './units.ts';

/**
 * `npm run bench [-- part …]`: every figure against its budget; a broken one fails the run. `--million` measures units,
 * search and lifecycles in a city of a million cases instead (some ten minutes, 7 GB), `--million=200000` in a smaller one.
 */
const parts: Readonly<Record<string, () => Promise<readonly Figure[]> | readonly Figure[]>> = {
  bundles,
  suggestion,
  photos: inspection,
  search,
  'units at 1,000 cases': () => at(1_000),
  'units at 100,000 cases, and against 1,000': async () => grown(await at(1_000), await at(100_000)),
  'sweep of 10,000 due cases': dueAtOnce,
  'fan-out to 60,000 subscribers': () => fanOut(),
  cold,
  lifecycles: () => empty(),
};

const million = process.argv.map((a) => /^--million(?:=(\d+))?$/.exec(a)).find((found) => found !== null);
const many = Number(million?.[1] ?? 1_000_000);
const atMany: typeof parts = {
  [`units at ${many} cases, and against 1,000`]: async () =>
    grown(await at(1_000), await units(many, preparedEngine)),
  [`search at ${many} cases`]: () => searchIn(many),
  lifecycles: () => empty(),
  [`lifecycles at ${many} cases`]: async () => {
    const rate = (of: readonly Figure[]) => of.find(({ what }) => what === perSecond)?.value ?? 0;
    const before = rate(await empty());
    const figures = await lifecycles(prepareCity(many));
    return [
      ...figures,
      { what: 'lifecycles ÷ those of an empty city', value: rate(figures) / before, unit: '×', min: 0.95 },
    ];
  },
};

let measuredEmpty: Promise<readonly Figure[]> | undefined;
const empty = (): Promise<readonly Figure[]> => {
  measuredEmpty ??= lifecycles();
  return measuredEmpty;
};

const measured = new Map<number, Promise<readonly Figure[]>>();
const at = (cases: number): Promise<readonly Figure[]> => {
  const known = measured.get(cases) ?? units(cases);
  measured.set(cases, known);
  return known;
};

/** The larger city's figures, and how many times the smaller one's units it costs in all. */
const grown = (small: readonly Figure[], large: readonly Figure[]): readonly Figure[] => {
  const total = (of: readonly Figure[]): number =>
    of
      .filter((f) => (f.unit === 'RU' || f.unit === 'WU') && f.fills !== true)
      .reduce((sum, f) => sum + f.value, 0);
  return [
    ...large,
    { what: 'all units ÷ those at 1,000', value: total(large) / total(small), unit: '×', max: 1 },
  ];
};

const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const all: Figure[] = [];
for (const [name, measure] of Object.entries(million === undefined ? parts : atMany)) {
  if (wanted.length > 0 && !wanted.some((w) => name.startsWith(w))) continue;
  const figures = await measure();
  print(name, figures);
  all.push(...figures);
}
const failed = all.filter(broken).length;
process.stdout.write(`\n${all.length - failed} within budget, ${failed} over\n`);
process.exitCode = failed > 0 ? 1 : 0;
