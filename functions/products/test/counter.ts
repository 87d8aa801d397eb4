import { application } from '../../applications/product-workflow.ts';
import * as at from '../../applications/test/cases.ts';
import { fileIdOf, newId, uploader } from '../../attachments/file-id.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import type { City } from '../../city/schema.ts';
import { issuedStore } from '../../issued/store.ts';
import { testSealer } from '../../issued/test/seal.ts';
import { problem } from '../../kernel/errors.ts';
import { keysFrom } from '../../kernel/keys.ts';
import type { Table } from '../../kernel/table.ts';
import { toSeconds } from '../../kernel/time.ts';
import { drawing } from '../../pdf/draw.ts';
import { a5 } from '../../pdf/layout.ts';
import { writePdf } from '../../pdf/write.ts';
import { operations as receipts } from '../../receipts/operations.ts';
import type { Objects } from '../objects.ts';
import { operations } from '../operations.ts';
import type { Signer } from '../signer.ts';

export const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'a root key' }));
export const people = at.people as typeof at.people & Record<'officer' | 'head' | 'visitor', StaffActor>;
export const publicUrl = 'https://lapau.example';

/** The test city, with a product of this kind for its certificate. */
export const cityOf = (kind: 'siak' | 'signed'): City => ({
  ...at.city,
  services: at.city.services.map((one) =>
    one.code === 'akta' ? { ...one, product: { kind, name: { id: 'Akta', en: 'Certificate' } } } : one,
  ),
});

let codes = 0;
const symbols = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Any nine letters: no operation here checks a code beyond its shape. */
const newCode = (): string => {
  codes += 1;
  return `CASE${symbols[codes % 32]}${symbols[Math.floor(codes / 32) % 32]}AAA`;
};

/** A counter with everything that products need: the real engine, files in memory, a clock that is set. */
export const counter = (table: Table, kind: 'siak' | 'signed', signer?: Signer) => {
  let city = cityOf(kind);
  const submittedBy = city.services;
  const uploads = new Map<string, Uint8Array>();
  const kept = new Map<string, Uint8Array>();
  const store = caseStore(table);
  const issued = issuedStore(table);
  const sealer = testSealer();
  let now = '2026-11-23T08:00:00Z';
  const objects: Objects = {
    upload: async (id) => {
      const file = uploads.get(id);
      if (file === undefined) throw problem('uploadMissing');
      return file;
    },
    keep: async (digest, file) => {
      kept.set(digest, file);
    },
    link: (digest, name) => `https://files.example/${digest}?${name}`,
  };
  const deps = {
    ...{ table, store, issued, objects, signer, publicUrl },
    seal: sealer.seal,
    city: async () => city,
    services: async () => submittedBy,
    keys: async () => keys,
    now: () => now,
    workflows: { application },
  };

  /** A new application that waits for its product. */
  const awaiting = async (more: Partial<CaseRecord> = {}): Promise<CaseRecord> => {
    const record = { ...at.awaitingSignature, code: newCode(), ...more };
    await store.create(record);
    return record;
  };

  const uploaded = (file: Uint8Array, actor: StaffActor, code: string): string => {
    const id = newId();
    uploads.set(id, file);
    return fileIdOf(keys, id, uploader.staff(actor.id, code), toSeconds(now));
  };

  return {
    deps,
    all: operations(deps),
    papers: receipts(deps),
    store,
    issued,
    kept,
    awaiting,
    uploaded,
    clock: (to: string) => {
      now = to;
    },
    /** Changes what the catalogue says from now on; applications here were submitted before. */
    newServices: (changed: City['services']) => {
      city = { ...city, services: changed };
    },
  };
};

let calls = 0;
/** A call with a key of its own. */
export const call = <A, I extends object>(
  actor: A,
  input: I,
  more: { key?: string; ifMatch?: number } = {},
) => {
  calls += 1;
  return {
    input: { params: undefined, query: undefined, body: undefined, ...input } as never,
    actor,
    language: 'id' as const,
    idempotencyKey: more.key ?? `key-${calls}`.padEnd(22, '-'),
    ifMatch: more.ifMatch ?? -1,
    address: '203.0.113.7',
    requestId: 'r1',
  };
};

let papers = 0;
/** A PDF that nobody has issued yet. */
export const newPdf = (): Uint8Array => {
  papers += 1;
  return writePdf({
    ...a5,
    title: `Akta ${papers}`,
    pages: [drawing(a5.height).content()],
    at: '2026-11-22T03:00:00Z',
  });
};

export const issue = (
  { all }: Pick<ReturnType<typeof counter>, 'all'>,
  { code, seq }: Pick<CaseRecord, 'code' | 'seq'>,
  body: object,
  more: { key?: string; actor?: StaffActor } = {},
) =>
  all.issueProduct(call(more.actor ?? people.officer, { params: { code }, body }, { ifMatch: seq, ...more }));
