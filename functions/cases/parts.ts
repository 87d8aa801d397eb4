import type { CaseRecord } from './model.ts';

/** Parts that ended, with the outcome of each; kept in the case, since its events may be archived meanwhile. */
export const endedParts = ({ data }: CaseRecord): Readonly<Record<string, string>> => {
  const { ended } = data;
  return typeof ended === 'object' && ended !== null ? (ended as Readonly<Record<string, string>>) : {};
};

/** Parts that are still being worked on. */
export const openParts = (record: CaseRecord): readonly string[] =>
  (record.children ?? []).filter((code) => endedParts(record)[code] === undefined);
