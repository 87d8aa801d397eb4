import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { digestOf } from '../issued/paper.ts';
import { problem } from '../kernel/errors.ts';
import { drawing } from '../pdf/draw.ts';
import { a5 } from '../pdf/layout.ts';
import { writePdf } from '../pdf/write.ts';
import { call, counter, people } from './test/counter.ts';
import { signedPdf } from './test/signed.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer, visitor } = people;
let papers = 0;
/** A PDF that nobody has issued yet. */
const pdf = (): Uint8Array => {
  papers += 1;
  return writePdf({
    ...a5,
    title: `Akta ${papers}`,
    pages: [drawing(a5.height).content()],
    at: '2026-11-22T03:00:00Z',
  });
};
const desk = (kind: 'siak' | 'signed' = 'siak', signer?: Parameters<typeof counter>[2]) =>
  counter(tables.cases, kind, signer);
type Desk = ReturnType<typeof desk>;

const issue = (
  { all }: Desk,
  { code, seq }: { readonly code: string; readonly seq: number },
  body: object,
  more: { key?: string; actor?: typeof officer } = {},
) => all.issueProduct(call(more.actor ?? officer, { params: { code }, body }, { ifMatch: seq, ...more }));

describe('a document of the ministry', () => {
  test('is kept byte by byte, and ends its application', async () => {
    const at = desk();
    const record = await at.awaiting();
    const file = pdf();
    const document = { how: 'siakFile', file: at.uploaded(file, officer, record.code) };
    const { product, seq } = (await issue(at, record, { document })).body;
    expect(product).toMatchObject({ kind: 'siak', way: 'siakFile', state: 'issued', name: 'Akta' });
    expect(product.number).toMatch(/^perkim-2026-/);
    expect(product.digest).toBe(digestOf(file));
    expect(Buffer.from(at.kept.get(digestOf(file)) ?? []).equals(file)).toBe(true);
    const after = await at.store.read(record.code);
    expect(after).toMatchObject({ state: 'issued', seq, data: { product: product.number } });
  });

  test('comes as its service had it when it was asked for, whatever the catalogue says by now', async () => {
    const at = desk();
    const record = await at.awaiting();
    at.newServices([]);
    const document = { how: 'siakFile', file: at.uploaded(pdf(), officer, record.code) };
    const { product } = (await issue(at, record, { document })).body;
    expect(product).toMatchObject({ kind: 'siak', state: 'issued', name: 'Akta' });
  });

  test('may be a link of the ministry alone', async () => {
    const at = desk();
    const record = await at.awaiting();
    const link = (url: string) => ({ document: { how: 'siakLink', url } });
    for (const url of [
      'http://dukcapil.example.go.id/a',
      'https://dukcapil.example.go.id.evil.example/a',
      'https://evil-dukcapil.example.go.id/a',
      'https://dukcapil.example.go.id@evil.example/a',
      'https://dukcapil.example.go.id:8443/a',
      'javascript:alert(1)',
      'nonsense',
    ])
      await expect(issue(at, record, link(url))).rejects.toMatchObject({
        code: 'foreignLink',
        fields: [{ field: '/document/url', problem: 'foreignLink' }],
      });
    const url = 'https://akta.dukcapil.example.go.id/unduh?kode=1';
    const { product } = (await issue(at, record, link(url))).body;
    expect(product).toMatchObject({ way: 'siakLink', digest: null, bytes: null });
    expect(JSON.stringify(product)).not.toContain('kode=1');
  });

  test('is a link that every program reads as it was judged', async () => {
    const at = desk();
    const record = await at.awaiting();
    const url = ' https://dukcapil.example.go.id\\@evil.example/a\n';
    const { product } = (await issue(at, record, { document: { how: 'siakLink', url } })).body;
    expect(await at.issued.read(product.number)).toMatchObject({
      link: 'https://dukcapil.example.go.id/@evil.example/a',
    });
  });

  test('is never signed by the city, nor any other of its documents issued by the ministry', async () => {
    const at = desk();
    const record = await at.awaiting();
    const file = at.uploaded(pdf(), officer, record.code);
    await expect(issue(at, record, { document: { how: 'signedFile', file } })).rejects.toMatchObject({
      code: 'wrongProductWay',
    });
    const other = desk('signed');
    await expect(issue(other, record, { document: { how: 'siakFile', file } })).rejects.toMatchObject({
      code: 'wrongProductWay',
    });
  });

  test('may be several, which are issued together with the last', async () => {
    const at = desk();
    const record = await at.awaiting();
    const file = () => at.uploaded(pdf(), officer, record.code);
    const name = { id: 'Kartu keluarga', en: 'Family card' };
    const first = await issue(at, record, { document: { how: 'siakFile', file: file() }, name, more: true });
    expect(first.body.product).toMatchObject({ state: 'prepared', name: 'Kartu keluarga' });
    expect((await at.store.read(record.code))?.state).toBe('awaitingSignature');
    await issue(at, record, { document: { how: 'siakFile', file: file() } });
    const { products } = (await at.all.caseProducts(call(officer, { params: { code: record.code } }))).body;
    expect(products.map(({ state }) => state)).toEqual(['issued', 'issued']);
  });
});

