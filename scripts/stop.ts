/** Why a script stops, in words for whoever started it: said without a stack. */
export class Stop extends Error {}

/** What to print of a failure: the words alone where the caller can do something about it. */
export const said = (error: unknown): unknown =>
  error instanceof Error &&
  (error instanceof Stop || ('code' in error && /^ERR_PARSE_ARGS/.test(String(error.code))))
    ? error.message
    : error;
