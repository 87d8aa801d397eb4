import './quiet.ts';
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, type StartArguments, usage } from './arguments.ts';
import { root, startLocal } from './local.ts';
import { claim, removeNote, writeNote } from './lock.ts';
import { ensureFree } from './ports.ts';
import type { Runtime } from './runtime.ts';
import { seed } from './seed.ts';
import { preflight } from './services/engine.ts';
import { outdirOf, synthesize } from './synth.ts';
import { CannotStart } from './template/model.ts';

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const banner = (
  runtime: Runtime,
  chosen: StartArguments,
  stateDir: string | undefined,
  since: number,
): string => {
  const { url, people, clock } = runtime;
  const routes = new Set(runtime.loadout.of('AWS::ApiGatewayV2::Route').map((r) => r.props.RouteKey));
  const rows = [
    ['API', `${url}/v1/health`],
    ...(routes.has('GET /v1/docs') ? [['Dokumen API · API pages', `${url}/v1/docs`] as const] : []),
    ['Masuk · sign in', `${url}/__local/signin`],
    ['Kotak keluar · outbox', `${url}/__local/outbox`],
    ['Keadaan · status', `${url}/__local/status`],
    ['Data', stateDir ?? 'di memori · in memory'],
    ...(clock.offset() === 0 ? [] : [['Jam · clock', new Date(clock.now()).toISOString()] as const]),
  ] as const;
  // The people of the seed that one asks for by role have the shortest names.
  const slugs = people
    .list()
    .map((p) => p.slug)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const shown = slugs.slice(0, 12).join(', ') + (slugs.length > 12 ? `, … (${slugs.length})` : '');
  return `
Lapau · ${chosen.city} (${chosen.stage}) siap dalam ${seconds(since)} · ready
${rows.map(([label, value]) => `  ${label.padEnd(26)}${value}`).join('\n')}

Orang · people: ${shown}
  npm run token -- koordinator      token untuk memanggil API · a bearer token
  npm run clock -- +3d              memajukan jam · moves time
Ctrl-C untuk berhenti · to stop
`;
};

/** Function logs and the runtime's own words, one file per start. */
const logTo = (stateDir: string | undefined) => {
  if (stateDir === undefined) return () => {};
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = createWriteStream(join(stateDir, 'functions.log'));
  let written = 0;
  return (source: string, line: string): void => {
    // A log that nobody reads must not fill a disk.
    if (written > 200_000_000) return;
    written += line.length;
    file.write(`${new Date().toISOString()} ${source} ${line}\n`);
  };
};

const start = async (): Promise<void> => {
  const since = performance.now();
  const chosen = readArguments(process.argv.slice(2));
  if (chosen.help) {
    console.log(usage);
    return;
  }
  preflight(root);
  if (!existsSync(join(root, 'cities', chosen.city)))
    throw new CannotStart(`cities/${chosen.city} tidak ada · does not exist`);
  const stateDir = chosen.memory ? undefined : join(root, '.lapau', `${chosen.city}-${chosen.stage}`);
  if (stateDir !== undefined) await claim(stateDir);
  await ensureFree(chosen.port);
  if (chosen.fresh && stateDir !== undefined) rmSync(stateDir, { recursive: true, force: true });
  if (!chosen.quiet && !existsSync(outdirOf({ root, ...chosen })))
    console.log('Menyiapkan untuk pertama kali … · building for the first time …');
  const { outdir } = await synthesize({ root, city: chosen.city, stage: chosen.stage });
  const log = logTo(stateDir);
  const local = await startLocal({
    outdir,
    city: chosen.city,
    stage: chosen.stage,
    port: chosen.port,
    instances: chosen.instances,
    log,
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(chosen.seed ? { seed } : {}),
  });
  const { runtime } = local;
  if (stateDir !== undefined)
    writeNote(stateDir, { pid: process.pid, url: runtime.url, engine: runtime.engine.pid ?? null });
  console.log(chosen.quiet ? runtime.url : banner(runtime, chosen, stateDir, since));

  let stopping = false;
  const stop = async (why: string, code: number): Promise<void> => {
    if (stopping) process.exit(code === 0 ? 130 : code);
    stopping = true;
    if (!chosen.quiet) console.log(why);
    await local.stop();
    if (stateDir !== undefined) removeNote(stateDir);
    process.exit(code);
  };
  process.on('SIGINT', () => void stop('\nBerhenti … · stopping …', 0));
  process.on('SIGTERM', () => void stop('Berhenti … · stopping …', 0));
  void runtime.engine.ended.then(() => {
    if (!stopping) void stop('Mesin basis data berakhir sendiri · the database engine ended by itself', 1);
  });
};

start().catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
