import * as z from 'zod/mini';
import { movesDues, recomputeRequest } from '../city/recomputing.ts';
import { type SettingBodies, type SettingKind, settingKinds } from '../city/schema.ts';
import {
  activeKey,
  bodyLimit,
  packBody,
  type SettingVersion,
  settingStore,
  versionItem,
  versionKey,
} from '../city/store.ts';
import { whenContended } from '../kernel/contention.ts';
import { problem } from '../kernel/errors.ts';
import { instant } from '../kernel/schema.ts';
import type { Table, TransactPart } from '../kernel/table.ts';

/** A step that changed what is live, or ended a draft. Versions say what was written, steps what became of it. */
const settingStep = z.object({
  v: z.literal(1),
  version: z.int(),
  what: z.enum(['activated', 'rolledBack', 'discarded']),
  from: z.nullable(z.int()),
  actor: z.string(),
  reason: z.string(),
  at: instant,
});
export type SettingStep = z.output<typeof settingStep>;

const logPartition = (kind: SettingKind): string => `SETTINGLOG#${kind}`;
/**
 * @param count what makes the step the only one of its kind: of a move the pointer's revision, since a version goes
 *   live more than once, within one second too; of a discarding the version, which is discarded once
 */
const stepKey = (kind: SettingKind, { at, what }: SettingStep, count: number) => ({
  pk: logPartition(kind),
  sk: `${at}#${String(count).padStart(9, '0')}#${what}`,
});
const commandKey = (id: string) => ({ pk: `SETTINGCMD#${id}`, sk: 'CMD' });

const draftedBy = z.object({ kind: z.string(), version: z.int(), fingerprint: z.string() });
/** `rev` counts the moves of a pointer; one that never moved has none. */
const pointer = z.object({ sk: z.string(), version: z.int(), rev: z._default(z.int(), 1) });

/** Live version of each kind. */
export type Live = ReadonlyMap<SettingKind, number>;

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/** Holds while a pointer is where it was seen. */
const pointsTo = (version: number | undefined) =>
  version === undefined
    ? isNew
    : {
        ConditionExpression: '#version = :seen',
        ExpressionAttributeNames: { '#version': 'version' },
        values: { ':seen': version },
      };

const statusPart = (
  kind: SettingKind,
  version: number,
  from: SettingVersion['status'],
  to: SettingVersion['status'],
  approved?: { readonly actor: string; readonly at: string },
): TransactPart => ({
  update: {
    key: versionKey(kind, version),
    UpdateExpression: `SET #status = :to${approved === undefined ? '' : ', approvedBy = :by, activatedAt = :at'}`,
    ConditionExpression: '#status = :from',
    ExpressionAttributeNames: { '#status': 'status' },
    values: {
      ':from': from,
      ':to': to,
      ...(approved === undefined ? {} : { ':by': approved.actor, ':at': approved.at }),
    },
  },
});

export interface GoLive {
  readonly setting: SettingVersion;
  readonly step: SettingStep;
  /** Everything that the draft was checked against, by version. */
  readonly seen: Live;
}

export type SettingsStore = ReturnType<typeof settingsStore>;

