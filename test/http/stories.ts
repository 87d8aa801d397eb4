import type { Client } from './client.ts';
import { type Filed, file, type Member, take } from './desk.ts';

/** Marks what only staff may read, what the reporter wrote, and what came after a unit handed a case over. */
export const staffOnly = 'UNTUKPETUGAS';
export const reporters = 'KATAPELAPOR';
export const later = 'SESUDAHNYA';
/** Of the reporter; no answer to staff and no notice may say it. */
export const identity = { name: 'Rosmaniar Identitas', phone: '081363400011' };

const opd = (unit: string): readonly string[] => [`penghubung-${unit}`, `petugas-${unit}`, `kepala-${unit}`];
const coordinators = ['koordinator', 'koordinator-2'];
const inspectors = ['inspektur', 'inspektur-2'];
/** Those who see every case that is neither confidential nor oversight nor about somebody with a substitute. */
export const everywhere = [...coordinators, ...inspectors, 'walikota', 'sekda'];
const ganting = ['lurah', 'camat'];
const belowHealth = 'petugas-puskesmas-bukit-surungan';

/** Everybody who matters: each role, beside and above and below the units in charge. */
export const watchers: readonly string[] = [
  ...everywhere,
  ...['validator', 'validator-2', 'kepala-inspektorat', 'lurah', 'lurah-2', 'camat', 'camat-2'],
  ...['kesehatan', 'pupr', 'perkim-lh', 'kominfo'].flatMap(opd),
  ...[belowHealth, 'petugas-puskesmas-koto-katik', 'petugas-kecamatan-padang-panjang-timur'],
];

export interface Story {
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** What happens after the filing; words that only staff may read are marked. */
  readonly goes?: (on: Act, ids: ReadonlyMap<string, string>) => Promise<void>;
  /** Who may know of it as it stands at the end (`domain.md` §1, who sees what), written out by hand. */
  readonly sees: readonly string[];
  /** Former unit: who reads up to the hand-over. */
  readonly former?: readonly string[];
  /** Who may have been told on the way: those of `sees`, and those who saw it then. */
  readonly told: readonly string[];
  readonly in: {
    readonly triage?: true;
    readonly unit?: string;
    readonly area: string;
    readonly mine?: string;
    readonly validation?: readonly string[];
  };
  /** The code alone says nothing of it. */
  readonly secret?: true;
}

type Act = (as: string, action: string, body?: Readonly<Record<string, unknown>>) => Promise<number>;

const internal = { text: `${staffOnly} catatan` };
const handled = async (on: Act, unit: string, as: string): Promise<void> => {
  await on('koordinator', 'assign', { unit, ...internal });
  await on(as, 'accept');
  await on(as, 'note', internal);
  await on(as, 'followUp', { outcome: 'fixed', text: 'Sudah dikerjakan.' });
};
/** Perkim LH hands it back; category and area are corrected and PUPR gets it. */
const moved = async (on: Act): Promise<void> => {
  await on('koordinator', 'assign', { unit: 'perkim-lh', ...internal });
  await on('penghubung-perkim-lh', 'note', internal);
  await on('petugas-perkim-lh', 'reply', { text: 'Kami periksa dahulu.' });
  await on('kepala-perkim-lh', 'return', { reason: 'notOurs', text: `${staffOnly} bukan urusan kami` });
  const after = { text: `${staffOnly} ${later}` };
  await on('koordinator', 'correct', { category: 'road-damage', area: '13.74.01.1002', ...after });
  await on('koordinator', 'assign', { unit: 'pupr', ...after });
  await on('penghubung-pupr', 'note', after);
  await on('petugas-pupr', 'reply', { text: `Kami tambal. ${later}` });
};

const G = '13.74.01.1001';
const at = (area: string, category: string, more: object = {}) => ({
  text: `${reporters} tolong ditangani, sudah lama begini.`,
  category,
  place: { area },
  contact: identity,
  ...more,
});

