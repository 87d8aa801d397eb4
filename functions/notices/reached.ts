import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { handoverChannel, type Opened, provesDelivery, reporterRecipient } from '../events/delivered.ts';
import type { Receipt, ReceiptStore } from '../events/receipts.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Clock, Instant } from '../kernel/time.ts';
import type { notices } from './contract.ts';

type Operations = (typeof notices)['operations'];

export interface ReachedDeps {
  readonly store: Pick<CaseStore, 'read'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  readonly receipts: Pick<ReceiptStore, 'handedOver'>;
  /** Receipts of the reporter, of every channel and event. */
  readonly ofReporter: (code: string) => Promise<readonly Receipt[]>;
  readonly opened: (code: string) => Promise<Opened | undefined>;
}

/** `push.<device>` is push to everybody but its owner. */
const channelShown = (slot: string): string => slot.replace(/\..*$/, '');

/** The newest event that is not internal: what the reporter should know of. */
const newestFor = ({ events }: Pick<CaseRecord, 'events'>): number =>
  events.findLast(({ audience }) => audience !== 'staff')?.seq ?? 1;

/**
 * What staff may know of it: by what, how far, when; never where to.
 * @param newest event that the reporter should know of
 */
export const reachedOf = (
  receipts: readonly Receipt[],
  opened: Opened | undefined,
  newest: number,
  now: Instant,
) => {
  const sorted = [...receipts].sort((a, b) => b.seq - a.seq || (a.at < b.at ? 1 : -1));
  const proven = sorted.find((r) => provesDelivery(r, now))?.seq ?? 0;
  const upTo = Math.max(proven, opened?.seq ?? 0);
  const waits = sorted.some(
    ({ state, seq }) => seq > upTo && (state === 'waiting' || state === 'claimed' || state === 'sent'),
  );
  return {
    state: upTo >= newest ? ('reached' as const) : waits ? ('underWay' as const) : ('notReached' as const),
    upTo,
    openedAt: opened?.at ?? null,
    notices: sorted.slice(0, 50).map((r) => ({
      seq: r.seq,
      event: r.event,
      channel: channelShown(r.channel),
      state: r.state,
      at: r.at,
      notBefore: r.state === 'waiting' ? (r.notBefore ?? null) : null,
      deliveredAt: r.deliveredAt ?? null,
      proves: provesDelivery(r, now),
      by: r.by ?? null,
    })),
  };
};

/** Whether the reporter was reached, for staff who see the case; and hand-overs that they recorded. */
export const reachedOperations = (deps: ReachedDeps) => {
  const seen = async (code: string, actor: StaffActor): Promise<CaseRecord> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record === undefined || !visibleTo(subjectOf(record), actor, city.substitutes))
      throw problem('notFound');
    return record;
  };
  const answer = async (record: CaseRecord) => {
    const { code } = record;
    const [receipts, opened] = await Promise.all([deps.ofReporter(code), deps.opened(code)]);
    return { body: reachedOf(receipts, opened, newestFor(record), deps.now()) };
  };
  return {
    reporterReached: async ({ input, actor }: Call<Operations['reporterReached'], StaffActor>) => {
      return answer(await seen(input.params.code, actor));
    },
    /** Of the version that was handed over: a case that went on meanwhile has news that nobody handed over. */
    recordHandover: async ({ input, actor, ifMatch }: Call<Operations['recordHandover'], StaffActor>) => {
      const record = await seen(input.params.code, actor);
      const { code, seq } = record;
      if (seq !== ifMatch) throw problem('staleVersion', { extra: { seq } });
      await deps.receipts.handedOver(
        code,
        {
          ...{ seq, recipient: reporterRecipient, channel: handoverChannel, unit: actor.unit },
          ...{ via: input.body.how, event: 'handedOver' },
        },
        actor.id,
        deps.now(),
      );
      return answer(record);
    },
  };
};
