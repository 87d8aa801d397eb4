import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { digestOf } from '../issued/paper.ts';
import { statementOf } from '../issued/seal.ts';
import { wordsOf } from '../pdf/test/words.ts';
import { numberIn } from '../pdf/write.ts';
import { call, counter, people, publicUrl } from './test/counter.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer, visitor } = people;
const account = { kind: 'citizen', id: 'rina', scope: 'rina' } as const;
const stranger = { kind: 'citizen', id: 'budi', scope: 'budi' } as const;
let files = 0;
/** Each file is another one. */
const file = (): Buffer => {
  files += 1;
  return Buffer.from(`%PDF-1.7\n%${files}\n%%EOF`);
};

const desk = () => counter(tables.cases, 'siak');
type Desk = ReturnType<typeof desk>;

/** An application whose document was issued, the ministry's own way. */
const issuedAt = async (at: Desk, document?: object) => {
  const { code, seq } = await at.awaiting();
  const body = {
    document: document ?? { how: 'siakFile', file: at.uploaded(file(), officer, code) },
  };
  const { product } = (await at.all.issueProduct(call(officer, { params: { code }, body }, { ifMatch: seq })))
    .body;
  return { code, number: product.number, digest: product.digest ?? '' };
};

describe('the applicant', () => {
  test('sees what was issued, and fetches it by a link of minutes; that it was fetched is noted once', async () => {
    const at = desk();
    const { code, number, digest } = await issuedAt(at);
    const holder = { code, pinVersion: 1 };
    const { products } = (await at.all.ownProducts(call(holder, { params: { code } }))).body;
    expect(products).toMatchObject([{ number, state: 'issued', verify: `${publicUrl}/v/${number}` }]);
    expect(products[0]).not.toHaveProperty('history');
    for (let i = 0; i < 3; i += 1) {
      const got = (await at.all.ownProductFile(call(holder, { params: { code, number } }))).body;
      expect(got).toEqual({ url: `https://files.example/${digest}?${number}`, expiresIn: 300 });
    }
    const mine = (await at.all.myProductFile(call(account, { params: { code, number } }))).body;
    expect(mine.expiresIn).toBe(300);
    const noted = (await at.issued.read(number))?.history.filter(({ what }) => what === 'opened');
    expect(noted).toHaveLength(1);
  });

  test('is led to the ministry where that hands over', async () => {
    const at = desk();
    const url = 'https://dukcapil.example.go.id/unduh?kode=7';
    const { code, number } = await issuedAt(at, { how: 'siakLink', url });
    const got = await at.all.myProductFile(call(account, { params: { code, number } }));
    expect(got.body).toEqual({ url, expiresIn: null });
  });

  test('sees nothing that is prepared, fetches nothing that was revoked, and reads why', async () => {
    const at = desk();
    const record = await at.awaiting();
    const { code } = record;
    const body = { document: { how: 'siakFile', file: at.uploaded(file(), officer, code) }, more: true };
    const prepared = await at.all.issueProduct(
      call(officer, { params: { code }, body }, { ifMatch: record.seq }),
    );
    expect((await at.all.myProducts(call(account, { params: { code } }))).body.products).toEqual([]);
    const params = { code, number: prepared.body.product.number };
    await expect(at.all.myProductFile(call(account, { params }))).rejects.toMatchObject({ code: 'notFound' });

    const done = await issuedAt(at);
    const reason = 'Tanggal lahir keliru.';
    await at.all.revokeProduct(call(people.head, { params: { number: done.number }, body: { reason } }));
    const mine = { params: { code: done.code, number: done.number } };
    await expect(at.all.myProductFile(call(account, mine))).rejects.toMatchObject({ code: 'notIssued' });
    const { products } = (await at.all.myProducts(call(account, mine))).body;
    expect(products).toMatchObject([{ state: 'revoked', reason }]);
  });

  test('is the only one: others, other codes and other numbers lead nowhere', async () => {
    const at = desk();
    const [mine, other] = [await issuedAt(at), await issuedAt(at)];
    const fetchBy = (actor: typeof account | typeof stranger, code: string, number: string) =>
      at.all.myProductFile(call(actor, { params: { code, number } }));
    await expect(fetchBy(stranger, mine.code, mine.number)).rejects.toMatchObject({ code: 'notFound' });
    await expect(fetchBy(account, mine.code, other.number)).rejects.toMatchObject({ code: 'notFound' });
    const held = { code: mine.code, pinVersion: 2 };
    await expect(
      at.all.ownProductFile(call(held, { params: { code: mine.code, number: mine.number } })),
    ).rejects.toMatchObject({ code: 'caseTokenInvalid' });
    const params = { number: mine.number };
    await expect(at.all.productFile(call(visitor, { params }))).rejects.toMatchObject({ code: 'notFound' });
  });
});

