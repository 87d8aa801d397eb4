import type { City, Zone } from '../city/schema.ts';
import type { ChannelName } from '../events/told.ts';
import type { FieldError } from '../kernel/errors.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import { lastDigestBefore } from '../sendings/digests.ts';
import type { Order, Subscription } from '../sendings/model.ts';
import { sumOf } from '../sendings/model.ts';
import { type Choice, placesLimit, subscriptionsLimit } from './shapes.ts';

/** What is wrong with a wish, by field; `wrong` is the code of the first kind found. */
export const faultsOf = (
  city: Pick<City, 'areas' | 'topics'>,
  wanted: readonly Choice[],
  offered: ReadonlySet<ChannelName>,
):
  | { readonly wrong: 'unknownArea' | 'unknownTopic' | 'channelOff'; readonly fields: readonly FieldError[] }
  | undefined => {
  const areas = new Set(city.areas.map(({ code }) => code));
  const topics = new Set(city.topics.topics.map(({ id }) => id));
  const at = (field: string, problem: string) => ({ field: `/subscriptions/${field}`, problem });
  const unknownArea = wanted.flatMap((one, i) =>
    one.areas.flatMap((area, j) => (areas.has(area) ? [] : [at(`${i}/areas/${j}`, 'unknownArea')])),
  );
  if (unknownArea.length > 0) return { wrong: 'unknownArea', fields: unknownArea };
  const unknownTopic = wanted.flatMap((one, i) =>
    one.topics.flatMap((topic, j) => (topics.has(topic) ? [] : [at(`${i}/topics/${j}`, 'unknownTopic')])),
  );
  if (unknownTopic.length > 0) return { wrong: 'unknownTopic', fields: unknownTopic };
  const off = wanted.flatMap(({ channel }, i) =>
    offered.has(channel) ? [] : [at(`${i}/channel`, 'channelOff')],
  );
  return off.length > 0 ? { wrong: 'channelOff', fields: off } : undefined;
};

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
const nameOf = ({ areas, topics, channel, pace }: Choice): string =>
  JSON.stringify([sorted(areas), sorted(topics), channel, pace]);

/** The next second: what was published in this one was told by what held before. */
const after = (at: Instant): Instant => fromSeconds(toSeconds(at) + 1);

export interface Change {
  readonly now: Instant;
  readonly zone: Zone;
  readonly hourBefore: number;
  readonly hour: number;
}

/**
 * Subscriptions as somebody wants them from now on. Each covers only what no other of theirs told before: one that stays
 * goes on, a new one begins now, and a daily one whose hour moved begins where its last digest ended. The same wish
 * twice is one.
 */
export const renewed = (
  before: readonly Subscription[],
  wanted: readonly Choice[],
  { now, zone, hourBefore, hour }: Change,
): readonly Subscription[] => {
  const known = new Map(before.map((one) => [nameOf(one), one]));
  const unique = [...new Map(wanted.map((one) => [nameOf(one), one])).values()];
  const used = new Set(unique.flatMap((one) => known.get(nameOf(one))?.id ?? []));
  const free = Array.from({ length: subscriptionsLimit * 2 }, (_, i) => `s${i + 1}`).filter(
    (id) => !used.has(id),
  );
  return unique.map((one): Subscription => {
    const { channel, pace } = one;
    const old = known.get(nameOf(one));
    const choice = { areas: [...sorted(one.areas)], topics: [...sorted(one.topics)], channel, pace };
    if (old === undefined) return { id: free.shift() ?? '', ...choice, since: after(now) };
    if (pace === 'instant' || hour === hourBefore) return old;
    const told = after(lastDigestBefore(hourBefore, now, zone));
    return { ...old, since: told > old.since ? told : old.since };
  });
};

/** A confirmed wish beside what is there, as far as there is room. */
export const joined = (before: readonly Choice[], more: readonly Choice[]): readonly Choice[] => {
  const all: Choice[] = [...before];
  for (const one of more) {
    const places = new Set([...all, one].flatMap(({ areas }) => areas)).size;
    if (all.length < subscriptionsLimit && places <= placesLimit) all.push(one);
  }
  return all;
};

/** How many of a sending are not told; null while nobody knows how many there are. */
export const remainingOf = ({ people, tally }: Pick<Order, 'people' | 'tally'>): number | null =>
  people === undefined ? null : Math.max(0, people - sumOf(tally));
