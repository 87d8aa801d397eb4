import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { type SettingKind, settingKinds } from './schema.ts';

/** An item holds 400 KB; a body is stored compressed and refused above this many bytes. */
export const bodyLimit = 350 * 1024;

export const settingVersion = z.object({
  v: z.literal(1),
  kind: z.enum(Object.keys(settingKinds) as [SettingKind, ...SettingKind[]]),
  version: z.int(),
  status: z.enum(['draft', 'active', 'retired', 'discarded']),
  /** Version that was live when this draft was made. */
  basedOn: z.nullable(z.int()),
  actor: z.string(),
  reason: z.string(),
  at: instant,
  approvedBy: z.optional(z.string()),
  activatedAt: z.optional(instant),
  body: z.unknown(),
});
export type SettingVersion = z.output<typeof settingVersion>;

const pad = (version: number): string => String(version).padStart(6, '0');
export const versionKey = (kind: SettingKind, version: number) => ({
  pk: `SETTING#${kind}`,
  sk: `V#${pad(version)}`,
});
export const activeKey = (kind: SettingKind) => ({ pk: 'SETTINGS', sk: `ACTIVE#${kind}` });

export const packBody = (body: unknown): Uint8Array => gzipSync(JSON.stringify(body));
const unpackBody = (packed: unknown): unknown =>
  JSON.parse(gunzipSync(packed as Uint8Array).toString('utf8')) as unknown;

export const versionItem = (setting: SettingVersion) => {
  const { body, ...rest } = setting;
  return { ...versionKey(setting.kind, setting.version), ...rest, packed: packBody(body) };
};

const active = z.object({ sk: z.string(), version: z.int() });

export type SettingStore = ReturnType<typeof settingStore>;

/** Versioned settings: a pointer per kind says which version lives; versions are never overwritten. */
export const settingStore = (table: Table) => {
  /** Live version of each kind; empty before the city is set up. */
  const actives = async (): Promise<ReadonlyMap<SettingKind, number>> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :active)',
      values: { ':pk': 'SETTINGS', ':active': 'ACTIVE#' },
    });
    return new Map(
      page.items.map((item) => {
        const { sk, version } = active.parse(item);
        return [sk.slice('ACTIVE#'.length) as SettingKind, version] as const;
      }),
    );
  };

  const read = async (kind: SettingKind, version: number): Promise<SettingVersion | undefined> => {
    const item = await table.get(versionKey(kind, version));
    return item === undefined
      ? undefined
      : settingVersion.parse({ ...item, body: unpackBody(item['packed']) });
  };

  const readMany = async (
    wanted: readonly (readonly [SettingKind, number])[],
  ): Promise<readonly SettingVersion[]> =>
    (await table.batchGet(wanted.map(([kind, version]) => versionKey(kind, version)))).map((item) =>
      settingVersion.parse({ ...item, body: unpackBody(item['packed']) }),
    );

  /** Versions of a kind, newest first, without bodies. */
  const list = async (kind: SettingKind, before: number | undefined, limit: number) => {
    const page = await table.query({
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      values: {
        ':pk': versionKey(kind, 0).pk,
        ...(before === undefined ? {} : { ':before': versionKey(kind, before).sk }),
      },
      ScanIndexForward: false,
      Limit: limit,
    });
    return page.items.map((item) => {
      const { body: _, ...meta } = settingVersion.parse({ ...item, body: null });
      return meta;
    });
  };

  return { actives, read, readMany, list };
};
