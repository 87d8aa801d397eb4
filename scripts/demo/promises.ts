import { type Api, outbox, type Sent } from './api.ts';
import { type Citizen, citizen, fileAt, joinWith, story, type Told } from './reporter.ts';
import { blue, bold, cell, dim, green, line, part, red, yellow } from './screen.ts';
import { act, kelurahan, type Person, people, readAs } from './story.ts';

const coordinator = 'koordinator';
const supporters = 5;

/** What the story promised to show, and whether it came true. */
type Check = readonly [said: string, true: boolean];

interface Cast {
  readonly api: Api;
  readonly area: string;
  readonly staff: readonly Person[];
}

const oneOf = ({ staff }: Cast, unit: string, ...roles: readonly string[]): string => {
  const found = staff.find((p) => p.unit === unit && roles.includes(p.role));
  if (found === undefined) throw new Error(`nobody of ${unit} is ${roles.join(' or ')}`);
  return found.slug;
};

/** A few minutes, so that no two events are one moment. */
const moment = (api: Api): Promise<void> => api.pass('+4m');

const step = async (api: Api, as: string, code: string, action: string, body = {}): Promise<void> => {
  await moment(api);
  await act(api, as, code, action, body);
  await api.settle();
};

const day = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Lets a day go by hour by hour of what matters: sweep takes what fell due, the morning list goes out. */
const nextMorning = async (api: Api): Promise<void> => {
  await api.pass('+24h');
  await api.settle();
};

const show = (events: readonly Told[]): void => {
  for (const { on, type, by } of events)
    line(`    ${dim(on.slice(0, 16).replace('T', ' '))}  ${cell(type, 16)} ${by}`);
};

/** Nobody looks at a report; the ladder does: reminder, head, Sekda, mayor. */
const ignored = async (cast: Cast): Promise<readonly Check[]> => {
  const { api, area } = cast;
  part('Laporan yang didiamkan sampai ke Wali Kota', 'a report that everybody ignores reaches the mayor');
  const { code } = await fileAt(
    api,
    area,
    'Lampu jalan di depan masjid mati sejak dua minggu, gelap sekali.',
  );
  await step(api, coordinator, code, 'assign', { unit: 'perhubungan' });
  line(`  ${blue(code)} diteruskan, lalu tidak ada yang bertindak …`);
  let seen = '';
  for (let days = 0; days < 45 && seen !== 'mayor'; days += 1) {
    await nextMorning(api);
    const { escalation } = await readAs(api, 'inspektur', code);
    if (escalation === null || escalation === undefined || escalation === seen) continue;
    seen = escalation;
    line(
      `  ${dim((await api.now()).toISOString().slice(0, 10))}  → ${seen === 'mayor' ? red(seen) : yellow(seen)}`,
    );
  }
  const events = await story(api, 'inspektur', code);
  const climbed = events.filter(({ type }) => type === 'escalated' || type === 'reminded');
  show(climbed);
  const digest = (await outbox(api.url)).filter(({ to }) => to.some((a) => a.startsWith('walikota@')));
  return [
    ['Laporan yang didiamkan sampai ke Wali Kota', seen === 'mayor'],
    [
      'Wali Kota menerima ringkasan, bukan satu pesan per laporan',
      digest.length > 0 && digest.every(({ text }) => !text.includes(`/lacak/${code}`)),
    ],
    ['Setiap anak tangga satu kali', new Set(climbed.map(({ key }) => key)).size === climbed.length],
  ];
};

