import type { Issued } from './model.ts';

/** What a document needs of its case: the number by which the case says that it was issued. */
export interface OfCase {
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Where a document stands. The case says first that it was issued and the document follows: whoever looks in between,
 * or after a crash there, believes the case. It names the last one, with which those go that were prepared for it; what
 * somebody prepared in vain stays so.
 */
export const stateOf = (record: Issued, of: OfCase | undefined): Issued['state'] => {
  const last = of?.data['product'];
  const follows = typeof last === 'string' && (record.withLast === true || last === record.number);
  return record.state === 'prepared' && follows ? 'issued' : record.state;
};
