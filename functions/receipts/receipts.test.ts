import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { digestOf } from '../issued/paper.ts';
import { statementOf } from '../issued/seal.ts';
import { wordsOf } from '../pdf/test/words.ts';
import { numberIn } from '../pdf/write.ts';
import { call, counter, people } from '../products/test/counter.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer, visitor } = people;
const account = { kind: 'citizen', id: 'rina', scope: 'rina' } as const;
const stranger = { kind: 'citizen', id: 'budi', scope: 'budi' } as const;
const desk = () => counter(tables.cases, 'siak');

describe('papers of Lapau’s own', () => {
  test('a receipt says code, service and number, and neither PIN nor anything of the applicant', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const key = 'the-receipt-once-and-again';
    const print = () => at.papers.myApplicationReceipt(call(account, { params: { code } }, { key }));
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
    const { body } = await at.papers.printDraft(call(officer, { params: { code }, body: draft }));
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
    await expect(at.papers.myApplicationReceipt(call(stranger, { params }))).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(at.papers.printApplicationReceipt(call(visitor, { params }))).rejects.toMatchObject({
      code: 'notFound',
    });
    const coordinator = people['coordinator'] as typeof officer;
    const body = { title: 'Surat', text: 'Isi' };
    await expect(at.papers.printDraft(call(coordinator, { params, body }))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('one application has so many a day', async () => {
    const at = desk();
    const { code } = await at.awaiting();
    const print = () => at.papers.myApplicationReceipt(call(account, { params: { code } }));
    for (let i = 0; i < 10; i += 1) await print();
    await expect(print()).rejects.toMatchObject({ code: 'tooManyRequests' });
  });
});