describe('what is not what it claims', () => {
  const upload = (at: Desk, code: string, file: Uint8Array) => at.uploaded(file, officer, code);
  test.each([
    ['siak', 'siakFile', Buffer.from('not a PDF at all'), 'notPdf'],
    ['siak', 'siakFile', Buffer.from('%PDF-1.7\n1 0 obj << /S /JavaScript >>\n%%EOF'), 'notPdf'],
    ['signed', 'signedFile', pdf(), 'notSigned'],
    [
      'signed',
      'signedFile',
      Buffer.from(signedPdf().toString('latin1').replace('200 200', '200 201'), 'latin1'),
      'signatureBroken',
    ],
    [
      'signed',
      'signedFile',
      Buffer.concat([signedPdf(), Buffer.from('\n/Page 1\n%%EOF')]),
      'signatureCoversPart',
    ],
  ] as const)('for a %s product by %s is refused', async (kind, how, file, code) => {
    const at = desk(kind);
    const record = await at.awaiting();
    const document = { how, file: upload(at, record.code, file) };
    await expect(issue(at, record, { document })).rejects.toMatchObject({
      code,
      fields: [{ field: '/document/file', problem: code }],
    });
    expect((await at.store.read(record.code))?.state).toBe('awaitingSignature');
    expect(await at.issued.ofCase(record.code)).toEqual([]);
  });

  test('a file that another officer uploaded, or that never came, is not taken', async () => {
    const at = desk();
    const record = await at.awaiting();
    const others = at.uploaded(pdf(), people['liaison'] as typeof officer, record.code);
    await expect(issue(at, record, { document: { how: 'siakFile', file: others } })).rejects.toMatchObject({
      code: 'unknownFile',
      fields: [{ field: '/document/file', problem: 'unknownFile' }],
    });
    const mine = desk().uploaded(pdf(), officer, record.code);
    await expect(issue(at, record, { document: { how: 'siakFile', file: mine } })).rejects.toMatchObject({
      code: 'uploadMissing',
    });
  });

  test('one file is not issued for two people', async () => {
    const at = desk();
    const [one, other] = [await at.awaiting(), await at.awaiting()];
    const file = pdf();
    const document = (code: string) => ({ how: 'siakFile', file: at.uploaded(file, officer, code) });
    await issue(at, one, { document: document(one.code) });
    await expect(issue(at, other, { document: document(other.code) })).rejects.toMatchObject({
      code: 'fileIssuedAlready',
    });
    expect((await at.store.read(other.code))?.state).toBe('awaitingSignature');
  });
});

