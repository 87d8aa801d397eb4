import * as z from 'zod/mini';
import { caseKey } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import { instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import { type Receipt, receipt, receiptKey } from './receipts.ts';

/** The reporter in receipts: a case has one, so that no receipt needs an id of theirs. */
export const reporterRecipient = 'reporter';
/** How staff hand something over in person; the `channel` of such a receipt. */
export const handoverChannel = 'handover';

/** Mail that came back comes back within this many seconds of having been taken; longer means it was kept. */
const mailSettles = 86_400;

/**
 * Whether a receipt proves that its notice arrived (`domain.md` §2): mail that was taken a day ago and did not come
 * back; a delivery receipt of WhatsApp; push and Telegram once accepted; a hand-over. Reading this needs no address.
 */
export const provesDelivery = (
  { channel, state, deliveredAt }: Pick<Receipt, 'channel' | 'state' | 'deliveredAt'>,
  now: Instant,
): boolean => {
  if (deliveredAt === undefined || state === 'bounced' || state === 'failed') return false;
  return channel !== 'email' || fromSeconds(toSeconds(deliveredAt) + mailSettles) <= now;
};

const opened = z.object({ at: instant, seq: z.int() });
export type Opened = z.output<typeof opened>;
const openedKey = (code: string) => ({ pk: caseKey(code).pk, sk: 'MARK#opened' });
/** An opening that shows nothing new is noted at most once in this many seconds. */
const notedEvery = 3600;

export type OpenedMarks = ReturnType<typeof openedMarks>;

/** When the reporter last opened the private view, and up to which event it showed. */
export const openedMarks = (table: Pick<Table, 'get' | 'update'>) => {
  /** Notes that the private view was opened; one conditional update, most of which write nothing. */
  const note = async ({ code, seq }: Pick<CaseRecord, 'code' | 'seq'>, now: Instant): Promise<void> => {
    await table.update(openedKey(code), {
      UpdateExpression: 'SET v = :v, #at = :now, #seq = :seq',
      ConditionExpression: 'attribute_not_exists(#seq) OR #seq < :seq OR (#seq = :seq AND #at <= :before)',
      ExpressionAttributeNames: { '#at': 'at', '#seq': 'seq' },
      values: { ':v': 1, ':now': now, ':seq': seq, ':before': fromSeconds(toSeconds(now) - notedEvery) },
    });
  };
  const read = async (code: string): Promise<Opened | undefined> => {
    const item = await table.get(openedKey(code));
    return item === undefined ? undefined : opened.parse(item);
  };
  return { note, read };
};

/** Pages of a reporter's receipts that are looked at: 1 MB each, thousands of receipts. */
const pagesLimit = 5;

/** Every receipt of the reporter, in order of channel and event. */
export const reporterReceipts = async (
  table: Pick<Table, 'query'>,
  code: string,
): Promise<readonly Receipt[]> => {
  const { pk, sk } = receiptKey(code, reporterRecipient, '', 0);
  const from = sk.slice(0, sk.indexOf(reporterRecipient) + reporterRecipient.length);
  const all: Receipt[] = [];
  let next: Parameters<Table['query']>[0]['from'];
  for (let page = 0; page < pagesLimit; page += 1) {
    const { items, last } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :from)',
      values: { ':pk': pk, ':from': `${from}#` },
      ConsistentRead: true,
      from: next,
    });
    all.push(...items.map((item) => receipt.parse(item)));
    if (last === undefined) break;
    next = last;
  }
  return all;
};

export type Delivered = (record: Pick<CaseRecord, 'code'>, seq: number) => Promise<boolean>;

/**
 * Whether the reporter was reached about event `seq`: a notice of that event or a later one arrived (each is only a
 * link to the whole story), or the private view was opened and showed it. Silence finishes a case only then.
 */
export const deliveredReader =
  (table: Pick<Table, 'get' | 'query' | 'update'>, now: Clock): Delivered =>
  async ({ code }, seq) => {
    const seen = await openedMarks(table).read(code);
    if (seen !== undefined && seen.seq >= seq) return true;
    const receipts = await reporterReceipts(table, code);
    return receipts.some((r) => r.seq >= seq && provesDelivery(r, now()));
  };
