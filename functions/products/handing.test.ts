import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
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

test('who may know of an application and does not handle it knows that there is a document, and opens none', async () => {
  const at = desk();
  const { code, number } = await issuedAt(at);
  const open = (who: string) =>
    at.all.productFile(call(people[who] as typeof officer, { params: { number } }));
  expect((await open('officer')).body.url).toContain(number);
  expect((await open('head')).body.url).toContain(number);
  for (const who of ['coordinator', 'inspector', 'mayor', 'sekda']) {
    await expect(open(who), who).rejects.toMatchObject({ code: 'forbidden' });
    const listed = at.all.caseProducts(call(people[who] as typeof officer, { params: { code } }));
    expect((await listed).body.products, who).toMatchObject([{ number, state: 'issued' }]);
  }
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
