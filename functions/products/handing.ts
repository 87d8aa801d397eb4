import type { CitizenActor, StaffActor } from '../cases/actor.ts';
import { act } from '../cases/commands.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Application, Opened } from '../issued/applications.ts';
import type { Issued } from '../issued/model.ts';
import { stateOf } from '../issued/state.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { parseBody } from '../kernel/request.ts';
import type { products } from './contract.ts';
import { type FoundDeps, finding } from './found.ts';
import { linkSeconds, type Objects } from './objects.ts';
import { handedOver, opened } from './rules.ts';
import { showProduct, showStaffProduct } from './shapes.ts';

type Operations = (typeof products)['operations'];

export interface HandingDeps extends FoundDeps {
  readonly objects: Pick<Objects, 'link'>;
  /** Without a final slash. */
  readonly publicUrl: string;
}

const attempts = 4;

/** Documents as staff and applicants see and fetch them. */
export const handing = (deps: HandingDeps) => {
  const find = finding(deps);

  const fetchedOf = (product: Issued) => {
    if (product.link !== undefined) return { body: { url: product.link, expiresIn: null } };
    if (product.digest === undefined) throw new Error('a document with neither file nor link');
    return {
      body: { url: deps.objects.link(product.digest, product.number, deps.now()), expiresIn: linkSeconds },
    };
  };

  /** What was issued to the applicant, revoked documents too, since they may still hold one. */
  const listed = async ({ record }: Application, language: Language) => {
    const all = await find.settle(record);
    const shown = all.filter(({ state }) => state !== 'prepared');
    return {
      body: { products: shown.map((one) => showProduct(one, one.state, deps.publicUrl, language)) },
    };
  };

  /** The applicant's own document, which has not been revoked; that it was fetched is noted once. */
  const fetchedBy = async ({ record }: Application, text: string) => {
    const product = await find.numbered(text);
    if (product.case !== record.code) throw problem('notFound');
    const state = stateOf(product, record);
    if (state === 'prepared') throw problem('notFound');
    if (state === 'revoked') throw problem('notIssued');
    const noted = product.state === 'issued' ? opened(product, deps.now()) : undefined;
    // Who changed it meanwhile is before us; the next look notes it.
    if (noted !== undefined) await deps.issued.change(noted);
    return fetchedOf(product);
  };

  /** The case's own event: the same however often it is told. */
  const tell = async (actor: StaffActor, language: Language, { number, case: code }: Issued, to: string) => {
    const body = { product: number, to };
    await act(deps, actor, {
      code,
      action: 'handOverProduct',
      body,
      parse: (spec) => parseBody(spec.input, body, language) as Readonly<Record<string, unknown>>,
      look: async () => ({}),
      idempotencyKey: `handover|${number}`,
      apart: true,
    });
  };

  const stateIn = (record: CaseRecord) => (product: Issued) => stateOf(product, record);

  return {
    caseProducts: async (call: Call<Operations['caseProducts'], StaffActor>) => {
      const { record } = await find.ofStaff(call.actor, call.input.params.code);
      const state = stateIn(record);
      const all = await deps.issued.ofCase(record.code);
      return {
        body: {
          products: all.map((one) =>
            showStaffProduct(one, state(one), deps.publicUrl, call.language, call.actor),
          ),
        },
      };
    },

    productFile: async (call: Call<Operations['productFile'], StaffActor>) => {
      const found = await find.product(call.actor, call.input.params.number);
      find.mustHandle(found, call.actor);
      return fetchedOf(found.product);
    },

    dropProduct: async (call: Call<Operations['dropProduct'], StaffActor>) => {
      const found = await find.product(call.actor, call.input.params.number);
      find.mustBeAble(found, call.actor, 'issue');
      if (stateOf(found.product, found.record) !== 'prepared') throw problem('wrongState');
      if (!(await deps.issued.drop(found.product))) throw problem('conflict');
      return { body: undefined };
    },

    handOverProduct: async (call: Call<Operations['handOverProduct'], StaffActor>) => {
      const { actor, language, input } = call;
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const found = await find.product(actor, input.params.number);
        find.mustBeAble(found, actor, 'handOverProduct');
        const all = await find.settle(found.record);
        const product = all.find(({ number }) => number === found.product.number);
        if (product?.state !== 'issued') throw problem('notIssued');
        const { to } = input.body;
        const next =
          product.handedOver === undefined ? handedOver(product, to, actor.id, deps.now()) : product;
        if (next !== product && !(await deps.issued.change(next))) continue;
        const last = next.history.findLast(({ what }) => what === 'handedOver');
        // Once, by whoever recorded it; their retry ends what a crash left open.
        if (last?.by === actor.id) await tell(actor, language, next, last.note ?? to);
        return { body: { product: showStaffProduct(next, next.state, deps.publicUrl, language, actor) } };
      }
      throw problem('busy', { retryAfter: 1 });
    },

    ownProducts: async (call: Call<Operations['ownProducts'], Opened>) =>
      listed(await find.ofHolder(call.actor, call.input.params.code), call.language),
    myProducts: async (call: Call<Operations['myProducts'], CitizenActor>) =>
      listed(await find.ofCitizen(call.actor, call.input.params.code), call.language),

    ownProductFile: async ({ actor, input: { params } }: Call<Operations['ownProductFile'], Opened>) =>
      fetchedBy(await find.ofHolder(actor, params.code), params.number),
    myProductFile: async ({ actor, input: { params } }: Call<Operations['myProductFile'], CitizenActor>) =>
      fetchedBy(await find.ofCitizen(actor, params.code), params.number),
  };
};
