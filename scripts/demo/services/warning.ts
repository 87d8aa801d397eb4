import { type Api, outbox } from '../api.ts';
import { blue, bold, green, line, part } from '../screen.ts';
import type { Check } from './common.ts';

const coordinator = 'koordinator';

interface Area {
  readonly code: string;
  readonly name: string;
}

type Follower = readonly [email: string, areas: readonly string[]];

/** They subscribe by mail alone: each gets a letter, and its link is what counts. */
const subscribe = async (api: Api, followers: readonly Follower[]): Promise<void> => {
  for (const [email, areas] of followers)
    await api.ask('POST', '/v1/news/subscriptions', {
      body: { email, subscriptions: [{ areas, topics: ['kedaruratan'] }] },
      expected: [202],
    });
  // Letters leave once a minute.
  await api.pass('+2m');
  await api.settle();
  const letters = await outbox(api.url);
  for (const [email] of followers) {
    const token = /[?&#]t=([\w.-]+)/.exec(letters.find(({ to }) => to.includes(email))?.text ?? '')?.[1];
    if (token === undefined) throw new Error(`no letter to ${email}`);
    const confirmed = await fetch(`${api.url}/v1/news/confirm?t=${token}`, { method: 'POST' });
    if (!confirmed.ok) throw new Error(`confirm: ${confirmed.status} ${await confirmed.text()}`);
  }
};

/** A flood warning of two kelurahan: their subscribers hear of it, once each, and nobody else. */
export const floodWarning = async (api: Api, areas: readonly Area[]): Promise<readonly Check[]> => {
  part('Peringatan banjir untuk dua kelurahan', 'a flood warning for two kelurahan, and nobody else');
  const [first, second, third] = areas;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three kelurahan');
  const followers: readonly Follower[] = [
    ['satu@pelanggan.example', [first.code]],
    ['dua@pelanggan.example', [second.code]],
    ['keduanya@pelanggan.example', [first.code, second.code]],
    ['sekota@pelanggan.example', []],
    ['lain@pelanggan.example', [third.code]],
  ];
  await subscribe(api, followers);
  // What is published in the very second of a subscription is not for it.
  await api.pass('+5m');
  const until = new Date((await api.now()).getTime() + 3 * 3_600_000).toISOString();
  const made = await api.ask<{ id: string; seq: number }>('POST', '/v1/desk/announcements', {
    as: coordinator,
    body: {
      content: {
        kind: 'emergency',
        title: { id: 'Peringatan banjir', en: 'Flood warning' },
        body: {
          id: 'Air sungai naik cepat. **Jauhi bantaran sungai** dan ikuti arahan petugas.',
          en: 'The river rises fast. **Keep away from its banks** and follow the officers.',
        },
        unit: 'bpbd-kesbangpol',
        areas: [first.code, second.code],
        topics: ['kedaruratan'],
        expiresAt: until,
      },
    },
  });
  const count = await api.ask<{ people: number; rupiah: number }>(
    'POST',
    `/v1/desk/announcements/${made.id}/recipients`,
    { as: coordinator, body: {} },
  );
  line(`  ${blue(made.id)} sebelum dikirim: ${bold(String(count.people))} penerima, Rp${count.rupiah}`);
  const before = (await outbox(api.url)).length;
  await api.ask('POST', `/v1/desk/announcements/${made.id}/actions/publish`, {
    as: coordinator,
    ifMatch: made.seq,
    body: {},
  });
  await api.settle();
  await api.pass('+2m');
  await api.settle();
  const banner = await api.ask<{ emergencies?: readonly unknown[] }>('GET', '/v1/public/emergency');
  const all = await outbox(api.url);
  const sent = all.slice(0, all.length - before).flatMap(({ to }) => to);
  line(`  diberi tahu: ${green(sent.join(' · '))}`);
  const { sendings } = await api.ask<{ sendings: readonly { state: string; remaining: number | null }[] }>(
    'GET',
    `/v1/desk/announcements/${made.id}/sending`,
    { as: coordinator },
  );
  await api.pass('+4h');
  await api.settle();
  const later = await api.ask<Record<string, unknown>>('GET', '/v1/public/emergency');
  const expected = followers.filter(([email]) => !email.startsWith('lain@')).map(([email]) => email);
  return [
    ['Penerima dan rupiah terlihat sebelum dikirim', count.people === expected.length],
    [
      'Pelanggan kedua kelurahan diberi tahu, masing-masing sekali',
      [...sent].sort().join() === [...expected].sort().join(),
    ],
    ['Pelanggan kelurahan lain tidak', !sent.includes('lain@pelanggan.example')],
    ['Pengirim melihat bahwa semuanya selesai', sendings[0]?.remaining === 0],
    [
      'Peringatan tampil di atas segalanya, lalu padam sendiri',
      JSON.stringify(banner) !== JSON.stringify(later),
    ],
  ];
};
