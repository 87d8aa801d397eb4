import * as z from 'zod/mini';
import { shownFile } from '../attachments/shape.ts';
import { applicants } from '../city/services.ts';
import type { Answer } from '../forms/shared/model.ts';
import { instant, slug, words } from '../kernel/schema.ts';
import { contact } from '../people/contact.ts';
import { answersIn, documentsIn } from './inputs.ts';

const nik = z.string().check(z.regex(/^\d{16}$/, 'nik'));
const line = (max: number) => words(2, max);

/** Who applies: a person, perhaps through somebody with a power of attorney, or an organisation through whom it sends. */
export const applicant = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    /** Whoever hands it in for the person: named by the power of attorney, which is a document of the application. */
    proxy: z.optional(z.strictObject({ name: line(120), nik, relation: z.optional(line(60)) })),
  }),
  z.strictObject({
    kind: z.literal('organisation'),
    name: line(160),
    /** Number by which it is registered: NIB, deed, decree. */
    number: z.optional(line(60)),
    representative: z.strictObject({ name: line(120), nik, position: line(120) }),
  }),
]);
export type Applicant = z.output<typeof applicant>;

/** Answers of a form: any JSON object here, judged by the form of the service. */
export const answers = z.record(z.string().check(z.maxLength(64)), z.custom<Answer>());
const service = slug.check(z.maxLength(32));

/** What an application consists of, whoever hands it in and wherever. */
export const submission = {
  service,
  applicant: z._default(applicant, { kind: 'person' }),
  answers,
  documents: documentsIn,
};
export const filing = { ...submission, contact: z.optional(contact) };

/** Where an application came in when staff record it. */
export const origins = ['counter', 'phone', 'letter', 'whatsapp', 'mayor'] as const;

const named = z.object({ id: z.string(), name: z.string() });

export const filed = z.object({
  code: z.string(),
  pin: z.string(),
  state: z.string(),
  filedAt: instant,
  service: named,
  unit: named,
  /** By when it will be known whether the file is complete; null where the city sets no limit. */
  checkedBy: z.nullable(instant),
  /** How long the service then takes: its clock starts with the complete file, not before. */
  promise: z.object({ amount: z.int(), in: z.string(), legal: z.string() }),
  track: z.string(),
});

const change = z.object({
  /** JSON pointer of the answer, or `/documents/<id>`. */
  pointer: z.string(),
  change: z.enum(['removed', 'noLongerFits', 'moved', 'added', 'nowRequired', 'expired']),
  to: z.nullable(z.string()),
});

export const draftRow = z.object({
  id: z.string(),
  service: named,
  savedAt: instant,
  /** When it goes by itself; saving it starts the time anew. */
  expires: instant,
});

export const draft = z.extend(draftRow, {
  rev: z.int(),
  applicant,
  answers,
  documents: z.array(
    z.object({ id: z.string(), file: z.string(), /** Until when the upload is kept. */ until: instant }),
  ),
  /** What the present form made of answers that were saved under an older one, and uploads that are gone. */
  changes: z.array(change),
  /** JSON pointers of what was filled in from earlier answers. */
  filled: z.array(z.string()),
  /** Documents that the answers need so far. */
  needed: z.array(named),
});

const fault = z.object({ code: z.string(), says: z.string() });
const action = z.object({ id: z.string(), name: z.string(), path: z.string() });

const document = z.object({
  id: z.string(),
  name: z.string(),
  file: shownFile,
  /** Null while no verdict was given, or the part was handed in anew since. */
  verdict: z.nullable(z.enum(['accepted', 'rejected'])),
  fault: z.nullable(fault),
  /** Whether it can be handed in again now. */
  open: z.boolean(),
});

/** What both sides read of an application. */
const shared = {
  code: z.string(),
  state: z.string(),
  stateName: z.string(),
  seq: z.int(),
  filedAt: instant,
  origin: z.string(),
  service: named,
  /** By which it is dealt with; `GET /v1/services/{code}?version={standards}` answers its form. */
  versions: z.object({ catalogue: z.int(), standards: z.int() }),
  unit: z.nullable(named),
  steps: z.array(z.object({ id: z.string(), name: z.string(), place: z.enum(['done', 'now', 'ahead']) })),
  /** When the file was complete, and what that promised; null before. */
  completeAt: z.nullable(instant),
  due: z.nullable(instant),
  /** How long the parts that were rejected may take. */
  correctBy: z.nullable(instant),
  /** Number of the product; `GET /v1/verify/{number}` says what it is. */
  product: z.nullable(z.string()),
  refusal: z.nullable(
    z.object({
      ground: z.string(),
      name: z.string(),
      legal: z.string(),
      objectTo: z.string(),
      objectUntil: z.nullable(instant),
    }),
  ),
  actions: z.array(action),
};

const papers = {
  applicant,
  answers,
  documents: z.array(document),
  /** Answers that are wrong, by JSON pointer. */
  faults: z.array(z.object({ pointer: z.string(), fault, open: z.boolean() })),
};

/** An applicant's own application. */
export const own = z.object({ ...shared, ...papers });

/** As staff read it: what was filled in and handed in is for those who handle it, numbers of people masked. */
export const handled = z.object({
  ...shared,
  kind: z.enum(applicants),
  onBehalf: z.boolean(),
  papers: z.nullable(z.object(papers)),
  /** Legal grounds on which it may be refused. */
  grounds: z.array(z.object({ id: z.string(), name: z.string(), legal: z.string() })),
});

export const corrections = z.strictObject({
  documents: documentsIn,
  answers: z._default(answersIn, {}),
});
