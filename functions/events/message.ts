import * as z from 'zod/mini';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { instant, slug } from '../kernel/schema.ts';

const messageVersion = 1;

/**
 * What the topic `case-events` says about one event: facts that the tracking code alone shows, and no words, names
 * or places. Of a secret case it says only that something changed (docs/adr/0050-topic-message.md).
 */
export const topicMessage = z.object({
  v: z.literal(messageVersion),
  code: z.string(),
  seq: z.int(),
  kind: z.string(),
  /** Type of the event: `assigned`, `replied` … ; `changed` for a secret case. */
  event: z.string(),
  /** State after it; absent for a secret case. */
  state: z.optional(z.string()),
  /** The unit that had the case, the one that has it now, and the tops of their branches. */
  units: z.array(slug),
  severity: z.enum(['normal', 'emergency']),
  at: instant,
  /** Path under the city's public address. */
  link: z.string(),
  /** Published once more because nobody could be told in this unit. */
  again: z.optional(z.string()),
});
export type TopicMessage = z.output<typeof topicMessage>;

/** Asks for archiving and tells nobody anything: it carries no `event` attribute. */
export const archiveRequest = z.object({ v: z.literal(messageVersion), code: z.string() });
export type ArchiveRequest = z.output<typeof archiveRequest>;

/**
 * Has an event told once more, to some only: those who wait, or the next page of many. It carries no `audience`, so
 * that it passes no integrator's policy, and of the case no more than its code.
 */
export const retelling = z.object({
  v: z.literal(messageVersion),
  code: z.string(),
  seq: z.int(),
  again: z.optional(z.string()),
  /** This citizen alone: `reporter`, or `supporter.<id>`. */
  only: z.optional(z.string()),
  /** Those who joined, after this one. */
  after: z.optional(z.string()),
});
export type Retelling = z.output<typeof retelling>;

/** Inline events beyond this are moved out; the archive queue's filter policy says the same number. */
export const inlineWanted = 8;

/** SNS message attributes, as filter policies judge them. */
export type Attributes = Readonly<Record<string, string | number | readonly string[]>>;

export interface Outgoing {
  readonly body: TopicMessage | ArchiveRequest | Retelling;
  readonly attributes: Attributes;
}

/** Units that an event concerns, and the tops of their branches as custody keeps them. */
const unitsOf = (record: CaseRecord, event: CaseEvent): readonly string[] => {
  const tops = record.custody.flatMap((stay, i) => {
    const began = i === 0 ? 0 : (record.custody[i - 1]?.until ?? 0);
    const within = began <= event.seq && event.seq <= (stay.until ?? Number.POSITIVE_INFINITY);
    return within && stay.unit !== 'triage' ? [stay.unit] : [];
  });
  return [
    ...new Set([event.unitFrom, event.unitTo, ...tops].filter((unit) => unit !== undefined)),
  ] as readonly string[];
};

/**
 * The message of one event of a case as it stands. Whether the case is secret is decided by how it stands now: of
 * such a case no integrator hears at all.
 */
export const messageOf = (record: CaseRecord, event: CaseEvent, again?: string): Outgoing => {
  const secret = isSecret(record);
  const units = secret ? (record.unit === null ? [] : [record.unit]) : unitsOf(record, event);
  const body: TopicMessage = {
    v: messageVersion,
    code: record.code,
    seq: event.seq,
    kind: secret ? 'case' : record.kind,
    event: secret ? 'changed' : event.type,
    ...(secret ? {} : { state: event.to }),
    units: [...units],
    severity: !secret && record.flags.emergency ? 'emergency' : 'normal',
    at: event.at,
    link: `/v1/track/${record.code}`,
    ...(again === undefined ? {} : { again }),
  };
  return {
    body,
    attributes: {
      event: body.event,
      kind: body.kind,
      severity: body.severity,
      inline: record.events.length,
      ...(event.files === undefined ? {} : { files: event.files.length }),
      audience: secret ? 'staff' : event.audience,
      ...(record.published === undefined ? {} : { published: 'true' }),
      ...(units.length === 0 ? {} : { units }),
      ...(secret ? { secret: 'true' } : {}),
      ...(endsForOthers(record, event) ? { relations: 'ended' } : {}),
    },
  };
};

/** With this event a case ended that others depend on, its parts, its whole, what was merged into it: `parts` looks at them. */
const endsForOthers = (
  { closedAt, seq, parent, children, absorbed }: CaseRecord,
  event: CaseEvent,
): boolean =>
  (parent !== undefined || children !== undefined || absorbed !== undefined) &&
  closedAt !== undefined &&
  event.seq === seq;

export const archiveRequestOf = (record: CaseRecord): Outgoing => ({
  body: { v: messageVersion, code: record.code },
  attributes: { inline: record.events.length },
});

/** Has the job `parts` look once more at a case that ended, which others wait for. */
export const endedRequestOf = (record: CaseRecord): Outgoing => ({
  body: { v: messageVersion, code: record.code },
  attributes: { relations: 'ended' },
});

export const retellingOf = (what: Omit<Retelling, 'v'>): Outgoing => ({
  body: { v: messageVersion, ...what },
  // No `event`: what reads events has read this one; `deliver` takes whatever has a severity.
  attributes: { severity: 'normal' },
});

/**
 * The filter policy of an integrator's raw subscription: never secret cases, only what the tracking code shows.
 * Neither an archive request nor a retelling has an `audience`, so both pass no such policy.
 */
export const integratorPolicy = (wanted: {
  readonly units: readonly string[];
  readonly kinds: readonly string[];
}): Readonly<Record<string, readonly unknown[]>> => ({
  secret: [{ exists: false }],
  audience: ['public', 'code'],
  ...(wanted.units.length === 0 ? {} : { units: wanted.units }),
  ...(wanted.kinds.length === 0 ? {} : { kind: wanted.kinds }),
});
