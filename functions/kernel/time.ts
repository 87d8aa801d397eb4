/** UTC instant to the second, `2026-11-22T03:00:00Z`: sorts as text, reads in a console, fits a key. */
export type Instant = string;

export const fromSeconds = (seconds: number): Instant =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
export const toSeconds = (at: Instant): number => Date.parse(at) / 1000;

/** The only place where functions ask for the time; rules get it as an argument. */
export type Clock = () => Instant;
export const systemClock: Clock = () => fromSeconds(Math.floor(Date.now() / 1000));
