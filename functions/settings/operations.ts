import * as z from 'zod/mini';
import type { StaffActor } from '../cases/actor.ts';
import type { RecomputeRun, RecomputeStates } from '../city/recomputing.ts';
import {
  type City,
  cityFrom,
  openingKinds,
  type SettingBodies,
  type SettingKind,
  settingKinds,
} from '../city/schema.ts';
import type { SettingVersion } from '../city/store.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { parseBody } from '../kernel/request.ts';
import { seal, unseal } from '../kernel/token.ts';
import { activate, discard, rollback } from './activate.ts';
import type { settings } from './contract.ts';
import { type DraftDeps, draft } from './drafts.ts';
import { type PreviewDeps, preview } from './preview.ts';
import { needsSecondPerson, problemsWith } from './rules.ts';

type Operations = (typeof settings)['operations'];

const kinds = Object.keys(settingKinds) as SettingKind[];
/** Newest versions among which the overview looks for drafts; older ones are in the kind's own list. */
const overviewVersions = 10;
const shownSteps = 25;

type Meta = Omit<SettingVersion, 'body'>;

const shown = ({ kind, version, status, basedOn, actor, reason, at, approvedBy, activatedAt }: Meta) => ({
  kind,
  version,
  status,
  basedOn,
  actor,
  reason,
  at,
  approvedBy: approvedBy ?? null,
  activatedAt: activatedAt ?? null,
});

const walked = ({ startedAt, attempt, looked, moved, failed }: RecomputeRun) => ({
  startedAt,
  attempt,
  looked,
  moved,
  failed,
});

export const operations = (
  deps: DraftDeps & PreviewDeps & { readonly recomputes: Pick<RecomputeStates, 'read'> },
) => {
  const { store } = deps;

  const versionOf = async (params: { readonly kind: SettingKind; readonly version: string }) => {
    const found = await store.read(params.kind, Number(params.version));
    if (found === undefined) throw problem('notFound');
    return found;
  };

  /** What is live at this moment, with the versions it was read at. */
  const liveBodies = async () => {
    const seen = await store.live();
    const read = await store.readMany([...seen]);
    const bodies: SettingBodies = Object.fromEntries(
      read.map((s) => [s.kind, settingKinds[s.kind].parse(s.body)]),
    );
    return { seen, bodies };
  };

  const asDraft = ({ kind, body }: SettingVersion): SettingBodies => ({
    [kind]: settingKinds[kind].parse(body),
  });

  const cityOf = (bodies: SettingBodies): City => {
    const missing = openingKinds.find((kind) => bodies[kind] === undefined);
    if (missing !== undefined) throw problem('notSetUp');
    return cityFrom(bodies as Parameters<typeof cityFrom>[0], {});
  };

  const going = { store, now: deps.now, liveBodies, asDraft };

  return {
    listSettings: async (_: Call<Operations['listSettings'], StaffActor>) => {
      const [live, ...lists] = await Promise.all([
        store.live(),
        ...kinds.map((kind) => store.list(kind, undefined, overviewVersions)),
      ]);
      return {
        body: {
          settings: kinds.map((kind, i) => ({
            kind,
            live: live.get(kind) ?? null,
            secondPerson: needsSecondPerson(kind),
            drafts: (lists[i] ?? []).filter(({ status }) => status === 'draft').map(shown),
          })),
        },
      };
    },

    readSetting: async ({ actor, input }: Call<Operations['readSetting'], StaffActor>) => {
      const { kind } = input.params;
      const { cursor, size } = input.query;
      const bound = `settings|${actor.id}|${kind}`;
      const keys = await deps.keys();
      const before = cursor === undefined ? undefined : unseal(keys, 'cursor', cursor, bound);
      if (cursor !== undefined && typeof before !== 'number') throw problem('badCursor');
      const [live, versions, steps] = await Promise.all([
        store.live().then((all) => {
          const version = all.get(kind);
          return version === undefined ? undefined : store.read(kind, version);
        }),
        store.list(kind, typeof before === 'number' ? before : undefined, size),
        store.steps(kind, shownSteps),
      ]);
      const last = versions.length === size ? versions.at(-1)?.version : undefined;
      return {
        body: {
          kind,
          live: live === undefined ? null : { ...shown(live), body: live.body },
          versions: versions.map(shown),
          steps: steps.map(({ v: _, ...step }) => step),
          next: last === undefined || last === 1 ? null : seal(keys, 'cursor', last, bound),
        },
      };
    },

    readSettingVersion: async ({ input }: Call<Operations['readSettingVersion'], StaffActor>) => {
      const version = await versionOf(input.params);
      return { body: { ...shown(version), body: version.body } };
    },

    readRecompute: async (_: Call<Operations['readRecompute'], StaffActor>) => {
      const state = await deps.recomputes.read();
      return {
        body: {
          upToDate: state === undefined || state.done >= state.wanted,
          requested: state?.requested ?? null,
          running: state === undefined || state.run === null ? null : walked(state.run),
          last:
            state === undefined || state.last === null
              ? null
              : { ...walked(state.last), finishedAt: state.last.finishedAt },
        },
      };
    },

    draftSetting: async (call: Call<Operations['draftSetting'], StaffActor>) => {
      const { kind } = call.input.params;
      const { reason } = call.input.body;
      const schema = z.object({ body: settingKinds[kind] });
      const { body } = parseBody(schema, call.input.body, call.language);
      const made = await draft(deps, call.actor, { kind, body, reason }, call.idempotencyKey);
      return { body: shown(made), location: `/v1/settings/${kind}/versions/${made.version}` };
    },

    validateSetting: async ({ input }: Call<Operations['validateSetting'], StaffActor>) => {
      const [version, { bodies }] = await Promise.all([versionOf(input.params), liveBodies()]);
      const problems = problemsWith(bodies, asDraft(version)).map(({ kind, path, message }) => ({
        kind,
        field: path,
        problem: message,
      }));
      return { body: { ok: problems.length === 0, problems } };
    },

    previewSetting: async ({ actor, input }: Call<Operations['previewSetting'], StaffActor>) => {
      const { kind } = input.params;
      const [version, { bodies }] = await Promise.all([versionOf(input.params), liveBodies()]);
      const wanted = asDraft(version);
      // A city that does not hold together cannot be asked where a case would go.
      if (problemsWith(bodies, wanted).length > 0) throw problem('invalidSettings');
      const seen = await preview(deps, actor, kind, cityOf(bodies), cityOf({ ...bodies, ...wanted }));
      return {
        body: {
          ...seen,
          proposals: [...seen.proposals],
          dues: seen.dues.map((due) => ({ ...due, clocks: [...due.clocks] })),
          steps: [...seen.steps],
        },
      };
    },

    activateSetting: async ({ actor, input }: Call<Operations['activateSetting'], StaffActor>) => ({
      body: shown(await activate(going, actor, await versionOf(input.params), input.body.reason)),
    }),

    discardSetting: async ({ actor, input }: Call<Operations['discardSetting'], StaffActor>) => ({
      body: shown(await discard(going, actor, await versionOf(input.params), input.body.reason)),
    }),

    rollbackSetting: async ({ actor, input }: Call<Operations['rollbackSetting'], StaffActor>) => {
      const { from, to, reason } = input.body;
      const target = await versionOf({ kind: input.params.kind, version: String(to) });
      return { body: shown(await rollback(going, actor, target, from, reason)) };
    },
  };
};
