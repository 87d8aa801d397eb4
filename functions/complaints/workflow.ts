import * as z from 'zod/mini';
import { overdue } from '../cases/clock/overdue.ts';
import type { ActionSpec, StateSpec, Workflow } from '../cases/workflow.ts';
import { areaCode, day, slug, words } from '../kernel/schema.ts';
import { propose } from './route.ts';
import { assign, correct, followUp, forward, mark, returnCase, routeAtOnce, validate } from './rules.ts';

/** States of a complaint, aspiration or question (`domain` §2). */
const states: Readonly<Record<string, StateSpec>> = {
  received: { names: { id: 'Diterima', en: 'Received' }, final: false },
  verifying: { names: { id: 'Diperiksa koordinator', en: 'Being verified' }, final: false },
  assigned: { names: { id: 'Diteruskan ke unit', en: 'Assigned to a unit' }, final: false },
  inProgress: { names: { id: 'Ditangani', en: 'In progress' }, final: false },
  awaitingValidation: { names: { id: 'Menunggu pengesahan', en: 'Awaiting validation' }, final: false },
  followedUp: { names: { id: 'Ditindaklanjuti', en: 'Followed up' }, final: false },
  archived: { names: { id: 'Diarsipkan', en: 'Archived' }, final: true },
  notOurAuthority: { names: { id: 'Bukan kewenangan kota', en: 'Not the city’s authority' }, final: true },
};

const open = ['received', 'verifying', 'assigned', 'inProgress', 'awaitingValidation', 'followedUp'];
const working = ['assigned', 'inProgress'];
const unitStaff = ['liaison', 'officer', 'head'] as const;

export const returnReasons = ['notOurs', 'wrongPlace', 'needsOtherUnit', 'incomplete'] as const;
export const archiveReasons = ['notAComplaint', 'noContentToActOn', 'abuse', 'repeated'] as const;
export const outcomes = ['fixed', 'answered', 'cannot', 'notFound', 'outside'] as const;

