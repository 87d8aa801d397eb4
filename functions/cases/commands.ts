import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock, Instant } from '../kernel/time.ts';
import { visibleTo } from './access.ts';
import type { Actor } from './actor.ts';
import type { Alongside } from './alongside.ts';
import { canonical } from './canonical.ts';
import { isReporter, step, subjectOf } from './engine.ts';
import type { CaseEvent, CaseRecord } from './model.ts';
import type { CaseStore } from './store.ts';
import { eventOfCommand } from './timeline.ts';
import type { ActionSpec, Looked, Workflow } from './workflow.ts';

/** A write that lost to another one is tried again on the newer case at most this often. */
const attempts = 4;

export interface CommandDeps {
  readonly store: CaseStore;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly workflows: Readonly<Record<string, Workflow>>;
}

/** Who a command's idempotency key belongs to: the same key of two people is two commands. */
const scopeOf = (actor: Actor): string => {
  if (actor.kind === 'citizen') return actor.scope;
  return actor.kind === 'holder' ? `holder|${actor.code}` : `${actor.kind}|${actor.id}`;
};

/** Identity of a command and of its content. `content` leaves contact data out. */
export const identify = (keys: Keys, actor: Actor, key: string, content: unknown) => ({
  id: keyedHash(keys.first('command'), scopeOf(actor), key),
  fingerprint: keyedHash(keys.first('command'), 'content', canonical(content)),
});

type Fields = Readonly<Record<string, unknown>>;

export interface ActInput {
  readonly code: string;
  readonly action: string;
  /** As it came; `parse` reads it by the action's own schema, which depends on the kind of the case. */
  readonly body: Fields;
  readonly parse: (action: ActionSpec) => Fields;
  /** Facts that a pure decision needs, such as the person named. */
  readonly look: (input: Fields, record: CaseRecord) => Promise<Looked>;
  readonly idempotencyKey: string;
  /** The version that the caller saw; absent when the operation minds no change in between. */
  readonly ifMatch?: number;
  /** By the action's own operation. */
  readonly apart?: true;
  /** Of an action that changes other cases too: what is written together with this one. */
  readonly beside?: (given: Besides) => Promise<Beside>;
  /** Cases that follow what this step makes of the case. */
  readonly along?: Alongside;
}

/** An action about to be taken on a case. */
export interface Besides {
  readonly record: CaseRecord;
  readonly input: Fields;
  readonly city: City;
  readonly now: Instant;
  readonly command: { readonly id: string; readonly fingerprint: string };
}

/** The other halves, one step further than they were read, and new cases. */
export interface Beside {
  readonly looked: Looked;
  readonly changed: readonly CaseRecord[];
  readonly created: readonly CaseRecord[];
}

/** What a command answers: from its event, so that a retry gets the first answer. */
export interface Acted {
  readonly code: string;
  readonly seq: number;
  readonly state: string;
  /** When it was recorded. */
  readonly at: Instant;
  readonly facts: CaseEvent['facts'];
}

const actedBy = (code: string, event: CaseEvent): Acted => ({
  code,
  seq: event.seq,
  state: event.to,
  at: event.at,
  facts: event.facts,
});

/**
 * Takes one action on a case: reads it, steps, writes it once. A repeated key gets the first answer; a stale
 * `If-Match` is refused with what changed meanwhile; a case the actor may not see does not exist.
 * @throws Problem notFound, forbidden, wrongState, staleVersion, keyReused, busy or what the action refuses with
 */
