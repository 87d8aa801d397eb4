import * as z from 'zod/mini';
import { shownFile } from '../attachments/shape.ts';
import { priorities } from '../cases/model.ts';
import { codePattern } from '../kernel/code.ts';
import { areaCode, instant, slug } from '../kernel/schema.ts';

export const code = z.string().check(z.regex(codePattern));

export const flag = z.enum(['true', 'false']);

export const place = z.object({
  point: z.nullable(z.object({ lat: z.number(), lon: z.number() })),
  address: z.nullable(z.string()),
  landmark: z.nullable(z.string()),
  rt: z.nullable(z.string()),
  rw: z.nullable(z.string()),
});
export const named = z.object({ id: z.string(), name: z.string() });
export const flags = z.object({
  anonymous: z.boolean(),
  confidential: z.boolean(),
  oversight: z.boolean(),
  emergency: z.boolean(),
});

/** Another case that this one concerns; the reader may open it. */
const related = z.object({
  code: z.string(),
  state: z.string(),
  stateName: z.string(),
  unit: z.nullable(z.string()),
});
/** Cases that the reader may not see are left out. */
export const relations = z.object({
  mergedInto: z.nullable(related),
  absorbed: z.array(related),
  parent: z.nullable(related),
  parts: z.array(related),
});

/** Where a case lies outside of the city. */
export const outside = z.object({
  body: named,
  reference: z.nullable(z.object({ kind: z.string(), number: z.string() })),
  /** Local day by which the body is asked to answer. */
  answerBy: z.nullable(z.string()),
  answered: z.boolean(),
  /** The number under which it answered. */
  reply: z.nullable(z.string()),
});

export const listed = z.object({
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  seq: z.int(),
  excerpt: z.string(),
  category: z.nullable(named),
  area: z.nullable(named),
  unit: z.nullable(named),
  proposed: z.nullable(named),
  flags,
  filedAt: instant,
  due: z.nullable(instant),
  overdue: z.boolean(),
  origin: z.nullable(z.string()),
  labels: z.array(z.string()),
  priority: z.enum(['normal', ...priorities]),
  /** The highest step of the ladder that it reached. */
  escalation: z.nullable(z.string()),
  assignee: z.nullable(z.string()),
});

/** What a list is narrowed by, all of it at once. */
export const filters = {
  state: z.optional(z.string().check(z.regex(/^[a-zA-Z]{2,32}$/))),
  category: z.optional(slug),
  area: z.optional(areaCode),
  flag: z.optional(z.enum(['anonymous', 'confidential', 'oversight', 'emergency'])),
  origin: z.optional(z.string().check(z.regex(/^[a-zA-Z0-9-]{1,32}$/))),
  label: z.optional(slug),
  priority: z.optional(z.enum(['normal', ...priorities])),
  /** A step of the ladder, or `any`. */
  escalation: z.optional(slug),
};
export const month = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));
export const page = {
  cases: z.array(listed),
  next: z.nullable(z.string()),
  /** False when the read stopped at its bound before the page was full: follow `next`. */
  full: z.boolean(),
};

export const timelineEntry = z.object({
  seq: z.int(),
  type: z.string(),
  at: instant,
  on: instant,
  actor: z.object({
    kind: z.string(),
    id: z.string(),
    role: z.nullable(z.string()),
    unit: z.nullable(z.string()),
    /** The absent colleague whose case it is, or `reporter` for a filing at the counter. */
    onBehalfOf: z.nullable(z.string()),
  }),
  from: z.nullable(z.string()),
  to: z.string(),
  unitTo: z.nullable(z.string()),
  reasonCode: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  texts: z.array(z.object({ audience: z.string(), body: z.string() })),
  files: z.array(z.extend(shownFile, { audience: z.string() })),
  config: z.nullable(z.record(z.string(), z.int())),
});

export const clock = z.object({
  name: z.string(),
  rule: z.string(),
  /** Legal reference of the rule, from the live settings. */
  reference: z.nullable(z.string()),
  owner: z.string(),
  startedAt: instant,
  due: instant,
  pausedAt: z.nullable(instant),
  doneAt: z.nullable(instant),
});

export const personId = z.string().check(z.regex(/^[a-z0-9-]{3,64}$/));
export const result = z.union([
  z.object({ code: z.string(), result: z.literal('done'), seq: z.int(), state: z.string() }),
  z.object({ code: z.string(), result: z.literal('refused'), problem: z.string(), title: z.string() }),
  /** The time was up before its turn: repeat the same call with the same key. */
  z.object({ code: z.string(), result: z.literal('notReached') }),
]);

export const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });
