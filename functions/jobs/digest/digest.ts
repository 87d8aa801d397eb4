import { shards, triageIndex, unitIndex } from '../../cases/keys.ts';
import type { CaseRow } from '../../cases/model.ts';
import type { City } from '../../city/schema.ts';
import { limiter } from '../../events/limit.ts';
import type { Notice } from '../../events/notice.ts';
import { digestKey, type ReceiptStore } from '../../events/receipts.ts';
import { type Channel, tell } from '../../events/tell.ts';
import type { Directory, Person } from '../../events/told.ts';
import type { Role } from '../../kernel/contract.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, type Instant, toSeconds } from '../../kernel/time.ts';
import { caseLines, type DueOf, escalatedUnseen, executiveNotice, reportFor } from './executive.ts';
import {
  countFor,
  type Day,
  type DueRows,
  dayOf,
  digestNotice,
  noRows,
  nothingDue,
  ownRow,
  rootsOf,
  sum,
} from './rules.ts';

/** Rows that are looked at per top unit and per shard of triage; beyond, the digest says "more than". */
const unitCut = 300;
const shardCut = 60;
/** Cases that an inspector's list names. */
const unseenListed = 20;
const readsAtOnce = 8;
const sendsAtOnce = 8;
/** No notice is begun with less time than it may take at its slowest. */
const leastMillis = 15_000;
/** Receipts of digests are of no use after this. */
const keptSeconds = 30 * 86_400;

export interface DigestDeps {
  /** Rows of a partition of gsi1 in order of their deadline. */
  readonly rows: (
    partition: string,
    limit: number,
  ) => Promise<readonly { readonly sort: string; readonly row: CaseRow }[]>;
  readonly city: () => Promise<City>;
  readonly directory: Pick<Directory, 'everyone'>;
  readonly channels: readonly Channel[];
  readonly receipts: ReceiptStore;
  readonly publicUrl: string;
  readonly now: Clock;
  readonly log: Log;
}

export interface Digested {
  readonly date: string;
  readonly working: boolean;
  readonly people: number;
  readonly left: number;
}

/**
 * The morning list: how many reports of the own units are over or due today, for liaisons and heads (for officers where
 * their unit has neither); the same of triage for coordinators; the whole city by unit, with what climbed to them, for
 * executives, who are told of escalations here alone. One message per person, channel and day; whoever has nothing due
 * gets none. Reads are bounded per unit, and counts leave out what the reader may not see.
 */
export const digest =
  (deps: DigestDeps) =>
  async (remaining: () => number): Promise<Digested> => {
    const city = await deps.city();
    const now = deps.now();
    const day = dayOf(city, now);
    if (!day.working) {
      deps.log.info('no digest on a day off', { date: day.date });
      return { date: day.date, working: false, people: 0, left: 0 };
    }
    const everyone = await deps.directory.everyone();
    const roots = rootsOf(
      everyone.map(({ actor }) => actor),
      city,
    );
    const whole = everyone.some(({ actor }) => overCity.has(actor.role)) ? topsOf(city) : [];
    const due = await dueRows(deps, [...roots.values(), whole].flat(), day);
    const slot = limiter(sendsAtOnce);
    const letters = everyone.flatMap((person) => {
      const letter = letterFor(deps, city, person, roots.get(person.actor.id) ?? [], due, now);
      return letter === undefined ? [] : [{ person, letter }];
    });
    const ends = await Promise.all(
      letters.flatMap(({ person, letter }) =>
        deps.channels.map((channel) => slot(() => send(deps, person, letter, channel, day, remaining))),
      ),
    );
    const left = ends.filter((ended) => !ended).length;
    deps.log.info('digest', { date: day.date, people: letters.length, notices: ends.length, left });
    return { date: day.date, working: true, people: letters.length, left };
  };

/** Who is told of the whole city: executives, and inspectors of what executives may not know. */
const overCity: ReadonlySet<Role> = new Set(['executive', 'inspector']);
const topsOf = (city: City): readonly string[] =>
  city.units.flatMap(({ id, parent }) => (parent === undefined ? [id] : []));

