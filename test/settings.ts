import type { StaffActor } from '../functions/cases/actor.ts';
import { caseStore } from '../functions/cases/store.ts';
import type { CaseKind } from '../functions/cases/workflow.ts';
import { recomputeStates } from '../functions/city/recomputing.ts';
import type { SettingKind } from '../functions/city/schema.ts';
import type { Table } from '../functions/kernel/table.ts';
import { operations } from '../functions/settings/operations.ts';
import { settingsStore } from '../functions/settings/store.ts';
import { smallBodies } from './small-city.ts';
import { key, staffWorld, testKeys } from './staff.ts';

const frame = { language: 'id', idempotencyKey: '', ifMatch: -1, address: '', requestId: '' } as const;
const by = { actor: 'system|test', reason: 'city pack contoh', at: '2026-11-01T00:00:00Z' };

export type SettingsWorld = Awaited<ReturnType<typeof settingsWorld>>;

/** The small city set up on a real table, with two coordinators; operations as short calls. */
export const settingsWorld = async (
  table: Table,
  kinds: Readonly<Record<string, CaseKind>> = {},
  frozen?: () => string,
) => {
  const staff = staffWorld(table);
  const [rina, budi] = [await staff.coordinator(), await staff.coordinator()];
  const store = settingsStore(table);
  await store.setUp(smallBodies(), by);
  let seconds = 0;
  const ticking = () => {
    seconds += 1;
    return new Date(Date.UTC(2026, 10, 23, 1, 0, seconds)).toISOString().replace('.000', '');
  };
  const run = operations({
    store,
    table,
    cases: caseStore(table),
    kinds,
    keys: async () => testKeys,
    recomputes: recomputeStates(table),
    now: frozen ?? ticking,
  });
  let drafts = 0;
  const one = (kind: SettingKind, version: number, actor: StaffActor) => ({
    ...frame,
    actor,
    input: {
      params: { kind, version: String(version) },
      query: undefined,
      body: { reason: 'disetujui' },
    },
  });
  const bare = (kind: SettingKind, version: number, actor: StaffActor) => ({
    ...frame,
    actor,
    input: { params: { kind, version: String(version) }, query: undefined, body: undefined },
  });
  return {
    rina,
    budi,
    staff,
    store,
    by,
    draft: (kind: SettingKind, body: unknown, actor = rina, id?: string, reason = 'perbaikan') => {
      drafts += 1;
      return run.draftSetting({
        ...frame,
        actor,
        idempotencyKey: key(id ?? `draft${drafts}`),
        input: { params: { kind }, query: undefined, body: { body, reason } },
      });
    },
    activate: (kind: SettingKind, version: number, actor = rina) =>
      run.activateSetting(one(kind, version, actor)),
    discard: (kind: SettingKind, version: number, actor = rina) =>
      run.discardSetting(one(kind, version, actor)),
    validate: (kind: SettingKind, version: number, actor = rina) =>
      run.validateSetting(bare(kind, version, actor)),
    preview: (kind: SettingKind, version: number, actor = rina) =>
      run.previewSetting(bare(kind, version, actor)),
    back: (kind: SettingKind, from: number, to: number, actor = rina) =>
      run.rollbackSetting({
        ...frame,
        actor,
        input: { params: { kind }, query: undefined, body: { from, to, reason: 'kembali' } },
      }),
    recompute: async () =>
      (
        await run.readRecompute({
          ...frame,
          actor: rina,
          input: { params: undefined, query: undefined, body: undefined },
        })
      ).body,
    list: () =>
      run.listSettings({
        ...frame,
        actor: rina,
        input: { params: undefined, query: undefined, body: undefined },
      }),
    read: async (kind: SettingKind, query: { size: number; cursor?: string } = { size: 25 }) =>
      (await run.readSetting({ ...frame, actor: rina, input: { params: { kind }, query, body: undefined } }))
        .body,
  };
};
