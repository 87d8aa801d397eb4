import { type DocumentSpec, proofIds } from '../city/standards.ts';
import type { Applicant } from './shapes.ts';

type Wanted = Pick<DocumentSpec, 'id' | 'name' | 'accepts'>;

/** What somebody shows who applies for a person (KUHPerdata art. 1792 ff.), in every service that allows it. */
const powerOfAttorney: Wanted = {
  id: proofIds.powerOfAttorney,
  name: { id: 'Surat kuasa', en: 'Power of attorney' },
  accepts: ['image', 'pdf'],
};
/** What whoever speaks for an organisation shows. */
const authorisation: Wanted = {
  id: proofIds.authorisation,
  name: { id: 'Surat tugas atau akta pengurus', en: 'Letter of authorisation or deed of its officers' },
  accepts: ['image', 'pdf'],
};

/** The document by which somebody may apply for another; none for who applies for oneself. */
export const proofOf = (applicant: Applicant): readonly Wanted[] => {
  if (applicant.kind === 'organisation') return [authorisation];
  return applicant.proxy === undefined ? [] : [powerOfAttorney];
};

/** Name and kinds of a document, the proofs of every service among them. */
export const specOf = (documents: readonly Wanted[], id: string): Wanted | undefined =>
  [...documents, powerOfAttorney, authorisation].find((one) => one.id === id);