export const act = async (deps: CommandDeps, actor: Actor, input: ActInput): Promise<Acted> => {
  const [keys, city, first] = await Promise.all([deps.keys(), deps.city(), deps.store.read(input.code)]);
  if (first === undefined) throw problem('notFound');
  const command = identify(keys, actor, input.idempotencyKey, {
    code: input.code,
    action: input.action,
    body: input.body,
  });
  const now = deps.now();
  let record: CaseRecord = first;
  let wroteText = false;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const done = await answered(deps.store, record, command);
    if (done !== undefined) {
      await overwrite(deps.store, input.code, done);
      return actedBy(input.code, done);
    }
    if (!mayKnow(record, actor, city)) throw problem('notFound');
    if (input.ifMatch !== undefined && !isCurrent(deps.workflows[record.kind], record, input.ifMatch))
      throw stale(record, input.ifMatch, actor);
    const workflow = deps.workflows[record.kind];
    const action =
      workflow !== undefined && Object.hasOwn(workflow.actions, input.action)
        ? workflow.actions[input.action]
        : undefined;
    if (workflow === undefined || action === undefined) throw problem('notFound');
    if (action.apart === true && input.apart !== true) throw problem('notFound');
    const parsed = input.parse(action);
    const own = typeof parsed['text'] === 'string' ? parsed['text'] : undefined;
    const text = action.text?.of === undefined ? own : action.text.of(parsed);
    const withText = text !== undefined && action.text !== undefined;
    const beside = await input.beside?.({ record, input: parsed, city, now, command });
    const stepped = step(
      workflow,
      city,
      record,
      { ...command, action: input.action, input: parsed, ...(withText ? { textId: command.id } : {}) },
      actor,
      now,
      beside?.looked ?? (await input.look(parsed, record)),
    );
    if ('refuse' in stepped) throw refused(stepped.refuse, stepped.field);
    if (withText && !wroteText && action.text !== undefined) {
      const { audience } = action.text;
      const { id, fingerprint } = command;
      const known = await deps.store.putText(input.code, {
        v: 1,
        id,
        fingerprint,
        audience,
        body: text,
        at: now,
      });
      if (known !== undefined && known.fingerprint !== fingerprint) throw problem('keyReused');
      wroteText = true;
    }
    const changing = { before: record, after: stepped.record, city, now, command };
    const along = (await input.along?.(changing)) ?? [];
    const meanwhile = await save(deps.store, stepped.record, beside, along);
    if (meanwhile === undefined) {
      await overwrite(deps.store, input.code, stepped.event);
      return actedBy(input.code, stepped.event);
    }
    record = meanwhile;
  }
  throw problem('busy', { retryAfter: 1 });
};

/** @returns the case as it stands meanwhile, when it or another half was changed by somebody else */
const save = async (
  store: CaseStore,
  record: CaseRecord,
  beside: Beside | undefined,
  along: readonly CaseRecord[],
): Promise<CaseRecord | undefined> => {
  if (beside === undefined && along.length === 0) return store.save(record);
  const { changed = [], created = [] } = beside ?? {};
  if (await store.saveTogether([record, ...changed, ...along], created)) return undefined;
  const meanwhile = await store.read(record.code);
  if (meanwhile === undefined) throw new Error('the case is gone');
  return meanwhile;
};

/** Whether nothing happened since `seen` but what is quiet. */
const isCurrent = (workflow: Workflow | undefined, record: CaseRecord, seen: number): boolean => {
  if (record.seq === seen) return true;
  const since = record.events.filter((event) => event.seq > seen);
  const quiet = Object.values(workflow?.actions ?? {}).flatMap((a) => (a.quiet === true ? [a.event] : []));
  return since.length === record.seq - seen && since.every((event) => quiet.includes(event.type));
};

const mayKnow = (record: CaseRecord, actor: Actor, city: City): boolean => {
  if (actor.kind === 'system') return true;
  return actor.kind === 'staff'
    ? visibleTo(subjectOf(record), actor, city.substitutes)
    : isReporter(actor, record);
};

/** Words that an event redacted: after the case says so, and again on every retry, so that a crash between heals. */
const overwrite = async (store: CaseStore, code: string, { redacts = [] }: CaseEvent): Promise<void> => {
  for (const id of redacts) await store.redactText(code, id);
};

const refused = (code: Parameters<typeof problem>[0], field: string | undefined) =>
  problem(code, {
    ...(field === undefined ? {} : { fields: [{ field: `/${field}`, problem: code }] }),
    ...(code === 'busy' ? { retryAfter: 2 } : {}),
  });

/** The event that this command already made, ahead of `If-Match`. */
const answered = async (
  store: CaseStore,
  record: CaseRecord,
  command: { readonly id: string; readonly fingerprint: string },
): Promise<CaseEvent | undefined> => {
  const event = await eventOfCommand(store, record, command.id);
  if (event === undefined) return undefined;
  if (event.fingerprint !== command.fingerprint) throw problem('keyReused');
  return event;
};

/** Two officers at once: the second is shown what the first did. */
const stale = (record: CaseRecord, seen: number, actor: Actor) =>
  problem('staleVersion', {
    extra: {
      seq: record.seq,
      state: record.state,
      changes:
        actor.kind === 'staff'
          ? record.events
              .filter((event) => event.seq > seen)
              .map((event) => ({
                seq: event.seq,
                type: event.type,
                at: event.at,
                to: event.to,
                role: event.actor.role ?? event.actor.kind,
                unit: event.actor.unit ?? null,
              }))
          : [],
    },
  });
