import { toldAlong } from './match.ts';
import type { Subscription } from './model.ts';
import type { SubscriberStore } from './subscribers.ts';

/** Followers of one read: some 300 KB, so that no count holds more than that of them. */
const pageSize = 1_000;

export interface Counted<Class extends string> {
  readonly people: number;
  readonly by: ReadonlyMap<Class, number>;
  /** False when time was up before the end of the lists: there are at least so many. */
  readonly whole: boolean;
}

/**
 * Counts subscribers along the lists that a sending's walk takes: a few hundred bytes of each are read.
 * @param classOf under what somebody with these subscriptions is counted; undefined: not at all
 * @param isTimeUp asked before each read
 */
export const countAlong = async <Class extends string>(
  { page }: Pick<SubscriberStore, 'page'>,
  lists: readonly string[],
  classOf: (subscriptions: readonly Subscription[]) => Class | undefined,
  isTimeUp: () => boolean,
): Promise<Counted<Class>> => {
  const by = new Map<Class, number>();
  const counted = (whole: boolean): Counted<Class> => ({
    ...{ by, whole },
    people: [...by.values()].reduce((sum, n) => sum + n, 0),
  });
  for (const list of lists) {
    let after: string | undefined;
    do {
      if (isTimeUp()) return counted(false);
      const { followers, next } = await page(list, after, pageSize);
      for (const { subscriptions } of followers) {
        const under = toldAlong(subscriptions, lists) === list ? classOf(subscriptions) : undefined;
        if (under !== undefined) by.set(under, (by.get(under) ?? 0) + 1);
      }
      after = next;
    } while (after !== undefined);
  }
  return counted(true);
};
