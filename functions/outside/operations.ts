import type { AnonymousActor, StaffActor } from '../cases/actor.ts';
import { act, type CommandDeps } from '../cases/commands.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { linkRefusal, type Outside, outsideOf } from '../cases/outside.ts';
import { maskPersonal } from '../cases/personal.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst } from '../kernel/quota.ts';
import { parseBody } from '../kernel/request.ts';
import type { Table } from '../kernel/table.ts';
import type { outside } from './contract.ts';
import { type LinkToken, linkToken, readLinkToken } from './token.ts';

type Operations = (typeof outside)['operations'];
type Opened = Output<Operations['openOutside']>;
type Fields = Readonly<Record<string, unknown>>;

/** Of one address an hour: an office reads and answers what it got, and nobody tries tokens. */
const perHour = { limit: 60, seconds: 3600 };

/** Who answers is known by the link alone. */
const system = { kind: 'system', id: 'outside' } as const;

export interface Deps extends CommandDeps {
  readonly table: Table;
  /** Without a final slash. */
  readonly publicUrl: string;
}

const bodyOf = (city: City, id: string) => ({ id, name: city.outside.find((b) => b.id === id)?.name ?? id });

const masked = (text: string | undefined): string | null => (text === undefined ? null : maskPersonal(text));

/** Words as they may leave the city; null once they were taken back. */
const leaving = (text: CaseText | undefined): string | null =>
  text === undefined || text.redacted === true ? null : maskPersonal(text.body);

/** Nothing of who reported it: what has to be done, where, and what the coordinator asks. */
const shown = (
  city: City,
  record: CaseRecord,
  lies: Outside,
  texts: ReadonlyMap<string, CaseText>,
  until: string,
  language: Language,
): Opened => {
  const filed = texts.get(record.filing.id);
  return {
    code: record.code,
    body: bodyOf(city, lies.body),
    city: city.profile.names[language],
    category: categoryOf(city, record.category)?.names[language] ?? null,
    filedAt: record.filedAt,
    text: leaving(filed),
    place: {
      area: city.areas.find((a) => a.code === record.area)?.name ?? null,
      point: record.point ?? null,
      address: masked(filed?.place?.address),
      landmark: masked(filed?.place?.landmark),
      rt: filed?.place?.rt ?? null,
      rw: filed?.place?.rw ?? null,
    },
    words: leaving(lies.words === undefined ? undefined : texts.get(lies.words)),
    reference:
      lies.kind === undefined || lies.number === undefined ? null : { kind: lies.kind, number: lies.number },
    until,
    answered: lies.answered === true,
  };
};

export const operations = (deps: Deps) => {
  /** A token of ours, counted against its sender's address first. @throws Problem linkInvalid, tooManyRequests */
  const held = async (keys: Keys, token: string, address: string): Promise<LinkToken> => {
    const scope = `outside#${keyedHash(keys.now('quota'), address)}`;
    await countAgainst(deps.table, scope, perHour, deps.now());
    const link = readLinkToken(keys, token);
    if (link === undefined) throw problem('linkInvalid');
    return link;
  };

  return {
    linkOutside: async (call: Call<Operations['linkOutside'], StaffActor>) => {
      const { code } = call.input.params;
      const { seq, facts } = await act(deps, call.actor, {
        code,
        action: 'linkOutside',
        apart: true,
        body: {},
        parse: () => ({}),
        look: async () => ({}),
        idempotencyKey: call.idempotencyKey,
        ifMatch: call.ifMatch,
      });
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const until = String(facts?.['until']);
      const body = String(facts?.['body']);
      const token = linkToken(keys, { code, body, version: Number(facts?.['link']), until });
      return {
        body: { code, seq, body: bodyOf(city, body), url: `${deps.publicUrl}/luar#${token}`, until },
        etag: seq,
      };
    },

    openOutside: async (call: Call<Operations['openOutside'], AnonymousActor>) => {
      const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
      const link = await held(keys, call.input.body.token, call.address);
      const record = await deps.store.read(link.code);
      if (record === undefined) throw problem('linkInvalid');
      const refusal = linkRefusal(record, link, deps.now());
      const lies = outsideOf(record);
      if (refusal !== undefined || lies === undefined) throw problem(refusal ?? 'wrongState');
      const texts = await deps.store.texts(link.code);
      return { body: shown(city, record, lies, texts, link.until, call.language) };
    },

    answerOutside: async (call: Call<Operations['answerOutside'], AnonymousActor>) => {
      const { token, text, reference } = call.input.body;
      const { code, body, version, until } = await held(await deps.keys(), token, call.address);
      const fields: Fields = {
        ...{ text, body, link: version, until },
        ...(reference === undefined ? {} : { reference }),
      };
      const { at } = await act(deps, system, {
        code,
        action: 'answerOutside',
        body: fields,
        parse: (spec) => parseBody(spec.input, fields, call.language) as Fields,
        look: async () => ({}),
        idempotencyKey: call.idempotencyKey,
      });
      return { body: { code, answeredAt: at } };
    },
  };
};
