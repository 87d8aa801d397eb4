import { localDate } from '../cases/clock/local.ts';
import type { CaseRecord } from '../cases/model.ts';
import { type CaseStore, caseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import type { Language } from '../kernel/errors.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { staffReader } from '../people/staff.ts';
import {
  type Asked,
  type Cells,
  type Entry,
  isAsked,
  type Register,
  type RegisterHead,
} from '../registers/model.ts';
import { type Book, type BookEntry, type Books, bookStore, entriesAtOnce, written } from './books.ts';
import { objectionsHead, requestsHead } from './columns.ts';
import { factsOf } from './facts.ts';
import { type RequesterShown, requesterReader, type SealDeps } from './identity.ts';
import { groundNames, states } from './states.ts';

/** Requests whose words and identities are opened at the same time. */
const openedAtOnce = 20;

export interface RegisterDeps {
  readonly books: Pick<Books, 'entries' | 'find'>;
  readonly store: Pick<CaseStore, 'readMany' | 'texts'>;
  readonly city: () => Promise<City>;
  readonly openRequester: (code: string) => Promise<RequesterShown | undefined>;
  /** Name of a member of staff; undefined when there is none of that id. */
  readonly nameOf: (staffId: string) => Promise<string | undefined>;
}

/** A request with what a row says of it. */
interface Line {
  readonly record: CaseRecord;
  readonly number: string;
  readonly at: Instant;
  readonly requester: RequesterShown | undefined;
  readonly information: string | null;
}

const placeOf = (year: number, n: number): string => `${year}#${String(n).padStart(6, '0')}`;

/** Entries of the period in the order of their numbers, year after year, after a place. */
async function* entriesOf(
  books: Pick<Books, 'entries'>,
  book: Book,
  { period, from, until }: Pick<Asked, 'period' | 'from' | 'until'>,
  after?: string,
): AsyncGenerator<BookEntry & { readonly year: number }, void> {
  const [first, last] = [period.from, period.to].map((day) => Number(day.slice(0, 4)));
  for (let year = first ?? 0; year <= (last ?? 0); year += 1) {
    for (let n = after?.startsWith(`${year}#`) === true ? Number(after.slice(5)) : 0; ; ) {
      const entries = await books.entries(book, year, n);
      for (const entry of entries)
        if (entry.at >= from && entry.at < until && !(after !== undefined && placeOf(year, entry.n) <= after))
          yield { ...entry, year };
      if (entries.length < entriesAtOnce) break;
      n = entries.at(-1)?.n ?? n;
    }
  }
}

async function* inBatches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[], void> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** A book of the law as a register, in the order of its numbers. */
const registerOf = (
  head: RegisterHead,
  book: Book,
  deps: RegisterDeps,
  cellsOf: (line: Line, asked: Asked) => Promise<Cells>,
): Register => ({
  ...head,
  open: async (asked, after) => {
    let total = 0;
    for await (const _ of entriesOf(deps.books, book, asked)) total += 1;

    const lineOf = async (
      entry: BookEntry & { readonly year: number },
      record: CaseRecord,
    ): Promise<Line> => {
      const [requester, texts] = await Promise.all([
        deps.openRequester(record.code),
        deps.store.texts(record.code),
      ]);
      const words = texts.get(record.filing.id);
      return {
        record,
        number: written(book, entry),
        at: entry.at,
        requester,
        information: words === undefined || words.redacted === true ? null : words.body,
      };
    };

    async function* rows(): AsyncGenerator<Entry, void> {
      for await (const batch of inBatches(entriesOf(deps.books, book, asked, after), openedAtOnce)) {
        const records = await deps.store.readMany(batch.map(({ code }) => code));
        const entries = await Promise.all(
          batch.map(async (entry): Promise<Entry | undefined> => {
            const record = records.get(entry.code);
            // The units that it lies with are asked for, and where it lies decides.
            if (record?.unit === null || record === undefined || !isAsked(asked, record.unit))
              return undefined;
            return {
              place: placeOf(entry.year, entry.n),
              cells: await cellsOf(await lineOf(entry, record), asked),
            };
          }),
        );
        for (const entry of entries) if (entry !== undefined) yield entry;
      }
    }
    return { total, rows: rows() };
  },
});

const say = {
  held: { id: 'Dikuasai', en: 'Held' },
  notHeld: { id: 'Tidak dikuasai', en: 'Not held' },
  soft: { id: 'Salinan digital', en: 'Soft copy' },
  hard: { id: 'Salinan tercetak', en: 'Hard copy' },
  view: { id: 'Melihat', en: 'To view' },
  copy: { id: 'Meminta salinan', en: 'A copy' },
  unpaid: { id: 'belum dibayar', en: 'not paid' },
  paid: { id: 'dibayar', en: 'paid' },
  superior: { id: 'Sekretaris Daerah selaku Atasan PPID', en: 'Regional secretary, superior of the PPID' },
  satisfied: { id: 'Menerima', en: 'Satisfied' },
  dispute: { id: 'Mengajukan sengketa ke Komisi Informasi', en: 'Disputes at the Information Commission' },
  upheld: { id: 'Keberatan ditolak', en: 'Dismissed' },
  overturned: { id: 'Keberatan diterima', en: 'Upheld' },
  article: { id: 'Pasal 17 huruf', en: 'Article 17' },
  test: { id: 'uji konsekuensi', en: 'consequence test' },
  proxy: { id: 'kuasa', en: 'proxy' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

const contactOf = (requester: RequesterShown | undefined): string | null =>
  [requester?.phone, requester?.email].filter((one) => typeof one === 'string').join(', ') || null;

/** Register of requests, all columns of the law (Perki 1/2021). */
export const requestsRegister = (deps: RegisterDeps): Register =>
  registerOf(requestsHead, 'requests', deps, async ({ record, number, requester, information }, asked) => {
    const { language, zone } = asked;
    const { wants, decision, given, cost } = factsOf(record);
    const day = (at: Instant | undefined): string | null => (at === undefined ? null : localDate(at, zone));
    const decided = states[decision?.as ?? (record.state === 'withdrawn' ? 'withdrawn' : '')];
    return {
      number,
      date: day(record.filedAt),
      name: requester?.name ?? null,
      address: requester?.address ?? null,
      contact: contactOf(requester),
      occupation: requester?.occupation ?? null,
      information,
      purpose: requester?.purpose ?? null,
      held:
        decision === undefined
          ? null
          : decision.as === 'notHeld'
            ? `${say.notHeld[language]}: ${decision.holder ?? ''}`
            : say.held[language],
      form: say[given?.form ?? wants.form][language],
      type: say[given?.way ?? wants.way][language],
      decision: decided?.names[language] ?? null,
      reason:
        decision?.letters === undefined
          ? null
          : `${say.article[language]} ${decision.letters.join(', ')}; ${say.test[language]} ${decision.test ?? ''}`,
      notice: day(decision?.at),
      giving: given?.on ?? null,
      cost: cost?.rupiah ?? null,
      payment:
        cost === undefined || cost.rupiah === 0
          ? null
          : cost.paid === undefined
            ? say.unpaid[language]
            : `${say.paid[language]} ${cost.paid.on}`,
    };
  });

/** Register of objections, all columns of the law (Perki 1/2021). */
export const objectionsRegister = (deps: RegisterDeps): Register =>
  registerOf(
    objectionsHead,
    'objections',
    deps,
    async ({ record, number, at, requester, information }, asked) => {
      const { language, zone } = asked;
      const { objection, answer, reaction } = factsOf(record);
      const request = await deps.books.find('requests', record.code);
      const superior = answer === undefined ? undefined : await deps.nameOf(answer.by);
      const proxy = requester?.proxy ?? undefined;
      const who = [requester?.name, requester?.address, contactOf(requester)]
        .filter((one) => one != null)
        .join(', ');
      return {
        number,
        date: localDate(objection?.at ?? at, zone),
        identity:
          proxy === undefined
            ? who || null
            : `${who}; ${say.proxy[language]}: ${proxy.name}, ${proxy.address}`,
        request: request === undefined ? null : written('requests', request),
        information,
        purpose: requester?.purpose ?? null,
        ground: objection === undefined ? null : groundNames[objection.ground][language],
        decision: answer === undefined ? null : say[answer.as][language],
        response: answer === undefined ? null : localDate(answer.at, zone),
        superior: answer === undefined ? null : [superior, say.superior[language]].filter(Boolean).join(', '),
        reaction: reaction === undefined ? null : say[reaction][language],
      };
    },
  );

export { objectionsHead, requestsHead };

export interface RegisterResources extends SealDeps {
  /** Table `cases`; `table` is `identities`. */
  readonly cases: Table;
  readonly city: () => Promise<City>;
}

/** Both registers of the law over the tables. Whoever has them opens who asked, of every row. */
export const informationRegisters = ({ cases, city, ...sealing }: RegisterResources): readonly Register[] => {
  const staff = staffReader(cases);
  const deps: RegisterDeps = {
    books: bookStore(cases),
    store: caseStore(cases),
    city,
    openRequester: requesterReader(sealing),
    nameOf: async (id) => (await staff.byId(id))?.name,
  };
  return [requestsRegister(deps), objectionsRegister(deps)];
};