test('a hand-over is recorded once, with to whom and by whom, and the case says so', async () => {
  const at = desk();
  const { code, number } = await issuedAt(at);
  const handOver = (actor: typeof officer, to: string) =>
    at.all.handOverProduct(call(actor, { params: { number }, body: { to } }));
  const { product } = (await handOver(officer, 'representative')).body;
  expect(product.handedOver).toMatchObject({ to: 'representative' });
  expect(product.history.at(-1)).toMatchObject({ what: 'handedOver', own: true });
  await handOver(officer, 'applicant');
  await handOver(people['liaison'] as typeof officer, 'post');
  expect((await at.issued.read(number))?.handedOver?.to).toBe('representative');
  const events = (await at.store.read(code))?.events.filter(({ type }) => type === 'productHandedOver');
  expect(events).toMatchObject([{ facts: { handedOver: number, to: 'representative' } }]);
});

describe('papers of Lapau’s own', () => {
  test('a receipt says code, service and number, and neither PIN nor anything of the applicant', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const key = 'the-receipt-once-and-again';
    const print = () => at.all.myApplicationReceipt(call(account, { params: { code } }, { key }));
    const { body, filename } = await print();
    const number = numberIn(body) ?? '';
    expect(filename).toBe(`${number}.pdf`);
    const said = wordsOf(body).join('\n');
    for (const words of ['Tanda Terima Permohonan', 'BUKAN DOKUMEN RESMI', 'Akta Uji', number])
      expect(said).toContain(words);
    expect(said).not.toMatch(/PIN\n[2-9A-HJ-NP-Z]{4}-/);
    expect(Buffer.from((await print()).body).equals(body)).toBe(true);
    expect(await at.issued.read(number)).toMatchObject({ kind: 'receipt', digest: digestOf(body) });
    expect(await at.issued.ofCase(code)).toEqual([]);
  });

  test('a draft says on every page that it is one; its words are not kept', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const text = Array.from({ length: 900 }, (_, i) => `kata${i}`).join(' ');
    const draft = { title: 'Surat Keterangan', text };
    const { body } = await at.all.printDraft(call(officer, { params: { code }, body: draft }));
    const said = wordsOf(body);
    const pages = Number(/1 \/ (\d+)/.exec(said.join(' '))?.[1]);
    expect(pages).toBeGreaterThan(1);
    expect(said.filter((words) => words.startsWith('KONSEP, bukan dokumen resmi'))).toHaveLength(pages);
    const record = await at.issued.read(numberIn(body) ?? '');
    expect(record).toMatchObject({ kind: 'draft', digest: digestOf(body) });
    expect(JSON.stringify(record)).not.toContain('kata450');
    expect(record === undefined ? '' : statementOf(record)).toContain('kind: draft');
  });

  test('of an application one may not see there are none, and drafts are of those who work on it', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const params = { code };
    await expect(at.all.myApplicationReceipt(call(stranger, { params }))).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(at.all.printApplicationReceipt(call(visitor, { params }))).rejects.toMatchObject({
      code: 'notFound',
    });
    const coordinator = people['coordinator'] as typeof officer;
    const body = { title: 'Surat', text: 'Isi' };
    await expect(at.all.printDraft(call(coordinator, { params, body }))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('one application has so many a day', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const print = () => at.all.myApplicationReceipt(call(account, { params: { code } }));
    for (let i = 0; i < 10; i += 1) await print();
    await expect(print()).rejects.toMatchObject({ code: 'tooManyRequests' });
  });
});
