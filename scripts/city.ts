import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type SettingKind, settingKinds } from '../functions/city/schema.ts';
import { packOf } from './bootstrap.ts';
import { apply, compare, describe } from './city/apply.ts';
import { saying, settingsApi } from './city/settings-api.ts';
import { Stop, said } from './stop.ts';

const usage = `npm run city -- diff | apply | activate <kind> <version>
  diff       paket kota dibandingkan dengan yang berlaku · the city pack against what is live
  apply      membuat draf dari perbedaannya; yang boleh oleh satu orang langsung berlaku
             drafts the difference; what one person may make live becomes live
  activate   memberlakukan draf, sebagai orang kedua · makes a draft live, as the second person

  --city <id>       folder di cities/ (kota yang dilayani alamat itu · the city that is served)
  --over <kind>     timpa yang pernah diubah orang · overwrite what a person changed (all)
  --url <address>   (LAPAU_URL, http://127.0.0.1:8787)
  --token <token>   (LAPAU_TOKEN; di mesin sendiri tidak perlu · not needed on this machine)
  --person <name>   di mesin sendiri: siapa yang meminta · on this machine: who asks (koordinator)`;

const root = join(import.meta.dirname, '..');
const isKind = (text: string): text is SettingKind => Object.hasOwn(settingKinds, text);

const argumentsOf = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      city: text,
      over: { type: 'string', multiple: true, default: [] },
      url: { ...text, default: process.env['LAPAU_URL'] ?? 'http://127.0.0.1:8787' },
      token: text,
      person: { ...text, default: 'koordinator' },
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, words: positionals };
};

/** Given, else from the environment, else from the runtime of this machine, which knows its seeded people. */
const tokenOf = async (given: string | undefined, url: string, person: string): Promise<string> => {
  const known = given ?? process.env['LAPAU_TOKEN'];
  if (known !== undefined) return known;
  if (!/^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url))
    throw new Stop('--token atau · or LAPAU_TOKEN');
  const answer = await fetch(`${url}/__local/token?person=${encodeURIComponent(person)}`).catch(
    () => undefined,
  );
  if (answer === undefined)
    throw new Stop(`Tidak ada yang berjalan di ${url} · nothing runs there: npm start`);
  const { token } = (await answer.json()) as { token?: string };
  if (token === undefined) throw new Stop(`Tidak ada ${person} di sini · nobody here is called ${person}`);
  return token;
};

/** The city that answers at the address. */
const servedCity = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/v1/health`).catch(() => undefined);
  const { city } = (await answer?.json().catch(() => ({}))) as { city?: string };
  if (city === undefined) throw new Stop(`Tidak ada jawaban dari ${url} · no answer`);
  return city;
};

const run = async (): Promise<void> => {
  const { words, over, token, person, help, ...given } = argumentsOf(process.argv.slice(2));
  const url = given.url.replace(/\/$/, '');
  const [what, kind = '', version = ''] = words;
  if (help) return console.log(usage);
  if (what !== 'diff' && what !== 'apply' && what !== 'activate') throw new Stop(usage);
  const api = settingsApi(url, await tokenOf(token, url, person));
  if (what === 'activate') {
    if (!isKind(kind) || !/^\d+$/.test(version)) throw new Stop(usage);
    const answer = await api.activate(kind, Number(version), `disahkan orang kedua, draf v${version}`);
    if (!answer.ok) throw new Stop(saying(answer));
    return console.log(`${kind}: v${version} berlaku · live`);
  }
  const city = given.city ?? (await servedCity(url));
  const dir = join(root, 'cities', city);
  if (!existsSync(dir)) throw new Stop(`cities/${city} tidak ada · does not exist`);
  const pack = packOf(dir, city);
  const changed = await compare(api, pack.bodies);
  if (changed.length === 0)
    return console.log('Paket kota sama dengan yang berlaku · the pack is what is live');
  for (const one of changed) console.log(describe(one).join('\n'));
  if (what === 'diff') return;
  console.log();
  const left = await apply(api, changed, { city, over, log: console.log });
  for (const line of left) console.log(line);
  if (left.length > 0) process.exitCode = 2;
};

run().catch((error: unknown) => {
  console.error(said(error));
  process.exitCode = 1;
});
