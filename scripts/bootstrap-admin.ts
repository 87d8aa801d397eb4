import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localDate } from '../functions/cases/clock/local.ts';
import { isProblem } from '../functions/kernel/errors.ts';
import { normalEmail } from '../functions/staff/rules.ts';
import { backstage } from './backstage.ts';
import { bootstrap, keepingUnit, packOf } from './bootstrap.ts';
import { discover } from './discover.ts';
import { Stop, said } from './stop.ts';

const usage = `npm run bootstrap-admin -- <email> <email> [pilihan · options]
  Membuka kota: menyimpan paket kota dan mengundang dua koordinator. Hanya sekali.
  Opens a city: stores the city pack and invites two coordinators. Only once.

  --city <id>      folder di cities/ (padang-panjang)
  --stage <name>   (dev)
  --region <name>  (AWS_REGION, ap-southeast-3)
  --unit <id>      unit para koordinator · the coordinators' unit (Kominfo)
  --table --pool --issuer --secret
                   nama yang tidak dapat dicari · names that cannot be looked up`;

const root = join(import.meta.dirname, '..');

const argumentsOf = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      city: { ...text, default: 'padang-panjang' },
      stage: { ...text, default: 'dev' },
      region: { ...text, default: process.env['AWS_REGION'] ?? 'ap-southeast-3' },
      unit: text,
      table: text,
      pool: text,
      issuer: text,
      secret: text,
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, emails: [...new Set(positionals.map(normalEmail))] };
};

const run = async (): Promise<void> => {
  const given = argumentsOf(process.argv.slice(2));
  if (given.help) return console.log(usage);
  const { emails, city, stage, region } = given;
  if (emails.length !== 2 || !emails.every((email) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))) {
    throw new Stop(`Dua alamat email yang berbeda · two different email addresses\n\n${usage}`);
  }
  const dir = join(root, 'cities', city);
  if (!existsSync(dir)) throw new Stop(`cities/${city} tidak ada · does not exist`);
  const pack = packOf(dir, city);
  const names = await discover(
    { region, prefix: `lapau-${city}-${stage}` },
    {
      ...(given.table === undefined ? {} : { table: given.table }),
      ...(given.pool === undefined ? {} : { poolId: given.pool }),
      ...(given.issuer === undefined ? {} : { issuer: given.issuer }),
      ...(given.secret === undefined ? {} : { secretId: given.secret }),
    },
  );
  const { back, close } = await backstage(names);
  try {
    const unit = given.unit ?? keepingUnit(pack.city, localDate(back.now(), pack.city.profile.zone));
    await bootstrap(
      back,
      pack,
      emails.map((email) => ({
        name: email.replace(/@.*/, ''),
        email,
        role: 'coordinator',
        unit,
        reason: 'bootstrap-admin',
      })),
    );
    console.log(
      `${pack.city.profile.names.id} dibuka: ${Object.keys(pack.bodies).length} pengaturan, dua koordinator di ${unit}. ` +
        'Mereka menerima undangan lewat email.\n' +
        `${pack.city.profile.names.en} is open. The two coordinators are invited by email.`,
    );
  } finally {
    close();
  }
};

const say = (error: unknown): unknown => {
  if (isProblem(error)) {
    return error.code === 'alreadySetUp'
      ? 'Kota ini sudah dibuka; tidak ada yang diubah · this city is open already; nothing was changed'
      : `${error.code}: ${error.fields.map(({ field }) => field).join(', ')}`;
  }
  return said(error);
};

run().catch((error: unknown) => {
  console.error(say(error));
  process.exitCode = 1;
});
