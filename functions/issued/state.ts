import type { Issued } from './model.ts';

/** What a document needs of its case: the number by which the case says that it was issued. */
export interface OfCase {
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Where a document stands. The case says first that it was issued and the document follows: whoever looks in between,
 * or after a crash there, believes the case.
 */
export const stateOf = (record: Issued, of: OfCase | undefined): Issued['state'] =>
  record.state === 'prepared' && typeof of?.data['product'] === 'string' ? 'issued' : record.state;
