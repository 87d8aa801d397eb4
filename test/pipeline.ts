import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import { inject } from 'vitest';
import type { Actor, StaffActor } from '../functions/cases/actor.ts';
import { caseKey } from '../functions/cases/keys.ts';
import type { CaseRecord } from '../functions/cases/model.ts';
import { caseStore, parseCase } from '../functions/cases/store.ts';
import type { Filing } from '../functions/complaints/filing.ts';
import { aspiration, complaint, question } from '../functions/complaints/workflow.ts';
import { emailChannel } from '../functions/events/channels/email.ts';
import { laterStore } from '../functions/events/later.ts';
import { relayMarks } from '../functions/events/marks.ts';
import { publisher } from '../functions/events/publish.ts';
import { type Receipt, receiptStore } from '../functions/events/receipts.ts';
import { unreachableStore } from '../functions/events/unreachable.ts';
import { type DeliverDeps, deliver } from '../functions/jobs/deliver/deliver.ts';
import { type Changed, relay } from '../functions/jobs/relay/relay.ts';
import type { Role } from '../functions/kernel/contract.ts';
import type { Log } from '../functions/kernel/log.ts';
import { type Table, tableOf } from '../functions/kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../functions/kernel/time.ts';
import { staffActorOf } from '../functions/people/actors.ts';
import { bookStore } from '../functions/people/book.ts';
import { citizenReader } from '../functions/people/citizens.ts';
import { directory } from '../functions/people/directory.ts';
import { type StaffRecord, staffItem, staffReader } from '../functions/people/staff.ts';
import { filedCase, taken } from './cases.ts';
import { testCity } from './city.ts';
import { createTables, type TestTables } from './engine.ts';
import { testKeys, testKms } from './identities.ts';
import { mortality, tapped } from './interleave.ts';

