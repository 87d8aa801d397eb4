import * as z from 'zod/mini';
import { caseKey } from '../../cases/keys.ts';
import { instant } from '../../kernel/schema.ts';
import type { Item, Key } from '../../kernel/table.ts';

const keyed = z.object({ pk: z.string(), sk: z.string() });
const marked = z.object({ seq: z.int() });
const worded = z.object({ id: z.string(), at: instant });

/** What the table holds of one case, as far as readers are compared with it. */
export interface Group {
  readonly code: string;
  /** Key of its last item: a walk that stopped goes on after it. */
  readonly last: Key;
  readonly case: Item | undefined;
  readonly archived: readonly Item[];
  readonly texts: readonly { readonly id: string; readonly at: string }[];
  /** Up to where `relay` has published. */
  readonly relayed: number;
  readonly contribution: Item | undefined;
  /** Words by which it is found. */
  readonly terms: Item | undefined;
}

interface Open {
  readonly pk: string;
  readonly items: Item[];
}

const groupOf = ({ pk, items }: Open): Group => {
  const of = (prefix: string): readonly Item[] =>
    items.filter((item) => String(item['sk']).startsWith(prefix));
  const mark = of('MARK#relay')[0];
  const last = keyed.parse(items.at(-1));
  return {
    code: pk.slice(caseKey('').pk.length),
    last: { pk: last.pk, sk: last.sk },
    case: of('CASE')[0],
    archived: of('EVENT#'),
    texts: of('TEXT#').map((item) => worded.parse(item)),
    relayed: mark === undefined ? 0 : marked.parse(mark).seq,
    contribution: of('CONTRIB')[0],
    terms: of('TERMS')[0],
  };
};

/**
 * Puts the items of a walk together by case. The table keeps the items of one partition next to each other, so a
 * case is whole when the walk has come to another partition, or to its end.
 */
export const grouping = () => {
  let open: Open | undefined;
  const close = (): readonly Group[] => {
    const done = open === undefined ? [] : [groupOf(open)];
    open = undefined;
    return done;
  };
  return {
    /**
     * Takes a page; answers the cases that it completed.
     * @param last where the page ended, whatever lay there; undefined at the end of the table
     */
    push: (items: readonly Item[], last: Key | undefined): readonly Group[] => {
      const done: Group[] = [];
      for (const item of items) {
        const { pk } = keyed.parse(item);
        if (open !== undefined && open.pk !== pk) done.push(...close());
        open ??= { pk, items: [] };
        open.items.push(item);
      }
      if (open !== undefined && open.pk !== last?.pk) done.push(...close());
      return done;
    },
    /** Whether the walk stands within a case. */
    within: (): boolean => open !== undefined,
  };
};
