import type { StaffActor } from '../cases/actor.ts';
import { type Acted, act, identify } from '../cases/commands.ts';
import { eventOfCommand } from '../cases/timeline.ts';
import type { Application } from '../issued/applications.ts';
import type { Issued } from '../issued/model.ts';
import { numbersFor } from '../issued/number.ts';
import { yearOf } from '../issued/paper.ts';
import { mostOfCase } from '../issued/store.ts';
import { isProblem, type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { parseBody } from '../kernel/request.ts';
import type { products } from './contract.ts';
import { type Found, type FoundDeps, finding } from './found.ts';
import { revoked } from './rules.ts';
import { showStaffProduct } from './shapes.ts';
import { type TakeInDeps, type TakenIn, takeIn, withoutSecrets } from './take-in.ts';

type Operations = (typeof products)['operations'];

export interface IssuingDeps extends FoundDeps, TakeInDeps {
  /** Without a final slash. */
  readonly publicUrl: string;
}

interface Command {
  readonly id: string;
  readonly fingerprint: string;
}

/** A document that somebody else changed in between is looked at again this often. */
const attempts = 4;

/** Documents that come, and what takes their place. */
export const issuing = (deps: IssuingDeps) => {
  const find = finding(deps);

  const numbers = (keys: Keys, { record, city }: Application, id: string): Iterable<string> =>
    numbersFor(
      keys.first('code'),
      record.root ?? record.unit ?? 'kota',
      yearOf(deps.now(), city.profile.zone),
      id,
    );

  /** What this very command made in an earlier try. @throws Problem keyReused */
  const madeBefore = async (
    keys: Keys,
    application: Application,
    command: Command,
  ): Promise<Issued | undefined> => {
    for (const number of numbers(keys, application, command.id)) {
      const there = await deps.issued.read(number);
      if (there === undefined) return undefined;
      if (there.command.id !== command.id) continue;
      if (there.command.fingerprint !== command.fingerprint) throw problem('keyReused');
      return there;
    }
    return undefined;
  };

  const newProduct = (
    { record, service }: Application,
    number: string,
    command: Command,
    taken: TakenIn,
    actor: StaffActor,
    more: Pick<Issued, 'state'> & Partial<Issued>,
  ): Issued => {
    const at = deps.now();
    return {
      v: 1,
      rev: 1,
      number,
      command,
      name: service.product.name,
      case: record.code,
      service: service.code,
      unit: record.unit ?? service.unit,
      issuedAt: at,
      history: [{ at, what: more.state === 'prepared' ? 'prepared' : 'issued', by: actor.id }],
      ...taken,
      ...more,
    };
  };

  /** Puts it under the first of its numbers that is free. @throws Problem fileIssuedAlready, busy */
  const put = async (
    keys: Keys,
    application: Application,
    command: Command,
    write: (number: string) => Promise<Awaited<ReturnType<FoundDeps['issued']['create']>>>,
  ): Promise<void> => {
    for (const number of numbers(keys, application, command.id)) {
      const written = await write(number);
      if (written.done || written.holder?.command.id === command.id) return;
      if (written.holder === undefined) throw problem('fileIssuedAlready');
    }
    throw problem('busy', { retryAfter: 1 });
  };

  /** The case's own event, which its applicant is told of. */
  const tell = (
    { idempotencyKey, ...call }: TellingCall,
    code: string,
    action: string,
    body: Readonly<Record<string, string>>,
  ): Promise<Acted> =>
    act(deps, call.actor, {
      code,
      action,
      body,
      parse: (spec) => parseBody(spec.input, body, call.language) as Readonly<Record<string, unknown>>,
      look: async () => ({}),
      idempotencyKey,
      apart: true,
      ...(call.ifMatch < 0 ? {} : { ifMatch: call.ifMatch }),
    });

  const shown = async (number: string, { actor, language }: TellingCall, seq: number) => {
    const product = await deps.issued.read(number);
    if (product === undefined) throw new Error('a document that was just written is gone');
    return {
      body: { product: showStaffProduct(product, product.state, deps.publicUrl, language, actor), seq },
    };
  };

  /** Only what is issued can be revoked; what the case issued and a crash left as prepared is brought there first. */
  const standing = async (actor: StaffActor, text: string): Promise<Found> => {
    const found = await find.product(actor, text);
    const all = await find.settle(found.record);
    return { ...found, product: all.find(({ number }) => number === found.product.number) ?? found.product };
  };

  return {
    issueProduct: async (call: Call<Operations['issueProduct'], StaffActor>) => {
      const { actor, idempotencyKey, ifMatch, input } = call;
      const { document, name, more } = input.body;
      const application = await find.ofStaff(actor, input.params.code);
      const { record, city, service } = application;
      const { code } = record;
      const keys = await deps.keys();
      const command = identify(keys, actor, idempotencyKey, {
        ...{ code, action: 'issueProduct', name, more },
        document: withoutSecrets(document),
      });
      if ((await madeBefore(keys, application, command)) === undefined) {
        find.mustBeAble(application, actor, 'issue');
        if (record.seq !== ifMatch)
          throw problem('staleVersion', { extra: { seq: record.seq, state: record.state } });
        if ((await deps.issued.ofCase(code)).length >= mostOfCase) throw problem('tooManyDocuments');
        const now = deps.now();
        const taken = await takeIn(deps, document, { city, service, code, actor, keys, now });
        await put(keys, application, command, (number) =>
          deps.issued.create(
            newProduct(application, number, command, taken, actor, {
              state: 'prepared',
              ...(name === undefined ? {} : { name }),
              ...(more === true ? { withLast: more } : {}),
            }),
            true,
          ),
        );
      }
      const made = await madeBefore(keys, application, command);
      if (made === undefined) throw new Error('a document that was just written is gone');
      if (more === true) return shown(made.number, call, record.seq);
      const { seq } = await tell(call, code, 'issue', { product: made.number }).catch(
        async (refusal: unknown) => {
          // Its case took another turn meanwhile: what nobody was told of is not left lying about.
          if (isProblem(refusal) && refusal.code !== 'busy') await deps.issued.drop(made);
          throw refusal;
        },
      );
      const issued = await deps.store.read(code);
      if (issued !== undefined) await find.settle(issued);
      return shown(made.number, call, seq);
    },

    revokeProduct: async (call: Call<Operations['revokeProduct'], StaffActor>) => {
      const { actor, idempotencyKey, input } = call;
      const { reason } = input.body;
      const keys = await deps.keys();
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const found = await standing(actor, input.params.number);
        const { product, record } = found;
        const { id } = identify(keys, actor, idempotencyKey, {});
        if (product.revokedBy !== id) {
          find.mustBeAble(found, actor, 'revokeProduct');
          if (product.state !== 'issued') throw problem('notIssued');
          // The same key for another document: nothing may be revoked that its case is not told of.
          if ((await eventOfCommand(deps.store, record, id)) !== undefined) throw problem('keyReused');
          const gone = revoked(product, { command: id, reason, by: actor.id, at: deps.now() });
          if (!(await deps.issued.change(gone))) continue;
        } else if (product.reason !== reason) throw problem('keyReused');
        const { seq } = await tell(call, record.code, 'revokeProduct', { product: product.number });
        return shown(product.number, call, seq);
      }
      throw problem('busy', { retryAfter: 1 });
    },

    reissueProduct: async (call: Call<Operations['reissueProduct'], StaffActor>) => {
      const { actor, idempotencyKey, input } = call;
      const { reason, document } = input.body;
      const keys = await deps.keys();
      const old = await standing(actor, input.params.number);
      const { record, city, service, product } = old;
      const { code } = record;
      const command = identify(keys, actor, idempotencyKey, {
        ...{ code, action: 'reissueProduct', number: product.number, reason },
        document: withoutSecrets(document),
      });
      if (product.revokedBy !== command.id) {
        find.mustBeAble(old, actor, 'reissueProduct');
        if (product.state !== 'issued') throw problem('notIssued');
        if ((await deps.issued.ofCase(code)).length >= mostOfCase) throw problem('tooManyDocuments');
        const now = deps.now();
        const taken = await takeIn(deps, document, { city, service, code, actor, keys, now });
        await put(keys, old, command, async (number) => {
          const gone = { command: command.id, reason, successor: number, by: actor.id, at: now };
          const next = newProduct(old, number, command, taken, actor, {
            state: 'issued',
            name: product.name,
            predecessor: product.number,
          });
          const written = await deps.issued.replace(revoked(product, gone), next);
          if (written === 'stale') throw problem('busy', { retryAfter: 1 });
          return written;
        });
      }
      const made = await madeBefore(keys, old, command);
      if (made === undefined) throw new Error('a document that was just written is gone');
      const { seq } = await tell(call, code, 'reissueProduct', {
        product: made.number,
        replaced: product.number,
      });
      return shown(made.number, call, seq);
    },
  };
};

interface TellingCall {
  readonly actor: StaffActor;
  readonly language: Language;
  readonly idempotencyKey: string;
  readonly ifMatch: number;
}