export const stories: readonly Story[] = [
  {
    name: 'assigned to an OPD that has units below it',
    content: at(G, 'clinic'),
    goes: async (on) => {
      await on('koordinator', 'assign', { unit: 'kesehatan', ...internal });
    },
    sees: [...everywhere, ...opd('kesehatan'), ...ganting],
    told: opd('kesehatan'),
    in: { unit: 'kesehatan', area: G },
  },
  {
    name: 'assigned to a unit below an OPD',
    content: at('13.74.02.1001', 'clinic'),
    goes: async (on) => {
      await on('koordinator', 'assign', { unit: 'puskesmas-bukit-surungan', ...internal });
    },
    sees: [...everywhere, ...opd('kesehatan'), belowHealth, 'camat-2'],
    told: [belowHealth],
    in: { unit: 'puskesmas-bukit-surungan', area: '13.74.02.1001' },
  },
  {
    name: 'in triage',
    content: at(G, 'website'),
    sees: [...everywhere, ...ganting],
    told: [],
    in: { triage: true, area: G },
  },
  {
    name: 'confidential, in triage',
    content: at(G, 'road-damage', { confidential: true }),
    sees: [...coordinators, ...inspectors],
    told: [],
    in: { triage: true, area: G },
    secret: true,
  },
  {
    name: 'confidential, with an assignee',
    content: at(G, 'road-damage', { confidential: true }),
    goes: async (on, ids) => {
      await on('koordinator', 'assign', { unit: 'pupr', person: ids.get('petugas-pupr'), ...internal });
      await on('petugas-pupr', 'accept');
      await on('petugas-pupr', 'note', internal);
    },
    sees: [...coordinators, ...inspectors, 'kepala-pupr', 'petugas-pupr'],
    told: ['kepala-pupr', 'petugas-pupr'],
    in: { unit: 'pupr', area: G, mine: 'petugas-pupr' },
    secret: true,
  },
  {
    name: 'confidential, waiting for validation',
    content: at(G, 'road-damage', { confidential: true }),
    goes: (on) => handled(on, 'pupr', 'kepala-pupr'),
    sees: [...coordinators, ...inspectors, 'kepala-pupr', 'validator', 'validator-2'],
    told: ['kepala-pupr', 'validator', 'validator-2'],
    in: { unit: 'pupr', area: G, validation: ['validator', 'validator-2'] },
    secret: true,
  },
  {
    name: 'oversight, by its category',
    content: at(G, 'extortion'),
    goes: async (on) => {
      await on('inspektur', 'note', internal);
    },
    sees: inspectors,
    told: inspectors,
    in: { unit: 'inspektorat', area: G },
    secret: true,
  },
  {
    name: 'oversight, found in triage',
    content: at(G, 'road-damage'),
    goes: async (on) => {
      await on('koordinator', 'note', internal);
      // Whoever marks it no longer sees it: nothing comes after.
      await on('koordinator', 'mark', { oversight: true, ...internal });
    },
    sees: inspectors,
    told: inspectors,
    in: { unit: 'inspektorat', area: G },
    secret: true,
  },
  {
    name: 'oversight, waiting for its own validation',
    content: at(G, 'misconduct'),
    goes: async (on) => {
      await on('inspektur', 'accept');
      await on('inspektur', 'followUp', { outcome: 'answered', text: 'Sudah diperiksa.' });
    },
    sees: inspectors,
    told: inspectors,
    in: { unit: 'inspektorat', area: G, validation: inspectors },
    secret: true,
  },
  {
    name: 'about Kominfo: the Sekda stands in',
    content: at(G, 'website', { about: 'kominfo' }),
    sees: ['sekda'],
    told: ['sekda'],
    in: { unit: 'setda', area: G },
    secret: true,
  },
  {
    name: 'about the mayor: the head of the Inspectorate stands in',
    content: at(G, 'website', { about: 'mayor' }),
    sees: ['kepala-inspektorat'],
    told: ['kepala-inspektorat'],
    in: { unit: 'inspektorat', area: G },
    secret: true,
  },
  {
    name: 'returned and with another unit now',
    content: at(G, 'tree'),
    goes: moved,
    // The corrected area is another lurah's.
    sees: [...everywhere, ...opd('pupr'), 'lurah-2', 'camat'],
    former: opd('perkim-lh'),
    told: [...opd('perkim-lh'), ...opd('pupr'), ...coordinators],
    in: { unit: 'pupr', area: '13.74.01.1002' },
  },
  {
    name: 'returned, with another unit, then made confidential',
    content: at(G, 'tree'),
    goes: async (on) => {
      await moved(on);
      await on('koordinator', 'mark', { confidential: true, ...internal });
    },
    sees: [...coordinators, ...inspectors, 'kepala-pupr'],
    told: [...opd('perkim-lh'), ...opd('pupr'), ...coordinators],
    in: { unit: 'pupr', area: '13.74.01.1002' },
    secret: true,
  },
  {
    name: 'waiting for validation',
    content: at(G, 'road-damage'),
    goes: (on) => handled(on, 'pupr', 'petugas-pupr'),
    sees: [...everywhere, ...opd('pupr'), ...ganting, 'validator', 'validator-2'],
    told: [...opd('pupr'), 'validator', 'validator-2'],
    in: { unit: 'pupr', area: G, validation: ['validator', 'validator-2'] },
  },
  {
    name: 'validated',
    content: at(G, 'road-damage'),
    goes: async (on) => {
      await handled(on, 'pupr', 'petugas-pupr');
      await on('validator', 'reject', internal);
      await on('petugas-pupr', 'followUp', { outcome: 'fixed', text: 'Sudah diulang.' });
      await on('validator', 'approve', internal);
    },
    sees: [...everywhere, ...opd('pupr'), ...ganting],
    told: [...opd('pupr'), 'validator', 'validator-2'],
    in: { unit: 'pupr', area: G },
  },
];

export type Told = Story & Filed;

/** Files every story as `warga-1` and lets it happen. */
export const tellStories = async (ask: Client, members: readonly Member[]): Promise<readonly Told[]> => {
  const ids = new Map(members.map(({ slug, id }) => [slug, id]));
  return Promise.all(
    stories.map(async (story) => {
      const filed = await file(ask, story.content, { as: 'warga-1' });
      await story.goes?.((as, action, body) => take(ask, as, filed.code, action, body), ids);
      return { ...story, ...filed };
    }),
  );
};
