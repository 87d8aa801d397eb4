import * as z from 'zod/mini';
import { filesAtOnce } from '../attachments/model.ts';
import { codePattern } from '../kernel/code.ts';
import { staff } from '../kernel/contract.ts';
import { day, instant, instantIn, words } from '../kernel/schema.ts';
import { requester } from './identity.ts';
import { decisions, forms, grounds, letters, ways } from './states.ts';

export const code = z.string().check(z.regex(codePattern));
/** Codes are read as people type them: any case, with spaces or dashes. */
export const typedCode = z.string().check(z.minLength(9), z.maxLength(20));
export const action = z.string().check(z.regex(/^[a-zA-Z]{2,32}$/));
/** Whoever works with requests; positions decide what of it (actions/rights.ts). */
export const handling = staff('coordinator', 'liaison', 'officer', 'head', 'executive');
/** Where a request came in when staff record it. */
export const origins = ['counter', 'letter', 'phone', 'email', 'whatsapp', 'app', 'web'] as const;

/** What is asked for, and how it is wanted. */
export const asking = {
  information: words(10, 3000),
  form: z._default(z.enum(forms), 'soft'),
  way: z._default(z.enum(ways), 'copy'),
  /** Files: a power of attorney, a copy of an identity card, a deed. As the upload answered them. */
  files: z.optional(
    z.array(z.string().check(z.minLength(22), z.maxLength(300))).check(z.maxLength(filesAtOnce)),
  ),
  /** What the public list offered is not what is asked for. */
  insist: z._default(z.boolean(), false),
};

export const ownRequest = z.strictObject({ ...asking, requester });
export const recordedRequest = z.strictObject({
  ...asking,
  requester,
  origin: z.enum(origins),
  /** When it was first said or arrived; the limit runs from then. Not in the future, at most 90 days ago. */
  saidAt: z.optional(instantIn),
});
/** From a report: who asks may be completed later, by that person too. */
export const linkedRequest = z.strictObject({ ...asking, requester: z.optional(requester) });

export const filed = z.object({
  code: z.string(),
  pin: z.string(),
  /** Number in the register of requests: the receipt. */
  number: z.string(),
  state: z.string(),
  filedAt: instant,
  /** By when it is answered, unless extended. */
  due: z.nullable(instant),
  identityKnown: z.boolean(),
  /** Code of the report that it came out of. */
  from: z.nullable(z.string()),
  track: z.string(),
});

const named = z.object({ id: z.string(), name: z.string() });

/** A request with what the law says of it; timeline and texts are on the page that every case has. */
export const view = z.object({
  code: z.string(),
  number: z.nullable(z.string()),
  objectionNumber: z.nullable(z.string()),
  state: z.string(),
  stateName: z.string(),
  seq: z.int(),
  filedAt: instant,
  from: z.nullable(z.string()),
  unit: z.nullable(named),
  information: z.nullable(z.string()),
  wants: z.object({ form: z.enum(forms), way: z.enum(ways) }),
  identityKnown: z.boolean(),
  /** What runs now, and what the requester may do until when; each with its law. */
  limits: z.array(
    z.object({
      name: z.enum(['answer', 'object', 'superior', 'ordered', 'dispute']),
      says: z.string(),
      until: instant,
      reference: z.nullable(z.string()),
    }),
  ),
  extended: z.boolean(),
  decision: z.nullable(
    z.object({
      as: z.enum(decisions),
      at: instant,
      late: z.boolean(),
      letters: z.array(z.object({ letter: z.enum(letters), says: z.string() })),
      test: z.nullable(z.string()),
      holder: z.nullable(z.string()),
      item: z.nullable(z.string()),
      text: z.nullable(z.string()),
    }),
  ),
  given: z.nullable(z.object({ on: day, form: z.enum(forms), way: z.enum(ways) })),
  /** Rupiah. */
  cost: z.nullable(z.object({ rupiah: z.int(), paid: z.nullable(z.object({ rupiah: z.int(), on: day })) })),
  objection: z.nullable(z.object({ ground: named, at: instant, text: z.nullable(z.string()) })),
  answer: z.nullable(
    z.object({ as: z.enum(['upheld', 'overturned']), at: instant, text: z.nullable(z.string()) }),
  ),
  reaction: z.nullable(z.enum(['satisfied', 'dispute'])),
  /** Where a dispute is filed, once it may be. */
  commission: z.nullable(z.object({ name: z.string(), address: z.string() })),
  /** Grounds that fit now, when an objection may be made. */
  grounds: z.array(z.object({ id: z.enum(grounds), name: z.string() })),
  actions: z.array(z.object({ id: z.string(), name: z.string(), path: z.string() })),
});

export const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });

/** An item of the public list as a line. */
export const offered = z.object({
  id: z.string(),
  class: named,
  title: z.string(),
  unit: z.nullable(z.string()),
  year: z.nullable(z.int()),
  /** So near that it is offered before a request is taken. */
  strong: z.boolean(),
});
