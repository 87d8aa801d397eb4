import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { call, counter, issue, newPdf, people } from './test/counter.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const { officer, head } = people;
const desk = () => counter(tables.cases, 'siak');
type Desk = ReturnType<typeof desk>;

describe('what turns out wrong', () => {
  const issuedAt = async (at: Desk) => {
    const record = await at.awaiting();
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) };
    const { product } = (await issue(at, record, { document })).body;
    return { code: record.code, number: product.number };
  };
  const reason = 'Nama ibu keliru pada akta.';

  test('is revoked by the head, with a reason that stays with the case', async () => {
    const at = desk();
    const { code, number } = await issuedAt(at);
    const revoke = (actor: typeof officer, key?: string, why = reason) =>
      at.all.revokeProduct(
        call(actor, { params: { number }, body: { reason: why } }, key === undefined ? {} : { key }),
      );
    await expect(revoke(officer)).rejects.toMatchObject({ code: 'forbidden' });
    const key = 'revoke-it-once-and-again';
    const first = await revoke(head, key);
    expect(first.body.product).toMatchObject({ state: 'revoked', reason, successor: null });
    expect(await revoke(head, key)).toEqual(first);
    await expect(revoke(head, key, 'Alasan lain, dengan kunci yang sama.')).rejects.toMatchObject({
      code: 'keyReused',
    });
    await expect(revoke(head)).rejects.toMatchObject({ code: 'notIssued' });
    const after = await at.store.read(code);
    expect(after?.events.at(-1)).toMatchObject({ type: 'productRevoked', facts: { revoked: number } });
    expect(JSON.stringify(after)).not.toContain('Nama ibu');
  });

  test('is replaced in one write: the old one names its successor, the new one what it replaces', async () => {
    const at = desk();
    const { code, number } = await issuedAt(at);
    const document = { how: 'siakFile', file: at.uploaded(newPdf(), head, code) };
    const key = 'reissue-it-once-and-again';
    const reissue = () =>
      at.all.reissueProduct(call(head, { params: { number }, body: { reason, document } }, { key }));
    const { product, seq } = (await reissue()).body;
    expect(product).toMatchObject({ state: 'issued', predecessor: number });
    expect(await at.issued.read(number)).toMatchObject({ state: 'revoked', successor: product.number });
    expect(await at.store.read(code)).toMatchObject({ seq, data: { product: product.number } });
    expect((await reissue()).body).toEqual({ product, seq });
    expect(await at.issued.ofCase(code)).toHaveLength(2);
  });

  test('two heads who replace it at once: one wins, and there is one successor', async () => {
    const at = desk();
    const { code, number } = await issuedAt(at);
    const tries = ['head', 'head2'].map((who) => {
      const actor = people[who] as typeof officer;
      const document = { how: 'siakFile', file: at.uploaded(newPdf(), actor, code) };
      return at.all.reissueProduct(call(actor, { params: { number }, body: { reason, document } }));
    });
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const all = await at.issued.ofCase(code);
    expect(all.map(({ state }) => state).sort()).toEqual(['issued', 'revoked']);
  });

  test('two documents of a case are not revoked by one key: its case would be told of the first alone', async () => {
    const at = desk();
    const record = await at.awaiting();
    const body = (more?: true) => ({
      document: { how: 'siakFile', file: at.uploaded(newPdf(), officer, record.code) },
      ...(more === undefined ? {} : { more }),
    });
    const numbers = [await issue(at, record, body(true)), await issue(at, record, body())].map(
      (made) => made.body.product.number,
    );
    const key = 'one-key-for-both-of-them';
    const revoke = (number: string | undefined) =>
      at.all.revokeProduct(call(head, { params: { number }, body: { reason } }, { key }));
    await revoke(numbers[0]);
    await expect(revoke(numbers[1])).rejects.toMatchObject({ code: 'keyReused' });
    const all = await at.issued.ofCase(record.code);
    expect(all.map(({ number, state }) => [numbers.indexOf(number), state]).sort()).toEqual([
      [0, 'revoked'],
      [1, 'issued'],
    ]);
  });

  test('one that is prepared can be dropped, and its file used again', async () => {
    const at = desk();
    const record = await at.awaiting();
    const file = newPdf();
    const body = () => ({
      document: { how: 'siakFile', file: at.uploaded(file, officer, record.code) },
      more: true,
    });
    const { number } = (await issue(at, record, body())).body.product;
    await at.all.dropProduct(call(officer, { params: { number } }));
    expect(await at.issued.ofCase(record.code)).toEqual([]);
    await issue(at, record, body());
    const gone = await issuedAt(at);
    await expect(
      at.all.dropProduct(call(officer, { params: { number: gone.number } })),
    ).rejects.toMatchObject({
      code: 'wrongState',
    });
  });
});
