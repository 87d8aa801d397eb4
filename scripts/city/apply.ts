import { createHash, randomUUID } from 'node:crypto';
import { canonical } from '../../functions/cases/canonical.ts';
import { type SettingBodies, type SettingKind, settingKinds } from '../../functions/city/schema.ts';
import { needsSecondPerson } from '../../functions/settings/rules.ts';
import { packReason } from '../bootstrap.ts';
import { Stop } from '../stop.ts';
import { type Difference, differences, readable } from './differences.ts';
import { type LiveSetting, type SettingsApi, saying } from './settings-api.ts';

const kinds = Object.keys(settingKinds) as SettingKind[];

/** A kind in which the pack says something else than what is live. */
export interface Changed {
  readonly kind: SettingKind;
  readonly live: LiveSetting | null;
  readonly body: unknown;
  readonly differences: readonly Difference[];
}

/** Compares the pack with what is live; a kind that the pack does not have is left out: it is the city's own. */
export const compare = async (api: SettingsApi, bodies: SettingBodies): Promise<readonly Changed[]> => {
  const changed: Changed[] = [];
  for (const kind of kinds) {
    const body = bodies[kind];
    if (body === undefined) continue;
    const answer = await api.live(kind);
    if (!answer.ok) throw new Stop(saying(answer));
    const { live } = answer.body;
    const all = differences(live === null ? undefined : settingKinds[kind].parse(live.body), body);
    if (all.length > 0) changed.push({ kind, live, body, differences: all });
  }
  return changed;
};

export const describe = ({ kind, live, differences: all }: Changed): readonly string[] => [
  `${kind} (${live === null ? 'belum ada · absent' : `v${live.version}, ${live.reason}`}): ${all.length}`,
  ...readable(all),
];

/** Whether somebody changed it since the pack was stored: then it takes a word to overwrite it. */
const byHand = ({ live }: Changed, city: string): boolean =>
  live !== null && live.reason !== packReason(city);

/** The same pack over the same live version is one draft, however often it is applied. */
const keyOf = ({ kind, live, body }: Changed): string =>
  createHash('sha256')
    .update(canonical({ kind, live: live?.version ?? 0, body }))
    .digest('hex')
    .slice(0, 40);

interface Pending {
  readonly changed: Changed;
  readonly version: number;
  why: string;
}

export interface ApplyOptions {
  readonly city: string;
  /** Kinds that may be overwritten though a person changed them. */
  readonly over: readonly string[];
  readonly log: (line: string) => void;
}

const draftOf = async (
  api: SettingsApi,
  changed: Changed,
  city: string,
  key = keyOf(changed),
): Promise<number> => {
  const made = await api.draft(changed.kind, changed.body, packReason(city), key);
  if (!made.ok) throw new Stop(`${changed.kind}: ${saying(made)}`);
  return made.body.version;
};

const previewOf = async (api: SettingsApi, kind: SettingKind, version: number): Promise<string> => {
  const seen = await api.preview(kind, version);
  if (!seen.ok) return '';
  const { proposals, dues, steps, looked, stopped } = seen.body;
  if (looked === 0) return '';
  return ` · dari ${looked}${stopped ? '+' : ''} laporan terbuka, ${proposals.length} berganti tujuan, ${dues.length} berganti tenggat${
    steps.length === 0 ? '' : `, ${steps.length} berganti langkah eskalasi`
  }`;
};

/** Makes a draft live; one that was discarded before is drafted anew. */
const goLive = async (api: SettingsApi, pending: Pending, city: string): Promise<boolean> => {
  const { kind } = pending.changed;
  let answer = await api.activate(kind, pending.version, packReason(city));
  if (!answer.ok && answer.code === 'wrongVersionState') {
    const again = await draftOf(api, pending.changed, city, randomUUID());
    answer = await api.activate(kind, again, packReason(city));
  }
  if (!answer.ok) pending.why = saying(answer);
  return answer.ok;
};

/**
 * Drafts every difference and makes live what one person may. What a person changed by hand, and what needs a second
 * person, stays a draft. Kinds that need each other become live in the order that holds together.
 * @returns what is left for somebody to do; empty when the pack is live
 */
export const apply = async (
  api: SettingsApi,
  changed: readonly Changed[],
  { city, over, log }: ApplyOptions,
): Promise<readonly string[]> => {
  const left: string[] = [];
  let pending: Pending[] = [];
  for (const one of changed) {
    const { kind } = one;
    const version = await draftOf(api, one, city);
    log(`${kind}: draf v${version}${await previewOf(api, kind, version)}`);
    const activate = `npm run city -- activate ${kind} ${version}`;
    if (byHand(one, city) && !over.includes(kind) && !over.includes('all')) {
      left.push(
        `${kind}: v${one.live?.version} diubah orang (“${one.live?.reason}”); draf v${version} menunggu · changed by hand: apply --over ${kind}`,
      );
    } else if (needsSecondPerson(kind)) {
      left.push(`${kind}: draf v${version} menunggu orang kedua · needs a second person: ${activate}`);
    } else {
      pending.push({ changed: one, version, why: '' });
    }
  }
  for (let before = -1; pending.length > 0 && pending.length !== before; ) {
    before = pending.length;
    const still: Pending[] = [];
    for (const one of pending) {
      if (await goLive(api, one, city)) log(`${one.changed.kind}: v${one.version} berlaku · live`);
      else still.push(one);
    }
    pending = still;
  }
  return [
    ...left,
    ...pending.map(({ changed: { kind }, version, why }) => `${kind}: draf v${version}: ${why}`),
  ];
};
