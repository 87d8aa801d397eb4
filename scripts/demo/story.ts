import type { Api } from './api.ts';
import { type Sample, samples } from './texts.ts';

export interface Filed {
  readonly sample: Sample;
  readonly code: string;
  readonly pin: string;
  readonly state: string;
  readonly suggested: string | null;
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly emergency: { readonly numbers: readonly { name: string; number: string }[] } | null;
  readonly area: string;
}

export interface Person {
  readonly slug: string;
  readonly role: string;
  readonly unit: string;
}

export interface CaseView {
  readonly code: string;
  readonly state: string;
  readonly seq: number;
  readonly category: { readonly id: string } | null;
  readonly unit: { readonly id: string; readonly name: string } | null;
  /** The highest step of the ladder that it reached. */
  readonly escalation?: string | null;
  readonly proposal: {
    readonly unit: { readonly id: string; readonly name: string } | null;
    readonly outside: { readonly id: string; readonly name: string } | null;
  };
}

const coordinator = 'koordinator';

export const kelurahan = async (api: Api): Promise<readonly { code: string; name: string }[]> => {
  const { live } = await api.ask<{
    live: { body: { areas: { code: string; name: string; kind: string }[] } };
  }>('GET', '/v1/settings/areas', { as: coordinator });
  return live.body.areas.filter((area) => area.kind !== 'kecamatan');
};

/** Categories that this city knows: a sample of another is left out. */
export const categoriesOf = async (api: Api): Promise<ReadonlySet<string>> => {
  const { live } = await api.ask<{ live: { body: { groups: { categories: { id: string }[] }[] } } }>(
    'GET',
    '/v1/settings/categories',
    { as: coordinator },
  );
  return new Set(live.body.groups.flatMap((group) => group.categories.map((category) => category.id)));
};

export const people = async (api: Api): Promise<readonly Person[]> => {
  const all: Person[] = [];
  let cursor = '';
  do {
    const page = await api.ask<{
      staff: { email: string; role: string; unit: string }[];
      next: string | null;
    }>('GET', `/v1/staff?size=100${cursor}`, { as: coordinator });
    all.push(...page.staff.map((s) => ({ slug: s.email.replace(/@.*/, ''), role: s.role, unit: s.unit })));
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return all;
};

/** Files one report as its citizen would: no category chosen, a landmark where people name one. */
export const fileOne = async (
  api: Api,
  areas: readonly { code: string; name: string }[],
  n: number,
): Promise<Filed> => {
  const sample = samples[n];
  const area = areas[(sample?.place ?? 0) % areas.length];
  if (sample === undefined || area === undefined) throw new Error(`no sample ${n}`);
  const answer = await api.ask<{
    code: string;
    pin: string;
    state: string;
    category: { id: string | null };
    unit: Filed['unit'];
    emergency: Filed['emergency'];
  }>('POST', sample.who === undefined ? '/v1/complaints' : '/v1/me/complaints', {
    ...(sample.who === undefined ? {} : { as: sample.who }),
    body: {
      text: sample.text,
      place: { area: area.code, ...(sample.landmark === undefined ? {} : { landmark: sample.landmark }) },
    },
  });
  const { code, pin, state, unit, emergency } = answer;
  return { sample, code, pin, state, unit, emergency, suggested: answer.category.id, area: area.name };
};

export const act = async (
  api: Api,
  as: string,
  code: string,
  action: string,
  body: Record<string, unknown>,
): Promise<void> => {
  const { seq } = await api.ask<CaseView>('GET', `/v1/desk/cases/${code}`, { as });
  await api.ask('POST', `/v1/desk/cases/${code}/actions/${action}`, { as, body, ifMatch: seq });
};

export const readAs = (api: Api, as: string, code: string): Promise<CaseView> =>
  api.ask<CaseView>('GET', `/v1/desk/cases/${code}`, { as });

/** What became of a case in triage. */
export type Dispatched =
  | {
      readonly what: 'assigned';
      readonly unit: { readonly id: string; readonly name: string };
      readonly corrected: boolean;
    }
  | { readonly what: 'forwarded'; readonly body: string }
  | { readonly what: 'direct' };

/** The coordinator reads it, corrects what was suggested wrongly, and lets the routing rule decide the unit. */
export const dispatch = async (api: Api, { code, sample }: Filed): Promise<Dispatched> => {
  const first = await api.ask<CaseView | { code: string }>('GET', `/v1/desk/cases/${code}`, {
    as: coordinator,
    expected: [200, 404],
  });
  // Oversight went to the Inspektorat: the coordinator does not even know of it.
  if (!('state' in first) || first.unit !== null) return { what: 'direct' };
  const corrected = first.category?.id !== sample.category;
  if (corrected) await act(api, coordinator, code, 'correct', { category: sample.category });
  const read = await api.ask<CaseView | { code: string }>('GET', `/v1/desk/cases/${code}`, {
    as: coordinator,
    expected: [200, 404],
  });
  // Corrected to what alleges misconduct: it left the coordinator's sight at once.
  if (!('proposal' in read)) return { what: 'direct' };
  const { proposal } = read;
  if (proposal.outside !== null) {
    await act(api, coordinator, code, 'forward', {
      body: proposal.outside.id,
      text: `Ini kewenangan ${proposal.outside.name}; laporan Anda kami teruskan ke sana.`,
    });
    return { what: 'forwarded', body: proposal.outside.name };
  }
  if (proposal.unit === null) throw new Error(`nobody is proposed for ${sample.category}`);
  await act(api, coordinator, code, 'assign', { unit: proposal.unit.id });
  return { what: 'assigned', unit: proposal.unit, corrected };
};

/** The unit's officer takes it, says what will be done by when, and proposes it as done; another unit approves. */
export const answer = async (
  api: Api,
  officer: string,
  validator: string | undefined,
  code: string,
  by: string,
): Promise<string> => {
  await act(api, officer, code, 'accept', {});
  await act(api, officer, code, 'reply', {
    text: `Petugas kami ke lokasi, selesai paling lambat ${by}.`,
    by,
  });
  if (validator === undefined) return 'inProgress';
  await act(api, officer, code, 'followUp', {
    outcome: 'fixed',
    text: 'Sudah dikerjakan, silakan diperiksa.',
  });
  await act(api, validator, code, 'approve', {});
  return 'followedUp';
};

/** Not ours, says the unit; the coordinator looks at the rule again and decides. The citizen's clock runs on. */
export const bounce = async (api: Api, officer: string, code: string, unit: string): Promise<void> => {
  await act(api, officer, code, 'return', {
    reason: 'notOurs',
    text: 'Bukan kewenangan kami; mohon diteruskan.',
  });
  await act(api, coordinator, code, 'assign', { unit, text: 'Tetap pada unit ini, sesuai aturan.' });
};