describe('who and when', () => {
  test('the unit in charge, of what it saw, in that state; for others there is no such application', async () => {
    const at = desk();
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(pdf(), officer, record.code) };
    await expect(issue(at, record, { document }, { actor: visitor })).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(issue(at, { ...record, seq: record.seq - 1 }, { document })).rejects.toMatchObject({
      code: 'staleVersion',
    });
    const early = await at.awaiting({ state: 'processing' });
    await expect(issue(at, early, { document })).rejects.toMatchObject({ code: 'wrongState' });
  });

  test('the same key once more gets the first answer, with other words it is refused', async () => {
    const at = desk();
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(pdf(), officer, record.code) };
    const key = 'the-same-key-as-before';
    const first = await issue(at, record, { document }, { key });
    expect(await issue(at, record, { document }, { key })).toEqual(first);
    const other = { how: 'siakFile', file: at.uploaded(pdf(), officer, record.code) };
    await expect(issue(at, record, { document: other }, { key })).rejects.toMatchObject({
      code: 'keyReused',
    });
    expect(await at.issued.ofCase(record.code)).toHaveLength(1);
  });

  test.each([
    'before its case is written',
    'before the document follows',
  ])('killed %s, a retry ends it once', async (when) => {
    const at = desk();
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(pdf(), officer, record.code) };
    const killed = new Error('killed');
    const broken = {
      ...at.deps,
      ...(when.startsWith('before its')
        ? { store: { ...at.store, save: () => Promise.reject(killed) } }
        : { issued: { ...at.issued, change: () => Promise.reject(killed) } }),
    };
    const { operations } = await import('./operations.ts');
    const key = `killed ${when}`.replaceAll(' ', '-');
    const input = { params: { code: record.code }, body: { document } };
    const again = () => call(officer, input, { key, ifMatch: record.seq });
    await expect(operations(broken).issueProduct(again())).rejects.toThrow('killed');
    const { product } = (await at.all.issueProduct(again())).body;
    expect(product.state).toBe('issued');
    const products = await at.issued.ofCase(record.code);
    expect(products.map(({ state }) => state)).toEqual(['issued']);
  });
});

describe('a document of the city', () => {
  test('comes already signed, and what was found of its signature is kept', async () => {
    const at = desk('signed');
    const record = await at.awaiting();
    const document = { how: 'signedFile', file: at.uploaded(signedPdf(), officer, record.code) };
    const { product } = (await issue(at, record, { document })).body;
    expect(product).toMatchObject({ kind: 'signed', state: 'issued', evidence: 'whole intact' });
  });

  const bsre = (file: string) => ({
    document: { how: 'bsre', file, nik: '1374010101800001', passphrase: 'jangan dicatat' },
  });

  test('is not signed through BSrE where the city has not connected it', async () => {
    const at = desk('signed');
    const record = await at.awaiting();
    await expect(issue(at, record, bsre(at.uploaded(pdf(), officer, record.code)))).rejects.toMatchObject({
      code: 'signerOff',
    });
  });

  test('is signed through BSrE where it has; neither NIK nor passphrase is kept anywhere', async () => {
    const signed = Buffer.concat([signedPdf(), Buffer.from('\n% by the signer /DSS\n%%EOF\n')]);
    const at = desk('signed', { sign: async () => signed });
    const record = await at.awaiting();
    const { product } = (await issue(at, record, bsre(at.uploaded(pdf(), officer, record.code)))).body;
    expect(product).toMatchObject({ way: 'bsre', digest: digestOf(signed) });
    const all = await tables.cases.scan({
      FilterExpression: 'attribute_exists(pk) OR pk = :x',
      values: { ':x': 'x' },
    });
    expect(JSON.stringify(all.items)).not.toMatch(/1374010101800001|jangan dicatat/);
  });

  test('that BSrE refuses to sign leaves everything as it was', async () => {
    const at = desk('signed', { sign: () => Promise.reject(problem('signerRefused')) });
    const record = await at.awaiting();
    const body = bsre(at.uploaded(pdf(), officer, record.code));
    await expect(issue(at, record, body)).rejects.toMatchObject({ code: 'signerRefused' });
    expect(await at.issued.ofCase(record.code)).toEqual([]);
  });
});