/** A question stops the clock once; the answer starts it again, later by exactly the wait. */
const paused = async (cast: Cast): Promise<readonly Check[]> => {
  const { api, area } = cast;
  part('Ditanya, dijawab, dijawab balik', 'paused by a question, resumed by the answer, replied to');
  const filed = await fileAt(api, area, 'Sampah menumpuk di pinggir kali, baunya sampai ke rumah warga.');
  const me = await citizen(api, filed);
  await step(api, coordinator, filed.code, 'assign', { unit: 'perkim-lh' });
  const officer = oneOf(cast, 'perkim-lh', 'liaison', 'officer');
  await step(api, officer, filed.code, 'accept');
  const before = (await me.view()).due;
  await step(api, officer, filed.code, 'ask', { text: 'Di sisi jembatan yang mana, dan sejak kapan?' });
  const waiting = await me.view();
  line(`  ${blue(filed.code)} ditanya; pelapor membaca: ${green(waiting.stateName)}`);
  await nextMorning(api);
  await nextMorning(api);
  await me.act('answer', { text: 'Sisi timur, sejak hari Jumat.' });
  await step(api, officer, filed.code, 'reply', {
    text: 'Terima kasih; diangkut besok.',
    by: day(await api.now(), 2),
  });
  const after = (await me.view()).due;
  line(`  dijanjikan ${dim(before ?? '–')} → setelah menunggu jawaban ${green(after ?? '–')}`);
  const twice = await api.ask<{ code?: string }>('POST', `/v1/desk/cases/${filed.code}/actions/ask`, {
    as: officer,
    body: { text: 'Satu lagi pertanyaan.' },
    ifMatch: (await readAs(api, officer, filed.code)).seq,
    expected: [409],
  });
  return [
    ['Tenggat bergeser sesudah menunggu pelapor', before !== null && after !== null && after > before],
    ['Unit hanya boleh menjeda satu kali', twice.code === 'pauseUsed'],
  ];
};

/** Two units say that it is not theirs; the third time the coordinator decides finally. */
const misrouted = async (cast: Cast): Promise<readonly Check[]> => {
  const { api, area } = cast;
  part('Salah alamat dua kali', 'misrouted twice, then decided finally');
  const { code } = await fileAt(api, area, 'Pohon besar miring hampir menimpa kabel dan atap rumah kami.');
  for (const unit of ['perhubungan', 'pupr']) {
    await step(api, coordinator, code, 'assign', { unit });
    const officer = oneOf(cast, unit, 'liaison', 'officer');
    await step(api, officer, code, 'return', {
      reason: 'notOurs',
      next: 'perkim-lh',
      text: 'Bukan kewenangan kami.',
    });
    line(`  ${blue(code)} ${unit} mengembalikan; jam warga tetap berjalan`);
  }
  await step(api, coordinator, code, 'assign', { unit: 'perkim-lh' });
  const officer = oneOf(cast, 'perkim-lh', 'liaison', 'officer');
  const { seq } = await readAs(api, officer, code);
  const refused = await api.ask<{ code?: string; detail?: string }>(
    'POST',
    `/v1/desk/cases/${code}/actions/return`,
    {
      as: officer,
      body: { reason: 'notOurs', text: 'Bukan kami juga.' },
      ifMatch: seq,
      expected: [403, 409],
    },
  );
  line(`  perkim mencoba mengembalikan: ${yellow(refused.detail ?? refused.code ?? '')}`);
  return [['Pengembalian ketiga ditolak: koordinator memutuskan final', refused.code === 'decidedFinally']];
};

/** No money this year: said honestly, with date and budget, approved by the head. */
const planned = async (cast: Cast): Promise<readonly Check[]> => {
  const { api, area } = cast;
  part('Direncanakan dengan tahun anggaran', 'planned, with its budget year');
  const filed = await fileAt(api, area, 'Jembatan kecil di ujung gang sudah miring, takut roboh.');
  const me = await citizen(api, filed);
  await step(api, coordinator, filed.code, 'assign', { unit: 'pupr' });
  const officer = oneOf(cast, 'pupr', 'officer', 'liaison');
  await step(api, officer, filed.code, 'accept');
  const now = await api.now();
  const year = now.getUTCFullYear() + 1;
  await step(api, officer, filed.code, 'plan', {
    date: day(now, 200),
    source: 'rkpd',
    year,
    text: `Pembangunan kembali jembatan diusulkan dalam RKPD ${year}.`,
  });
  await step(api, oneOf(cast, 'pupr', 'head'), filed.code, 'approvePlan');
  const view = await me.view();
  line(`  ${blue(filed.code)} ${green(view.stateName)}: ${day(now, 200)}, RKPD ${year}`);
  for (const { says, texts } of view.timeline.slice(-1))
    line(`    ${says} ${green(texts.map((t) => `“${t}”`).join(' '))}`);
  return [
    [
      'Rencana terlihat oleh pelapor dengan alasannya',
      view.state === 'planned' && view.timeline.at(-1)?.texts.length === 1,
    ],
  ];
};

