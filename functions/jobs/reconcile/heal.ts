import type { CaseRecord } from '../../cases/model.ts';
import { openParts } from '../../cases/parts.ts';
import { type CaseStore, parseCase } from '../../cases/store.ts';
import type { City } from '../../city/schema.ts';
import type { RelayMarks } from '../../events/marks.ts';
import {
  archiveRequestOf,
  endedRequestOf,
  inlineWanted,
  messageOf,
  type Outgoing,
} from '../../events/message.ts';
import { eventsBetween } from '../../events/missing.ts';
import type { Publish } from '../../events/publish.ts';
import type { UnreachableStore } from '../../events/unreachable.ts';
import type { Log } from '../../kernel/log.ts';
import type { Item } from '../../kernel/table.ts';
import { type Clock, fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import type { Group } from './groups.ts';

/** The reader that keeps figures: what it made of a case, and how to have it look again. */
export interface Figures {
  /** Whether its record of a case is not what the case, as it stands, would make. */
  readonly stale: (record: CaseRecord, contribution: Item | undefined, city: City) => boolean;
  readonly project: (records: readonly CaseRecord[]) => Promise<unknown>;
}

/** The reader that keeps the words by which cases are found. */
export interface Words {
  readonly behind: (record: CaseRecord, terms: Item | undefined, city: City) => boolean;
  readonly index: (code: string) => Promise<unknown>;
}

/** The reader that keeps what everybody reads. */
export interface PublicCopies {
  readonly behind: (record: CaseRecord) => Promise<boolean>;
  readonly bringUp: (code: string) => Promise<unknown>;
}

export interface HealDeps {
  readonly store: Pick<CaseStore, 'read' | 'archivedEvents' | 'removeText'>;
  readonly marks: RelayMarks;
  readonly publish: Publish;
  readonly figures: Figures;
  readonly words: Words;
  readonly copies: PublicCopies;
  readonly unreachable: UnreachableStore;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  readonly log: Log;
}

export interface How {
  /** Counts, and changes nothing. */
  readonly dry: boolean;
  /** Events recorded since then are published again though they went out: for a queue that was lost. */
  readonly since: Instant | undefined;
}

/** What a run found and did; in a dry run, what it would have done. */
export interface Counts {
  cases: number;
  /** Events published. */
  republished: number;
  /** Cases whose figures were made anew. */
  projected: number;
  /** Cases whose words were indexed anew. */
  indexed: number;
  /** Public copies that were behind their case. */
  copied: number;
  archiveAsked: number;
  /** Words removed that no event names. */
  orphans: number;
  /** Cases told again whose unit could not be reached. */
  unreachable: number;
  /** Cases that could not be healed, or the figures' zeros that could not be removed; the log says why. */
  failed: number;
}

export const noCounts = (): Counts => ({
  cases: 0,
  republished: 0,
  projected: 0,
  indexed: 0,
  copied: 0,
  archiveAsked: 0,
  orphans: 0,
  unreachable: 0,
  failed: 0,
});

/** Words wait this long for the write that names them. */
const orphanSeconds = 24 * 3600;
/** Cases whose messages are gathered before they are published. */
const publishedAtOnce = 20;
const projectedAtOnce = 25;

interface Stale {
  readonly code: string;
  readonly messages: readonly Outgoing[];
  readonly events: number;
  /** Where its mark goes when all went out; undefined when it need not move. */
  readonly to: number | undefined;
}

/** Brings every reader of these cases up to what the table says. A case that fails is counted and left for the next run. */
export const heal = async (
  deps: HealDeps,
  groups: readonly Group[],
  how: How,
  counts: Counts,
): Promise<void> => {
  const city = await deps.city();
  const stale: Stale[] = [];
  const projecting: CaseRecord[] = [];
  for (const group of groups) {
    try {
      counts.orphans += await removeOrphans(deps, group, how);
      if (group.case === undefined) continue;
      counts.cases += 1;
      const record = parseCase(group.case);
      const late = await unpublished(deps, group, record, how);
      if (late !== undefined) stale.push(late);
      if (record.events.length > inlineWanted) counts.archiveAsked += 1;
      if (deps.figures.stale(record, group.contribution, city)) projecting.push(record);
      if (deps.words.behind(record, group.terms, city)) {
        if (!how.dry) await deps.words.index(record.code);
        counts.indexed += 1;
      }
      const waiting = await unnoticedEnds(deps, record);
      if (waiting.length > 0) stale.push({ code: record.code, messages: waiting, events: 0, to: undefined });
      if (await deps.copies.behind(record)) {
        if (!how.dry) await deps.copies.bringUp(record.code);
        counts.copied += 1;
      }
    } catch (e) {
      counts.failed += 1;
      deps.log.error('a case was not compared', e);
    }
  }
  for (let i = 0; i < stale.length; i += publishedAtOnce)
    await publishAll(deps, stale.slice(i, i + publishedAtOnce), how, counts);
  for (let i = 0; i < projecting.length; i += projectedAtOnce) {
    const some = projecting.slice(i, i + projectedAtOnce);
    try {
      if (!how.dry) await deps.figures.project(some);
      counts.projected += some.length;
    } catch (e) {
      counts.failed += some.length;
      deps.log.error('figures were not made anew', e);
    }
  }
};

/** Parts that ended without their whole having heard, or a whole that ended before its parts: asked for once more. */
const unnoticedEnds = async ({ store }: HealDeps, record: CaseRecord): Promise<readonly Outgoing[]> => {
  const parts = await Promise.all(openParts(record).map((code) => store.read(code)));
  const has = (ended: boolean): readonly CaseRecord[] =>
    parts.filter((part) => part !== undefined && (part.closedAt !== undefined) === ended) as CaseRecord[];
  if (record.closedAt === undefined) return has(true).map(endedRequestOf);
  return has(false).length > 0 ? [endedRequestOf(record)] : [];
};

/** What the relay did not publish of a case, read anew: the walk may be behind by now. */
const unpublished = async (
  { store, marks }: HealDeps,
  { relayed }: Group,
  seen: CaseRecord,
  { since, dry }: How,
): Promise<Stale | undefined> => {
  const { code } = seen;
  const behind = relayed < seen.seq;
  const again = since !== undefined && (seen.events.at(-1)?.at ?? '') >= since;
  const asked = seen.events.length > inlineWanted ? [archiveRequestOf(seen)] : [];
  if (!behind && !again)
    return asked.length === 0 ? undefined : { code, messages: asked, events: 0, to: undefined };
  const record = dry ? seen : ((await store.read(code)) ?? seen);
  const mark = dry ? relayed : ((await marks.read([code])).get(code) ?? 0);
  const events = (await eventsBetween(store, record, again ? 0 : Math.min(mark, record.seq))).filter(
    (event) => event.seq > mark || (since !== undefined && event.at >= since),
  );
  // Each message carries the number of inline events too, and so asks for archiving by itself.
  const messages = events.length === 0 ? asked : events.map((event) => messageOf(record, event));
  return { code, messages, events: events.length, to: mark < record.seq ? record.seq : undefined };
};

const publishAll = async (
  { publish, marks, now, log }: HealDeps,
  stale: readonly Stale[],
  { dry }: How,
  counts: Counts,
): Promise<void> => {
  const { failed, error } = dry
    ? { failed: new Set<number>(), error: undefined }
    : await publish(stale.flatMap(({ messages }) => messages));
  if (error !== undefined) log.error('publishing failed', error, { failed: failed.size });
  let place = 0;
  for (const { code, messages, events, to } of stale) {
    const lost = messages.some((_, i) => failed.has(place + i));
    place += messages.length;
    if (lost) {
      counts.failed += 1;
      continue;
    }
    counts.republished += events;
    if (dry || to === undefined) continue;
    try {
      await marks.advance(code, to, now());
    } catch (e) {
      counts.failed += 1;
      log.error('a mark could not be moved', e);
    }
  }
};

/**
 * Removes words older than a day that neither the case nor any of its events names: what a filing or an action left
 * that never got as far as its write. Looks twice, the second time at the case as it stands.
 */
const removeOrphans = async ({ store, now }: HealDeps, group: Group, { dry }: How): Promise<number> => {
  const before = fromSeconds(toSeconds(now()) - orphanSeconds);
  const old = group.texts.filter(({ at }) => at < before);
  if (old.length === 0) return 0;
  const known = JSON.stringify([group.case, group.archived]);
  const suspects = old.filter(({ id }) => !known.includes(id));
  if (suspects.length === 0 || dry) return suspects.length;
  const present = JSON.stringify([await store.read(group.code), await store.archivedEvents(group.code)]);
  let removed = 0;
  for (const { id, at } of suspects)
    if (!present.includes(id) && (await store.removeText(group.code, id, at))) removed += 1;
  return removed;
};

/** Publishes once more what no one of a unit could be told; `deliver` takes it off the list when somebody was. */
export const tellAgain = async (deps: HealDeps, { dry }: How, counts: Counts): Promise<void> => {
  let from: Item | undefined;
  do {
    const { waiting, last } = await deps.unreachable.page(deps.now(), from);
    for (const { unit, code, seq } of waiting) {
      try {
        const record = await deps.store.read(code);
        if (record === undefined) continue;
        counts.unreachable += 1;
        if (dry) continue;
        const events = await eventsBetween(deps.store, record, seq - 1, seq);
        const { error } = await deps.publish(events.map((event) => messageOf(record, event, unit)));
        if (error !== undefined) throw error;
      } catch (e) {
        counts.failed += 1;
        deps.log.error('a case was not told again', e);
      }
    }
    from = last;
  } while (from !== undefined);
};
