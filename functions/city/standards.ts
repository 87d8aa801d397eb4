import * as z from 'zod/mini';
import { isObject } from '../forms/shared/condition.ts';
import type { Condition, Form } from '../forms/shared/model.ts';
import { slug } from '../kernel/schema.ts';
import { serviceCode } from './services.ts';

/**
 * What a city publishes of each service and asks for it: standard, form, documents. The kind `standards` of a pack.
 * Large, and read only by what shows or takes applications.
 */
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const names = z.strictObject({ id: text(200), en: text(200) });
/** English only where the city serves it; the check of the whole city says where it lacks. */
const part = z.strictObject({ id: text(4000), en: z.optional(text(4000)) });

/** What the law wants published of every service (UU 25/2009 art. 21, Permen PANRB 15/2014), in its order. */
export const standardParts = [
  'legalBasis',
  'requirements',
  'procedure',
  'time',
  'fee',
  'product',
  'competence',
  'supervision',
  'complaints',
  'staff',
  'guarantees',
  'evaluation',
] as const;
export type StandardPart = (typeof standardParts)[number];

/** JSON here; its own checker reads both with the city's other settings before they go live (checks/standards.ts). */
const form = z.custom<Form>(isObject);
const condition = z.custom<Condition>(isObject);

/** Ids of what everybody shows who applies for somebody else: no service's own document may be called so. */
export const proofIds = { powerOfAttorney: 'surat-kuasa', authorisation: 'surat-tugas' } as const;

/** What has to be attached, or has to be when the answers say so. */
const document = z.strictObject({
  id: slug.check(z.maxLength(16)),
  name: names,
  when: z.optional(condition),
  accepts: z.array(z.enum(['image', 'pdf'])).check(z.minLength(1), z.maxLength(2)),
  note: z.optional(z.strictObject({ id: text(500), en: text(500) })),
});
export type DocumentSpec = z.output<typeof document>;

const standard = z.strictObject({
  service: serviceCode,
  /** Absent for what is issued nationally. */
  form: z.optional(form),
  documents: z.array(document).check(z.maxLength(24)),
  standard: z.strictObject({
    legalBasis: part,
    requirements: part,
    procedure: part,
    time: part,
    fee: part,
    product: part,
    competence: part,
    supervision: part,
    complaints: part,
    staff: part,
    guarantees: part,
    evaluation: part,
    /** The law lists these two apart; the others cover them where a city publishes twelve. */
    facilities: z.optional(part),
    safety: z.optional(part),
  }),
});
export type Standard = z.output<typeof standard>;
export const standards = z.strictObject({ standards: z.array(standard).check(z.maxLength(200)) });
