/** Runs at most `size` of the given works at once; the others wait in order. */
export const limiter = (size: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // A place is handed over, not given back and taken again.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
