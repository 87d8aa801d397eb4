import { uploader } from '../attachments/file-id.ts';
import type { AnonymousActor, CitizenActor, StaffActor } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import { reporterIndex } from '../cases/keys.ts';
import { listRows } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import { categoryOf } from '../city/find.ts';
import { keyedHash, pinOf } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { countAgainst } from '../kernel/quota.ts';
import type { Answer } from '../kernel/respond.ts';
import { toSeconds } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import type { complaints } from './contract.ts';
import { dryRun } from './dry-run.ts';
import { check, type Deps, type Filed, file } from './file.ts';
import { findSimilar } from './finding.ts';

type Operations = (typeof complaints)['operations'];

const minePageSize = 25;
/** Looks for similar reports from one address an hour: more than anybody files, too few to map the city's reports. */
const looksPerHour = { limit: 60, seconds: 3600 };
/** How long ago a citizen may have said what staff record now. */
const recordedWithinDays = 90;

const answer = (
  { record, understood, pinKey: keyId, city, keys }: Filed,
  language: 'id' | 'en',
): Answer<Output<Operations['fileComplaint']>> => {
  const pinKey = keys.of('pin', keyId);
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
      pin: pinOf(pinKey, record.code, 1),
      state: record.state,
      filedAt: record.filedAt,
      due: citizenDue(record.clocks) ?? record.filedAt,
      limits: { promise: record.clocks['promise']?.due ?? null, outer: record.clocks['outer']?.due ?? null },
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
    const filed = await file(deps, call.actor, call.input.body, {
      key: call.idempotencyKey,
      origin: 'web',
      filedAt: undefined,
      quota: `file#${keyedHash(keys.now('quota'), call.address)}`,
      uploader: uploader.anonymous,
    });
    return answer(filed, call.language);
  },

  findSimilar: async (call: Call<Operations['findSimilar'], AnonymousActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const now = deps.now();
    await countAgainst(
      deps.table,
      `similar#${keyedHash(keys.now('quota'), call.address)}`,
      looksPerHour,
      now,
    );
    return {
      body: await findSimilar(deps, { city, keys, body: call.input.body, now, language: call.language }),
    };
  },

  dryRunRouting: async (call: Call<Operations['dryRunRouting'], StaffActor>) => {
    const city = await deps.city();
    const { body } = call.input;
    check(city, body);
    return { body: dryRun(city, body, deps.suggest(city, body.text ?? ''), deps.now(), call.language) };
  },

  fileMyComplaint: async (call: Call<Operations['fileMyComplaint'], CitizenActor>) => {
    const filed = await file(deps, call.actor, call.input.body, {
      key: call.idempotencyKey,
      origin: 'app',
      filedAt: undefined,
      quota: `file#${call.actor.id}`,
      uploader: uploader.citizen(call.actor.id),
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
          fields: [{ field: '/saidAt', problem: 'dateOutOfRange' }],
        });
      }
    }
    const filed = await file(deps, call.actor, body, {
      key: call.idempotencyKey,
      origin,
      filedAt: saidAt,
      quota: undefined,
      uploader: uploader.staff(call.actor.id),
    });
    return answer(filed, call.language);
  },

  myCases: async (call: Call<Operations['myCases'], CitizenActor>) => {
    const [city, keys] = await Promise.all([deps.city(), deps.keys()]);
    const bound = `mine|${call.actor.id}`;
    const { cursor } = call.input.query;
    const after = cursor === undefined ? undefined : reveal(keys, cursor, bound);
    if (cursor !== undefined && after === undefined) throw problem('badCursor');
    const rows = await listRows(deps.table, 'gsi5', reporterIndex(call.actor.id), after, minePageSize, true);
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
            due: row.promised ?? null,
            unit: unit === undefined ? null : { id: unit.id, name: unit.name },
          };
        }),
        next: last === undefined ? null : conceal(keys, last, bound),
      },
    };
  },
});
