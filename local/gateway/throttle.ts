/** Requests a second on average, and how many may come at once. */
export interface Limit {
  readonly rate: number;
  readonly burst: number;
}

/** A token bucket. @returns whether one more request at `now` (milliseconds, never the moved clock) is within it */
export const createThrottle = ({ rate, burst }: Limit): ((now: number) => boolean) => {
  let tokens = burst;
  let last = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * rate);
    last = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
};
