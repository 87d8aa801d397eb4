import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CaseRecord, CaseText } from '../functions/cases/model.ts';
import type { City } from '../functions/city/schema.ts';
import type { Key } from '../functions/kernel/table.ts';
import { listsOf } from '../functions/postings/scopes.ts';
import { parseTerms, postingStore } from '../functions/postings/store.ts';

/** Everything a table holds of postings: their keys, and what the cases' own records say they are. */
export const postingsIn = async (
  client: DynamoDBClient,
  name: string,
): Promise<{ readonly there: readonly string[]; readonly listed: readonly string[] }> => {
  const there: string[] = [];
  const listed: string[] = [];
  for await (const { Items: items = [] } of paginateScan({ client }, { TableName: name })) {
    for (const item of items.map((i) => unmarshall(i))) {
      if (String(item['pk']).startsWith('W#')) there.push(`${item['pk']} ${item['sk']}`);
      if (item['sk'] !== 'TERMS') continue;
      const { at, lists } = parseTerms(item);
      listed.push(...keysOf(String(item['pk']).slice(2), at, lists));
    }
  }
  return { there: there.sort(), listed: listed.sort() };
};

const { keysOf: keys } = postingStore({} as never);

const keysOf = (code: string, at: string, lists: ReturnType<typeof listsOf>): readonly string[] =>
  Object.entries(lists)
    .flatMap(([scope, list]) => list.map((term) => ({ scope, term })))
    .flatMap((posting): readonly Key[] => keys(code, [posting], at))
    .map(({ pk, sk }) => `${pk} ${sk}`);

/** The postings that a case must have, made afresh from the case and all words that it may be found by. */
export const expectedOf = (record: CaseRecord, texts: readonly CaseText[], city: City): readonly string[] =>
  keysOf(record.code, record.filedAt, listsOf(record, texts, city));
