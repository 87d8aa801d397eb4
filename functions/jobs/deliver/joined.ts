import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { Merged } from '../../events/citizen-notice.ts';
import type { Citizens, Supporter, Wishes } from '../../events/citizens.ts';

export interface JoinedParts {
  readonly store: Pick<CaseStore, 'read'>;
  readonly citizens: Pick<Citizens, 'reporter' | 'supporters' | 'supporter'>;
}

/** Somebody who waits for a case without having reported it: joined it, or joined or reported one that it took in. */
export interface Joined {
  /** `supporter.<id>`, `supporter.<code>.<id>` or `supporter.<code>.reporter`. */
  readonly recipient: string;
  readonly wishes: Wishes;
  readonly merged?: Merged | undefined;
}

export interface JoinedPage {
  readonly people: readonly Joined[];
  /** Where the next page begins; undefined when nobody is left. */
  readonly next: string | undefined;
}

const prefix = 'supporter.';
const reporterId = 'reporter';
/** No further report is opened for a page that has so many already. */
const enough = 25;

export const isJoined = (recipient: string): boolean => recipient.startsWith(prefix);

/** `<id>` of the case itself, `<code>.<id>` of one that it took in; without an id at the beginning of that one. */
const placeOf = (record: CaseRecord, place: string): { readonly code: string; readonly id: string } => {
  const [code = '', id] = place.split('.', 2);
  return id === undefined ? { code: record.code, id: code } : { code, id };
};

const supporterOf = (record: CaseRecord, code: string, { id, wishes }: Supporter): Joined =>
  code === record.code
    ? { recipient: `${prefix}${id}`, wishes }
    : { recipient: `${prefix}${code}.${id}`, wishes, merged: { code, as: 'supporter' } };

/** A report that was taken in, as long as it lies here: parted again, its people are told of it alone. */
const mergedHere = async (
  { store }: JoinedParts,
  record: CaseRecord,
  code: string,
): Promise<CaseRecord | undefined> => {
  if (record.absorbed?.includes(code) !== true) return undefined;
  const other = await store.read(code);
  return other?.mergedInto === record.code ? other : undefined;
};

const reporterOf = async ({ citizens }: JoinedParts, other: CaseRecord): Promise<Joined> => ({
  recipient: `${prefix}${other.code}.${reporterId}`,
  wishes: await citizens.reporter(other),
  merged: { code: other.code, as: 'reporter' },
});

/** One page of one report's people; its reporter first, unless that is who reported the case itself. */
const pageOf = async (
  parts: JoinedParts,
  record: CaseRecord,
  code: string,
  after: string | undefined,
): Promise<JoinedPage> => {
  const other = code === record.code ? undefined : await mergedHere(parts, record, code);
  if (other === undefined && code !== record.code) return { people: [], next: undefined };
  const sameAccount = other?.reporter !== undefined && other.reporter === record.reporter;
  const first =
    other === undefined || after !== undefined || sameAccount ? [] : [await reporterOf(parts, other)];
  const page = await parts.citizens.supporters(code, after);
  return {
    people: [...first, ...page.people.map((one) => supporterOf(record, code, one))],
    next: page.next === undefined ? undefined : code === record.code ? page.next : `${code}.${page.next}`,
  };
};

/**
 * One page of all who wait for a case: its own supporters, then of each report that it took in the reporter and the
 * supporters. A report that was parted since the page before has the others begin anew, which receipts make idle.
 */
export const joinedPage = async (
  parts: JoinedParts,
  record: CaseRecord,
  after: string | undefined,
): Promise<JoinedPage> => {
  const codes = [record.code, ...(record.absorbed ?? [])];
  const from = after === undefined ? { code: record.code, id: '' } : placeOf(record, after);
  const found = codes.indexOf(from.code);
  const left = codes.slice(found < 0 ? 1 : found);
  const people: Joined[] = [];
  for (const [i, code] of left.entries()) {
    if (people.length >= enough) return { people, next: `${code}.` };
    const id = i === 0 && found >= 0 && from.id !== '' ? from.id : undefined;
    const page = await pageOf(parts, record, code, id);
    people.push(...page.people);
    if (page.next !== undefined) return { people, next: page.next };
  }
  return { people, next: undefined };
};

/** The one whom a receipt names, when they wait for this case still. */
export const joinedOne = async (
  parts: JoinedParts,
  record: CaseRecord,
  recipient: string,
): Promise<Joined | undefined> => {
  const { code, id } = placeOf(record, recipient.slice(prefix.length));
  const other = code === record.code ? undefined : await mergedHere(parts, record, code);
  if (other === undefined && code !== record.code) return undefined;
  if (other !== undefined && id === reporterId) return reporterOf(parts, other);
  const one = await parts.citizens.supporter(code, id);
  return one === undefined ? undefined : supporterOf(record, code, one);
};