interface Due {
  readonly ofRoot: ReadonlyMap<string, DueRows>;
  readonly triage: DueRows;
}

/** What is due by the end of the day: the rows come by deadline, so the first later one ends the reading. */
const dueRows = async ({ rows }: DigestDeps, answered: readonly string[], day: Day): Promise<Due> => {
  const slot = limiter(readsAtOnce);
  const read = (partition: string, cut: number): Promise<DueRows> =>
    slot(async () => {
      const found = await rows(partition, cut + 1);
      const within = found.filter(({ sort }) => sort < day.end);
      const taken = within.slice(0, cut).map(({ row }) => row);
      return { rows: taken, cutAt: within.length > cut ? (taken.at(-1)?.due ?? undefined) : undefined };
    });
  const roots = [...new Set(answered)];
  const [ofRoot, triage] = await Promise.all([
    Promise.all(roots.map(async (root) => [root, await read(unitIndex(root), unitCut)] as const)),
    Promise.all(Array.from({ length: shards }, (_, shard) => read(triageIndex(shard), shardCut))),
  ]);
  return {
    ofRoot: new Map(ofRoot),
    triage: {
      rows: triage.flatMap((t) => t.rows),
      cutAt: triage.flatMap((t) => t.cutAt ?? []).sort()[0],
    },
  };
};

const letterFor = (
  { publicUrl }: DigestDeps,
  city: City,
  { actor }: Person,
  roots: readonly string[],
  due: Due,
  now: Instant,
): Notice | undefined => {
  const all = (): DueOf => [
    { unit: 'triage', due: due.triage },
    ...topsOf(city).map((unit) => ({ unit, due: due.ofRoot.get(unit) ?? noRows })),
  ];
  if (actor.role === 'executive') {
    return executiveNotice(city, reportFor(actor, city, all(), now), now, publicUrl);
  }
  if (actor.role === 'coordinator') {
    const counts = countFor(actor, city, due.triage, now, () => true);
    return nothingDue(counts) ? undefined : digestNotice(city, actor, 'triage', counts, publicUrl);
  }
  const counts = sum(
    roots.map((root) => countFor(actor, city, due.ofRoot.get(root) ?? noRows, now, ownRow(actor))),
  );
  const unseen = actor.role === 'inspector' ? escalatedUnseen(actor, city, all()) : [];
  if (nothingDue(counts) && unseen.length === 0) return undefined;
  return digestNotice(city, actor, 'unit', counts, publicUrl, secretLines(unseen, now, publicUrl));
};

/** Cases that climbed past their head and of which no executive may know. */
const secretLines = (rows: readonly CaseRow[], now: Instant, publicUrl: string): readonly string[] =>
  rows.length === 0
    ? []
    : [
        `Dinaikkan melewati kepala unit, tidak terlihat pimpinan kota: ${rows.length}`,
        ...caseLines(rows.slice(0, unseenListed), now, publicUrl),
      ];

/** @returns whether this notice has ended, now or in an earlier run of the day */
const send = async (
  { receipts, now, log }: DigestDeps,
  { actor, addresses }: Person,
  notice: Notice,
  channel: Channel,
  day: Day,
  remaining: () => number,
): Promise<boolean> => {
  const to = addresses[channel.name];
  if (to === undefined) return true;
  if (remaining() < leastMillis) return false;
  const recipient = actor.id;
  const facts = {
    seq: 0,
    recipient,
    channel: channel.name,
    via: 'digest',
    unit: actor.unit,
    event: 'digest',
    expires: toSeconds(now()) + keptSeconds,
  };
  try {
    const how = await tell(
      { receipts, now },
      { key: digestKey(day.date, recipient, channel.name), facts, to, notice, channel },
    );
    return how !== 'busy' && how !== 'waiting';
  } catch (e) {
    log.error('a digest did not end', e);
    return false;
  }
};
