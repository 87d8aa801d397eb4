import * as z from 'zod/mini';
import { text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { codePattern } from '../../kernel/code.ts';
import { slug } from '../../kernel/schema.ts';
import { absorb, mayMerge, mayUnmerge, merge, release, survivorEnded, unmerge } from '../rules/merging.ts';
import { oversightClocks } from '../rules/oversight.ts';
import { followWhole, maySplit, partEnded, split, wholeEnded } from '../rules/parts.ts';
import { every, open, outcomes } from '../states.ts';

const code = z.string().check(z.regex(codePattern));
const coordinator = { roles: ['coordinator'], where: 'desk' } as const;

/**
 * Reports that are one, and one report that is several units' work. Each step of one case has its other half on another:
 * operations of their own write both (docs/adr/0121-merged-reports.md).
 */
export const merging: Readonly<Record<string, ActionSpec>> = {
  merge: {
    names: { id: 'Gabungkan ke laporan lain', en: 'Merge into another report' },
    by: [coordinator],
    from: ['received', 'verifying', 'postponed', 'assigned', 'inProgress', 'planned'],
    to: ['merged'],
    input: z.strictObject({ into: code, text }),
    text: { audience: 'reporter' },
    apart: true,
    event: 'merged',
    audience: 'code',
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [],
    when: mayMerge,
    decide: merge,
  },
  absorb: {
    names: { id: 'Terima laporan gabungan', en: 'Take a merged report in' },
    by: [],
    from: open,
    input: z.strictObject({ from: code }),
    event: 'absorbed',
    audience: 'code',
    tells: ['unit'],
    clocks: [],
    decide: absorb,
  },
  unmerge: {
    names: { id: 'Batalkan penggabungan', en: 'Undo the merging' },
    by: [coordinator],
    from: ['merged'],
    to: ['verifying'],
    input: z.strictObject({ text }),
    text: { audience: 'reporter' },
    apart: true,
    event: 'unmerged',
    audience: 'code',
    tells: ['reporter', 'supporters'],
    clocks: [],
    when: mayUnmerge,
    decide: unmerge,
  },
  /** Taken for every report that was merged into one which ended without a result. */
  survivorEnded: {
    names: {
      id: 'Laporan gabungan berakhir tanpa hasil',
      en: 'The report that took it in ended without a result',
    },
    by: [],
    from: ['merged'],
    to: ['verifying'],
    input: z.strictObject({ into: code }),
    event: 'unmerged',
    audience: 'code',
    tells: ['reporter', 'supporters', 'coordinators'],
    clocks: [],
    when: mayUnmerge,
    decide: survivorEnded,
  },
  release: {
    names: { id: 'Lepaskan laporan gabungan', en: 'Let a merged report go' },
    by: [],
    from: every,
    input: z.strictObject({ from: code }),
    event: 'released',
    audience: 'code',
    tells: [],
    clocks: [],
    decide: release,
  },
  split: {
    names: { id: 'Bagi tugas ke unit lain', en: 'Give a part to another unit' },
    by: [coordinator, { roles: ['liaison', 'head', 'areaHead'], where: 'inCharge' }],
    from: ['received', 'verifying', 'assigned', 'inProgress'],
    input: z.strictObject({
      unit: slug,
      text,
      /** The unit in charge keeps work of its own: the parts alone do not end the report. */
      own: z.optional(z.boolean()),
    }),
    apart: true,
    event: 'split',
    audience: 'code',
    tells: ['unit', 'reporter'],
    clocks: [],
    when: maySplit,
    decide: split,
  },
  /** Taken for every part that ends; the last one ends the whole. */
  partEnded: {
    names: { id: 'Bagian selesai', en: 'A part ended' },
    by: [],
    from: open,
    input: z.strictObject({ part: code, outcome: z.optional(z.enum(outcomes)) }),
    event: 'partEnded',
    audience: 'code',
    tells: ['unit'],
    clocks: [],
    decide: partEnded,
  },
  /** The whole turned secret, or is no longer: its parts with it, in the same write. */
  followWhole: {
    names: { id: 'Ikuti sifat laporan induk', en: 'Follow the nature of the whole' },
    by: [],
    from: every,
    to: ['assigned'],
    input: z.strictObject({
      confidential: z.optional(z.boolean()),
      oversight: z.optional(z.literal(true)),
      about: z.optional(slug),
    }),
    event: 'marked',
    audience: 'staff',
    tells: ['unit'],
    clocks: [],
    may: oversightClocks,
    decide: followWhole,
  },
  wholeEnded: {
    names: { id: 'Laporan induk berakhir', en: 'The whole ended' },
    by: [],
    from: open,
    input: z.strictObject({}),
    event: 'wholeEnded',
    audience: 'staff',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: wholeEnded,
  },
};
