/** JSON pointer (RFC 6901) of a part of what `pointer` leads to; empty for the whole. */
export const within = (pointer: string, part: string | number): string =>
  `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** `/allOf/0/if` → `['allOf', '0', 'if']`. */
export const partsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