/** Two reports are one; whoever joined the first hears of the second, once. */
const merged = async (cast: Cast): Promise<readonly Check[]> => {
  const { api, area } = cast;
  part('Dua laporan menjadi satu, lima pendukung', 'two reports become one, with five supporters');
  const place = { lat: -0.4609, lon: 100.3979 };
  const first = await fileAt(
    api,
    area,
    'Ada lubang besar di jalan depan pasar, sudah dua orang jatuh.',
    place,
  );
  await moment(api);
  const second = await fileAt(api, area, 'Jalan berlubang di muka pasar, air tergenang tiap hujan.', place);
  await api.settle();
  const joined: string[] = [];
  for (let n = 1; n <= supporters; n += 1) {
    const email = `pendukung-${n}@warga.example`;
    await joinWith(api, area, place, first.code, email);
    joined.push(email);
  }
  await api.settle();
  const { seq } = await readAs(api, coordinator, first.code);
  await moment(api);
  await api.ask('POST', `/v1/desk/cases/${first.code}/actions/merge`, {
    as: coordinator,
    body: { into: second.code, text: 'Lubang yang sama; ikuti laporan ini bersama-sama.' },
    ifMatch: seq,
  });
  await api.settle();
  line(
    `  ${blue(first.code)} digabung ke ${blue(second.code)}, dengan ${bold(String(supporters))} pendukung`,
  );
  await step(api, coordinator, second.code, 'assign', { unit: 'pupr' });
  const officer = oneOf(cast, 'pupr', 'officer', 'liaison');
  await step(api, officer, second.code, 'accept');
  await step(api, officer, second.code, 'followUp', { outcome: 'fixed', text: 'Lubang sudah ditambal.' });
  const validator = cast.staff.find((p) => p.role === 'validator')?.slug ?? '';
  await step(api, validator, second.code, 'approve');
  await api.settle();
  const sent = await outbox(api.url);
  const told = joined.map(
    (email) =>
      sent.filter(
        ({ to, text }) => to.includes(email) && text.includes(second.code) && text.includes('disahkan'),
      ).length,
  );
  line(
    `  pendukung diberi tahu tentang hasilnya: ${told.map((n) => (n > 0 ? green('✓') : red('✗'))).join(' ')}`,
  );
  return [['Kelima pendukung mendengar hasil laporan gabungan, satu kali', told.every((n) => n === 1)]];
};

/** The same words to the same person within half a minute: a notice that was sent twice. */
const doubles = (sent: readonly Sent[]): readonly Sent[] => {
  const seen = new Map<string, number>();
  return [...sent].reverse().filter(({ at, channel, to, text }) => {
    const key = [channel, to.join(), text].join('|');
    const time = Date.parse(at);
    const before = seen.get(key);
    seen.set(key, time);
    return before !== undefined && time - before < 30_000;
  });
};

const notices = async ({ api }: Cast): Promise<readonly Check[]> => {
  part('Pemberitahuan', 'notices');
  const sent = await outbox(api.url);
  const byChannel = new Map<string, number>();
  for (const { channel } of sent) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  line(`  ${[...byChannel].map(([channel, n]) => `${channel}: ${bold(String(n))}`).join('   ')}`);
  const twice = doubles(sent);
  for (const { channel, to, at, text } of twice.slice(0, 10))
    line(red(`  dua kali: ${channel} ${to.join()} ${at} ${text.split('\n')[0] ?? ''}`));
  return [
    [
      'Semua pemberitahuan ada di kotak keluar, masing-masing satu kali',
      sent.length > 0 && twice.length === 0,
    ],
  ];
};

/**
 * What is promised to citizens and what becomes of it: clocks that fire, people who are told.
 * @returns whether everything that it shows came true
 */
export const promisesStory = async (api: Api): Promise<boolean> => {
  const [area] = await kelurahan(api);
  if (area === undefined) throw new Error('a city without kelurahan');
  const cast: Cast = { api, area: area.code, staff: await people(api) };
  const start = await api.now();
  await api.pass(`${day(start, (8 - start.getUTCDay()) % 7 || 7)}T09:00+07:00`);
  const checks: Check[] = [];
  for (const chapter of [paused, misrouted, planned, ignored, merged, notices])
    checks.push(...(await chapter(cast)));
  line();
  for (const [said, came] of checks) line(`  ${came ? green('✓') : red('✗')} ${said}`);
  return checks.every(([, came]) => came);
};

export type { Citizen };
