import type { ChannelName } from '../events/told.ts';
import { toldAlong } from './match.ts';
import type { Subscription } from './model.ts';
import type { SubscriberStore } from './subscribers.ts';

export interface Counted {
  readonly people: number;
  /** By the channel that is asked first. */
  readonly byChannel: ReadonlyMap<ChannelName, number>;
  /** False when time was up before the end of the lists: there are at least so many. */
  readonly whole: boolean;
}

/**
 * Counts whom a sending is for, along the lists that its walk takes: a few hundred bytes of each subscriber are read, a
 * megabyte at a time.
 * @param channelsOf of somebody's subscriptions, the first of them first; none when they are not told
 * @param isTimeUp asked before each read
 */
export const countAlong = async (
  { page }: Pick<SubscriberStore, 'page'>,
  lists: readonly string[],
  channelsOf: (subscriptions: readonly Subscription[]) => readonly ChannelName[],
  isTimeUp: () => boolean,
): Promise<Counted> => {
  const byChannel = new Map<ChannelName, number>();
  let people = 0;
  for (const list of lists) {
    let after: string | undefined;
    do {
      if (isTimeUp()) return { people, byChannel, whole: false };
      const { followers, next } = await page(list, after);
      for (const { subscriptions } of followers) {
        if (toldAlong(subscriptions, lists) !== list) continue;
        const [first] = channelsOf(subscriptions);
        if (first === undefined) continue;
        people += 1;
        byChannel.set(first, (byChannel.get(first) ?? 0) + 1);
      }
      after = next;
    } while (after !== undefined);
  }
  return { people, byChannel, whole: true };
};
