import { parseArgs } from 'node:util';
import { CannotStart } from './template/model.ts';

export interface StartArguments {
  readonly port: number;
  readonly city: string;
  readonly stage: string;
  readonly fresh: boolean;
  readonly memory: boolean;
  readonly instances: number;
  readonly seed: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

export const usage = `npm start -- [pilihan · options]
  --port <n>        API (8787)
  --city <id>       folder di cities/ (padang-panjang)
  --instances <n>   pekerja per fungsi · workers a function (1)
  --fresh           mulai dari kosong · empties the state first
  --memory          tanpa jejak di disk · nothing on disk
  --no-seed         tanpa data awal · no seed
  --quiet           hanya alamatnya · the address alone`;

const whole = (name: string, text: string, least: number, most: number): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < least || n > most)
    throw new CannotStart(
      `--${name} ${text}: bilangan ${least} sampai ${most} · a number from ${least} to ${most}`,
    );
  return n;
};

/** Reads the command line; an unknown option stops with the list of those that exist. */
export const readArguments = (args: readonly string[]): StartArguments => {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        port: { type: 'string', default: '8787' },
        city: { type: 'string', default: 'padang-panjang' },
        stage: { type: 'string', default: 'dev' },
        instances: { type: 'string', default: '1' },
        fresh: { type: 'boolean', default: false },
        memory: { type: 'boolean', default: false },
        seed: { type: 'boolean', default: true },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!/^[a-z][a-z0-9-]*$/.test(values.city))
      throw new CannotStart(`--city ${values.city}: bukan id kota · not a city's id`);
    return {
      ...values,
      port: whole('port', values.port, 0, 65_535),
      instances: whole('instances', values.instances, 1, 16),
    };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
};
