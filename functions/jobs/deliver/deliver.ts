import type { CaseEvent, CaseRecord } from '../../cases/model.ts';
import { isSecret } from '../../cases/publication.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { Recipient, Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import { limiter } from '../../events/limit.ts';
import { type Retelling, retelling } from '../../events/message.ts';
import { eventsBetween } from '../../events/missing.ts';
import { caseNotice } from '../../events/notice.ts';
import { recipientsOnce } from '../../events/once.ts';
import { receiptRef } from '../../events/receipt-ref.ts';
import { type ReceiptFacts, type ReceiptStore, receiptKey } from '../../events/receipts.ts';
import { type Channel, type Errand, type Told as Outcome, tell } from '../../events/tell.ts';
import { type Directory, type MayBeTold, type Told, tellsOf } from '../../events/told.ts';
import { type Unreachable, type UnreachableStore, unreachableMessage } from '../../events/unreachable.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';
import { type CitizenParts, tellCitizens } from './citizens.ts';

export interface DeliverDeps extends CitizenParts {
  readonly store: Pick<CaseStore, 'read' | 'archivedEvents'>;
  readonly city: () => Promise<City>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly directory: Directory;
  readonly receipts: ReceiptStore;
  readonly unreachable: UnreachableStore;
  readonly now: Clock;
  readonly log: Log;
  /** Replaced only by the tests that show what it is for. */
  readonly may?: MayBeTold;
  readonly telling?: typeof tell;
  /** Waits before a notice that another run holds is looked at again; milliseconds. */
  readonly patience?: readonly number[];
}

/** Two copies of a message often arrive together: whoever is second sees the receipt a moment later. */
const usualPatience = [150, 350, 700] as const;

export interface Queued {
  readonly id: string;
  readonly body: string;
}

/** Notices that are being sent at once, over all messages of a batch. */
const sendsAtOnce = 10;
/** Neither a message nor a notice is begun with less time than a notice may take at its slowest. */
const leastMillis = 15_000;

/**
 * Tells people what the queued messages are about. The case is read as it stands now: who may no longer see it is
 * not told. A message whose notices did not all end comes again; those that ended are found by their receipts.
 * @returns ids of the messages that have to come again
 */
export const deliver =
  (deps: DeliverDeps) =>
  async (messages: readonly Queued[], remaining: () => number): Promise<readonly string[]> => {
    const slot = limiter(sendsAtOnce);
    const one = async ({ id, body }: Queued): Promise<readonly string[]> => {
      try {
        if (remaining() < leastMillis) return [id];
        return (await handle(deps, slot, retelling.parse(JSON.parse(body)), remaining)) ? [] : [id];
      } catch (e) {
        deps.log.error('a message was not delivered', e);
        return [id];
      }
    };
    return (await Promise.all(messages.map(one))).flat();
  };

type Slot = ReturnType<typeof limiter>;

