import { type Api, outbox } from './api.ts';
import { misplaced } from './check.ts';
import { blue, bold, cell, dim, green, line, number, part, progress, red, yellow } from './screen.ts';
import {
  answer,
  bounce,
  categoriesOf,
  dispatch,
  type Filed,
  fileOne,
  kelurahan,
  type Person,
  people,
} from './story.ts';
import { samples } from './texts.ts';

/** How many of the dispatched reports are worked on to their end, so that the table at the end has something to say. */
const answered = 12;

const day = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** The next Monday, 08:10 in Jakarta: a city's week begins. */
const mondayMorning = (now: Date): string => {
  const days = (8 - now.getUTCDay()) % 7 || 7;
  return `${day(now, days)}T08:10+07:00`;
};

const fileAll = async (api: Api, areas: Awaited<ReturnType<typeof kelurahan>>): Promise<Filed[]> => {
  part('Warga melapor', 'citizens report');
  const filed: Filed[] = [];
  const known = await categoriesOf(api);
  for (let n = 0; n < samples.length; n += 1) {
    if (!known.has(samples[n]?.category ?? '')) continue;
    const one = await fileOne(api, areas, n);
    filed.push(one);
    const where =
      one.unit !== null
        ? green(`langsung: ${one.unit.name}`)
        : one.state === 'assigned'
          ? green('langsung, tertutup')
          : dim('ke koordinator');
    line(`  ${blue(one.code)} ${cell(one.sample.text, 62)} ${dim(cell(one.suggested ?? '?', 17))} ${where}`);
    if (one.emergency !== null) {
      line(
        red(`            darurat: ${one.emergency.numbers.map((e) => `${e.name} ${e.number}`).join(' · ')}`),
      );
    }
  }
  return filed;
};

const dispatchAll = async (api: Api, filed: readonly Filed[]): Promise<Map<string, string>> => {
  part('Koordinator memeriksa dan meneruskan', 'the coordinator verifies and dispatches');
  const units = new Map<string, string>();
  for (const one of filed) {
    const done = await dispatch(api, one);
    if (done.what === 'assigned') {
      units.set(one.code, done.unit.id);
      line(
        `  ${blue(one.code)} → ${cell(done.unit.name, 60)} ${done.corrected ? yellow('kategori diperbaiki') : ''}`,
      );
    } else if (done.what === 'forwarded') {
      line(`  ${blue(one.code)} → ${yellow(`${done.body} (bukan kewenangan kota)`)}`);
    } else {
      line(`  ${blue(one.code)} ${dim('sudah langsung diteruskan oleh aturan')}`);
    }
  }
  return units;
};

const workOn = async (
  api: Api,
  units: ReadonlyMap<string, string>,
  staff: readonly Person[],
): Promise<void> => {
  part('Petugas menjawab', 'officers answer');
  const officerOf = (unit: string): string | undefined =>
    staff.find((p) => p.unit === unit && ['liaison', 'officer', 'head'].includes(p.role))?.slug;
  const validator = staff.find((p) => p.role === 'validator')?.slug;
  const reachable = [...units].filter(([, unit]) => officerOf(unit) !== undefined).slice(0, answered);
  const tick = progress('laporan dijawab petugas · answered', reachable.length);
  for (const [n, [code, unit]] of reachable.entries()) {
    const officer = officerOf(unit) ?? '';
    if (n === 2) await bounce(api, officer, code, unit);
    await api.pass(`+${3 + ((n * 7) % 11)}m`);
    await answer(api, officer, n % 3 === 0 ? undefined : validator, code, day(await api.now(), 3));
    tick(n + 1);
  }
  await api.settle();
};

const showCitizen = async (api: Api, { code, pin }: Filed): Promise<void> => {
  part('Yang dilihat pelapor', 'what the reporter sees');
  const opened = await api.ask<{
    case: { timeline: { at: string; says: string; unit: string | null; texts: string[] }[] };
  }>('POST', `/v1/track/${code}/open`, { body: { pin } });
  const { live } = await api.ask<{ live: { body: { zone: string } } }>('GET', '/v1/settings/profile', {
    as: 'koordinator',
  });
  const local = new Intl.DateTimeFormat('id-ID', {
    timeZone: live.body.zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  line(`  ${blue(code)} PIN ${pin}`);
  for (const { at, says, unit, texts } of opened.case.timeline) {
    line(`  ${dim(local.format(new Date(at)))}  ${says} ${unit === null ? '' : dim(unit)}`);
    for (const text of texts) line(`                    ${green(`“${text}”`)}`);
  }
};

const showNotices = async (api: Api): Promise<void> => {
  part('Pemberitahuan kepada unit', 'notices to units');
  const byChannel = new Map<string, number>();
  for (const { channel } of await outbox(api.url)) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  line(
    `  ${[...byChannel].map(([channel, n]) => `${channel}: ${bold(String(n))}`).join('   ')}   ${api.own ? '' : dim(`${api.url}/__local/outbox`)}`,
  );
};

interface Row {
  readonly unit: { readonly name: string };
  readonly assigned: number;
  readonly responded: number;
  readonly response: { readonly mean: number | null; readonly n: number };
  readonly open: number;
  readonly overdue: number;
}

const showTable = async (api: Api, executive: string): Promise<void> => {
  part('Angka per unit bulan ini', 'figures per unit this month');
  const figures = await api.ask<{ units: Row[]; triage: { filed: number; triaged: number } | null }>(
    'GET',
    '/v1/metrics/units',
    { as: executive },
  );
  line(
    dim(
      `  ${cell('unit', 52)}${number('diterima', 9)}${number('dijawab', 9)}${number('rata-rata', 11)}${number('terbuka', 9)}${number('lewat', 7)}`,
    ),
  );
  for (const row of figures.units.filter((r) => r.assigned + r.open > 0)) {
    const mean = row.response.mean === null ? '–' : `${Math.round(row.response.mean)} mnt`;
    line(
      `  ${cell(row.unit.name, 52)}${number(row.assigned, 9)}${number(row.responded, 9)}${number(mean, 11)}${number(row.open, 9)}${number(row.overdue, 7)}`,
    );
  }
  const { triage } = figures;
  if (triage !== null) line(dim(`  triase: ${triage.filed} masuk, ${triage.triaged} diteruskan`));
};

/**
 * A Monday in the city hall: citizens report, the coordinator dispatches, officers answer.
 * @returns whether every report is with the unit that the city's settings name
 */
export const mondayStory = async (api: Api): Promise<boolean> => {
  const areas = await kelurahan(api);
  const staff = await people(api);
  const one = (role: string): string => {
    const found = staff.find((p) => p.role === role);
    if (found === undefined) throw new Error(`nobody is ${role} here`);
    return found.slug;
  };
  await api.pass(mondayMorning(await api.now()));
  const filed = await fileAll(api, areas);
  await api.pass('+35m');
  const units = await dispatchAll(api, filed);
  await workOn(api, units, staff);
  const first = filed.find((f) => f.code === [...units.keys()][1]);
  if (first !== undefined) await showCitizen(api, first);
  await showNotices(api);
  await showTable(api, one('executive'));
  const wrong = await misplaced(api, filed, areas, one('inspector'));
  line();
  for (const { code, expected, found } of wrong)
    line(red(`  ${code}: ada di ${found}, seharusnya ${expected}`));
  line(
    wrong.length === 0
      ? green(
          'Setiap laporan ada pada unit yang disebut pengaturan kota. Every report is with the unit that the city names.',
        )
      : red(`${wrong.length} laporan salah tempat · misplaced`),
  );
  return wrong.length === 0;
};
