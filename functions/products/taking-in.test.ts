import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { digestOf } from '../issued/paper.ts';
import { problem } from '../kernel/errors.ts';
import { counter, issue, newPdf, people } from './test/counter.ts';
import { signedPdf } from './test/signed.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer } = people;
const desk = (kind: 'siak' | 'signed' = 'siak', signer?: Parameters<typeof counter>[2]) =>
  counter(tables.cases, kind, signer);
type Desk = ReturnType<typeof desk>;

describe('what is not what it claims', () => {
  const upload = (at: Desk, code: string, file: Uint8Array) => at.uploaded(file, officer, code);
  test.each([
    ['siak', 'siakFile', Buffer.from('not a PDF at all'), 'notPdf'],
    ['siak', 'siakFile', Buffer.from('%PDF-1.7\n1 0 obj << /S /JavaScript >>\n%%EOF'), 'notPdf'],
    ['signed', 'signedFile', newPdf(), 'notSigned'],
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
    const others = at.uploaded(newPdf(), people['liaison'] as typeof officer, record.code);
    await expect(issue(at, record, { document: { how: 'siakFile', file: others } })).rejects.toMatchObject({
      code: 'unknownFile',
      fields: [{ field: '/document/file', problem: 'unknownFile' }],
    });
    const mine = desk().uploaded(newPdf(), officer, record.code);
    await expect(issue(at, record, { document: { how: 'siakFile', file: mine } })).rejects.toMatchObject({
      code: 'uploadMissing',
    });
  });

  test('one file is not issued for two people', async () => {
    const at = desk();
    const [one, other] = [await at.awaiting(), await at.awaiting()];
    const file = newPdf();
    const document = (code: string) => ({ how: 'siakFile', file: at.uploaded(file, officer, code) });
    await issue(at, one, { document: document(one.code) });
    await expect(issue(at, other, { document: document(other.code) })).rejects.toMatchObject({
      code: 'fileIssuedAlready',
    });
    expect((await at.store.read(other.code))?.state).toBe('awaitingSignature');
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
    await expect(issue(at, record, bsre(at.uploaded(newPdf(), officer, record.code)))).rejects.toMatchObject({
      code: 'signerOff',
    });
  });

  test('is signed through BSrE where it has; neither NIK nor passphrase is kept anywhere', async () => {
    const signed = Buffer.concat([signedPdf(), Buffer.from('\n% by the signer /DSS\n%%EOF\n')]);
    const at = desk('signed', { sign: async () => signed });
    const record = await at.awaiting();
    const { product } = (await issue(at, record, bsre(at.uploaded(newPdf(), officer, record.code)))).body;
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
    const body = bsre(at.uploaded(newPdf(), officer, record.code));
    await expect(issue(at, record, body)).rejects.toMatchObject({ code: 'signerRefused' });
    expect(await at.issued.ofCase(record.code)).toEqual([]);
  });
});
