import * as z from 'zod/mini';
import type { Item, Key, Page, Table, TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type Card,
  card,
  type Head,
  head,
  type Step,
  step,
  type Version,
  version,
  workCard,
} from './model.ts';
import { dueKey, type Entry, lists } from './places.ts';

const pkOf = (id: string): string => `ANN#${id}`;
const pad = (number: number): string => String(number).padStart(6, '0');
const headKey = (id: string): Key => ({ pk: pkOf(id), sk: 'HEAD' });
const versionKey = (id: string, number: number): Key => ({ pk: pkOf(id), sk: `V#${pad(number)}` });
const stepKey = (id: string, seq: number): Key => ({ pk: pkOf(id), sk: `STEP#${pad(seq)}` });

const bodyOf = (item: Item): Item => {
  const { pk: _, sk: __, ...body } = item;
  return body;
};

const found = z.extend(card, { words: z.array(z.string()) });
export type Found = z.output<typeof found>;

export interface Listed<T> {
  readonly sort: string;
  readonly card: T;
}

/** What one step writes, together or not at all. */
export interface Writing {
  readonly before: Head | undefined;
  readonly after: Head;
  readonly steps: readonly Step[];
  /** Versions that are new or were written anew. */
  readonly versions: readonly Version[];
  readonly entries: readonly Entry[];
  /** Parts of others that belong to it. */
  readonly beside?: readonly TransactPart[];
}

export type AnnouncementStore = ReturnType<typeof announcementStore>;

const same = (a: Key) => (b: Key) => a.pk === b.pk && a.sk === b.sk;

/** The only reader and writer of `ANN…` items. */
export const announcementStore = (table: Table) => {
  const read = async (id: string): Promise<Head | undefined> => {
    const item = await table.get(headKey(id));
    return item === undefined ? undefined : head.parse(item);
  };

  const readVersion = async (id: string, number: number): Promise<Version | undefined> => {
    const item = await table.get(versionKey(id, number));
    return item === undefined ? undefined : version.parse(item);
  };

  /** What happened, in order; the first 200 steps. */
  const steps = async (id: string): Promise<readonly Step[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :step)',
      values: { ':pk': pkOf(id), ':step': 'STEP#' },
      Limit: 200,
    });
    return page.items.map((item) => step.parse(item));
  };

  /**
   * Writes a step: the announcement, its words, and its copies in all lists, if it stands as it was read.
   * @returns false when somebody else was first
   */
  const save = async ({
    before,
    after,
    steps: done,
    versions,
    entries,
    beside = [],
  }: Writing): Promise<boolean> => {
    const places: readonly Key[] = entries.map(({ pk, sk }) => ({ pk, sk }));
    const gone = [
      ...(before?.places ?? []).filter((old) => !places.some(same(old))),
      ...(before?.due === undefined || before.due.at === after.due?.at
        ? []
        : [dueKey(before.due.at, after.id)]),
    ];
    const months = entries.flatMap(({ pk }) =>
      pk.startsWith(lists.month('')) ? [pk.slice(lists.month('').length)] : [],
    );
    const condition =
      before === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'seq = :seq', values: { ':seq': before.seq } };
    const written = await table.transact([
      { put: { item: { ...headKey(after.id), ...after, places }, ...condition } },
      ...done.map((one) => ({ put: { item: { ...stepKey(after.id, one.seq), ...one } } })),
      ...versions.map((one) => ({ put: { item: { ...versionKey(one.id, one.version), ...one } } })),
      ...gone.map((key) => ({ remove: { key } })),
      ...entries.map(({ pk, sk, body }) => ({ put: { item: { pk, sk, ...body } } })),
      ...months.map((month) => ({ put: { item: { pk: lists.months, sk: month, v: 1 } } })),
      ...(after.due === undefined ? [] : [{ put: { item: { ...dueKey(after.due.at, after.id), v: 1 } } }]),
      ...beside,
    ]);
    return written.done;
  };

  /**
   * Takes note that this was handed over, if the announcement stands as it was read; its own version does not change. A
   * step that came in between left a note of its own, which may stand in this very place.
   */
  const handingOver = ({ id, seq, due }: Head): readonly TransactPart[] => [
    {
      update: {
        key: headKey(id),
        UpdateExpression: 'REMOVE due',
        ConditionExpression: 'seq = :seq',
        values: { ':seq': seq },
      },
    },
    ...(due === undefined ? [] : [{ remove: { key: dueKey(due.at, id) } }]),
  ];

  /** @returns false when a step came in between */
  const handedOver = async (one: Head): Promise<boolean> => (await table.transact(handingOver(one))).done;

  /** Ids of those whose subscribers are to be told by now, earliest first. */
  const dueBy = async (now: Instant, limit: number): Promise<readonly { id: string; due: Instant }[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk < :until',
      values: { ':pk': lists.due, ':until': `${now}~` },
      Limit: limit,
      ConsistentRead: true,
    });
    return page.items.map((item) => {
      const [due = '', id = ''] = String(item['sk']).split('#');
      return { id, due };
    });
  };

  const forget = (id: string, due: Instant) => table.remove(dueKey(due, id));

  const cards = <T>(page: Page, parse: (item: Item) => T): readonly Listed<T>[] =>
    page.items.map((item) => ({ sort: String(item['sk']), card: parse(bodyOf(item)) }));

  /** Months in which something was published, newest first. @param until the last one asked for, inclusive */
  const months = async (until: string): Promise<readonly string[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk <= :until',
      values: { ':pk': lists.months, ':until': until },
      ScanIndexForward: false,
      Limit: 240,
      ConsistentRead: false,
    });
    return page.items.map((item) => String(item['sk']));
  };

  const before = async (pk: string, place: string, limit: number): Promise<Page> =>
    table.query({
      KeyConditionExpression: 'pk = :pk AND sk < :before',
      values: { ':pk': pk, ':before': place },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: false,
    });

  /** Of one month, newest first, before a place in it. */
  const ofMonth = async (month: string, place: string, limit: number): Promise<readonly Listed<Card>[]> =>
    cards(await before(lists.month(month), place, limit), (item) => card.parse(item));

  /** The same with the words of each. */
  const wordsOfMonth = async (
    month: string,
    place: string,
    limit: number,
  ): Promise<readonly Listed<Found>[]> =>
    cards(await before(lists.words(month), place, limit), (item) => found.parse(item));

  /** Cards of a list that sorts by the end, those that end after a moment. */
  const endingAfter = async (
    list: 'pinned' | 'emergency' | 'agenda' | 'scheduled',
    moment: Instant,
    limit: number,
  ): Promise<readonly Card[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk > :moment',
      // `~` is after `#`: what ends at this very moment is over.
      values: { ':pk': lists[list], ':moment': `${moment}~` },
      Limit: limit,
      ConsistentRead: false,
    });
    return page.items.map((item) => card.parse(bodyOf(item)));
  };

  /** What is being written, up to a page of the table. */
  const work = async (limit: number) => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': lists.work },
      Limit: limit,
    });
    return page.items.map((item) => workCard.parse(bodyOf(item)));
  };

  return {
    read,
    readVersion,
    steps,
    save,
    handedOver,
    handingOver,
    dueBy,
    forget,
    months,
    ofMonth,
    wordsOfMonth,
    endingAfter,
    work,
  };
};
