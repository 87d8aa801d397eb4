import type { AnonymousActor, CitizenActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import type { CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import type { CaseStore } from '../cases/store.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { keyedHash } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, type Instant, toSeconds } from '../kernel/time.ts';
import { conceal, reveal } from '../kernel/token.ts';
import { supporterRef } from '../people/book.ts';
import type { Contact } from '../people/identity.ts';
import { readJoinRef } from '../people/join-ref.ts';
import type { Supporter, SupporterStore } from '../people/supporters.ts';
import type { joins } from './contract.ts';
import { type Joiner, refusalOf, supporterId } from './rules.ts';

type Operations = (typeof joins)['operations'];

const pageSize = 25;
/** A supporter who changes their mind from two phones at once is tried again this often. */
const attempts = 4;

export interface JoinDeps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read' | 'readMany'>;
  readonly supporters: SupporterStore;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly kinds: Readonly<Record<string, CaseKind>>;
  /** Keeps who somebody is under a reference. */
  readonly identify: (ref: string, contact: Contact, at: Instant) => Promise<void>;
  /** Joins per address or account. */
  readonly quota: Quota;
}

const isEmpty = (contact: Contact | undefined): boolean =>
  contact === undefined || Object.values(contact).every((value) => value === undefined);

export const operations = (deps: JoinDeps) => {
  const stateName = ({ kind, state }: CaseRecord, language: Language): string =>
    deps.kinds[kind]?.states[state]?.names[language] ?? state;

  /**
   * One put per supporter, then the identity. Who joins a second time, by another key too, is the supporter that
   * stands there; who had left comes back. Killed in between, a retry with the same key ends what is missing.
   */
  const join = async (ref: string, joiner: Joiner, quota: string, language: Language) => {
    const [keys, now] = [await deps.keys(), deps.now()];
    const code = readJoinRef(keys, ref, toSeconds(now));
    if (code === undefined) throw problem('joinExpired');
    const record = await deps.store.read(code);
    const id = supporterId(keys, code, joiner);
    const refusal = refusalOf(record, joiner.citizen);
    if (record === undefined || refusal !== undefined) throw problem(refusal ?? 'notJoinable');
    await countAgainst(deps.table, quota, deps.quota, now);
    const wanted: Supporter = {
      v: 1,
      id,
      code,
      ...(joiner.citizen === undefined ? {} : { citizen: joiner.citizen }),
      joinedAt: now,
      rev: 1,
      counted: 0,
    };
    const there = await deps.supporters.put(wanted);
    if (there?.leftAt !== undefined) await stay(there);
    if (joiner.contact !== undefined && !isEmpty(joiner.contact))
      await deps.identify(supporterRef(keys, code, id), joiner.contact, now);
    const counts = await deps.supporters.totals([record]);
    return {
      location: `/v1/track/${code}`,
      body: {
        code,
        joinedAt: there?.joinedAt ?? now,
        state: record.state,
        stateName: stateName(record, language),
        supporters: counts.get(code) ?? 0,
        track: `/v1/track/${code}`,
      },
    };
  };

  const settle = async (first: Supporter, leftAt: Instant | undefined): Promise<void> => {
    let one: Supporter | undefined = first;
    for (let attempt = 0; attempt < attempts && one !== undefined; attempt += 1) {
      if ((one.leftAt === undefined) === (leftAt === undefined)) return;
      if (await deps.supporters.change(one, leftAt)) return;
      one = await deps.supporters.read(first.code, first.id);
    }
    throw problem('busy', { retryAfter: 1 });
  };
  const stay = (one: Supporter): Promise<void> => settle(one, undefined);

  return {
    joinReport: async (call: Call<Operations['joinReport'], AnonymousActor>) => {
      const { ref, contact } = call.input.body;
      const keys = await deps.keys();
      const now = toSeconds(deps.now());
      const { id, fingerprint } = identify(keys, call.actor, call.idempotencyKey, {
        join: readJoinRef(keys, ref, now) ?? null,
        contact: contact ?? null,
      });
      const known = await deps.supporters.remember(id, fingerprint, now);
      if (known !== undefined && known !== fingerprint) throw problem('keyReused');
      const quota = `join#${keyedHash(keys.now('quota'), call.address)}`;
      return join(ref, { contact, commandId: id }, quota, call.language);
    },

    joinMyReport: async (call: Call<Operations['joinMyReport'], CitizenActor>) =>
      join(
        call.input.body.ref,
        { citizen: call.actor.id, commandId: '' },
        `join#${call.actor.id}`,
        call.language,
      ),

    myJoins: async (call: Call<Operations['myJoins'], CitizenActor>) => {
      const keys = await deps.keys();
      const bound = `joins|${call.actor.id}`;
      const { cursor } = call.input.query;
      const after = cursor === undefined ? undefined : reveal(keys, cursor, bound);
      if (cursor !== undefined && after === undefined) throw problem('badCursor');
      const joined = await deps.supporters.ofAccount(call.actor.id, after, pageSize);
      const records = await deps.store.readMany(joined.map(({ code }) => code));
      const last = joined.length === pageSize ? joined.at(-1)?.sort : undefined;
      return {
        body: {
          reports: joined.map(({ code, joinedAt }) => {
            const record = records.get(code);
            const known = record === undefined || isSecret(record) ? undefined : record;
            return {
              code,
              joinedAt,
              state: known?.state ?? null,
              stateName: known === undefined ? null : stateName(known, call.language),
            };
          }),
          next: last === undefined ? null : conceal(keys, last, bound),
        },
      };
    },

    leaveReport: async (call: Call<Operations['leaveReport'], CitizenActor>) => {
      const { code } = call.input.params;
      const id = supporterId(await deps.keys(), code, { citizen: call.actor.id, commandId: '' });
      const one = await deps.supporters.read(code, id);
      if (one === undefined) throw problem('notFound');
      await settle(one, deps.now());
      return { body: undefined };
    },
  };
};