const text = words(2, 5000);

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
const actions: Readonly<Record<string, ActionSpec>> = {
  verify: {
    names: { id: 'Mulai periksa', en: 'Start verifying' },
    by: [{ roles: ['coordinator'], where: 'triage' }],
    from: ['received'],
    input: z.strictObject({}),
    event: 'verifying',
    audience: 'code',
    says: { id: 'Koordinator sedang memeriksa laporan ini.', en: 'The coordinator is checking this report.' },
    tells: ['reporter'],
    clocks: [],
    decide: () => ({ to: 'verifying' }),
  },
  assign: {
    names: { id: 'Disposisi', en: 'Assign' },
    by: [
      { roles: ['coordinator'], where: 'desk' },
      { roles: ['liaison', 'head'], where: 'inCharge' },
    ],
    from: ['received', 'verifying', 'assigned', 'inProgress'],
    input: z.strictObject({
      unit: slug,
      person: z.optional(z.string().check(z.maxLength(64))),
      text: z.optional(text),
    }),
    text: { audience: 'staff' },
    event: 'assigned',
    audience: 'code',
    says: {
      id: 'Laporan diteruskan kepada unit yang berwenang.',
      en: 'The report was passed to the unit in charge.',
    },
    tells: ['unit', 'formerUnit', 'assignee', 'reporter'],
    clocks: [],
    decide: assign,
  },
  /** The city's own step: a direct category, oversight, or a complaint about someone with a substitute. */
  route: {
    names: { id: 'Penerusan otomatis', en: 'Automatic routing' },
    by: [],
    from: ['received'],
    input: z.strictObject({}),
    event: 'assigned',
    audience: 'code',
    says: {
      id: 'Laporan langsung diteruskan kepada unit yang berwenang.',
      en: 'The report went straight to the unit in charge.',
    },
    tells: ['unit', 'reporter'],
    clocks: [],
    decide: routeAtOnce,
  },
  correct: {
    names: { id: 'Perbaiki kategori atau wilayah', en: 'Correct category or area' },
    by: [{ roles: ['coordinator'], where: 'desk' }],
    from: open,
    input: z.strictObject({ category: z.optional(slug), area: z.optional(areaCode), text: z.optional(text) }),
    text: { audience: 'staff' },
    event: 'corrected',
    audience: 'staff',
    says: { id: 'Kategori atau wilayah diperbaiki.', en: 'Category or area was corrected.' },
    tells: ['unit'],
    clocks: [],
    decide: correct,
  },
  mark: {
    names: { id: 'Tandai rahasia atau berkadar pengawasan', en: 'Mark confidential or oversight' },
    by: [{ roles: ['coordinator'], where: 'desk' }],
    from: open,
    input: z.strictObject({
      confidential: z.optional(z.boolean()),
      oversight: z.optional(z.literal(true)),
      about: z.optional(slug),
      text,
    }),
    text: { audience: 'staff' },
    event: 'marked',
    audience: 'staff',
    says: { id: 'Sifat laporan diubah.', en: 'The nature of the report was changed.' },
    tells: ['unit'],
    clocks: [],
    decide: mark,
  },
  accept: {
    names: { id: 'Terima tugas', en: 'Accept' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: ['assigned'],
    input: z.strictObject({}),
    event: 'accepted',
    audience: 'code',
    says: {
      id: 'Unit menerima laporan ini dan mulai menanganinya.',
      en: 'The unit accepted the report and is working on it.',
    },
    tells: ['reporter'],
    clocks: [],
    decide: () => ({ to: 'inProgress' }),
  },
  reply: {
    names: { id: 'Balas pelapor', en: 'Reply to the reporter' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: working,
    input: z.strictObject({
      text,
      /** By when the unit will have done what it says: makes this its first response. */
      by: z.optional(day),
    }),
    text: { audience: 'reporter' },
    event: 'replied',
    audience: 'code',
    says: { id: 'Unit membalas pelapor.', en: 'The unit replied to the reporter.' },
    tells: ['reporter'],
    clocks: [],
    decide: ({ input }) =>
      typeof input['by'] === 'string'
        ? {
            to: 'inProgress',
            responded: true,
            facts: { by: input['by'] },
            clocks: [{ stop: 'firstResponse' }],
          }
        : { to: 'inProgress' },
  },
  note: {
    names: { id: 'Catatan internal', en: 'Internal note' },
    by: [
      { roles: ['coordinator', 'inspector'], where: 'desk' },
      { roles: unitStaff, where: 'inCharge' },
      { roles: ['validator'], where: 'validating' },
    ],
    from: open,
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'noted',
    audience: 'staff',
    says: { id: 'Catatan internal ditambahkan.', en: 'An internal note was added.' },
    tells: [],
    clocks: [],
    decide: () => ({}),
  },
  followUp: {
    names: { id: 'Usulkan selesai', en: 'Propose as done' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: ['inProgress'],
    input: z.strictObject({ outcome: z.enum(outcomes), text }),
    text: { audience: 'reporter' },
    event: 'proposed',
    audience: 'code',
    says: {
      id: 'Unit menyatakan selesai; menunggu pengesahan unit lain.',
      en: 'The unit says it is done; another unit has to approve.',
    },
    tells: ['validators'],
    clocks: [],
    decide: followUp,
  },
  approve: {
    names: { id: 'Sahkan', en: 'Approve' },
    by: [{ roles: ['validator'], where: 'validating' }],
    from: ['awaitingValidation'],
    input: z.strictObject({ text: z.optional(text) }),
    text: { audience: 'staff' },
    event: 'followedUp',
    audience: 'code',
    says: {
      id: 'Tindak lanjut disahkan. Silakan periksa hasilnya.',
      en: 'The follow-up was approved. Please check the result.',
    },
    tells: ['unit', 'reporter'],
    clocks: [{ stop: 'resolution' }],
    decide: (context) => validate(context, 'followedUp'),
  },
  reject: {
    names: { id: 'Tolak usulan selesai', en: 'Reject' },
    by: [{ roles: ['validator'], where: 'validating' }],
    from: ['awaitingValidation'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'rejected',
    audience: 'code',
    says: {
      id: 'Bukti belum cukup; unit diminta melanjutkan.',
      en: 'The proof was not enough; the unit goes on.',
    },
    tells: ['unit'],
    clocks: [],
    decide: (context) => validate(context, 'inProgress'),
  },
  return: {
    names: { id: 'Kembalikan ke koordinator', en: 'Return to the coordinator' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: working,
    input: z.strictObject({ reason: z.enum(returnReasons), next: z.optional(slug), text }),
    text: { audience: 'staff' },
    event: 'returned',
    audience: 'code',
    says: {
      id: 'Laporan dikembalikan untuk diteruskan ke unit yang tepat.',
      en: 'The report was sent back to find the right unit.',
    },
    tells: ['coordinators'],
    clocks: [{ stop: 'firstResponse' }, { stop: 'resolution' }, { start: 'verification' }],
    decide: returnCase,
  },
  forward: {
    names: { id: 'Teruskan ke instansi luar', en: 'Forward outside' },
    by: [{ roles: ['coordinator'], where: 'triage' }],
    from: ['received', 'verifying'],
    input: z.strictObject({ body: slug, text }),
    text: { audience: 'reporter' },
    event: 'forwarded',
    audience: 'code',
    says: {
      id: 'Bukan kewenangan pemerintah kota; diteruskan ke instansi yang berwenang.',
      en: 'Not the city’s authority; passed to the body in charge.',
    },
    tells: ['reporter'],
    clocks: [],
    decide: forward,
  },
  archive: {
    names: { id: 'Arsipkan', en: 'Archive' },
    by: [{ roles: ['coordinator'], where: 'triage' }],
    from: ['received', 'verifying'],
    input: z.strictObject({ reason: z.enum(archiveReasons), text }),
    text: { audience: 'reporter' },
    event: 'archived',
    audience: 'code',
    says: { id: 'Laporan diarsipkan dengan alasan.', en: 'The report was archived, with a reason.' },
    tells: ['reporter'],
    clocks: [],
    decide: ({ input }) => ({ to: 'archived', reasonCode: String(input['reason']) }),
  },
  overdue: overdue(states),
};

const workflowOf = (kind: string): Workflow => ({
  kind,
  states,
  actions,
  start: { state: 'received', clocks: ['verification', 'promise', 'outer'] },
  propose,
});

export const complaint = workflowOf('complaint');
export const aspiration = workflowOf('aspiration');
export const question = workflowOf('question');
