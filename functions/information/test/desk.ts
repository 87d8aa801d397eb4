import type { TestTables } from '../../../test/engine.ts';
import { testKeys, testKms } from '../../../test/identities.ts';
import { fileStore } from '../../attachments/store.ts';
import { caseStore } from '../../cases/store.ts';
import * as reports from '../../complaints/information-workflow.ts';
import { issuedStore } from '../../issued/store.ts';
import { testSealer } from '../../issued/test/seal.ts';
import { isProblem } from '../../kernel/errors.ts';
import { identityWriter } from '../../people/identity.ts';
import { staffReader } from '../../people/staff.ts';
import { bookStore } from '../books.ts';
import { requesterReader, requesterWriter } from '../identity.ts';
import { shelf } from '../list/shelf.ts';
import { listStore } from '../list/store.ts';
import { type Deps, operations } from '../operations.ts';
import { informationRequest } from '../workflow.ts';
import { city } from './city.ts';

type Operations = ReturnType<typeof operations>;
type Name = keyof Operations;

let calls = 0;

/** The feature on the real engine, with a clock that can be moved and a KMS that counts what it opens. */
export const desk = (tables: TestTables, more: Partial<Deps> = {}) => {
  let now = '2026-11-23T02:00:00Z';
  const kms = testKms();
  const keys = async () => testKeys;
  const sealing = { table: tables.identities, kms, keyId: 'key', keys };
  const sealer = testSealer();
  const items = listStore(tables.cases);
  const shelved = shelf(items, () => Date.parse(now));
  const deps: Deps = {
    table: tables.cases,
    store: caseStore(tables.cases),
    books: bookStore(tables.cases),
    issued: issuedStore(tables.cases),
    seal: sealer.seal,
    publicUrl: 'https://lapau.example',
    items,
    shelf: shelved,
    files: fileStore(tables.cases),
    links: {
      signer: {
        region: 'ap-southeast-3',
        endpoint: 'http://127.0.0.1:1',
        credentials: () => ({ accessKeyId: 'a', secretAccessKey: 'b' }),
      },
      bucket: 'files',
    },
    incoming: 'incoming',
    city: async () => city,
    keys,
    now: () => now,
    workflows: { ...reports, informationRequest },
    staff: staffReader(tables.cases),
    matches: async (live, words) => (await shelved(live)).match(words, 5),
    sealRequester: requesterWriter(sealing),
    sealContact: identityWriter(sealing),
    openRequester: requesterReader(sealing),
    ...more,
  };
  const all = operations(deps);

  /** One call; a refusal is answered as its code. */
  const call = async <N extends Name>(
    name: N,
    actor: unknown,
    input: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown },
    how: { readonly key?: string; readonly ifMatch?: number } = {},
  ): Promise<Awaited<ReturnType<Operations[N]>>['body']> => {
    calls += 1;
    const run = all[name] as (given: unknown) => Promise<{ readonly body: unknown }>;
    const answer = await run({
      input: { params: undefined, query: undefined, body: undefined, ...input },
      actor,
      language: 'id',
      idempotencyKey: how.key ?? `call-${calls}`.padEnd(24, '0'),
      ifMatch: how.ifMatch ?? -1,
      address: 'address',
      requestId: 'r',
    });
    return answer.body as Awaited<ReturnType<Operations[N]>>['body'];
  };

  /** The code that a call is refused with. */
  const refused = async (...args: Parameters<typeof call>): Promise<string> => {
    try {
      await call(...args);
    } catch (e) {
      if (isProblem(e)) return e.code;
      throw e;
    }
    return 'done';
  };

  return {
    deps,
    kms,
    call,
    refused,
    at: (moment: string) => {
      now = moment;
    },
  };
};

export const rina = { kind: 'citizen', id: 'rina', scope: 'issuer|rina' } as const;
export const who = {
  kind: 'person' as const,
  name: 'Rina Marker',
  address: 'Jalan Rahasia 12, Ganting',
  phone: '081234567890',
  email: 'rina@marker.example',
  occupation: 'Guru',
  purpose: 'Menulis skripsi tentang anggaran',
};
export const asks = (information: string, more: object = {}) => ({
  information,
  form: 'soft' as const,
  way: 'copy' as const,
  insist: false,
  requester: who,
  ...more,
});
