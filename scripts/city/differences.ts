/** One place in which two settings differ; a side that is absent has nothing there. */
export interface Difference {
  /** `rules[jalan].to.unit`: entries of a list by what names them, not by their place. */
  readonly path: string;
  readonly was?: unknown;
  readonly now?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What names an entry of a list, in this order. */
const naming = ['id', 'code', 'about', 'date', 'name'] as const;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of all entries, or undefined when one has none or two share one. */
const namesOf = (list: readonly unknown[]): readonly string[] | undefined => {
  const names = list.map((entry) => {
    if (typeof entry === 'string') return entry;
    const key = isFields(entry) ? naming.find((name) => typeof entry[name] === 'string') : undefined;
    return key === undefined || !isFields(entry) ? undefined : String(entry[key]);
  });
  const known = names.filter((name) => name !== undefined);
  return known.length === list.length && new Set(known).size === known.length ? known : undefined;
};

const same = (a: unknown, b: unknown): boolean => differences(a, b).length === 0;

const ofLists = (was: readonly unknown[], now: readonly unknown[], path: string): readonly Difference[] => {
  const [before, after] = [namesOf(was), namesOf(now)];
  if (before === undefined || after === undefined) {
    const equal = was.length === now.length && was.every((entry, i) => same(entry, now[i]));
    return equal ? [] : [{ path, was, now }];
  }
  const at = (name: string) => `${path}[${name}]`;
  const kept = before.filter((name) => after.includes(name));
  const moved = after.filter((name) => before.includes(name));
  return [
    ...before.flatMap((name, i) => (after.includes(name) ? [] : [{ path: at(name), was: was[i] }])),
    ...after.flatMap((name, i) => (before.includes(name) ? [] : [{ path: at(name), now: now[i] }])),
    ...kept.flatMap((name) => of(was[before.indexOf(name)], now[after.indexOf(name)], at(name))),
    // Order decides in rules: the first that fits wins.
    ...(kept.every((name, i) => name === moved[i])
      ? []
      : [{ path: `${path}, order`, was: kept, now: moved }]),
  ];
};

const of = (was: unknown, now: unknown, path: string): readonly Difference[] => {
  if (was === now) return [];
  if (Array.isArray(was) && Array.isArray(now)) return ofLists(was, now, path);
  if (!isFields(was) || !isFields(now)) {
    return [{ path, ...(was === undefined ? {} : { was }), ...(now === undefined ? {} : { now }) }];
  }
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((key) =>
    of(was[key], now[key], path === '' ? key : `${path}.${key}`),
  );
};

/** Every place in which `now` differs from `was`. */
export const differences = (was: unknown, now: unknown): readonly Difference[] => of(was, now, '');

const longest = 90;
const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const line = ({ path, was, now }: Difference): string => {
  if (was === undefined) return `  + ${path}: ${short(now)}`;
  if (now === undefined) return `  - ${path}: ${short(was)}`;
  return `  ~ ${path}: ${short(was)} → ${short(now)}`;
};

/** Differences as lines, at most so many. */
export const readable = (all: readonly Difference[], most = 40): readonly string[] => [
  ...all.slice(0, most).map(line),
  ...(all.length > most ? [`  … dan ${all.length - most} lagi · and ${all.length - most} more`] : []),
];
