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
  readonly store: Pick<
    AnnouncementStore,
    'read' | 'readVersion' | 'handedOver' | 'handingOver' | 'dueBy' | 'forget'
  >;
  readonly orders: Pick<OrderStore, 'place' | 'cancel' | 'amend' | 'ofAnnouncement'>;
}

/**
 * Brings what subscribers are told in line with the announcement, once its moment has come. Called right after the
 * step, and again by the job `announce` until it is done: every part may be repeated, since an order is placed once.
 */
export const telling = ({ store, orders }: TellDeps) => {
  const publicVersion = async ({ id, live }: Head): Promise<Version> => {
    const version = live === undefined ? undefined : await store.readVersion(id, live.version);
    if (version === undefined) throw new Error('an announcement without its public version');
    return version;
  };
  const isRead = ({ live, withdrawn }: Head, now: Instant): boolean =>
    withdrawn === undefined && live !== undefined && (live.expiresAt === undefined || live.expiresAt > now);

  /** Has those who are not told yet told what holds now, or nothing any more. */
  const align = async (head: Head, now: Instant): Promise<void> => {
    if (head.withdrawn !== undefined) await orders.cancel(head.id, now);
    if (!isRead(head, now)) return;
    const { content } = await publicVersion(head);
    await orders.amend(head.id, { headline: content.title, until: head.live?.expiresAt });
  };

  /** @returns false when it was told before, or does not stand as it was read */
  const begin = async (head: Head, at: Instant, again: boolean): Promise<boolean> => {
    const version = await publicVersion(head);
    // A first telling that a dead instance began was ordered by another version already.
    if (!again && (await orders.ofAnnouncement(head.id)).length > 0) return false;
    // One write: nobody is told of what was withdrawn or corrected since it was read. That step left its own note.
    return orders.place(announced(head, version, at), store.handingOver(head));
  };

  const tell = async (head: Head, now: Instant): Promise<void> => {
    const { due, id, seq } = head;
    if (due === undefined || due.at > now) return;
    const tells = due.tell !== 'nothing' && isRead(head, now);
    if (tells && (await begin(head, due.at, due.tell === 'again'))) return;
    await align(head, now);
    if (await store.handedOver(head)) return;
    // A step came in between, and may have written before this: what it says holds.
    const latest = await store.read(id);
    if (latest !== undefined && latest.seq !== seq) await align(latest, now);
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
