import * as z from 'zod/mini';
import { note, nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { roadClasses } from '../../city/schema.ts';
import { areaCode, slug } from '../../kernel/schema.ts';
import { assign, correct, sooner } from '../rules/assigning.ts';
import { firstAssignment, goesOn, pausedByData } from '../rules/common.ts';
import { archive, decideObjection, mayDecideObjection } from '../rules/ending.ts';
import { mark, mayUnmark, oversightClocks, unmark } from '../rules/oversight.ts';
import { mayPostpone, postpone } from '../rules/waiting.ts';
import { archiveReasons, triage as inTriage, objectable, open, working } from '../states.ts';

const coordinator = { roles: ['coordinator'], where: 'triage' } as const;

/** The coordinator's actions: what becomes of a new report. */
export const triage: Readonly<Record<string, ActionSpec>> = {
  /** Of a postponed report: goes on without the reporter's data. */
  verify: {
    names: { id: 'Mulai periksa', en: 'Start verifying' },
    by: [coordinator],
    from: ['received', 'postponed'],
    to: ['verifying'],
    input: nothing,
    event: 'verifying',
    audience: 'code',
    tells: ['reporter'],
    clocks: [{ stop: 'data' }, { resume: pausedByData }],
    decide: () => ({ to: 'verifying' }),
  },
  postpone: {
    names: { id: 'Tunda, minta data pelapor', en: 'Postpone, ask the reporter for data' },
    by: [coordinator],
    from: inTriage,
    to: ['postponed'],
    input: z.strictObject({ text }),
    text: { audience: 'reporter' },
    event: 'postponed',
    audience: 'code',
    tells: ['reporter'],
    clocks: [{ stop: 'dispatch' }, { pause: pausedByData }, { start: 'data' }],
    when: mayPostpone,
    decide: postpone,
  },
  assign: {
    names: { id: 'Disposisi', en: 'Assign' },
    by: [
      { roles: ['coordinator'], where: 'desk' },
      { roles: ['liaison', 'head', 'areaHead'], where: 'inCharge' },
    ],
    // A postponed report lies with the coordinator, who verifies it first.
    from: [...inTriage, ...working, 'planned', 'awaitingValidation', 'followedUp'],
    to: Object.fromEntries([...inTriage, ...working].map((state) => [state, ['assigned']])),
    input: z.strictObject({
      unit: slug,
      person: z.optional(z.string().check(z.maxLength(64))),
      /** The unit cannot return it; the coordinator's alone, and implied after the second return. */
      final: z.optional(z.literal(true)),
      text: note,
    }),
    text: { audience: 'staff' },
    event: 'assigned',
    audience: 'code',
    tells: ['unit', 'formerUnit', 'assignee', 'reporter'],
    clocks: [],
    may: firstAssignment,
    decide: assign,
  },
  correct: {
    names: { id: 'Perbaiki kategori atau wilayah', en: 'Correct category or area' },
    by: [{ roles: ['coordinator'], where: 'desk' }],
    from: open,
    to: ['assigned'],
    input: z.strictObject({
      category: z.optional(slug),
      area: z.optional(areaCode),
      roadClass: z.optional(z.enum(roadClasses)),
      text: note,
    }),
    text: { audience: 'staff' },
    event: 'corrected',
    audience: 'staff',
    tells: ['unit'],
    clocks: [],
    may: [sooner, { start: 'dispatch' }, ...oversightClocks],
    decide: correct,
  },
  mark: {
    names: { id: 'Tandai rahasia atau berkadar pengawasan', en: 'Mark confidential or oversight' },
    by: [{ roles: ['coordinator'], where: 'desk' }],
    from: open,
    to: ['assigned'],
    input: z.strictObject({
      confidential: z.optional(z.boolean()),
      oversight: z.optional(z.literal(true)),
      about: z.optional(slug),
      text,
    }),
    text: { audience: 'staff' },
    event: 'marked',
    audience: 'staff',
    tells: ['unit'],
    clocks: [],
    may: oversightClocks,
    decide: mark,
  },
  /** The other way round: nobody but the inspector may say that it is none. */
  unmark: {
    names: { id: 'Bukan pengawasan, kembalikan ke triase', en: 'No oversight, back to triage' },
    by: [{ roles: ['inspector'], where: 'desk' }],
    from: working,
    to: ['verifying'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'unmarked',
    audience: 'staff',
    tells: ['coordinators'],
    clocks: [...goesOn, { stop: 'firstResponse' }, { stop: 'resolution' }, { start: 'verification' }],
    when: mayUnmark,
    decide: unmark,
  },
  archive: {
    names: { id: 'Arsipkan', en: 'Archive' },
    by: [coordinator],
    from: inTriage,
    to: ['archived'],
    input: z.strictObject({ reason: z.enum(archiveReasons), text }),
    text: { audience: 'reporter' },
    event: 'archived',
    audience: 'code',
    tells: ['reporter', 'supporters'],
    clocks: [],
    decide: archive,
  },
  decideObjection: {
    names: { id: 'Putuskan keberatan', en: 'Decide on the objection' },
    // The Sekda too, or a city with a single coordinator would have nobody else.
    by: [coordinator, { roles: ['executive'], where: 'desk', positions: ['sekda'] }],
    from: objectable,
    to: ['verifying'],
    input: z.strictObject({ decision: z.enum(['upheld', 'overturned']), text }),
    text: { audience: 'reporter' },
    event: 'objectionDecided',
    audience: 'code',
    tells: ['reporter', 'supporters', 'coordinators'],
    clocks: [{ stop: 'objection' }],
    may: [{ stop: 'reminder' }, { revive: ['promise', 'outer'] }, { start: 'verification' }],
    when: mayDecideObjection,
    decide: decideObjection,
  },
};
