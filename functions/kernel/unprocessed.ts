/**
 * Sends what the table left out of a batch again, at most `tries` times with a growing wait.
 * @param send answers what is left
 * @throws Error when something still is
 */
export const untilNoneIsLeft = async <T>(
  tries: number,
  all: T[],
  send: (left: T[]) => Promise<T[]>,
): Promise<void> => {
  let left = all;
  for (let round = 0; left.length > 0; round += 1) {
    if (round === tries) throw new Error(`the table left ${left.length} unprocessed`);
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** round));
    left = await send(left);
  }
};