/** @returns whether everything that the message asks for has ended */
const handle = async (
  deps: DeliverDeps,
  slot: Slot,
  message: Retelling,
  remaining: () => number,
): Promise<boolean> => {
  const { log, now } = deps;
  const [city, record] = await Promise.all([deps.city(), deps.store.read(message.code)]);
  if (record === undefined) {
    log.warn('a message about no case');
    return true;
  }
  const [event] = await eventsBetween(deps.store, record, message.seq - 1, message.seq);
  if (event === undefined) throw new Error('a message about no event');
  const workflow = deps.workflows[record.kind];
  const everybody = await recipientsOnce(
    { directory: deps.directory, city, record, event, ...(deps.may === undefined ? {} : { may: deps.may }) },
    tellsOf(workflow, record, event),
    workflow,
    deps.store,
  );
  // What is told again to some citizens has told the staff before.
  const onlyCitizens = message.only !== undefined || message.after !== undefined;
  const recipients = onlyCitizens ? { ...everybody, told: [], unreachable: [] } : everybody;
  for (const unit of recipients.unreachable) await cannotReach(deps, record, event, unit, 'nobody');
  const begun = (what: Errand): Promise<Outcome> =>
    slot(async () => (remaining() < leastMillis ? 'busy' : tried(deps, what)));
  const citizens = tellCitizens(
    deps,
    { city, workflow, record, event, citizens: recipients.citizens, message },
    begun,
  ).catch((e: unknown): readonly Outcome[] => {
    // Staff are told whatever keeps citizens from it.
    log.error('citizens were not told', e);
    return ['busy'];
  });
  const outcomes = await Promise.all(
    recipients.told.flatMap((told) =>
      deps.channels.flatMap((channel) => {
        const to = told.person.addresses[channel.name];
        if (to === undefined) return [];
        const notice = caseNotice({
          city,
          workflow,
          record,
          event,
          via: told.via,
          publicUrl: deps.publicUrl,
        });
        const what = { ...errand(deps, record, event, told, channel), to, notice, channel };
        return [begun(what).then((outcome) => ({ via: told.via, outcome }))];
      }),
    ),
  );
  for (const [via, unit] of refusedEverywhere(record, outcomes)) {
    log.info('every address was refused', { via });
    await cannotReach(deps, record, event, unit, 'failed');
  }
  const all = [...outcomes.map(({ outcome }) => outcome), ...(await citizens)];
  const count = (wanted: Outcome) => all.filter((outcome) => outcome === wanted).length;
  const left = count('busy') + count('waiting');
  const { again } = message;
  if (again !== undefined && left === 0 && count('failed') === 0 && recipients.unreachable.length === 0)
    await deps.unreachable.reached(again, record.code, event.seq, now());
  log.info('delivered', {
    event: event.type,
    told: recipients.told.length,
    citizens: recipients.citizens.join(' '),
    held: count('held'),
    sent: count('sent'),
    failed: count('failed'),
    superseded: count('superseded'),
    left,
    skipped: recipients.skipped.map(({ recipient, why }) => `${recipient}:${why}`).join(' '),
  });
  return left === 0;
};

/** One notice. A table that fails for one must not leave the others hanging in mid-air. */
const tried = async (deps: DeliverDeps, what: Errand): Promise<Outcome> => {
  const once = () => (deps.telling ?? tell)({ receipts: deps.receipts, now: deps.now }, what);
  try {
    let outcome = await once();
    for (const wait of deps.patience ?? usualPatience) {
      if (outcome !== 'busy') break;
      await new Promise((resolve) => setTimeout(resolve, wait));
      outcome = await once();
    }
    return outcome;
  } catch (e) {
    deps.log.error('a notice did not end', e);
    return 'busy';
  }
};

const errand = (deps: DeliverDeps, record: CaseRecord, event: CaseEvent, told: Told, channel: Channel) => {
  const facts: ReceiptFacts = {
    seq: event.seq,
    recipient: told.person.actor.id,
    channel: channel.name,
    via: told.via,
    unit: told.person.actor.unit,
    event: event.type,
  };
  return {
    key: receiptKey(record.code, facts.recipient, facts.channel, facts.seq),
    facts,
    receipt: receiptRef({
      ...{ code: record.code, recipient: facts.recipient, slot: facts.channel, seq: facts.seq },
    }),
    // The newest event has nothing newer to ask for.
    ...(event.seq === record.seq ? {} : { superseded: () => deps.receipts.newerSent(record.code, facts) }),
  };
};

/** A unit all of whose people were refused for good is as unreachable as one without people. */
const refusedEverywhere = (
  record: CaseRecord,
  outcomes: readonly { readonly via: Recipient; readonly outcome: Outcome }[],
): readonly (readonly [Recipient, string])[] =>
  (
    [
      ['unit', record.unit],
      ['validators', record.validating],
      ['coordinators', 'triage'],
    ] as const
  ).flatMap(([via, unit]) => {
    const of = outcomes.filter((o) => o.via === via);
    const refused = of.length > 0 && of.every(({ outcome }) => outcome === 'failed');
    return refused ? [[via, unit ?? 'triage'] as const] : [];
  });

const secrecyOf = (record: CaseRecord): Unreachable['secret'] => {
  if (record.about !== undefined) return 'about';
  return isSecret(record) ? 'inspectors' : undefined;
};

/** For the coordinators' and inspectors' list, and for the alarm that calls the operators. */
const cannotReach = async (
  deps: DeliverDeps,
  record: CaseRecord,
  event: CaseEvent,
  unit: string,
  reason: 'nobody' | 'failed',
): Promise<void> => {
  const secret = secrecyOf(record);
  await deps.unreachable.add(
    { unit, code: record.code, seq: event.seq, reason, ...(secret === undefined ? {} : { secret }) },
    deps.now(),
  );
  deps.log.warn(unreachableMessage, { unit, reason });
};
