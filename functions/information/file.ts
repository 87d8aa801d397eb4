import { namedFiles } from '../attachments/file-id.ts';
import type { Actor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { today } from '../cases/common/facts.ts';
import { excerptOf } from '../cases/excerpt.ts';
import type { CaseRecord } from '../cases/model.ts';
import { fileOnce, newCase } from '../cases/opening.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { keyedHash, trackingCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import type { Contact } from '../people/identity.ts';
import type { Books, Numbered } from './books.ts';
import type { Requester } from './identity.ts';
import { informationRequest } from './kind.ts';
import type { Match } from './list/matching.ts';

/** Requests of one account a day: more than a curious person has, fewer than a script. */
const requestsPerDay: Quota = { limit: 20, seconds: 86_400 };

export interface FileDeps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read' | 'putText' | 'create'>;
  readonly books: Pick<Books, 'enter'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  /** Public items near to these words, the nearest first. */
  readonly matches: (city: City, words: string) => Promise<readonly Match[]>;
  /** Seals who asks, and how they are reached. */
  readonly sealRequester: (code: string, requester: Requester, at: Instant) => Promise<boolean>;
  readonly sealContact: (code: string, contact: Contact, at: Instant) => Promise<void>;
}

export interface Asking {
  readonly information: string;
  readonly form: 'soft' | 'hard';
  readonly way: 'view' | 'copy';
  readonly files?: readonly string[] | undefined;
  readonly insist: boolean;
  readonly requester?: Requester | undefined;
}

export interface How {
  readonly key: string;
  readonly origin: string;
  /** When it was said; undefined is now. */
  readonly filedAt: Instant | undefined;
  /** Under which name its files were uploaded. */
  readonly uploader: string;
  /** Keyed hash of the account that it is kept in. */
  readonly reporter: string | undefined;
  /** Code of the report that it comes out of. */
  readonly from?: string | undefined;
  /** Whether what comes from one account is counted. */
  readonly counted: boolean;
}

export interface FiledRequest {
  readonly record: CaseRecord;
  readonly number: Numbered;
  /** The key that the first try's PIN was made with. */
  readonly pinKey: string;
  readonly keys: Keys;
}

/** What lists show of a public item, for whoever is offered it instead of a request. */
const offeredIn = (matches: readonly Match[]) =>
  matches.filter(({ strong }) => strong).map(({ item }) => ({ id: item.id, title: item.body.title }));

/** @throws Problem invalidInput, proxyUnproved */
const checkRequester = ({ requester, files = [] }: Asking): void => {
  if (requester === undefined) return;
  const wrong = (field: string) => ({ fields: [{ field: `/requester/${field}`, problem: 'invalidInput' }] });
  if (requester.phone === undefined && requester.email === undefined)
    throw problem('invalidInput', wrong('phone'));
  if (requester.proxy !== undefined && files.length === 0)
    throw problem('proxyUnproved', { fields: [{ field: '/files', problem: 'proxyUnproved' }] });
};

/**
 * Identity of a filing and of its content; who asks and whether they insist are left out. A report becomes one request,
 * whoever opens it: its identity comes from the report, and who did it with which key is part of the content.
 */
export const commandOf = (
  keys: Keys,
  actor: Actor,
  { information, form, way, files = [] }: Asking,
  { key, origin, filedAt, from }: Pick<How, 'key' | 'origin' | 'filedAt' | 'from'>,
) => {
  const own = identify(keys, actor, key, {
    information: { text: information, form, way, files },
    origin,
    at: filedAt ?? null,
    from: from ?? null,
  });
  if (from === undefined) return own;
  const secret = keys.first('command');
  return {
    id: keyedHash(secret, 'information', from),
    fingerprint: keyedHash(secret, own.id, own.fingerprint),
  };
};

/**
 * Files a request once, whatever the retries, and enters it in the register: its number is the receipt (article 22 (4)).
 * What the public list has is offered first. A retry is answered even when the quota is used up or an item came out since.
 * @throws Problem noInformationOfficer, informationAvailable, proxyUnproved, tooManyRequests, keyReused, unknownFile, busy
 */
export const fileRequest = async (
  deps: FileDeps,
  actor: Actor,
  asking: Asking,
  how: How,
): Promise<FiledRequest> => {
  const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
  const { ppid } = city;
  if (ppid === undefined) throw problem('noInformationOfficer');
  checkRequester(asking);
  const now = deps.now();
  const { information, form, way, requester } = asking;
  const files = namedFiles(keys, asking.files, [how.uploader], toSeconds(now));
  const command = commandOf(keys, actor, { ...asking, files }, how);
  const known = async () => {
    const first = await deps.store.read(trackingCode(keys.first('code'), command.id, 0));
    return first?.filing.id === command.id;
  };
  const strong = asking.insist ? [] : offeredIn(await deps.matches(city, information));
  if (strong.length > 0 && !(await known()))
    throw problem('informationAvailable', { extra: { items: strong } });
  if (how.counted) {
    const scope = `information#${how.reporter ?? ''}`;
    await countAgainst(deps.table, scope, requestsPerDay, now).catch(async (refusal: unknown) => {
      if (!(await known())) throw refusal;
    });
  }

  let number: Numbered | undefined;
  const filed = await fileOnce(deps.store, keys, {
    command,
    now,
    text: { audience: 'reporter', body: information },
    opened: (code, at) => ({
      record: newCase({
        kind: informationRequest,
        city,
        actor,
        code,
        command,
        pinKey: keys.current,
        reporter: how.reporter,
        identified: requester !== undefined,
        origin: how.origin,
        filedAt: how.filedAt ?? at,
        now: at,
        excerpt: excerptOf(information),
        category: null,
        unit: ppid.unit,
        data: {
          wants: { form, way },
          ...(requester === undefined ? {} : { identity: true }),
          ...(how.from === undefined ? {} : { from: how.from }),
        },
        worded: true,
        files,
        ...(how.from === undefined ? {} : { facts: { from: how.from } }),
      }),
    }),
    beside: async (code) => {
      const [entered] = await Promise.all([
        deps.books.enter('requests', Number(today(city, now).slice(0, 4)), code, now),
        ...(requester === undefined
          ? []
          : [deps.sealRequester(code, requester, now), deps.sealContact(code, contactOf(requester), now)]),
      ]);
      number = entered;
    },
  });
  if (number === undefined) throw new Error('a request without a number');
  return { ...filed, number, keys };
};

/** Where the requester is told of answers. */
export const contactOf = ({ name, phone, email }: Requester): Contact => ({ name, phone, email });
