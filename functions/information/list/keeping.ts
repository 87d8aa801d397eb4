import { newId } from '../../attachments/file-id.ts';
import type { LinkDeps as FileLinks } from '../../attachments/links.ts';
import { incomingKey } from '../../attachments/model.ts';
import { presignPost } from '../../attachments/sign.ts';
import type { FileStore } from '../../attachments/store.ts';
import { judgeType } from '../../attachments/types.ts';
import type { StaffActor } from '../../cases/actor.ts';
import { identify } from '../../cases/commands.ts';
import { today } from '../../cases/common/facts.ts';
import type { City } from '../../city/schema.ts';
import type { Output } from '../../kernel/contract.ts';
import { type ErrorCode, problem } from '../../kernel/errors.ts';
import type { Call } from '../../kernel/http.ts';
import type { Keys } from '../../kernel/keys.ts';
import { countAgainst, type Quota } from '../../kernel/quota.ts';
import type { Table } from '../../kernel/table.ts';
import type { Clock } from '../../kernel/time.ts';
import { seal, unseal } from '../../kernel/token.ts';
import type { information } from '../contract.ts';
import { filesOf, readable } from './files.ts';
import { newestFirst, pageOf } from './lines.ts';
import type { ItemBody, ListItem } from './model.ts';
import { changedItem, itemsLimit, mayEdit, mayPublish, misshapen, unpublishable } from './rules.ts';
import type { ListStore } from './store.ts';

type Operations = (typeof information)['operations'];
type Kept = Output<Operations['readInformationItem']>;

/** Seconds that a form may be used: a document over a slow line. */
const formSeconds = 600;
const uploadsPerHour: Quota = { limit: 100, seconds: 3600 };

