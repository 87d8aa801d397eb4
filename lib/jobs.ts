/** What starts a job, and how it is bounded. Every consumer is bounded by its mapping, not by reservations. */
export type Trigger =
  | {
      /** The case table's stream, new and changed case items only; one shard in order. */
      readonly on: 'stream';
      /** New and changed items beside those of cases, by the beginning of their sort key. */
      readonly also?: readonly string[];
      readonly batch: number;
      /** Batches of one shard at once, each with its own partition keys. */
      readonly parallel: number;
      readonly retries: number;
      /** A record older than this goes to the dead letters; the table, not the stream, heals (streams keep 24 h). */
      readonly maxAgeSeconds: number;
    }
  | {
      /** A queue behind the topic `case-events`, with raw messages that pass the filter. */
      readonly on: 'topic';
      readonly filter: Readonly<Record<string, { readonly exists: true } | { readonly above: number }>>;
      readonly batch: number;
      /** How long a batch may wait to become one; nothing is waited for unless this is given. */
      readonly windowSeconds?: number;
      /** Instances at once; 2 is the least that Lambda allows. */
      readonly concurrency: number;
      /** Receives before a message is a dead letter. */
      readonly receives: number;
    }
  | {
      /** A queue behind both: objects that arrive in `incoming`, and messages of the topic that pass the filter. */
      readonly on: 'upload';
      readonly filter: Readonly<Record<string, { readonly exists: true } | { readonly above: number }>>;
      readonly batch: number;
      readonly concurrency: number;
      readonly receives: number;
    }
  | {
      /** A queue behind what SES says of the city's mail. */
      readonly on: 'mail';
      readonly batch: number;
      readonly concurrency: number;
      readonly receives: number;
    }
  | {
      readonly on: 'schedule';
      /** `rate(…)` or `cron(…)`, read in the city's zone. */
      readonly expression: string;
      /** Further tries of a run that failed; at 0 the next run is the retry, and no run becomes a dead letter. */
      readonly retries: number;
    };

export interface Job {
  readonly does: string;
  /** Who is hurt when it fails: the first line of its alarms. */
  readonly hurts: string;
  readonly memory: number;
  readonly timeoutSeconds: number;
  readonly trigger: Trigger;
}

/** Hours of failing that a stream consumer bears by retrying, before the dead letters and `npm run redrive`. */
const patience = { retries: 50, maxAgeSeconds: 6 * 3600 } as const;

