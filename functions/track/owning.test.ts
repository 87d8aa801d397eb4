import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code as outcome, testKeys } from '../../test/staff.ts';
import { reporterIndex } from '../cases/keys.ts';
import { listRows } from '../cases/store.ts';
import { trackingCode } from '../kernel/code.ts';
import { toSeconds } from '../kernel/time.ts';
import { caseToken, pinToken } from '../kernel/token.ts';
import { budi, kominfo, rina, start, trackWorld } from './test/world.ts';

let tables: TestTables;
let world: ReturnType<typeof trackWorld>;
beforeAll(async () => {
  tables = await testTables();
  world = trackWorld(tables);
});
beforeEach(() => world.at(start));
afterAll(() => tables.stop());

const mine = { reporter: 'rina' };
const view = async (code: string) =>
  (await world.run.readMyCase(world.call(rina, { params: { code } }))).body;

describe('keeping a report in an account', () => {
  const claim = (actor: typeof rina, code: string, pin: string, key?: string) =>
    world.run.claimCase(
      world.call(actor, { params: { code }, body: { pin } }, key === undefined ? {} : { key }),
    );

  test('takes its PIN, is an event, and shows it in the own list; again it changes nothing', async () => {
    const record = await world.filed();
    await claim(rina, record.code, world.pin(record));
    const stored = await world.store.read(record.code);
    expect(stored?.events.at(-1)).toMatchObject({ type: 'claimed', actor: { kind: 'citizen', id: 'rina' } });
    const rows = await listRows(tables.cases, 'gsi5', reporterIndex('rina'), undefined, 100, true);
    expect(rows.map(({ row }) => row.code)).toContain(record.code);
    expect((await claim(rina, record.code, world.pin(record))).body.seq).toBe(stored?.seq);
    expect((await view(record.code)).claimed).toBe(true);
  });

  test('is refused with a wrong PIN, and when another account keeps it', async () => {
    const record = await world.filed();
    expect(await outcome(claim(rina, record.code, '22222222'))).toBe('wrongPin');
    await claim(rina, record.code, world.pin(record));
    expect(await outcome(claim(budi, record.code, world.pin(record)))).toBe('claimedAlready');
    expect((await world.store.read(record.code))?.reporter).toBe('rina');
  });
});

describe('a lost PIN', () => {
  const open = (code: string, pin: string) =>
    world.run.openCase(
      world.call({ kind: 'anonymous', id: 'anonymous' } as const, { params: { code }, body: { pin } }),
    );

  test('is renewed from the account; the old one and its tokens end, a retry answers the same', async () => {
    const record = await world.filed([], mine);
    const old = world.pin(record);
    const key = 'renew-key-of-22-characters';
    const first = await world.run.renewMyPin(world.call(rina, { params: { code: record.code } }, { key }));
    const again = await world.run.renewMyPin(world.call(rina, { params: { code: record.code } }, { key }));
    expect(again.body).toEqual(first.body);
    expect([first.body.version, first.body.pin === old]).toEqual([2, false]);
    expect(await outcome(open(record.code, old))).toBe('wrongPin');
    expect(await outcome(open(record.code, first.body.pin))).toBe('done');
    const token = world.call(world.holder(record), { params: { code: record.code } });
    expect(await outcome(world.run.readOwnCase(token))).toBe('caseTokenInvalid');
    expect((await world.store.read(record.code))?.events.at(-1)).toMatchObject({ type: 'pinRenewed' });
  });

  test('of a stranger stays as it is', async () => {
    const record = await world.filed([], mine);
    expect(await outcome(world.run.renewMyPin(world.call(budi, { params: { code: record.code } })))).toBe(
      'notFound',
    );
  });

  test('is renewed at the counter with a reason that is kept; never of a case that is handled alone', async () => {
    const at = (code: string) =>
      world.run.renewPinAtCounter(
        world.call(kominfo, { params: { code }, body: { reason: 'Menunjukkan KTP dan struk laporan.' } }),
      );
    const record = await world.filed();
    const { pin } = (await at(record.code)).body;
    expect(await outcome(open(record.code, pin))).toBe('done');
    const event = (await world.store.read(record.code))?.events.at(-1);
    expect(event).toMatchObject({ type: 'pinRenewed', actor: { id: kominfo.id } });
    const texts = await world.store.texts(record.code);
    expect(texts.get(event?.texts[0]?.id ?? '')).toMatchObject({ audience: 'staff' });
    // Oversight: the coordinator does not know that it exists.
    const secret = await world.filed([], { flags: { ...record.flags, oversight: true } });
    expect(await outcome(at(secret.code))).toBe('notFound');
  });

  test('is asked for without telling whether there is such a report; the stored contact alone gets the way', async () => {
    const ask = (code: string) =>
      world.run.askForPin(world.call({ kind: 'anonymous', id: 'anonymous' } as const, { params: { code } }));
    const [known, nobody] = [await world.filed([], { identified: true }), await world.filed()];
    const answers = [
      await ask(known.code),
      await ask(known.code),
      await ask(nobody.code),
      await ask(trackingCode(Buffer.alloc(32), 'nowhere', 0)),
    ];
    expect(new Set(answers.map(({ body }) => body.says)).size).toBe(1);
    const asked = await world.store.read(known.code);
    // Asked twice within minutes it is one event, and the old PIN still opens.
    expect(asked?.events.map(({ type }) => type)).toEqual(['filed', 'pinAsked']);
    expect(await outcome(open(known.code, world.pin(known)))).toBe('done');

    const token = pinToken(testKeys, known.code, 1, toSeconds(start));
    const renew = (link: string, code = known.code) =>
      world.run.renewLostPin(
        world.call({ kind: 'anonymous', id: 'anonymous' } as const, {
          params: { code },
          body: { token: link },
        }),
      );
    expect(await outcome(renew(token, nobody.code))).toBe('caseTokenInvalid');
    expect(await outcome(renew(caseToken(testKeys, known.code, 1, toSeconds(start))))).toBe(
      'caseTokenInvalid',
    );
    const { pin } = (await renew(token)).body;
    expect(await outcome(open(known.code, pin))).toBe('done');
    expect(await outcome(renew(token))).toBe('caseTokenInvalid');
    world.at('2026-11-24T03:00:01Z');
    expect(await outcome(renew(pinToken(testKeys, known.code, 2, toSeconds(start))))).toBe(
      'caseTokenInvalid',
    );
  });
});
