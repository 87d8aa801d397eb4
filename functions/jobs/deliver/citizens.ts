import type { CaseEvent, CaseRecord } from '../../cases/model.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import { citizenNotice } from '../../events/citizen-notice.ts';
import type { Address, Citizens } from '../../events/citizens.ts';
import { reporterRecipient } from '../../events/delivered.ts';
import { isAlarming } from '../../events/for-citizens.ts';
import { type LaterStore, waitAfter } from '../../events/later.ts';
import { type Retelling, retellingOf } from '../../events/message.ts';
import type { Notice } from '../../events/notice.ts';
import type { Publish } from '../../events/publish.ts';
import { quietUntil } from '../../events/quiet.ts';
import { receiptRef } from '../../events/receipt-ref.ts';
import { type ReceiptFacts, type ReceiptStore, receiptKey } from '../../events/receipts.ts';
import type { Channel, Errand, Told as Outcome } from '../../events/tell.ts';
import type { CitizenRecipient } from '../../events/told.ts';
import type { Log } from '../../kernel/log.ts';
import { type Clock, fromSeconds, toSeconds } from '../../kernel/time.ts';
import { isJoined, type Joined, type JoinedParts, joinedOne, joinedPage } from './joined.ts';

/** What telling citizens needs beside what telling staff needs. */
export interface CitizenParts extends Pick<JoinedParts, 'store'> {
  readonly citizens: Citizens;
  readonly later: Pick<LaterStore, 'add'>;
  readonly publish: Publish;
  readonly channels: readonly Channel[];
  readonly receipts: ReceiptStore;
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly now: Clock;
  readonly log: Log;
}

export interface CitizenTelling {
  readonly city: City;
  readonly workflow: Workflow | undefined;
  readonly record: CaseRecord;
  readonly event: CaseEvent;
  readonly citizens: readonly CitizenRecipient[];
  readonly message: Retelling;
}

/** Instead of a unit in the receipts of those who are in none. */
const noUnit = 'warga';

interface Citizen extends Joined {
  readonly via: CitizenRecipient;
}

/** The citizens whom this message is for, and where the next page of them begins. */
const citizensOf = async (
  parts: CitizenParts,
  { record, event, message: { only, after }, citizens: wanted }: CitizenTelling,
): Promise<{ readonly people: readonly Citizen[]; readonly next?: string | undefined }> => {
  const reporter = async (): Promise<Citizen> => ({
    recipient: reporterRecipient,
    via: 'reporter',
    // That somebody took the report into an account is for those to hear who left their contact before.
    wishes: await parts.citizens.reporter(event.type === 'claimed' ? { code: record.code } : record),
  });
  const joined = (one: Joined): Citizen => ({ ...one, via: 'supporters' });
  if (only !== undefined && isJoined(only)) {
    const one = wanted.includes('supporters') ? await joinedOne(parts, record, only) : undefined;
    return { people: one === undefined ? [] : [joined(one)] };
  }
  const first = wanted.includes('reporter') && after === undefined ? [await reporter()] : [];
  if (only !== undefined || !wanted.includes('supporters')) return { people: first };
  const page = await joinedPage(parts, record, after);
  return { people: [...first, ...page.people.map(joined)], next: page.next };
};

/**
 * Tells the citizens of a case by every channel that each of them chose. A notice that meets quiet hours, or a channel
 * that does not take it, is put on the list of what waits and holds nobody up; its receipt says until when. Those who
 * joined come in pages, each a message of its own, published only when the page before has ended.
 */
export const tellCitizens = async (
  parts: CitizenParts,
  telling: CitizenTelling,
  begun: (errand: Errand) => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  if (telling.citizens.length === 0) return [];
  const { record, event } = telling;
  const { people, next } = await citizensOf(parts, telling);
  const outcomes = (await Promise.all(people.map((citizen) => told(parts, telling, citizen, begun)))).flat();
  if (next === undefined || outcomes.includes('busy')) return outcomes;
  const { error } = await parts.publish([retellingOf({ code: record.code, seq: event.seq, after: next })]);
  if (error === undefined) return outcomes;
  parts.log.error('the next page of supporters was not published', error);
  return [...outcomes, 'busy'];
};

const told = async (
  parts: CitizenParts,
  telling: CitizenTelling,
  citizen: Citizen,
  begun: (errand: Errand) => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  const { wishes, via, merged } = citizen;
  const { city, workflow, record, event } = telling;
  if (wishes.stopped || wishes.addresses.length === 0) return [];
  const stopPath = await parts.citizens.stopPath(wishes.ref);
  const fragment =
    event.type === 'pinAsked' && via === 'reporter' ? await parts.citizens.pinFragment(record, event) : '';
  const notice = citizenNotice({
    ...{ city, workflow, record, event, via, merged, stopPath, fragment },
    language: wishes.language,
    publicUrl: parts.publicUrl,
  });
  const errands = wishes.addresses.flatMap((address) => errandOf(parts, telling, citizen, address, notice));
  const until = record.flags.emergency ? undefined : quietUntil(wishes.quiet, city.profile.zone, parts.now());
  if (until === undefined) return Promise.all(errands.map(begun));
  // The list first: a receipt that waits and stands on no list would wait for ever.
  await parts.later.add({ code: record.code, seq: event.seq, recipient: citizen.recipient, at: until });
  return Promise.all(
    errands.map(async ({ key, facts }): Promise<Outcome> => {
      await parts.receipts.hold(key, facts, until, parts.now());
      return 'held';
    }),
  );
};

const errandOf = (
  parts: CitizenParts,
  { record, event }: CitizenTelling,
  { recipient, via }: Citizen,
  { slot, channel: name, ref, open }: Address,
  notice: Notice,
): readonly Errand[] => {
  const channel = parts.channels.find((c) => c.name === name);
  if (channel === undefined) return [];
  const { code } = record;
  const { seq } = event;
  const facts: ReceiptFacts = { seq, recipient, channel: slot, via, unit: noUnit, event: event.type };
  return [
    {
      key: receiptKey(code, recipient, slot, seq),
      facts,
      to: open,
      notice,
      channel,
      receipt: receiptRef({ code, recipient, slot, seq, book: ref }),
      ...(seq === record.seq || isAlarming(event)
        ? {}
        : { superseded: () => parts.receipts.newerSent(code, facts) }),
      again: async (tries) => {
        const wait = waitAfter(tries);
        if (wait === undefined) return undefined;
        const at = fromSeconds(toSeconds(parts.now()) + wait);
        await parts.later.add({ code, seq, recipient, at });
        return at;
      },
      gone: (why) => parts.citizens.gone(ref, slot, why, parts.now()),
    },
  ];
};
