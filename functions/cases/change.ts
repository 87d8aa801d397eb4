import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { closeCustody } from './effects.ts';
import type { CaseRecord } from './model.ts';
import { rootOf } from './units.ts';
import type { Change } from './workflow.ts';

/** Bytes of what a kind keeps with a case, as JSON in UTF-8; a usual case has a fifth of it. */
export const dataLimit = 1024;

const bytesOf = ({ data }: Pick<CaseRecord, 'data'>): number => Buffer.byteLength(JSON.stringify(data));

/** Whether a step adds facts of the kind beyond what a case may hold; one that adds none never does. */
export const outgrows = (before: Pick<CaseRecord, 'data'>, after: Pick<CaseRecord, 'data'>): boolean =>
  bytesOf(after) > dataLimit && bytesOf(after) > bytesOf(before);

/** The members of the record that a change names; state, clocks and events are the engine's own. */
export const applyChange = (
  city: City,
  record: CaseRecord,
  change: Change,
  seq: number,
  on: Instant,
): CaseRecord => {
  const unit = change.unit === undefined ? record.unit : change.unit;
  const root = unit === null ? null : rootOf(city, unit);
  const custody =
    root === record.root
      ? record.custody
      : [
          ...closeCustody(record.custody, on, seq, change.custodyEnds ?? 'moved'),
          { unit: root ?? 'triage', from: on },
        ];
  const next = {
    ...record,
    unit,
    root,
    custody,
    category: change.category === undefined ? record.category : change.category,
    categoryBy: change.category === undefined ? record.categoryBy : ('coordinator' as const),
    area: change.area === undefined ? record.area : change.area,
    areaHow: change.area === undefined ? record.areaHow : 'corrected',
    flags: {
      ...record.flags,
      confidential: change.confidential ?? record.flags.confidential,
      oversight: change.oversight ?? record.flags.oversight,
    },
    proposal: change.proposal ?? record.proposal,
    bounces: record.bounces + (change.bounced === undefined ? 0 : 1),
    data: present({ ...record.data, ...change.data }),
    ...(change.about === undefined ? {} : { about: change.about }),
  };
  const whole = withOptional(
    withOptional(withOptional(next, 'assignee', change.assignee), 'validating', change.validating),
    'outcome',
    change.outcome,
  );
  return change.set === undefined ? whole : present({ ...whole, ...change.set });
};

/** Without members that are undefined. */
const present = <T extends object>(of: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;

const withOptional = (
  record: CaseRecord,
  name: 'assignee' | 'validating' | 'outcome',
  value: string | null | undefined,
): CaseRecord => {
  if (value === undefined) return record;
  const { [name]: _, ...rest } = record;
  return value === null ? rest : { ...rest, [name]: value };
};
