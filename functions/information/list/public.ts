import { type LinkDeps as FileLinks, linksOf } from '../../attachments/links.ts';
import type { FileRecord } from '../../attachments/model.ts';
import type { FileStore } from '../../attachments/store.ts';
import type { AnonymousActor } from '../../cases/actor.ts';
import { ruleFor } from '../../cases/clock/clock.ts';
import type { CaseStore } from '../../cases/store.ts';
import { unitOf } from '../../cases/units.ts';
import type { City } from '../../city/schema.ts';
import { problem } from '../../kernel/errors.ts';
import type { Call } from '../../kernel/http.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Clock } from '../../kernel/time.ts';
import { seal, unseal } from '../../kernel/token.ts';
import { lexiconOf } from '../../postings/terms.ts';
import type { Books } from '../books.ts';
import type { information } from '../contract.ts';
import { letterNames } from '../states.ts';
import { filesOf } from './files.ts';
import { lineOf, newestFirst, pageOf } from './lines.ts';
import { classNames } from './model.ts';
import type { Shelf } from './shelf.ts';
import type { ListStore } from './store.ts';
import { yearOf } from './year.ts';

type Operations = (typeof information)['operations'];

/** Items that are offered beside a question. */
const offeredAtOnce = 5;

export interface PublicDeps {
  readonly store: Pick<CaseStore, 'readMany'>;
  readonly books: Pick<Books, 'entries'>;
  readonly items: ListStore;
  /** What is public now, kept for a minute. */
  readonly shelf: Shelf;
  readonly files: Pick<FileStore, 'read'>;
  readonly links: FileLinks;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

/** What everybody reads. */
export const publicOperations = (deps: PublicDeps) => {
  const shownFiles = (ids: readonly string[], files: ReadonlyMap<string, FileRecord>) =>
    ids.flatMap((id) => {
      const file = files.get(id);
      const links = file === undefined ? undefined : linksOf(deps.links, file, deps.now());
      const served = file?.served?.full;
      return links === undefined || served === undefined
        ? []
        : [{ id, url: links.url, contentType: served.contentType, bytes: served.bytes }];
    });

  return {
    aboutInformation: async ({ language }: Call<Operations['aboutInformation'], AnonymousActor>) => {
      const { ppid, clocks } = await deps.city();
      if (ppid === undefined) throw problem('noInformationOfficer');
      const subject = { kind: 'informationRequest', category: null, oversight: false };
      const names = ['promise', 'extension', 'contest', 'objection', 'dispute'] as const;
      return {
        body: {
          office: { address: ppid.office.address, hours: ppid.office.hours[language] },
          copies: ppid.copies.map(({ what, rupiah }) => ({ what: what[language], rupiah })),
          commission: { ...ppid.commission },
          limits: names.flatMap((name) => {
            const rule = ruleFor(clocks, name, subject);
            return rule === undefined
              ? []
              : [{ name, amount: rule.amount, in: rule.in, reference: rule.legal.reference }];
          }),
        },
      };
    },

    publicInformation: async ({
      input: { query },
      language,
    }: Call<Operations['publicInformation'], AnonymousActor>) => {
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const { indexed } = await deps.shelf(city);
      const wanted = query.q === undefined ? [] : lexiconOf(city).terms(query.q);
      const bound = ['information', query.class, query.unit, query.year, query.q].join('|');
      const after = query.cursor === undefined ? undefined : unseal(keys, 'cursor', query.cursor, bound);
      if (query.cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
      const found = indexed
        .filter(
          ({ item: { body }, words }) =>
            (query.class === undefined || body.class === query.class) &&
            (query.unit === undefined || body.unit === query.unit) &&
            (query.year === undefined || body.year === Number(query.year)) &&
            wanted.every((term) => words.has(term)),
        )
        .map(({ item }) => item)
        .sort(newestFirst);
      const { page, last } = pageOf(found, typeof after === 'string' ? after : undefined, query.size);
      return {
        body: {
          items: page.map((item) => lineOf(city, item, language)),
          next: last === undefined ? null : seal(keys, 'cursor', last, bound),
        },
      };
    },

    /** From the item itself, so that a withdrawal holds at once. */
    publicInformationItem: async ({
      input,
      language,
    }: Call<Operations['publicInformationItem'], AnonymousActor>) => {
      const [city, item] = await Promise.all([deps.city(), deps.items.read(input.params.id)]);
      if (item?.state !== 'published') throw problem('notFound');
      const { body } = item;
      const files = await filesOf(deps.files, body.files);
      const unit = unitOf(city, body.unit);
      const documents = body.exempt?.documents ?? [];
      return {
        body: {
          id: item.id,
          class: { id: body.class, name: classNames[body.class][language] },
          title: body.title[language],
          summary: body.summary[language],
          unit: unit === undefined ? null : { id: unit.id, name: unit.name },
          year: body.year ?? null,
          version: item.rev,
          publishedAt: item.firstAt ?? item.at,
          changedAt: item.at,
          files: shownFiles(
            body.files.filter((id) => !documents.includes(id)),
            files,
          ),
          link: body.link ?? null,
          where: body.where ?? null,
          exempt:
            body.exempt === undefined
              ? null
              : {
                  letters: body.exempt.letters.map((letter) => ({
                    letter,
                    says: letterNames[letter][language],
                  })),
                  basis: body.exempt.basis,
                  test: body.exempt.test,
                  documents: shownFiles(documents, files),
                  until: body.exempt.until ?? null,
                },
        },
      };
    },

    matchInformation: async ({ input, language }: Call<Operations['matchInformation'], AnonymousActor>) => {
      const city = await deps.city();
      const { match } = await deps.shelf(city);
      const found = match(input.body.information, offeredAtOnce);
      return { body: { items: found.map(({ item, strong }) => lineOf(city, item, language, strong)) } };
    },

    informationStatistics: async ({ input }: Call<Operations['informationStatistics'], AnonymousActor>) => ({
      body: await yearOf(deps, Number(input.query.year)),
    }),
  };
};
