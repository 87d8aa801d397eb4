import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Stop, said } from './stop.ts';

const usage = `npm run redrive -- [pilihan · options]
  Membandingkan tabel dengan para pembacanya, lalu mengerjakan ulang yang terlewat: kabar, angka, arsip, pencarian.
  Compares the table with its readers and does again what they missed: notices, figures, archiving, search.

  --dry             menghitung saja · only counts
  --since <time>    kirim ulang kejadian sejak itu walau sudah terbit, misalnya antrean hilang
                    publish events since then once more, for a queue that was lost (2026-11-22T01:00:00Z)
  --stage <name>    di AWS, bukan di mesin ini · on AWS instead of this machine
  --city <id>       di AWS · on AWS (padang-panjang)
  --region <name>   di AWS · on AWS (AWS_REGION, ap-southeast-3)
  --url <address>   di mesin ini · on this machine (LAPAU_URL, http://127.0.0.1:8787)`;

const key = z.object({ pk: z.string(), sk: z.string() });

/** What one call of `reconcile` answers: counts of one stretch of the table, and where the next one begins. */
const answer = z.object({
  cases: z.number(),
  republished: z.number(),
  projected: z.number(),
  indexed: z.number(),
  copied: z.number(),
  archiveAsked: z.number(),
  orphans: z.number(),
  unreachable: z.number(),
  failed: z.number(),
  next: key.nullable(),
});
type Counts = Omit<z.output<typeof answer>, 'next'>;

export type Invoke = (payload: object) => Promise<unknown>;

/** A million cases take a few stretches; more than this is a walk that does not move. */
const stretches = 1000;

/** Calls `reconcile` until the whole table was compared. @throws Stop when it stands still */
export const redrive = async (
  invoke: Invoke,
  how: { readonly dry: boolean; readonly since: string | undefined },
  progress: (counts: Counts) => void = () => undefined,
): Promise<Counts> => {
  const total: Record<keyof Counts, number> = {
    ...{ cases: 0, republished: 0, projected: 0, indexed: 0, copied: 0, archiveAsked: 0, orphans: 0 },
    ...{ unreachable: 0, failed: 0 },
  };
  let from: z.output<typeof key> | null = null;
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const { next, ...counts } = answer.parse(await invoke({ redrive: true, from, ...how }));
    for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += counts[name];
    progress(total);
    if (next === null) return total;
    if (next.pk === from?.pk && next.sk === from.sk) break;
    from = next;
  }
  throw new Stop('reconcile tidak maju · does not get on; lihat lognya · read its log');
};

const here =
  (url: string): Invoke =>
  async (payload) => {
    const answered = await fetch(`${url}/__local/invoke/reconcile`, {
      method: 'POST',
      body: JSON.stringify(payload),
    }).catch(() => undefined);
    if (answered === undefined)
      throw new Stop(`Tidak ada yang berjalan di ${url} · nothing runs there: npm start`);
    const body: unknown = await answered.json();
    if (!answered.ok) throw new Stop(`reconcile: ${JSON.stringify(body)}`);
    return body;
  };

const onAws = async (region: string, name: string): Promise<Invoke> => {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  // The function takes up to a quarter of an hour; a call that is sent again would run beside the first.
  const lambda = new LambdaClient({ region, maxAttempts: 1, requestHandler: { requestTimeout: 910_000 } });
  return async (payload) => {
    const { FunctionError: failure, Payload: bytes } = await lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(payload)) }),
    );
    const text = Buffer.from(bytes ?? []).toString('utf8');
    if (failure !== undefined) throw new Stop(`${name}: ${text}`);
    return JSON.parse(text);
  };
};

const sentence = (c: Counts, dry: boolean): string =>
  [
    dry ? 'Hitungan saja · a dry run' : 'Selesai · done',
    `${c.cases} laporan dibandingkan · reports compared`,
    `${c.republished} kejadian diterbitkan ulang · events published again`,
    `${c.projected} laporan dihitung ulang · reports counted anew`,
    `${c.indexed} laporan diindeks ulang · reports indexed anew`,
    `${c.copied} salinan publik diperbaiki · public copies brought up to date`,
    `${c.archiveAsked} diminta diarsipkan · asked to be archived`,
    `${c.orphans} teks tanpa laporan dihapus · texts of no report removed`,
    `${c.unreachable} laporan unit yang tak terjangkau dikabarkan lagi · reports of unreachable units told again`,
    `${c.failed} gagal · failed`,
  ].join('\n  ');

const run = async (): Promise<void> => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      dry: { type: 'boolean', default: false },
      since: text,
      stage: text,
      city: { ...text, default: 'padang-panjang' },
      region: { ...text, default: process.env['AWS_REGION'] ?? 'ap-southeast-3' },
      url: { ...text, default: process.env['LAPAU_URL'] ?? 'http://127.0.0.1:8787' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const { dry, since, stage, city, region, url } = values;
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw new Stop(`--since ${since}\n\n${usage}`);
  const at = since === undefined ? undefined : `${new Date(since).toISOString().slice(0, 19)}Z`;
  const invoke = stage === undefined ? here(url) : await onAws(region, `lapau-${city}-${stage}-reconcile`);
  const counts = await redrive(invoke, { dry, since: at }, ({ cases }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${cases} …`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  console.log(sentence(counts, dry));
  if (counts.failed > 0) process.exitCode = 1;
};

if (import.meta.main) {
  run().catch((error: unknown) => {
    console.error(said(error));
    process.exitCode = 1;
  });
}
