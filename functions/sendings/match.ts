import type { ChannelName } from '../events/told.ts';
import type { Order, Subscription } from './model.ts';

/** The list of those who follow the whole city; sorts before every area. */
export const wholeCity = '*';
const daily = 'daily.';
/** The list of those who want their digest at an hour, local time. */
export const dailyList = (hour: number): string => `${daily}${String(hour).padStart(2, '0')}`;

/** `13.74.01` governs `13.74.01.1001`. */
const within = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}.`);
const overlap = (a: string, b: string): boolean => within(a, b) || within(b, a);

type Wanted = Pick<Order, 'areas' | 'topics' | 'emergency' | 'at'>;

/** Lists in which somebody stands who has these subscriptions. */
export const listsOf = (subscriptions: readonly Pick<Subscription, 'areas'>[]): readonly string[] =>
  [...new Set(subscriptions.flatMap(({ areas }) => (areas.length === 0 ? [wholeCity] : areas)))].sort();

/**
 * Lists that an order is walked along, in the order of the walk.
 * @param known codes of the city's areas
 */
export const listsFor = (
  { areas, digest }: Pick<Order, 'areas' | 'digest'>,
  known: readonly string[],
): readonly string[] => {
  if (digest !== undefined) return [dailyList(digest.hour)];
  const concerned = known.filter((one) => areas.length === 0 || areas.some((area) => overlap(area, one)));
  return [...new Set([wholeCity, ...concerned, ...areas])].sort();
};

/**
 * The one list along which somebody is told who stands in several of those that are walked: the first. So nobody is
 * told, or counted, twice, without anything being remembered.
 */
export const toldAlong = (
  subscriptions: readonly Pick<Subscription, 'areas'>[],
  lists: readonly string[],
): string | undefined => {
  const own = new Set(listsOf(subscriptions));
  return lists.find((list) => own.has(list) || list.startsWith(daily));
};

/**
 * Whether a subscription covers what is announced. A warning passes by the topics of whoever named one of its places,
 * and of everybody where it is for the whole city: a flood does not ask what one is interested in.
 */
export const covers = (
  { areas, topics, since }: Pick<Subscription, 'areas' | 'topics' | 'since'>,
  wanted: Wanted,
): boolean => {
  if (since > wanted.at) return false;
  const named = areas.some((area) => wanted.areas.some((one) => overlap(one, area)));
  if (!named && areas.length > 0 && wanted.areas.length > 0) return false;
  const alarmed = wanted.emergency && (named || wanted.areas.length === 0);
  return alarmed || topics.length === 0 || topics.some((topic) => wanted.topics.includes(topic));
};

/** By which channels somebody is told at once, the first of them first; none when not at all. A warning waits for no digest. */
export const channelsAtOnce = (
  subscriptions: readonly Subscription[],
  wanted: Wanted,
): readonly ChannelName[] => [
  ...new Set(
    subscriptions
      .filter((one) => (one.pace === 'instant' || wanted.emergency) && covers(one, wanted))
      .map(({ channel }) => channel),
  ),
];

/** What somebody's digest names: what a daily subscription covers and none has told at once. */
export const forDigest = <O extends Wanted>(
  subscriptions: readonly Subscription[],
  orders: readonly O[],
): { readonly orders: readonly O[]; readonly channels: readonly ChannelName[] } => {
  const patient = subscriptions.filter(({ pace }) => pace === 'daily');
  const named = orders.filter(
    (wanted) =>
      channelsAtOnce(subscriptions, wanted).length === 0 && patient.some((one) => covers(one, wanted)),
  );
  const channels = patient
    .filter((one) => named.some((wanted) => covers(one, wanted)))
    .map(({ channel }) => channel);
  return { orders: named, channels: [...new Set(channels)] };
};
