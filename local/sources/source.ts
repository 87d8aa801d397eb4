/** Something that calls functions by itself: a stream, a queue, a schedule. */
export interface Source {
  readonly status: () => Readonly<Record<string, unknown>>;
  /** What it still has to hand over, in words; undefined when it is drained. */
  readonly pending: () => Promise<string | undefined>;
  readonly stop: () => Promise<void>;
}
