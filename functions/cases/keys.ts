import { createHash } from 'node:crypto';
import { type Clocks, isRunning } from './clock/clock.ts';
import type { CaseRecord, CaseRow } from './model.ts';

/** Triage and wake rows are spread: one index partition takes 1,000 writes a second and pushes back on the base. */
export const shards = 8;
export const shardOf = (code: string): number =>
  (createHash('sha256').update(code).digest()[0] ?? 0) % shards;

export const caseKey = (code: string) => ({ pk: `C#${code}`, sk: 'CASE' });
export const eventKey = (code: string, seq: number) => ({ pk: `C#${code}`, sk: `EVENT#${pad(seq)}` });
export const textKey = (code: string, id: string) => ({ pk: `C#${code}`, sk: `TEXT#${id}` });
export const pad = (seq: number): string => String(seq).padStart(6, '0');

/** Sorts after every date: a case on which nothing runs. */
const noDue = '9999-12-31T00:00:00Z';

export const unitIndex = (root: string): string => `U#${root}`;
export const closedIndex = (root: string, month: string): string => `U#${root}#${month}`;
export const triageIndex = (shard: number): string => `TRIAGE#${shard}`;
export const areaIndex = (area: string): string => `A#${area}`;
export const personIndex = (staffId: string): string => `P#${staffId}`;
export const validatingIndex = (unit: string): string => `V#${unit}`;
export const wakeIndex = (shard: number): string => `WAKE#${shard}`;
export const reporterIndex = (reporter: string): string => `R#${reporter}`;

export const flagsOf = (flags: CaseRecord['flags']): string =>
  (flags.anonymous ? 'a' : '') +
  (flags.confidential ? 'c' : '') +
  (flags.oversight ? 'o' : '') +
  (flags.emergency ? 'e' : '');

export const rowOf = (record: CaseRecord, due: string | null, promised: string | null): CaseRow => ({
  code: record.code,
  kind: record.kind,
  state: record.state,
  seq: record.seq,
  excerpt: record.excerpt,
  category: record.category,
  area: record.area,
  unit: record.unit,
  flags: flagsOf(record.flags),
  filedAt: record.filedAt,
  due,
  ...(promised === null ? {} : { promised }),
  ...(record.assignee === undefined ? {} : { assignee: record.assignee }),
  ...(record.validating === undefined ? {} : { validating: record.validating }),
  ...(record.about === undefined ? {} : { about: record.about }),
  ...(record.proposal.unit === null ? {} : { proposed: record.proposal.unit }),
  origin: record.origin,
  ...(record.roadClass === undefined ? {} : { roadClass: record.roadClass }),
  ...(record.labels === undefined ? {} : { labels: record.labels }),
  ...(record.priority === undefined ? {} : { priority: record.priority.level }),
  ...(record.escalation === undefined ? {} : { escalation: record.escalation }),
  ...(isWaiting(record.clocks) ? { waiting: true } : {}),
  ...(record.parent === undefined ? {} : { part: true }),
  ...(record.point === undefined ? {} : { at: roughly(record.point) }),
  ...(record.absorbed === undefined ? {} : { absorbed: record.absorbed }),
});

/** Ten metres are as good as a phone's position. */
const roughly = ({ lat, lon }: NonNullable<CaseRecord['point']>) => ({
  lat: Math.round(lat * 1e4) / 1e4,
  lon: Math.round(lon * 1e4) / 1e4,
});

/** Whether the reporter is asked for something: data that completes the report, or the answer to a question. */
export const isWaiting = ({ data, question }: Clocks): boolean =>
  (data !== undefined && isRunning(data)) || (question !== undefined && isRunning(question));

/**
 * Index keys of a case: sparse, keyed without the state. Closed cases stay in their unit's and area's month,
 * and wake only for what outlives them.
 * @param due earliest running deadline
 */
export const indexKeys = (record: CaseRecord, due: string | null): Readonly<Record<string, string>> => {
  const sort = `${due ?? noDue}#${record.code}`;
  const shard = shardOf(record.code);
  const reporter =
    record.reporter === undefined
      ? {}
      : { gsi5pk: reporterIndex(record.reporter), gsi5sk: `${record.filedAt}#${record.code}` };
  const wake =
    record.wakeAt === null ? {} : { gsi4pk: wakeIndex(shard), gsi4sk: `${record.wakeAt}#${record.code}` };
  if (record.closedAt !== undefined) {
    const month = record.closedAt.slice(0, 7);
    const closed = `${record.closedAt}#${record.code}`;
    return {
      gsi1pk: closedIndex(record.root ?? 'triage', month),
      gsi1sk: closed,
      ...(record.area === null ? {} : { gsi3pk: `${areaIndex(record.area)}#${month}`, gsi3sk: closed }),
      ...wake,
      ...reporter,
    };
  }
  const second =
    record.validating !== undefined
      ? validatingIndex(record.validating)
      : record.assignee !== undefined
        ? personIndex(record.assignee)
        : undefined;
  return {
    gsi1pk: record.root === null ? triageIndex(shard) : unitIndex(record.root),
    gsi1sk: sort,
    ...(second === undefined ? {} : { gsi2pk: second, gsi2sk: sort }),
    ...(record.area === null ? {} : { gsi3pk: areaIndex(record.area), gsi3sk: sort }),
    ...wake,
    ...reporter,
  };
};
