// Imported first by the issuer's worker: every `Date` after it follows the city's moved clock.
import { workerData } from 'node:worker_threads';

const offset = new Float64Array((workerData as { readonly clock: SharedArrayBuffer }).clock);
const RealDate = Date;

class MovedDate extends RealDate {
  constructor(...args: readonly [] | readonly [number | string | Date]) {
    super(args.length === 0 ? MovedDate.now() : args[0]);
  }
  static override now(): number {
    return RealDate.now() + (offset[0] ?? 0);
  }
}

globalThis.Date = MovedDate as DateConstructor;
