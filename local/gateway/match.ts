/** Path parameters of a request by their names in the route, decoded. */
export type Params = Readonly<Record<string, string>>;

interface Route<T> {
  readonly method: string;
  readonly segments: readonly string[];
  readonly target: T;
}

const isParam = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');
const isGreedy = (segment: string | undefined): boolean => segment?.endsWith('+}') === true;

const capture = (segments: readonly string[], path: readonly string[]): Params | undefined => {
  const greedy = isGreedy(segments.at(-1));
  if (greedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const part = path[i] ?? '';
    if (isGreedy(segment)) {
      const rest = path.slice(i).join('/');
      if (rest === '') return undefined;
      params[segment.slice(1, -2)] = rest;
    } else if (isParam(segment)) {
      // A parameter never stands for nothing: `/v1/track/` is not `/v1/track/{code}`.
      if (part === '') return undefined;
      params[segment.slice(1, -1)] = part;
    } else if (segment !== part) return undefined;
  }
  return params;
};

/** Static segments before parameters before greedy ones, from the left; a named method before ANY. */
const rank = ({ method, segments }: Route<unknown>): string =>
  segments.map((s) => (isGreedy(s) ? 2 : isParam(s) ? 1 : 0)).join('') + (method === 'ANY' ? 1 : 0);

/**
 * Matches as an HTTP API does: the whole path, decoded, the most specific route first, `$default` last.
 * @param routes what each route key leads to
 */
export const createMatcher = <T>(
  routes: ReadonlyMap<string, T>,
): ((method: string, path: string) => { readonly target: T; readonly params: Params } | undefined) => {
  const exact = new Map<string, T>();
  const patterns: Route<T>[] = [];
  for (const [routeKey, target] of routes) {
    if (routeKey === '$default') continue;
    const space = routeKey.indexOf(' ');
    const method = routeKey.slice(0, space);
    const path = routeKey.slice(space + 1);
    if (path.includes('{')) patterns.push({ method, segments: path.split('/'), target });
    else exact.set(routeKey, target);
  }
  patterns.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return (method, path) => {
    const found = exact.get(`${method} ${path}`) ?? exact.get(`ANY ${path}`);
    if (found !== undefined) return { target: found, params: {} };
    const parts = path.split('/');
    for (const route of patterns) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const params = capture(route.segments, parts);
      if (params !== undefined) return { target: route.target, params };
    }
    const fallback = routes.get('$default');
    return fallback === undefined ? undefined : { target: fallback, params: {} };
  };
};
