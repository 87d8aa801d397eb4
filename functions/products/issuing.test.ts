import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { take } from '../applications/test/cases.ts';
import { digestOf } from '../issued/paper.ts';
import { call, counter, issue, newPdf, people } from './test/counter.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer, visitor } = people;
const desk = (kind: 'siak' | 'signed' = 'siak') => counter(tables.cases, kind);

describe('a document of the ministry', () => {
  test('is kept byte by byte, and ends its application', async () => {
    const at = desk();
    const record = await at.awaiting();
    const file = newPdf();
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
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
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
    const file = at.uploaded(newPdf(), officer, record.code);
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
    const file = () => at.uploaded(newPdf(), officer, record.code);
    const name = { id: 'Kartu keluarga', en: 'Family card' };
    const first = await issue(at, record, { document: { how: 'siakFile', file: file() }, name, more: true });
    expect(first.body.product).toMatchObject({ state: 'prepared', name: 'Kartu keluarga' });
    expect((await at.store.read(record.code))?.state).toBe('awaitingSignature');
    await issue(at, record, { document: { how: 'siakFile', file: file() } });
    const { products } = (await at.all.caseProducts(call(officer, { params: { code: record.code } }))).body;
    expect(products.map(({ state }) => state)).toEqual(['issued', 'issued']);
  });
});

describe('who and when', () => {
  test('the unit in charge, of what it saw, in that state; for others there is no such application', async () => {
    const at = desk();
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
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
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
    const key = 'the-same-key-as-before';
    const first = await issue(at, record, { document }, { key });
    expect(await issue(at, record, { document }, { key })).toEqual(first);
    const other = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
    await expect(issue(at, record, { document: other }, { key })).rejects.toMatchObject({
      code: 'keyReused',
    });
    expect(await at.issued.ofCase(record.code)).toHaveLength(1);
  });

  test('an application that changed meanwhile keeps nothing of a document that was refused for it', async () => {
    const at = desk();
    const record = await at.awaiting();
    const body = () => ({ document: { how: 'siakFile', file: at.uploaded(file, officer, record.code) } });
    const file = newPdf();
    const { operations } = await import('./operations.ts');
    const slow = operations({
      ...at.deps,
      issued: {
        ...at.issued,
        create: async (...made) => {
          const created = await at.issued.create(...made);
          const replied = take(record, officer, 'reply', { text: 'Sebentar lagi.' });
          if ('record' in replied) await at.store.save(replied.record);
          return created;
        },
      },
    });
    await expect(issue({ all: slow }, record, body())).rejects.toMatchObject({ code: 'staleVersion' });
    expect(await at.issued.ofCase(record.code)).toEqual([]);
    const seq = record.seq + 1;
    expect((await issue(at, { code: record.code, seq }, body())).body.product.state).toBe('issued');
  });

  test('what one officer prepared in vain is not issued with what another one issues', async () => {
    const at = desk();
    const record = await at.awaiting();
    const document = () => ({ how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) });
    const { operations } = await import('./operations.ts');
    const killed = operations({
      ...at.deps,
      store: { ...at.store, save: () => Promise.reject(new Error('killed')) },
    });
    await expect(issue({ all: killed }, record, { document: document() })).rejects.toThrow('killed');
    const { product } = (await issue(at, record, { document: document() })).body;
    const all = await at.issued.ofCase(record.code);
    expect(all.map(({ number, state }) => [number === product.number, state]).sort()).toEqual([
      [false, 'prepared'],
      [true, 'issued'],
    ]);
    const holder = { code: record.code, pinVersion: 1 };
    const own = await at.all.ownProducts(call(holder, { params: { code: record.code } }));
    expect(own.body.products.map(({ number }) => number)).toEqual([product.number]);
  });

  test.each([
    'before its case is written',
    'before the document follows',
  ])('killed %s, a retry ends it once', async (when) => {
    const at = desk();
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
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
