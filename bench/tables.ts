import type { TableDefinitions } from '../test/tables.ts';

/** Streams cost no units here, and the engine slows down with every record that nobody takes away. */
export const withoutStreams = (definitions: TableDefinitions): TableDefinitions => {
  const plain = (table: object): object =>
    Object.fromEntries(Object.entries(table).filter(([name]) => name !== 'StreamSpecification'));
  return { cases: plain(definitions.cases), identities: plain(definitions.identities) };
};