export interface KeepingDeps {
  readonly table: Table;
  readonly items: ListStore;
  readonly files: Pick<FileStore, 'read' | 'claim'>;
  readonly links: FileLinks;
  /** Bucket where uploads arrive. */
  readonly incoming: string;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

const wrong = (code: ErrorCode, field: string) => problem(code, { fields: [{ field, problem: code }] });

/** What those do who keep the list. */
export const keepingOperations = (deps: KeepingDeps) => {
  const keptOf = async ({ body, v: _, command: __, ...item }: ListItem): Promise<Kept> => ({
    ...item,
    ...body,
    firstAt: item.firstAt ?? null,
    reason: item.reason ?? null,
    readable: [...readable(await filesOf(deps.files, body.files))],
  });

  /** @throws Problem unknownUnit, consequenceTestMissing, unknownFile, forbidden */
  const check = async (actor: StaffActor, body: ItemBody): Promise<void> => {
    const city = await deps.city();
    const not = misshapen(city, body, today(city, deps.now()));
    if (not !== undefined) throw wrong(not.code, not.field);
    if (!mayEdit(actor, body.unit)) throw problem('forbidden');
    const known = await filesOf(deps.files, body.files);
    const unknown = body.files.findIndex((id) => !known.has(id));
    if (unknown >= 0) throw wrong('unknownFile', `/files/${unknown}`);
  };

  const commandOf = async (actor: StaffActor, key: string, content: unknown) =>
    identify(await deps.keys(), actor, key, { item: content });

  /** An item that this person keeps. */
  const kept = async (actor: StaffActor, id: string): Promise<ListItem> => {
    const item = await deps.items.read(id);
    if (item === undefined) throw problem('notFound');
    if (!mayEdit(actor, item.body.unit)) throw problem('forbidden');
    return item;
  };

  /** One change of an item, taken once: a retry is answered with the item as that change left it or later. */
  const change = async (
    call: {
      readonly actor: StaffActor;
      readonly idempotencyKey: string;
      readonly ifMatch: number;
      readonly input: { readonly params: { readonly id: string } };
    },
    content: unknown,
    decide: (item: ListItem) => Promise<Parameters<typeof changedItem>[1]>,
  ) => {
    const { actor, input, ifMatch } = call;
    const item = await kept(actor, input.params.id);
    const command = await commandOf(actor, call.idempotencyKey, { id: item.id, content });
    if (item.command === command.id) return { body: await keptOf(item), etag: item.rev };
    if (item.rev !== ifMatch) throw problem('staleRecord', { extra: { rev: item.rev } });
    const next = changedItem(item, await decide(item), { by: actor.id, at: deps.now(), command: command.id });
    const meanwhile = await deps.items.save(next);
    if (meanwhile !== undefined) throw problem('staleRecord', { extra: { rev: meanwhile.rev } });
    return { body: await keptOf(next), etag: next.rev };
  };

  /** @throws Problem nothingToRead, consequenceTestMissing */
  const checkPublic = async (body: ItemBody): Promise<void> => {
    const not = unpublishable(body, readable(await filesOf(deps.files, body.files)));
    if (not !== undefined) throw wrong(not, '/files');
  };

  return {
    listInformationItems: async ({
      input: { query },
      actor,
    }: Call<Operations['listInformationItems'], StaffActor>) => {
      const keys = await deps.keys();
      const bound = ['items', actor.id, query.state, query.class].join('|');
      const after = query.cursor === undefined ? undefined : unseal(keys, 'cursor', query.cursor, bound);
      if (query.cursor !== undefined && typeof after !== 'string') throw problem('badCursor');
      const found = (await deps.items.all())
        .filter(
          ({ state, body }) =>
            mayEdit(actor, body.unit) &&
            (query.state === undefined || state === query.state) &&
            (query.class === undefined || body.class === query.class),
        )
        .sort(newestFirst);
      const { page, last } = pageOf(found, typeof after === 'string' ? after : undefined, query.size);
      return {
        body: {
          items: page.map(({ body, v: _, command: __, ...item }) => ({
            ...item,
            ...body,
            firstAt: item.firstAt ?? null,
            reason: item.reason ?? null,
          })),
          next: last === undefined ? null : seal(keys, 'cursor', last, bound),
        },
      };
    },

    readInformationItem: async ({ input, actor }: Call<Operations['readInformationItem'], StaffActor>) => {
      const item = await kept(actor, input.params.id);
      return { body: await keptOf(item), etag: item.rev };
    },

    createInformationItem: async (call: Call<Operations['createInformationItem'], StaffActor>) => {
      const { body } = call.input;
      await check(call.actor, body);
      const command = await commandOf(call.actor, call.idempotencyKey, body);
      const id = Buffer.from(command.id, 'base64url').toString('hex').slice(0, 12);
      const item: ListItem = {
        ...{ v: 1, id, rev: 1, state: 'draft', body, at: deps.now(), by: call.actor.id },
        command: command.id,
      };
      if ((await deps.items.all()).length >= itemsLimit) throw problem('tooManyItems');
      const known = await deps.items.create(item);
      if (known !== undefined && JSON.stringify(known.body) !== JSON.stringify(body))
        throw problem('keyReused');
      return { body: await keptOf(known ?? item), etag: known?.rev ?? 1 };
    },

    changeInformationItem: async (call: Call<Operations['changeInformationItem'], StaffActor>) => {
      const { body } = call.input;
      await check(call.actor, body);
      return change(call, body, async ({ state }) => {
        if (state === 'withdrawn') throw problem('wrongState');
        if (state === 'published') {
          if (!mayPublish(call.actor)) throw problem('forbidden');
          await checkPublic(body);
        }
        return { body };
      });
    },

    publishInformationItem: async (call: Call<Operations['publishInformationItem'], StaffActor>) => {
      if (!mayPublish(call.actor)) throw problem('forbidden');
      return change(call, 'publish', async ({ state, body }) => {
        if (state === 'published') throw problem('wrongState');
        await checkPublic(body);
        return { state: 'published' };
      });
    },

    withdrawInformationItem: async (call: Call<Operations['withdrawInformationItem'], StaffActor>) => {
      const { reason } = call.input.body;
      return change(call, { withdraw: reason }, async ({ state }) => {
        if (state === 'withdrawn') throw problem('wrongState');
        if (state === 'published' && !mayPublish(call.actor)) throw problem('forbidden');
        return { state: 'withdrawn', reason };
      });
    },

    /** Claimed for the list when its form is given: whatever arrives under this id is inspected, and shown by no case. */
    uploadInformationFile: async ({
      input,
      actor,
    }: Call<Operations['uploadInformationFile'], StaffActor>) => {
      if (!mayEdit(actor, actor.unit)) throw problem('forbidden');
      const judged = judgeType(input.body.type);
      if ('refuse' in judged) throw wrong(judged.refuse, '/type');
      const now = deps.now();
      await countAgainst(deps.table, `upload#staff#${actor.id}`, uploadsPerHour, now);
      const id = newId();
      await deps.files.claim({
        ...{ v: 1, id, code: 'information', owner: 'information', seq: 0 },
        ...{ by: 'staff', audience: 'public', namedAt: now },
      });
      const { url, fields } = presignPost(deps.links.signer, {
        bucket: deps.incoming,
        key: incomingKey(id),
        contentType: judged.type,
        maxBytes: judged.maxBytes,
        now: Date.parse(now),
        seconds: formSeconds,
      });
      return {
        body: { fileId: id, url, fields: { ...fields }, maxBytes: judged.maxBytes, expiresIn: formSeconds },
      };
    },
  };
};
