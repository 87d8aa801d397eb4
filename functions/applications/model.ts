import * as z from 'zod/mini';
import type { FileState } from '../attachments/naming.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { StepContext } from '../cases/workflow.ts';
import { applicants, type Service } from '../city/services.ts';
import { slug } from '../kernel/schema.ts';

/** What an application keeps in its record: versions, ids and who decided. Answers lie sealed elsewhere. */
const applicationData = z.object({
  /** Versions of catalogue and standards when it was submitted: its steps, grounds, form and documents stay those. */
  catalogue: z.int(),
  standards: z.int(),
  applicant: z.enum(applicants),
  /** Somebody else applies for the person, by power of attorney. */
  onBehalf: z.optional(z.literal(true)),
  /** Id of the sealed answers in force. */
  answers: z.string(),
  /** `seq` of the event whose verdict is in force. */
  verdict: z.optional(z.int()),
  /** The step that is being taken; absent before the first and after the last. */
  step: z.optional(slug),
  /** Where it lay before a step of another unit. */
  home: z.optional(slug),
  /** Who called the result done: another person validates. */
  proposedBy: z.optional(z.string()),
  /** Who refused it (`system` when deemed withdrawn), from where: another person decides on the objection. */
  decidedBy: z.optional(z.string()),
  decidedIn: z.optional(z.string()),
  deemed: z.optional(z.literal(true)),
  objected: z.optional(z.literal(true)),
  /** Number of the product that ended it. */
  product: z.optional(z.string()),
});
export type ApplicationData = z.output<typeof applicationData>;

export const dataOf = (record: Pick<CaseRecord, 'data'>): ApplicationData =>
  applicationData.parse(record.data);

/**
 * A part of an application on which a verdict is given: the id of a document, or the JSON pointer of an answer
 * (`/mother/nik`).
 */
export type Part = string;

export interface Paper {
  readonly file: string;
  /** Event that named it. */
  readonly seq: number;
  readonly state: FileState;
  /** Whether what the inspection found is among what the document may be. */
  readonly fits: boolean;
}

/** What decisions on an application need beside its record. */
export interface Facts {
  /** As the catalogue had it when the application was submitted. */
  readonly service: Service;
  /** Files in force by part, the document ids of the standard and answers that are files. */
  readonly papers: ReadonlyMap<Part, Paper>;
  /** What the verdict in force rejected, and why. */
  readonly rejected: ReadonlyMap<Part, string>;
}

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && 'service' in value && 'papers' in value;

/** @throws Error when an operation took an action without looking its facts up */
export const factsOf = ({ looked }: Pick<StepContext, 'looked'>): Facts => {
  if (!isFacts(looked.own)) throw new Error('a step of an application without its facts');
  return looked.own;
};