/** A topic message as it lies in a queue behind the topic. */
export interface InQueue {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { DataType?: string; StringValue?: string }>>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Codes are symbols of one alphabet; tests need no check symbol. */
const symbols = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
let serial = 0;
const nextCode = (): string => {
  serial += 1;
  return [6, 5, 4, 3, 2, 1, 0, 0, 0]
    .map((p, i) => symbols[i < 7 ? Math.floor(serial / 32 ** p) % 32 : 0])
    .join('');
};

/** Longer than a message of `deliver` stays hidden after a run that did not end. */
const hiddenSeconds = 361;

export type World = Awaited<ReturnType<typeof pipeline>>;

/**
 * Case → relay → topic → deliver → mail on a table of its own. Every AWS call of the two jobs counts in `life`, which
 * can end the process at any of them, before it happens or before its answer arrives.
 */
export const pipeline = async ({ client }: TestTables) => {
  serial += 1;
  const names = { cases: `cases-${serial}`, identities: `identities-${serial}` };
  await createTables(client, inject('tables'), names);
  const plain = tableOf(client, names.cases);
  const identities = tableOf(client, names.identities);
  const kms = testKms();
  const city = testCity();
  let seconds = toSeconds('2026-11-23T03:00:00Z');
  const now = (): Instant => fromSeconds(seconds);
  const pass = (more: number): void => {
    seconds += more;
  };

  const { life, before, after, endAt: killAt } = mortality();
  const table: Table = tapped(plain, before, after);
  const call = async <T>(work: () => T): Promise<T> => {
    await before();
    const answer = work();
    after();
    return answer;
  };

  const topic: InQueue[] = [];
  const faults: {
    sns?: () => Error | undefined;
    refuses?: (id: number) => boolean;
    ses?: (to: string) => Error | undefined;
  } = {};
  const sns = {
    send: async (command: { input: { PublishBatchRequestEntries: readonly Record<string, unknown>[] } }) => {
      const down = faults.sns?.();
      if (down !== undefined) throw down;
      return call(() => {
        const Successful = command.input.PublishBatchRequestEntries.flatMap((entry, i) => {
          if (faults.refuses?.(i) === true) return [];
          topic.push({
            id: `m${topic.length}`,
            body: String(entry['Message']),
            attributes: entry['MessageAttributes'] as InQueue['attributes'],
          });
          return [{ Id: entry['Id'] }];
        });
        return { Successful };
      });
    },
  } as unknown as Pick<SNSClient, 'send'>;
  const mails: Mail[] = [];
  const ses = {
    send: async ({ input }: { input: Record<string, never> }) => {
      const { Destination, Content } = input as unknown as {
        Destination: { ToAddresses: [string] };
        Content: { Simple: { Subject: { Data: string }; Body: { Text: { Data: string } } } };
      };
      const to = Destination.ToAddresses[0];
      const down = faults.ses?.(to);
      if (down !== undefined) throw down;
      return call(() => {
        mails.push({ to, subject: Content.Simple.Subject.Data, text: Content.Simple.Body.Text.Data });
        return { MessageId: `ses-${mails.length}` };
      });
    },
  } as unknown as Pick<SESv2Client, 'send'>;

  const lines: { level: string; event: string; fields: object }[] = [];
  const log: Log = {
    info: (event, fields = {}) => lines.push({ level: 'info', event, fields }),
    warn: (event, fields = {}) => lines.push({ level: 'warn', event, fields }),
    error: (event, error, fields = {}) => lines.push({ level: 'error', event, fields: { ...fields, error } }),
  };

  const publish = publisher(sns, 'arn:topic');
  const staffTable = staffReader(table);
  const deliverDeps: DeliverDeps = {
    patience: [],
    store: caseStore(table),
    city: async () => city,
    workflows: { complaint, aspiration, question },
    directory: directory({ table, staff: staffTable, city: async () => city, clock: () => seconds * 1000 }),
    channels: [emailChannel(ses, 'lapau@example.go.id', [])],
    receipts: receiptStore(table),
    later: laterStore(table),
    publish,
    citizens: citizenReader({
      cases: table,
      books: bookStore(tapped(identities, before, after)),
      kms,
      keys: async () => testKeys,
      channels: new Set(['email', 'whatsapp', 'telegram', 'push', 'sms']),
    }),
    unreachable: unreachableStore(table),
    publicUrl: 'https://lapau.example.go.id',
    now,
    log,
  };
  const relaying = relay({ store: caseStore(table), marks: relayMarks(table), publish, now, log });

  const store = caseStore(plain);
  const stream: Changed[] = [];
  const changed = async (code: string): Promise<void> => {
    const image = await plain.get(caseKey(code));
    const id = `s${stream.length}-${code}`;
    stream.push({ id, read: () => parseCase(image ?? {}) });
  };

  const file = async (filing: Partial<Filing> = {}): Promise<CaseRecord> => {
    const record = filedCase(city, filing, { code: nextCode(), at: now() });
    await store.create(record);
    await changed(record.code);
    return record;
  };
  const act = async (
    record: CaseRecord,
    actor: Actor,
    action: string,
    input: Readonly<Record<string, unknown>> = {},
    looked = {},
  ): Promise<CaseRecord> => {
    const next = taken(city, record, actor, action, input, now(), looked);
    if ((await store.save(next)) !== undefined) throw new Error('somebody else was faster');
    await changed(record.code);
    return next;
  };
  const staff = async (role: Role, unit: string, more: Partial<StaffRecord> = {}): Promise<StaffActor> => {
    const id = more.id ?? `${role}-${unit}`;
    const record: StaffRecord = {
      v: 1,
      id,
      name: `Nama ${id}`,
      email: `${id}@kota.go.id`,
      role,
      unit,
      status: 'active',
      channels: {},
      rev: 1,
      invitedBy: 'test',
      invitedAt: now(),
      changedAt: now(),
      ...more,
    };
    await plain.put(staffItem(record));
    return staffActorOf(record, city);
  };

  /** Hands the stream over until the relay takes it, as a Lambda mapping does; a dead process is started anew. */
  const runRelay = async (rounds = 6): Promise<void> => {
    for (let round = 0; round < rounds && stream.length > 0; round += 1) {
      const failed = await relaying(stream.slice()).catch(() => undefined);
      const first = life.dead || failed === undefined ? 0 : stream.findIndex((r) => failed.includes(r.id));
      life.dead = false;
      if (first === 0) continue;
      stream.splice(0, first < 0 ? stream.length : first);
    }
  };

  /** Hands messages over until all are done, each try after the time for which they stay hidden. */
  const runDeliver = async (
    messages: InQueue[] = topic,
    more: Partial<DeliverDeps> = {},
    rounds = 8,
  ): Promise<number> => {
    const run = deliver({ ...deliverDeps, ...more });
    for (let round = 0; round < rounds && messages.length > 0; round += 1) {
      if (round > 0) pass(hiddenSeconds);
      const batch = messages.slice(0, 10);
      const failed = await run(batch, () => 60_000).catch(() => batch.map(({ id }) => id));
      const left = life.dead ? batch : batch.filter(({ id }) => failed.includes(id));
      life.dead = false;
      messages.splice(0, batch.length, ...left);
    }
    return messages.length;
  };

  const receipts = (code: string): Promise<readonly Receipt[]> =>
    receiptStore(plain).list(code, undefined, 500);

  return {
    /** The table whose every call may be the last one; `table` itself outlives the process. */
    mortal: table,
    ...{
      city,
      table: plain,
      identities,
      kms,
      store,
      stream,
      topic,
      mails,
      faults,
      lines,
      log,
      life,
      now,
      pass,
      killAt,
    },
    ...{ file, act, staff, runRelay, runDeliver, receipts, publish, deliverDeps },
  };
};
