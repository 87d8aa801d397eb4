import type { Actor, AnonymousActor, CitizenActor, StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { reporterIndex } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { listRows } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import type { Workflow } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import { keyedHash, pinOf, trackingCode } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { problem } from '../kernel/errors.ts';
import type { Answer, Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import { seal, unseal } from '../kernel/token.ts';
import type { Contact } from '../people/identity.ts';
import type { complaints } from './contract.ts';
import { type Filing, openCase, type Understood, understand } from './filing.ts';
import { categoryOf } from './rules.ts';
import type { Suggestion } from './suggest.ts';

type Operations = (typeof complaints)['operations'];
type FilingBody = Call<Operations['fileComplaint'], unknown>['input']['body'];

/** Codes that other cases hold are passed over; with 2⁴⁰ codes even a second step is rare. */
const codeAttempts = 8;
const minePageSize = 25;
/** How long ago a citizen may have said what staff record now. */
const recordedWithinDays = 90;

export interface Deps {
  readonly table: Table;
  readonly store: CaseStore;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly suggest: (city: City, text: string) => Suggestion;
  readonly identify: (code: string, contact: Contact, at: Instant) => Promise<void>;
  /** Filings per address or account. */
  readonly quota: Quota;
}

interface Filed {
  readonly record: CaseRecord;
  readonly understood: Understood;
}

/**
 * Files a complaint once, whatever the retries: text, then case (`attribute_not_exists`), then identity. The code
 * comes from the command's id, so that a retry walks to the same case and gets the same code and PIN.
 */
const file = async (
  deps: Deps,
  actor: Actor,
  body: FilingBody,
  how: { readonly key: string; readonly origin: string; readonly filedAt: Instant | undefined },
): Promise<Filed & { readonly city: City; readonly keys: Keys }> => {
  const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
  check(city, body);
  const { contact, ...content } = body;
  const command = identify(keys, actor, how.key, {
    file: content,
    origin: how.origin,
    at: how.filedAt ?? null,
  });
  const now = deps.now();
  const filedAt = how.filedAt ?? now;
  const workflow = deps.workflows[body.kind];
  if (workflow === undefined) throw new Error(`no workflow for ${body.kind}`);
  const filing: Filing = body;
  const understood = understand(city, filing, filedAt, deps.suggest(city, body.text));
  const identified = contact !== undefined && Object.keys(contact).length > 0;

  for (let attempt = 0; attempt < codeAttempts; attempt += 1) {
    const code = trackingCode(keys.first('code'), command.id, attempt);
    const record = openCase({
      workflow,
      city,
      filing,
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
    const { place } = body;
    await deps.store.putText(code, {
      v: 1,
      ...command,
      audience: 'reporter',
      body: body.text,
      at: now,
      ...(place === undefined
        ? {}
        : { place: { address: place.address, landmark: place.landmark, rt: place.rt, rw: place.rw } }),
    });
    const holder = await deps.store.create(record);
    if (holder !== undefined && holder.filing.id !== command.id) continue;
    if (holder !== undefined && holder.filing.fingerprint !== command.fingerprint) throw problem('keyReused');
    if (identified) await deps.identify(code, contact, now);
    // A retry answers as the first time: filed then, not now.
    const first =
      holder === undefined
        ? record
        : { ...record, filedAt: holder.filedAt, pin: { ...holder.pin, version: 1 } };
    return { record: first, understood, city, keys };
  }
  throw problem('busy', { retryAfter: 1 });
};

const check = (city: City, body: FilingBody): void => {
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

const answer = (
  { record, understood, city, keys }: Awaited<ReturnType<typeof file>>,
  language: 'id' | 'en',
): Answer<Output<Operations['fileComplaint']>> => {
  const pinKey = keys.of('pin', record.pin.key);
  if (pinKey === undefined) throw new Error('the key of this PIN is gone');
  const category = understood.category === null ? undefined : categoryOf(city, understood.category);
  // Of a case that goes to the Inspektorat or a substitute, not even the receipt says where it lies.
  const shown = record.flags.oversight || record.about !== undefined ? null : record.unit;
  const unit = shown === null ? undefined : unitOf(city, shown);
  const { emergency } = city.profile;
  return {
    location: `/v1/track/${record.code}`,
    body: {
      code: record.code,
      pin: pinOf(pinKey, record.code, record.pin.version),
      state: record.state,
      filedAt: record.filedAt,
      due: record.clocks['promise']?.due ?? record.filedAt,
      area: { code: record.area, name: understood.located.name, how: understood.located.how },
      category: {
        id: record.category,
        name: category?.names[language] ?? null,
        by: understood.by,
        confidence: understood.confidence,
        reasons: [...understood.reasons],
      },
      unit: unit === undefined ? null : { id: unit.id, name: unit.name },
      emergency: record.flags.emergency
        ? { message: emergency.message[language], numbers: emergency.numbers.map((n) => ({ ...n })) }
        : null,
      track: `/v1/track/${record.code}`,
    },
  };
};

export const operations = (deps: Deps) => ({
  fileComplaint: async (call: Call<Operations['fileComplaint'], AnonymousActor>) => {
    const keys = await deps.keys();
    const scope = `file#${keyedHash(keys.now('quota'), call.address)}`;
    await countAgainst(deps.table, scope, deps.quota, deps.now());
    const filed = await file(deps, call.actor, call.input.body, {
      key: call.idempotencyKey,
      origin: 'web',
      filedAt: undefined,
    });
    return answer(filed, call.language);
  },

  fileMyComplaint: async (call: Call<Operations['fileMyComplaint'], CitizenActor>) => {
    await countAgainst(deps.table, `file#${call.actor.id}`, deps.quota, deps.now());
    const filed = await file(deps, call.actor, call.input.body, {
      key: call.idempotencyKey,
      origin: 'app',
      filedAt: undefined,
    });
    return answer(filed, call.language);
  },

  fileForCitizen: async (call: Call<Operations['fileForCitizen'], StaffActor>) => {
    const { origin, saidAt, ...body } = call.input.body;
    const now = toSeconds(deps.now());
    if (saidAt !== undefined) {
      const said = toSeconds(saidAt);
      if (said > now || said < now - recordedWithinDays * 86_400) {
        throw problem('dateOutOfRange', {
          fields: [{ field: '/saidAt', problem: `0–${recordedWithinDays} d` }],
        });
      }
    }
    const filed = await file(deps, call.actor, body, {
      key: call.idempotencyKey,
      origin,
      filedAt: saidAt,
    });
    return answer(filed, call.language);
  },

  myCases: async (call: Call<Operations['myCases'], CitizenActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const bound = `mine|${call.actor.id}`;
    const { cursor } = call.input.query;
    const after = cursor === undefined ? undefined : unseal(keys, 'cursor', cursor, bound);
    if (cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
    const rows = await listRows(
      deps.table,
      'gsi5',
      reporterIndex(call.actor.id),
      typeof after === 'string' ? after : undefined,
      minePageSize,
      true,
    );
    const last = rows.length === minePageSize ? rows.at(-1)?.sort : undefined;
    return {
      body: {
        cases: rows.map(({ row }) => {
          const unit = row.unit === null || /[oc]/.test(row.flags) ? undefined : unitOf(city, row.unit);
          return {
            code: row.code,
            kind: row.kind,
            state: row.state,
            excerpt: row.excerpt,
            filedAt: row.filedAt,
            due: row.due,
            unit: unit === undefined ? null : { id: unit.id, name: unit.name },
          };
        }),
        next: last === undefined ? null : seal(keys, 'cursor', last, bound),
      },
    };
  },
});
