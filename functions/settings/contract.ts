import * as z from 'zod/mini';
import { type SettingKind, settingKinds } from '../city/schema.ts';
import { contract, staff } from '../kernel/contract.ts';
import { cursor, instant, pageSize, words } from '../kernel/schema.ts';

const kind = z.enum(Object.keys(settingKinds) as [SettingKind, ...SettingKind[]]);
const version = z.string().check(z.regex(/^[1-9]\d{0,5}$/));
const reason = words(3, 500);

const meta = {
  kind: z.string(),
  version: z.int(),
  status: z.enum(['draft', 'active', 'retired', 'discarded']),
  /** The version that was live when this one was drafted. */
  basedOn: z.nullable(z.int()),
  /** Who wrote it, and why; who made it live last, and when. */
  actor: z.string(),
  reason: z.string(),
  at: instant,
  approvedBy: z.nullable(z.string()),
  activatedAt: z.nullable(instant),
};
const metaObject = z.object(meta);
const whole = z.object({ ...meta, body: z.unknown() });

/** A step that changed what is live, or ended a draft. */
const step = z.object({
  version: z.int(),
  what: z.enum(['activated', 'rolledBack', 'discarded']),
  /** The version that was live before. */
  from: z.nullable(z.int()),
  actor: z.string(),
  reason: z.string(),
  at: instant,
});

const fault = z.object({ kind: z.string(), field: z.string(), problem: z.string() });
const target = z.object({
  unit: z.nullable(z.string()),
  outside: z.nullable(z.string()),
  rule: z.nullable(z.string()),
});

/** One walk through the open cases: looked at, moved, and those that could not be. */
const walk = { startedAt: instant, attempt: z.int(), looked: z.int(), moved: z.int(), failed: z.int() };

const reading = staff();
const keeping = staff('coordinator');
const one = z.strictObject({ kind, version });
const going = ['notFound', 'wrongVersionState', 'conflict', 'secondPersonNeeded', 'invalidSettings'] as const;

export const settings = contract({
  feature: 'settings',
  operations: {
    listSettings: {
      method: 'GET',
      path: '/v1/settings',
      who: reading,
      summary: {
        id: 'Jenis pengaturan, versi yang berlaku, dan draf',
        en: 'Kinds of settings, live versions and drafts',
      },
      status: 200,
      response: z.object({
        settings: z.array(
          z.object({
            kind: z.string(),
            live: z.nullable(z.int()),
            /** Its activation needs another person than its author; units do too where a calendar moves, services where a promise does. */
            secondPerson: z.boolean(),
            /** Open drafts among the newest versions. */
            drafts: z.array(metaObject),
          }),
        ),
      }),
      errors: [],
    },
    readSetting: {
      method: 'GET',
      path: '/v1/settings/{kind}',
      who: reading,
      summary: {
        id: 'Isi yang berlaku dan riwayat versinya',
        en: 'The live body and its versions, newest first',
      },
      params: z.strictObject({ kind }),
      query: z.strictObject({ cursor: z.optional(cursor), size: pageSize }),
      status: 200,
      response: z.object({
        kind: z.string(),
        live: z.nullable(whole),
        versions: z.array(metaObject),
        /** The newest steps. */
        steps: z.array(step),
        next: z.nullable(z.string()),
      }),
      errors: ['badCursor'],
    },
    readSettingVersion: {
      method: 'GET',
      path: '/v1/settings/{kind}/versions/{version}',
      who: reading,
      summary: { id: 'Satu versi dengan isinya', en: 'One version with its body' },
      params: one,
      status: 200,
      response: whole,
      errors: ['notFound'],
    },
    readRecompute: {
      method: 'GET',
      path: '/v1/recompute',
      who: reading,
      summary: {
        id: 'Kemajuan penghitungan ulang tenggat laporan terbuka',
        en: 'How far open cases follow changed deadlines',
      },
      status: 200,
      response: z.object({
        /** False while an activated change of deadlines is not yet applied to every open case. */
        upToDate: z.boolean(),
        /** The last activation that may move deadlines. */
        requested: z.nullable(z.object({ kind: z.string(), version: z.int(), at: instant })),
        running: z.nullable(z.object(walk)),
        last: z.nullable(z.object({ ...walk, finishedAt: instant })),
      }),
      errors: [],
    },
    draftSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/drafts',
      who: keeping,
      summary: { id: 'Buat draf; yang berlaku belum berubah', en: 'Make a draft; what is live stays' },
      params: z.strictObject({ kind }),
      // The kind's own schema reads it, so that every wrong field is named by its place in the body.
      body: z.strictObject({ body: z.unknown(), reason }),
      idempotent: true,
      status: 201,
      response: metaObject,
      errors: ['keyReused', 'invalidSettings', 'busy'],
    },
    validateSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/versions/{version}/validate',
      who: keeping,
      summary: {
        id: 'Periksa draf terhadap pengaturan lain yang berlaku',
        en: 'Check a draft against everything else that is live',
      },
      params: one,
      status: 200,
      response: z.object({ ok: z.boolean(), problems: z.array(fault) }),
      errors: ['notFound'],
    },
    previewSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/versions/{version}/preview',
      who: keeping,
      summary: {
        id: 'Laporan terbuka yang tujuannya atau tenggatnya akan berubah',
        en: 'Open cases whose proposal or due time would change',
      },
      params: one,
      status: 200,
      response: z.object({
        /** Cases looked at, of those that the caller may know. */
        looked: z.int(),
        /** True when there are more open cases than were looked at; the most urgent ones were. */
        stopped: z.boolean(),
        proposals: z.array(z.object({ code: z.string(), was: target, would: target })),
        dues: z.array(
          z.object({
            code: z.string(),
            was: z.nullable(instant),
            would: z.nullable(instant),
            clocks: z.array(z.object({ clock: z.string(), was: instant, would: instant })),
          }),
        ),
        /** Of a changed ladder: open cases that it would act on at another moment; one that passed is due at once. */
        steps: z.array(z.object({ code: z.string(), was: z.nullable(instant), would: z.nullable(instant) })),
      }),
      errors: ['notFound', 'invalidSettings'],
    },
    activateSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/versions/{version}/activate',
      who: keeping,
      summary: {
        id: 'Berlakukan draf; jam, kalender (juga kalender unit), janji layanan, eskalasi, profil dan pengganti perlu orang kedua',
        en: 'Make a draft live; clocks, calendars (a unit’s too), promises of services, ladder, profile and substitutes need a second person',
      },
      params: one,
      body: z.strictObject({ reason }),
      status: 200,
      response: metaObject,
      errors: going,
    },
    discardSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/versions/{version}/discard',
      who: keeping,
      summary: { id: 'Buang draf', en: 'Discard a draft' },
      params: one,
      body: z.strictObject({ reason }),
      status: 200,
      response: metaObject,
      errors: ['notFound', 'wrongVersionState'],
    },
    rollbackSetting: {
      method: 'POST',
      path: '/v1/settings/{kind}/rollback',
      who: keeping,
      summary: { id: 'Kembali ke versi terdahulu', en: 'Go back to an earlier version' },
      params: z.strictObject({ kind }),
      body: z.strictObject({
        /** The live version that is left: another one means that somebody was faster. */
        from: z.int().check(z.gte(1)),
        to: z.int().check(z.gte(1)),
        reason,
      }),
      status: 200,
      response: metaObject,
      errors: going,
    },
  },
});
