import { readableUntil, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseStore } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import type { Receipt, ReceiptStore } from '../events/receipts.ts';
import type { Unreachable, UnreachableStore } from '../events/unreachable.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Instant } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import type { StaffReader, StaffRecord } from '../people/staff.ts';
import type { notices } from './contract.ts';
import { type ReachedDeps, reachedOperations } from './reached.ts';
import { type SubscriptionDeps, subscriptionOperations } from './subscriptions.ts';

type Operations = (typeof notices)['operations'];

export interface Deps extends SubscriptionDeps, ReachedDeps {
  readonly store: Pick<CaseStore, 'read'>;
  readonly receipts: Pick<ReceiptStore, 'list' | 'handedOver'>;
  readonly unreachable: Pick<UnreachableStore, 'page'>;
  readonly staff: Pick<StaffReader, 'byId' | 'ofUnit'>;
}

const unitName = (city: City, id: string): string =>
  unitOf(city, id)?.name ?? (id === 'triage' ? 'Triase' : id);

/** One line per unit, whatever cases wait there: of a secret one not even its code may be in this list. */
const byUnit = (waiting: readonly Unreachable[]): readonly Unreachable[] => {
  const units = new Map<string, Unreachable>();
  for (const item of waiting) {
    const known = units.get(item.unit);
    if (known === undefined) units.set(item.unit, item);
    else
      units.set(item.unit, {
        ...(known.at >= item.at ? known : item),
        since: known.since <= item.since ? known.since : item.since,
      });
  }
  return [...units.values()].sort((a, b) => (a.since < b.since ? -1 : 1));
};

/**
 * Even a bare unit tells that a secret case exists: it is listed for inspectors only, and one about somebody with a
 * substitute for nobody. The operators' alarm counts all of them (docs/adr/0052-who-is-told.md).
 */
const isListedFor = (actor: StaffActor, { secret }: Unreachable): boolean =>
  secret === undefined || (secret === 'inspectors' && actor.role === 'inspector');

/** Asked how many people there are now; a city has fewer units than this. */
const unitsLimit = 100;

const shownReceipt = (receipt: Receipt, person: StaffRecord | undefined, now: Instant) => ({
  seq: receipt.seq,
  event: receipt.event,
  recipient: {
    id: receipt.recipient,
    name: person?.name ?? null,
    role: person?.role ?? null,
    unit: receipt.unit,
  },
  via: receipt.via,
  channel: receipt.channel,
  state: receipt.state === 'claimed' && receipt.leaseUntil < now ? ('uncertain' as const) : receipt.state,
  at: receipt.at,
  maybeTwice: receipt.uncertain,
  tries: receipt.tries,
  reason: receipt.reason ?? null,
});

/** Pages of receipts behind one answer: a former unit's own may lie among many that came later. */
const receiptPages = 20;

/**
 * The next receipts up to event `until`: `size` of them when there are as many.
 * @returns where the next page begins after; undefined at the end
 */
const receiptsUntil = async (
  receipts: Deps['receipts'],
  code: string,
  after: string | undefined,
  size: number,
  until: number,
): Promise<{ readonly seen: readonly Receipt[]; readonly last: string | undefined }> => {
  const seen: Receipt[] = [];
  let last = after;
  for (let page = 0; page < receiptPages; page += 1) {
    const found = await receipts.list(code, last, size);
    for (const receipt of found) {
      if (receipt.seq <= until) seen.push(receipt);
      last = receipt.sk;
      if (seen.length === size) return { seen, last };
    }
    if (found.length < size) return { seen, last: undefined };
  }
  return { seen, last };
};

export const operations = (deps: Deps) => ({
  ...subscriptionOperations(deps),
  ...reachedOperations(deps),

  unreachableUnits: async ({ actor }: Call<Operations['unreachableUnits'], StaffActor>) => {
    const [city, page] = await Promise.all([deps.city(), deps.unreachable.page(deps.now())]);
    const units = byUnit(page.waiting.filter((item) => isListedFor(actor, item)));
    return {
      body: {
        units: await Promise.all(
          units.slice(0, unitsLimit).map(async ({ unit, since, at, reason }) => ({
            unit: { id: unit, name: unitName(city, unit) },
            ...{ since, at, reason },
            people: (await deps.staff.ofUnit(unit)).length,
          })),
        ),
        more: page.last !== undefined || units.length > unitsLimit,
      },
    };
  },

  caseReceipts: async (call: Call<Operations['caseReceipts'], StaffActor>) => {
    const { actor } = call;
    const { code } = call.input.params;
    const { cursor, size } = call.input.query;
    const [city, keys, record] = await Promise.all([deps.city(), deps.keys(), deps.store.read(code)]);
    if (record === undefined) throw problem('notFound');
    const subject = subjectOf(record);
    const sees = visibleTo(subject, actor, city.substitutes);
    // A former unit reads up to its hand-over, here too.
    const until = sees ? record.seq : readableUntil(subject, record.custody, actor);
    if (until === undefined) throw problem('notFound');
    const bound = ['receipts', actor.id, code].join('|');
    const after = cursor === undefined ? undefined : reveal(keys, cursor, bound);
    if (cursor !== undefined && after === undefined) throw problem('badCursor');
    const { seen, last } = await receiptsUntil(deps.receipts, code, after, size, until);
    const people = new Map(
      await Promise.all(
        [...new Set(seen.map((r) => r.recipient))].map(
          async (id) => [id, await deps.staff.byId(id)] as const,
        ),
      ),
    );
    const now = deps.now();
    return {
      body: {
        receipts: seen.map((receipt) => shownReceipt(receipt, people.get(receipt.recipient), now)),
        next: last === undefined ? null : conceal(keys, last, bound),
      },
    };
  },
});
