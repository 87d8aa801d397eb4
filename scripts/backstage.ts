import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { keysFrom } from '../functions/kernel/keys.ts';
import { tableOf } from '../functions/kernel/table.ts';
import { systemClock } from '../functions/kernel/time.ts';
import { settingsStore } from '../functions/settings/store.ts';
import { poolAccounts } from '../functions/staff/accounts.ts';
import { staffStore } from '../functions/staff/store.ts';
import type { Backstage } from './bootstrap.ts';

/** Where a city's data is. */
export interface Names {
  readonly region: string;
  readonly table: string;
  readonly poolId: string;
  /** As the pool's tokens name it. */
  readonly issuer: string;
  readonly secretId: string;
}

/** Addresses of services elsewhere than on AWS, with the credentials that they take. */
export interface Elsewhere {
  readonly dynamodb: string;
  readonly cognito: string;
  readonly secrets: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Reaches a city's data with the caller's own rights: those of the environment, or what `elsewhere` says.
 * @returns the city's backstage, and what closes its connections
 */
export const backstage = async (
  names: Names,
  elsewhere?: Elsewhere,
): Promise<{ readonly back: Backstage; readonly close: () => void }> => {
  const at = (endpoint: string | undefined) => ({
    region: names.region,
    ...(endpoint === undefined || elsewhere === undefined
      ? {}
      : { endpoint, credentials: elsewhere.credentials }),
  });
  const dynamo = new DynamoDBClient(at(elsewhere?.dynamodb));
  const cognito = new CognitoIdentityProviderClient(at(elsewhere?.cognito));
  const secrets = new SecretsManagerClient(at(elsewhere?.secrets));
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: names.secretId }));
  const table = tableOf(dynamo, names.table);
  return {
    back: {
      settings: settingsStore(table),
      staff: staffStore(table),
      accounts: poolAccounts(cognito, names.poolId, names.issuer),
      keys: keysFrom(SecretString ?? '{}'),
      now: systemClock,
    },
    close: () => {
      for (const client of [dynamo, cognito, secrets]) client.destroy();
    },
  };
};
