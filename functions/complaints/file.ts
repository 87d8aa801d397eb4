import { namedFiles } from '../attachments/file-id.ts';
import type { Actor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { CaseRecord } from '../cases/model.ts';
import { fileOnce } from '../cases/opening.ts';
import type { CaseStore } from '../cases/store.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { keyedHash, trackingCode } from '../kernel/code.ts';
import type { Input } from '../kernel/contract.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import type { Contact } from '../people/identity.ts';
import type { complaints } from './contract.ts';
import type { Entry } from './entry.ts';
import { openCase, type Understood, understand } from './filing.ts';
import type { Suggestion } from './suggest.ts';

type FilingBody = Input<(typeof complaints)['operations']['fileComplaint']>['body'];

export interface Deps {
  readonly table: Table;
  readonly store: CaseStore;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly workflows: Readonly<Record<string, Entry>>;
  readonly suggest: (city: City, text: string) => Suggestion;
  readonly identify: (code: string, contact: Contact, at: Instant) => Promise<void>;
  /** Filings per address or account. */
  readonly quota: Quota;
}

interface Opened {
  readonly record: CaseRecord;
  readonly understood: Understood;
}

export interface Filed extends Opened {
  /** The key that the first try's PIN was made with. */
  readonly pinKey: string;
  readonly city: City;
  readonly keys: Keys;
}

interface How {
  readonly key: string;
  readonly origin: string;
  /** When the citizen said it; undefined is now. */
  readonly filedAt: Instant | undefined;
  /** What the filing counts against; undefined for staff. */
  readonly quota: string | undefined;
  /** Under which name its files were uploaded. */
  readonly uploader: string;
}

/**
 * Files a complaint once, whatever the retries (`fileOnce`), identity last. A retry is answered even when the quota is
 * used up.
 */
export const file = async (deps: Deps, actor: Actor, body: FilingBody, how: How): Promise<Filed> => {
  const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
  check(city, body);
  const { contact, ...given } = body;
  const content =
    given.files === undefined
      ? given
      : { ...given, files: namedFiles(keys, given.files, [how.uploader], toSeconds(deps.now())) };
  const command = identify(keys, actor, how.key, {
    file: content,
    origin: how.origin,
    at: how.filedAt ?? null,
  });
  if (how.quota !== undefined) {
    await countAgainst(deps.table, how.quota, deps.quota, deps.now()).catch(async (refusal: unknown) => {
      const first = trackingCode(keys.first('code'), command.id, 0);
      if ((await deps.store.read(first))?.filing.id !== command.id) throw refusal;
    });
  }
  const identified = contact !== undefined && Object.keys(contact).length > 0;
  const opened = (code: string, now: Instant): Opened => {
    const filedAt = how.filedAt ?? now;
    const workflow = deps.workflows[body.kind];
    if (workflow === undefined) throw new Error(`no workflow for ${body.kind}`);
    const understood = understand(city, body, filedAt, deps.suggest(city, body.text));
    const record = openCase({
      workflow,
      city,
      filing: content,
      understood,
      actor,
      code,
      command,
      routeId: keyedHash(keys.first('command'), command.id, 'route'),
      pinKey: keys.current,
      reporter: actor.kind === 'citizen' ? actor.id : undefined,
      identified,
      origin: how.origin,
      filedAt,
      now,
    });
    return { record, understood };
  };

  const { place } = body;
  const now = deps.now();
  const first = await fileOnce(deps.store, keys, {
    command,
    now,
    opened,
    text: {
      audience: 'reporter',
      body: body.text,
      ...(place === undefined
        ? {}
        : { place: { address: place.address, landmark: place.landmark, rt: place.rt, rw: place.rw } }),
    },
    ...(identified ? { beside: (code: string) => deps.identify(code, contact, now) } : {}),
  });
  return { ...first, city, keys };
};

/** @throws Problem unknownCategory, unknownArea, unknownUnit */
export const check = (city: City, body: Pick<FilingBody, 'about' | 'category' | 'place'>): void => {
  const wrong = (code: Parameters<typeof problem>[0], field: string) =>
    problem(code, { fields: [{ field, problem: code }] });
  if (body.category !== undefined && categoryOf(city, body.category) === undefined) {
    throw wrong('unknownCategory', '/category');
  }
  if (body.place?.area !== undefined && !city.areas.some((a) => a.code === body.place?.area)) {
    throw wrong('unknownArea', '/place/area');
  }
  if (body.about !== undefined && !city.substitutes.some((s) => s.about === body.about)) {
    throw wrong('unknownUnit', '/about');
  }
};
