import * as z from 'zod/mini';
import { positions } from '../city/positions.ts';
import { roadClasses } from '../city/schema.ts';
import { roles } from '../kernel/contract.ts';
import { areaCode, day, instant, point, slug } from '../kernel/schema.ts';
import { clockState } from './clock/clock.ts';

/** Who may read an event, a text or a file. `code`: by tracking code alone; `reporter`: with PIN or account. */
export const audiences = ['public', 'code', 'reporter', 'staff'] as const;
export type Audience = (typeof audiences)[number];

/** Whom an event is told to; of deadlines executives hear by their daily digest only. */
export const recipients = [
  'unit',
  'formerUnit',
  'assignee',
  'coordinators',
  'validators',
  'reporter',
  'head',
  'sekda',
  'mayor',
  'supporters',
  /** Who gave the instruction that was answered. */
  'instructor',
  /** Whoever the rota calls outside of office hours. */
  'duty',
] as const;
export type Recipient = (typeof recipients)[number];

export const actorRef = z.object({
  kind: z.enum(['anonymous', 'citizen', 'holder', 'staff', 'system']),
  /** Pseudonym: staff id, keyed hash of a citizen's subject, `routing`, `sweep`. Never a name. */
  id: z.string(),
  role: z.optional(z.enum(roles)),
  unit: z.optional(slug),
  position: z.optional(z.enum(positions)),
  onBehalfOf: z.optional(z.string()),
});
export type ActorRef = z.output<typeof actorRef>;

export const eventVersion = 1;
/** One thing that happened to a case. `at`: recorded; `on`: effective, never after `at`. */
export const caseEvent = z.object({
  v: z.literal(eventVersion),
  seq: z.int(),
  commandId: z.string(),
  /** Keyed hash of the canonical command, without contact: tells a retry from a reused key. */
  fingerprint: z.string(),
  type: z.string(),
  at: instant,
  on: instant,
  actor: actorRef,
  from: z.optional(z.string()),
  to: z.string(),
  unitFrom: z.optional(slug),
  unitTo: z.optional(slug),
  outcome: z.optional(z.string()),
  reasonCode: z.optional(z.string()),
  /** Further facts of the action, by its own schema: a promised date, a suggested unit, a category. */
  facts: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  texts: z.array(z.object({ id: z.string(), audience: z.enum(audiences) })),
  files: z.optional(z.array(z.object({ id: z.string(), audience: z.enum(audiences) }))),
  /** Told of it beside those whom its action names. */
  tells: z.optional(z.array(z.enum(recipients))),
  /** Words that it overwrote. */
  redacts: z.optional(z.array(z.string())),
  /** The clocks that this event changed, as they stand after it. */
  clocks: z.optional(z.record(z.string(), clockState)),
  /** Versions of the settings that decided. */
  config: z.optional(z.record(z.string(), z.int())),
  audience: z.enum(audiences),
});
export type CaseEvent = z.output<typeof caseEvent>;

/** A closed stay of a case with a unit (`triage` included): what the unit is measured on. */
export const custodyInterval = z.object({
  unit: slug,
  from: instant,
  to: z.optional(instant),
  /** `seq` of the event that ended it: a former unit reads up to here. */
  until: z.optional(z.int()),
  /** First reply of this unit that says what will be done and when. */
  respondedAt: z.optional(instant),
  /** Working seconds on the unit's calendar from assignment to that reply. */
  responseTime: z.optional(z.int()),
  /** How it ended: `returned` counts against routing, not the unit. */
  ended: z.optional(z.enum(['assigned', 'returned', 'moved'])),
});
export type CustodyInterval = z.output<typeof custodyInterval>;

/** Levels beside the normal one, which is none. */
export const priorities = ['low', 'high', 'urgent'] as const;

