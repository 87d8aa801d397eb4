import type { StateSpec } from '../cases/workflow.ts';

/** States of a complaint, aspiration or question (`domain` §2). */
export const states: Readonly<Record<string, StateSpec>> = {
  received: { names: { id: 'Diterima', en: 'Received' }, final: false },
  verifying: { names: { id: 'Diperiksa koordinator', en: 'Being verified' }, final: false },
  postponed: { names: { id: 'Menunggu data pelapor', en: 'Waiting for the reporter’s data' }, final: false },
  assigned: { names: { id: 'Diteruskan ke unit', en: 'Assigned to a unit' }, final: false },
  inProgress: { names: { id: 'Ditangani', en: 'In progress' }, final: false },
  planned: {
    names: { id: 'Direncanakan, menunggu anggaran', en: 'Planned, waiting for a budget' },
    final: false,
  },
  awaitingValidation: { names: { id: 'Menunggu pengesahan', en: 'Awaiting validation' }, final: false },
  followedUp: { names: { id: 'Ditindaklanjuti', en: 'Followed up' }, final: false },
  closed: { names: { id: 'Selesai', en: 'Closed' }, final: true },
  unconfirmed: { names: { id: 'Selesai tanpa konfirmasi', en: 'Closed, unconfirmed' }, final: true },
  withdrawn: { names: { id: 'Dicabut', en: 'Withdrawn' }, final: true },
  merged: { names: { id: 'Digabung', en: 'Merged' }, final: true },
  archived: { names: { id: 'Diarsipkan', en: 'Archived' }, final: true },
  notOurAuthority: { names: { id: 'Bukan kewenangan kota', en: 'Not the city’s authority' }, final: true },
};

export const every = Object.keys(states);
export const open = every.filter((id) => states[id]?.final === false);
export const triage = ['received', 'verifying'];
export const working = ['assigned', 'inProgress'];
/** Ends that somebody in the city hall decided, or the system in their name: a reporter may object to them. */
export const objectable = ['archived', 'notOurAuthority', 'merged', 'withdrawn'];
/** Who works on a case in a unit; lurah and camat do in the own one. */
export const unitStaff = ['liaison', 'officer', 'head', 'areaHead'] as const;

export const returnReasons = ['notOurs', 'wrongPlace', 'needsOtherUnit', 'incomplete'] as const;
export const archiveReasons = ['notAComplaint', 'noContentToActOn', 'abuse', 'repeated'] as const;
export const outcomes = ['fixed', 'answered', 'cannot', 'notFound', 'outside'] as const;
export const budgetSources = ['dpa', 'rkpd', 'other'] as const;
export const redactReasons = ['personalData', 'otherPerson', 'unlawful'] as const;
