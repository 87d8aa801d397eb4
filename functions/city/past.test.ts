import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { certificate, standardsWith } from '../applications/test/city.ts';
import { pastServices, pastStandards } from './past.ts';
import { type SettingVersion, settingStore, versionItem } from './store.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const setting = (kind: 'services' | 'standards', version: number, body: unknown): SettingVersion => ({
  ...{ v: 1, kind, version, status: version === 1 ? 'retired' : 'active', basedOn: null, body },
  ...{ actor: 'a', reason: 'test', at: '2026-11-23T02:00:00Z' },
});

test('a catalogue and its standards are read as each version had them, once', async () => {
  const cheaper = { ...certificate, fee: { ...certificate.fee, rupiah: 5000 } };
  for (const one of [
    setting('services', 1, { services: [certificate] }),
    setting('services', 2, { services: [cheaper] }),
    setting('standards', 1, { standards: standardsWith() }),
  ])
    await tables.cases.put(versionItem(one));
  const store = settingStore(tables.cases);
  let reads = 0;
  const settings = {
    read: (...asked: Parameters<typeof store.read>) => {
      reads += 1;
      return store.read(...asked);
    },
  };
  const [servicesAt, standardsAt] = [pastServices(settings), pastStandards(settings)];
  for (let i = 0; i < 2; i += 1) {
    expect((await servicesAt(1))[0]?.fee.rupiah).toBe(0);
    expect((await servicesAt(2))[0]?.fee.rupiah).toBe(5000);
    expect((await standardsAt(1)).map(({ service }) => service)).toContain('akta');
  }
  expect(reads).toBe(3);
  await expect(servicesAt(9)).rejects.toThrow('version 9 of services is gone');
  await expect(servicesAt(9)).rejects.toThrow();
  expect(reads).toBe(5);
});