export const caseVersion = 1;
export const caseRecord = z.object({
  v: z.literal(caseVersion),
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  /** Counts events; the ETag. */
  seq: z.int(),
  /** Guards storage; archiving moves it without moving `seq`. */
  rev: z.int(),
  filedAt: instant,
  recordedAt: instant,
  origin: z.string(),
  /** The command that filed it: a retry finds the same case, whatever was archived since. */
  filing: z.object({ id: z.string(), fingerprint: z.string() }),
  /** Keyed hash of the account; absent for the anonymous. */
  reporter: z.optional(z.string()),
  /** Whether an identity record exists under this case's reference. */
  identified: z._default(z.boolean(), false),
  pin: z.object({ version: z.int(), key: z.string() }),
  /** First words of the text, for lists; empty after a redaction. */
  excerpt: z.string(),
  category: z.nullable(slug),
  categoryBy: z.enum(['reporter', 'suggested', 'coordinator', 'none']),
  area: z.nullable(areaCode),
  areaHow: z.string(),
  /** Whose road, when it is about one and somebody said so. */
  roadClass: z.optional(z.enum(roadClasses)),
  point: z.optional(point),
  flags: z.object({
    anonymous: z.boolean(),
    confidential: z.boolean(),
    oversight: z.boolean(),
    emergency: z.boolean(),
  }),
  /** Whom the case is about, when that names a substitute. */
  about: z.optional(slug),
  /** What routing would do, and why. */
  proposal: z.object({
    unit: z.nullable(slug),
    outside: z.nullable(slug),
    rule: z.nullable(slug),
    losers: z.array(z.object({ rule: slug, to: z.string() })),
  }),
  /** The unit in charge; null in triage. `root` is the top of its branch. */
  unit: z.nullable(slug),
  root: z.nullable(slug),
  assignee: z.optional(z.string()),
  /** The unit that validates while the case waits for it. */
  validating: z.optional(slug),
  outcome: z.optional(z.string()),
  bounces: z._default(z.int(), 0),
  clocks: z.record(z.string(), clockState),
  custody: z.array(custodyInterval),
  /** When anything must happen next; null when nothing waits. */
  wakeAt: z.nullable(instant),
  /** The newest events; older ones are items of their own, up to and including `archived`. */
  events: z.array(caseEvent),
  archived: z._default(z.int(), 0),
  /** When it ended; absent while it is open or an objection against its end is being decided. */
  closedAt: z.optional(instant),
  labels: z.optional(z.array(z.string())),
  /** Its reason is a text of the case, by id; a part that took the level over has none of its own. */
  priority: z.optional(z.object({ level: z.enum(priorities), text: z.optional(z.string()) })),
  /** Given by executives and not answered yet: the event of each, who gave it, and the local day by which. */
  instructions: z.optional(z.array(z.object({ seq: z.int(), by: z.string(), due: day }))),
  /** The highest step of the ladder that a clock which still runs has reached. */
  escalation: z.optional(slug),
  /** Public now: its words are `text`, an item of this case; the files are those that were released. */
  public: z.optional(z.object({ at: instant, text: z.string(), files: z.array(z.string()) })),
  /** First published, and how often since: stays after a takedown, since the public copy lies by it. */
  published: z.optional(z.object({ at: instant, versions: z.int() })),
  /** Codes of the case that it was merged into, of those merged into it, of the one it is a part of, of its parts. */
  mergedInto: z.optional(z.string()),
  absorbed: z.optional(z.array(z.string())),
  parent: z.optional(z.string()),
  children: z.optional(z.array(z.string())),
  /** Kind-specific, own schema; staff add nothing beyond `dataLimit` (cases/change.ts). */
  data: z._default(z.record(z.string(), z.unknown()), {}),
});
export type CaseRecord = z.output<typeof caseRecord>;

/** What lists show: projected into every index. */
export const caseRow = z.object({
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  seq: z.int(),
  excerpt: z.string(),
  category: z.nullable(slug),
  area: z.nullable(areaCode),
  unit: z.nullable(slug),
  assignee: z.optional(z.string()),
  validating: z.optional(slug),
  /** Letters: `a`nonymous, `c`onfidential, `o`versight, `e`mergency. */
  flags: z.string(),
  about: z.optional(slug),
  proposed: z.optional(slug),
  filedAt: instant,
  /** Earliest running deadline of whoever works on it. */
  due: z.nullable(instant),
  /** What the citizen is promised. */
  promised: z.optional(instant),
  origin: z.optional(z.string()),
  roadClass: z.optional(z.enum(roadClasses)),
  labels: z.optional(z.array(z.string())),
  priority: z.optional(z.enum(priorities)),
  /** The highest step of the ladder that it reached. */
  escalation: z.optional(slug),
  /** Waits for its reporter: to complete the data, or to answer a question. */
  waiting: z.optional(z.literal(true)),
  /** A part of another case, which nobody reported by itself. */
  part: z.optional(z.literal(true)),
  /** Where it is, to some ten metres: what may be a report of the same thing. */
  at: z.optional(point),
  /** Codes of the reports that it took in. */
  absorbed: z.optional(z.array(z.string())),
});
export type CaseRow = z.output<typeof caseRow>;

/** Words that a person wrote. Overwritten by a redaction; everything derived from it follows. */
export const caseText = z.object({
  v: z.literal(1),
  /** Id and fingerprint of the command that wrote them. */
  id: z.string(),
  fingerprint: z.string(),
  audience: z.enum(audiences),
  body: z.string(),
  /** Where it happened, as written. */
  place: z.optional(
    z.object({
      address: z.optional(z.string()),
      landmark: z.optional(z.string()),
      rt: z.optional(z.string()),
      rw: z.optional(z.string()),
    }),
  ),
  at: instant,
  redacted: z.optional(z.boolean()),
});
export type CaseText = z.output<typeof caseText>;
