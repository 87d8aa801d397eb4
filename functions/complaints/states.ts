import type { StateSpec } from '../cases/workflow.ts';

/** States of a complaint, aspiration or question (`domain` §2). */
export const states: Readonly<Record<string, StateSpec>> = {
  received: { names: { id: 'Diterima', en: 'Received' }, final: false },
  verifying: { names: { id: 'Diperiksa koordinator', en: 'Being verified' }, final: false },
  assigned: { names: { id: 'Diteruskan ke unit', en: 'Assigned to a unit' }, final: false },
  inProgress: { names: { id: 'Ditangani', en: 'In progress' }, final: false },
  awaitingValidation: { names: { id: 'Menunggu pengesahan', en: 'Awaiting validation' }, final: false },
  followedUp: { names: { id: 'Ditindaklanjuti', en: 'Followed up' }, final: false },
  archived: { names: { id: 'Diarsipkan', en: 'Archived' }, final: true },
  notOurAuthority: { names: { id: 'Bukan kewenangan kota', en: 'Not the city’s authority' }, final: true },
};

export const open = ['received', 'verifying', 'assigned', 'inProgress', 'awaitingValidation', 'followedUp'];
export const working = ['assigned', 'inProgress'];
/** Who works on a case in a unit; lurah and camat do in the own one. */
export const unitStaff = ['liaison', 'officer', 'head', 'areaHead'] as const;

export const returnReasons = ['notOurs', 'wrongPlace', 'needsOtherUnit', 'incomplete'] as const;
export const archiveReasons = ['notAComplaint', 'noContentToActOn', 'abuse', 'repeated'] as const;
export const outcomes = ['fixed', 'answered', 'cannot', 'notFound', 'outside'] as const;
