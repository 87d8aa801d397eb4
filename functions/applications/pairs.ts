/**
 * Names and values as one fact of an event, which holds no objects: `kk:AbC… /mother/nik:unreadable`. Neither part ids,
 * pointers of forms, file ids nor codes hold a blank or a colon.
 */
export const written = (pairs: ReadonlyMap<string, string>): string =>
  [...pairs].map(([name, value]) => `${name}:${value}`).join(' ');

export const read = (fact: unknown): ReadonlyMap<string, string> =>
  new Map(
    typeof fact !== 'string' || fact === ''
      ? []
      : fact.split(' ').map((pair) => {
          const at = pair.lastIndexOf(':');
          return [pair.slice(0, at), pair.slice(at + 1)] as const;
        }),
  );
