import type { Instant } from '../kernel/time.ts';
import type { Announced, OrderStore } from '../sendings/order.ts';
import type { Head, Version } from './model.ts';
import type { AnnouncementStore } from './store.ts';

/** Page of an announcement, below the city's public address. */
export const pageOf = (id: string): string => `/pengumuman/${id}`;

/** What subscribers are told of a version. */
export const announced = ({ id, live }: Head, { content, version }: Version, at: Instant): Announced => ({
  id,
  version,
  at,
  emergency: content.kind === 'emergency',
  headline: content.title,
  path: pageOf(id),
  areas: content.areas,
  topics: content.topics,
  until: live?.expiresAt,
});

export interface Swept {
  readonly told: number;
  /** What went wrong, once for each announcement; the next run tries again. */
  readonly failed: readonly unknown[];
}

export interface TellDeps {
  readonly store: Pick<AnnouncementStore, 'read' | 'readVersion' | 'handedOver' | 'dueBy' | 'forget'>;
  readonly orders: Pick<OrderStore, 'place' | 'cancel' | 'amend' | 'ofAnnouncement'>;
}

/**
 * Brings what subscribers are told in line with the announcement, once its moment has come. Called right after the
 * step, and again by the job `announce` until it is done: every part may be repeated, since an order is placed once.
 */
export const telling = ({ store, orders }: TellDeps) => {
  const tell = async (head: Head, now: Instant): Promise<void> => {
    const { due, live, id } = head;
    if (due === undefined || due.at > now) return;
    if (head.withdrawn !== undefined) await orders.cancel(id, now);
    else if (live !== undefined && (live.expiresAt === undefined || live.expiresAt > now)) {
      const version = await store.readVersion(id, live.version);
      if (version === undefined) throw new Error('an announcement without its public version');
      // A first telling that a dead instance began was ordered by another version already.
      const begun = due.tell === 'first' && (await orders.ofAnnouncement(id)).length > 0;
      if (due.tell !== 'nothing' && !begun) await orders.place(announced(head, version, due.at));
      else await orders.amend(id, { headline: version.content.title, until: live.expiresAt });
    }
    await store.handedOver(head);
  };

  /** Everything that is due and was not handed over, at most `limit`; one that fails holds up no other. */
  const sweep = async (now: Instant, limit: number): Promise<Swept> => {
    const swept = { told: 0, failed: [] as unknown[] };
    for (const { id, due: at } of await store.dueBy(now, limit)) {
      try {
        const head = await store.read(id);
        if (head?.due === undefined) await store.forget(id, at);
        else await tell(head, now);
        swept.told += 1;
      } catch (e) {
        swept.failed.push(e);
      }
    }
    return swept;
  };

  return { tell, sweep };
};
