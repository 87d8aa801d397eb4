import { describe, expect, test } from 'vitest';
import { everybody, runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { file, good, read, take } from './desk.ts';

const city = runningCity({ city: 'padangsidimpuan' });
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);

describe('Padangsidimpuan, with units and rules of its own', () => {
  test('a report is filed, goes where its pack proposes, is answered there and followed by code', async () => {
    const people = await everybody(city());
    const { code, pin, body } = await file(ask, {
      text: 'Jalan di Wek II berlubang besar, sudah sebulan.',
      category: 'road-damage',
      place: { area: '12.77.01.1002' },
    });
    expect(body['area']).toMatchObject({ code: '12.77.01.1002', name: 'Wek II', how: 'given' });
    const { proposal } = await read(ask, 'koordinator', code);
    expect(proposal).toMatchObject({ unit: { id: 'dinas-pu' }, rule: 'jalan' });
    await take(ask, 'koordinator', code, 'assign', { unit: proposal.unit?.id ?? '' });

    const officer = people.find(({ unit, role }) => unit === 'dinas-pu' && role === 'officer')?.slug ?? '';
    await take(ask, officer, code, 'accept');
    await take(ask, officer, code, 'reply', { text: 'Kami periksa minggu ini.' });
    const tracked = await good(ask('GET', `/v1/track/${code}`));
    expect(tracked.body).toMatchObject({
      state: 'inProgress',
      unit: expect.stringMatching(/Pekerjaan Umum|PU/),
    });
    const opened = await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }));
    expect(opened.text).toContain('Kami periksa minggu ini.');
    await city().local.idle(30);
    const { text } = await good(ask('GET', '/__local/outbox?limit=500'));
    expect(text).toContain(`${officer}@`);
    expect(text).toContain(code);
  });

  test('knows nothing of the other city', async () => {
    const filed = ask('POST', '/v1/complaints', {
      body: { text: 'Jalan rusak di Ganting.', place: { area: '13.74.01.1001' } },
    });
    expect((await filed).body['code']).toBe('unknownArea');
    const unit = await ask('GET', '/v1/desk/cases?queue=unit&unit=pupr', { as: 'koordinator' });
    expect(unit.body['code']).toBe('unknownUnit');
  });
});
