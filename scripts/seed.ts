import { join } from 'node:path';
import { localDate } from '../functions/cases/clock/local.ts';
import { backstage } from './backstage.ts';
import { bootstrap, packOf } from './bootstrap.ts';
import { seedPeople } from './people.ts';

export interface SeedCity {
  /** Folder of the pack in `cities/`. */
  readonly city: string;
  /** The environment of the `staff` function, with the addresses of the services. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

const root = join(import.meta.dirname, '..');

/** Fills an empty city with its pack and one person a role; a city that has settings is left alone. */
export const seedCity = async ({ city, environment, log }: SeedCity): Promise<void> => {
  const value = (name: string): string => {
    const found = environment[name];
    if (found === undefined) throw new Error(`the staff function has no ${name}`);
    return found;
  };
  const { back, close } = await backstage(
    {
      region: value('AWS_REGION'),
      table: value('CASES_TABLE'),
      poolId: value('STAFF_POOL_ID'),
      issuer: value('STAFF_ISSUER'),
      secretId: value('SECRET_ID'),
    },
    {
      dynamodb: value('AWS_ENDPOINT_URL_DYNAMODB'),
      cognito: value('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'),
      secrets: value('AWS_ENDPOINT_URL_SECRETS_MANAGER'),
      credentials: {
        accessKeyId: value('AWS_ACCESS_KEY_ID'),
        secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
      },
    },
  );
  try {
    if ((await back.settings.live()).size > 0) return;
    const pack = packOf(join(root, 'cities', city), city);
    const people = seedPeople(pack.city, localDate(back.now(), pack.city.profile.zone));
    await bootstrap(back, pack, people);
    log(`${city}: ${Object.keys(pack.bodies).length} settings, ${people.length} people`);
  } finally {
    close();
  }
};