/** The only writer of settings once a city is set up; reading versions is `city/store.ts`. */
export const settingsStore = (table: Table) => {
  const { read, readMany, list } = settingStore(table);

  /** As they are at this moment, not as an index or a cache remembers them. */
  const live = async (): Promise<Live> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :active)',
      values: { ':pk': 'SETTINGS', ':active': 'ACTIVE#' },
      ConsistentRead: true,
    });
    return new Map(
      page.items.map((item) => {
        const { sk, version } = pointer.parse(item);
        return [sk.slice('ACTIVE#'.length) as SettingKind, version] as const;
      }),
    );
  };

  /**
   * The city's first settings: version 1 of every kind, live, all together.
   * @returns false when the city has settings already; nothing is written then
   */
  const setUp = async (bodies: SettingBodies, by: Pick<SettingStep, 'actor' | 'reason' | 'at'>) => {
    const parts = (Object.keys(settingKinds) as SettingKind[]).flatMap((kind): TransactPart[] => {
      const body = bodies[kind];
      if (body === undefined) return [];
      requireFits(body);
      const first: SettingVersion = {
        v: 1,
        kind,
        version: 1,
        status: 'active',
        basedOn: null,
        ...by,
        approvedBy: by.actor,
        activatedAt: by.at,
        body,
      };
      return [
        { put: { item: { ...activeKey(kind), v: 1, version: 1, at: by.at, actor: by.actor }, ...isNew } },
        { put: { item: versionItem(first), ...isNew } },
      ];
    });
    return (await whenContended(() => table.transact(parts))).done;
  };

  /** The version that a command drafted before, if any. */
  const drafted = async (commandId: string) => {
    const item = await table.get(commandKey(commandId));
    return item === undefined ? undefined : draftedBy.parse(item);
  };

  /**
   * A new version and the command that made it, together.
   * @returns false when the number or the command was used meanwhile
   */
  const draft = async (
    setting: SettingVersion,
    command: { readonly id: string; readonly fingerprint: string },
  ): Promise<boolean> => {
    const { kind, version } = setting;
    const { done } = await whenContended(() =>
      table.transact([
        { put: { item: versionItem(setting), ...isNew } },
        {
          put: {
            item: { ...commandKey(command.id), v: 1, kind, version, fingerprint: command.fingerprint },
            ...isNew,
          },
        },
      ]),
    );
    return done;
  };

  /**
   * Makes a version live: pointer, both statuses and the step together, provided that every kind still points to
   * what the version was checked against. Of two at once, of one kind or of two that concern each other, one wins.
   * When deadlines may move, the request to compute open cases anew is part of it.
   */
  const goLive = async ({ setting, step, seen }: GoLive): Promise<boolean> => {
    const { kind, version } = setting;
    const others = (Object.keys(settingKinds) as SettingKind[]).filter((other) => other !== kind);
    const was = seen.get(kind);
    const there = await table.get(activeKey(kind));
    const rev = there === undefined ? 1 : pointer.parse(there).rev + 1;
    const parts: TransactPart[] = [
      {
        put: {
          item: { ...activeKey(kind), v: 1, version, rev, at: step.at, actor: step.actor },
          ...pointsTo(was),
        },
      },
      statusPart(kind, version, setting.status, 'active', step),
      ...(was === undefined ? [] : [statusPart(kind, was, 'active', 'retired')]),
      { put: { item: { ...stepKey(kind, step, rev), ...step }, ...isNew } },
      ...(movesDues(kind) ? [recomputeRequest(kind, version, step.at)] : []),
      ...others.map((other) => ({ check: { key: activeKey(other), ...pointsTo(seen.get(other)) } })),
    ];
    return (await whenContended(() => table.transact(parts))).done;
  };

  const discard = async (kind: SettingKind, step: SettingStep): Promise<boolean> => {
    const parts = [
      statusPart(kind, step.version, 'draft', 'discarded'),
      { put: { item: { ...stepKey(kind, step, step.version), ...step }, ...isNew } },
    ];
    return (await whenContended(() => table.transact(parts))).done;
  };

  /** The newest steps of a kind. */
  const steps = async (kind: SettingKind, limit: number): Promise<readonly SettingStep[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': logPartition(kind) },
      ScanIndexForward: false,
      Limit: limit,
    });
    return page.items.map((item) => settingStep.parse(item));
  };

  return { live, read, readMany, list, setUp, drafted, draft, goLive, discard, steps };
};

/** @throws Problem invalidSettings for a body that does not fit an item even when compressed */
export const requireFits = (body: unknown): void => {
  if (packBody(body).length > bodyLimit) {
    throw problem('invalidSettings', { fields: [{ field: '/body', problem: `> ${bodyLimit} B` }] });
  }
};
