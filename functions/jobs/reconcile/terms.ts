import type { CaseRecord } from '../../cases/model.ts';
import type { City } from '../../city/schema.ts';
import type { Item } from '../../kernel/table.ts';
import { isCurrent } from '../../postings/indexer.ts';
import { parseTerms } from '../../postings/store.ts';

/**
 * Whether a case may be found by other words than it has today: an event that never came to `index`, a change that
 * was cut off, or spellings, areas and units that changed since. Both lie side by side in the walk, so no read is spent.
 */
export const isBehind = (record: CaseRecord, item: Item | undefined, city: City): boolean =>
  !isCurrent(item === undefined ? undefined : parseTerms(item), record, city);