/** Everything that runs without a request. One consumer each; what it may touch is in rights.ts. */
export const jobs = {
  relay: {
    does: 'publishes what happened to cases',
    hurts: 'officers and reporters are not told of new events',
    memory: 512,
    timeoutSeconds: 30,
    trigger: { on: 'stream', batch: 50, parallel: 4, ...patience },
  },
  project: {
    does: 'keeps the figures of units',
    hurts: 'executives read figures that lag behind',
    memory: 512,
    timeoutSeconds: 60,
    // Who joins a case is counted, by the same reader of the stream.
    trigger: { on: 'stream', also: ['SUP#'], batch: 50, parallel: 2, ...patience },
  },
  deliver: {
    does: 'tells people by their channels',
    hurts: 'officers or reporters miss notices about their cases',
    memory: 512,
    timeoutSeconds: 60,
    // Events carry a severity, and so does what is told again to citizens alone, which is nobody else's.
    trigger: { on: 'topic', filter: { severity: { exists: true } }, batch: 10, concurrency: 5, receives: 8 },
  },
  parts: {
    does: 'ends a case with the last of its parts, and parts with their case',
    hurts: 'reports whose parts are all done stay open',
    memory: 512,
    timeoutSeconds: 30,
    trigger: { on: 'topic', filter: { relations: { exists: true } }, batch: 10, concurrency: 2, receives: 8 },
  },
  later: {
    does: 'has notices told whose moment has come: the end of quiet hours, another try',
    hurts: 'citizens are not told what waited for the morning',
    memory: 256,
    timeoutSeconds: 60,
    trigger: { on: 'schedule', expression: 'rate(5 minutes)', retries: 0 },
  },
  fanout: {
    does: 'tells the subscribers of announcements, page by page',
    hurts: 'subscribers miss announcements and warnings of danger',
    memory: 512,
    timeoutSeconds: 60,
    // A message is a run of many pages; the second instance is for a warning beside everything else.
    trigger: { on: 'topic', filter: { sending: { exists: true } }, batch: 1, concurrency: 2, receives: 8 },
  },
  rounds: {
    does: 'begins and wakes sendings: new ones, daily digests, those that wait or broke off',
    hurts: 'announcements, warnings and digests do not leave; addresses are not confirmed',
    memory: 256,
    timeoutSeconds: 55,
    trigger: { on: 'schedule', expression: 'rate(1 minute)', retries: 0 },
  },
  feedback: {
    does: 'hears what became of mail',
    hurts: 'mail goes to closed addresses, and nobody knows whether reporters were reached',
    memory: 256,
    timeoutSeconds: 30,
    trigger: { on: 'mail', batch: 10, concurrency: 2, receives: 8 },
  },
  archive: {
    does: 'moves old events out of case items',
    hurts: 'officers get refusals on cases with long timelines',
    memory: 512,
    timeoutSeconds: 30,
    trigger: { on: 'topic', filter: { inline: { above: 8 } }, batch: 10, concurrency: 2, receives: 8 },
  },
  index: {
    does: 'keeps the words by which cases are found',
    hurts: 'staff and public do not find new reports by words; withdrawn words may still find a report',
    memory: 512,
    timeoutSeconds: 60,
    // Steps that follow each other closely are one run and one change of the index.
    trigger: {
      on: 'topic',
      filter: { event: { exists: true } },
      batch: 50,
      windowSeconds: 1,
      concurrency: 2,
      receives: 8,
    },
  },
  'inspect-photo': {
    does: 'inspects uploads that cases name, and makes what is served of them',
    hurts: 'photos of reporters and officers stay unseen',
    memory: 512,
    timeoutSeconds: 30,
    // One file at a time: the largest photo takes most of the memory.
    trigger: { on: 'upload', filter: { files: { exists: true } }, batch: 1, concurrency: 5, receives: 6 },
  },
  publish: {
    does: 'keeps the public list and map',
    hurts:
      'what was taken down may still stand in the public list; newly published reports are missing there',
    memory: 512,
    timeoutSeconds: 30,
    trigger: { on: 'topic', filter: { published: { exists: true } }, batch: 10, concurrency: 2, receives: 8 },
  },
  export: {
    does: 'writes registers into files that staff asked for',
    hurts: 'offices wait for registers that they asked for',
    memory: 1024,
    // A long register is written in several runs: one asks for the next (docs/adr/0160-exports.md).
    timeoutSeconds: 120,
    trigger: { on: 'topic', filter: { export: { exists: true } }, batch: 1, concurrency: 2, receives: 4 },
  },
  announce: {
    does: 'has subscribers told of announcements whose moment has come, and reads warnings of other bodies',
    hurts: 'subscribers are not told of scheduled announcements; warnings of other bodies are missed',
    memory: 512,
    timeoutSeconds: 55,
    trigger: { on: 'schedule', expression: 'rate(1 minute)', retries: 0 },
  },
  sweep: {
    does: 'takes the steps that became due',
    hurts: 'reminders, escalations and deadlines of all citizens stand still',
    memory: 512,
    timeoutSeconds: 55,
    trigger: { on: 'schedule', expression: 'rate(1 minute)', retries: 0 },
  },
  recompute: {
    does: 'computes open cases anew after deadlines changed',
    hurts: 'citizens and units see deadlines that the city no longer sets',
    memory: 512,
    // Shorter than the pause between two runs, so that no two of them are under way.
    timeoutSeconds: 290,
    trigger: { on: 'schedule', expression: 'rate(5 minutes)', retries: 0 },
  },
  availability: {
    does: 'looks whether the apps of the directory are there',
    hurts: 'citizens are sent to apps that are gone, and their owners do not hear of it',
    memory: 512,
    timeoutSeconds: 290,
    trigger: { on: 'schedule', expression: 'rate(10 minutes)', retries: 0 },
  },
  digest: {
    does: 'sends the morning list of due and overdue cases',
    hurts: 'heads of units and executives do not get their morning list',
    memory: 512,
    timeoutSeconds: 300,
    trigger: { on: 'schedule', expression: 'cron(30 7 * * ? *)', retries: 2 },
  },
  reconcile: {
    does: 'compares the table with what its readers have seen',
    hurts: 'notices and figures lost in an outage stay lost',
    memory: 1024,
    timeoutSeconds: 900,
    trigger: { on: 'schedule', expression: 'cron(10 2 * * ? *)', retries: 1 },
  },
} as const satisfies Readonly<Record<string, Job>>;

export type JobName = keyof typeof jobs;
export const jobNames = Object.keys(jobs) as readonly JobName[];
export const jobOf = (name: JobName): Job => jobs[name];
