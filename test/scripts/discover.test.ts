import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { discover } from '../../scripts/discover.ts';
import { type Resource, synth } from '../synth.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const secrets = mockClient(SecretsManagerClient);
const region = 'ap-southeast-3';
const clients = {
  cognito: new CognitoIdentityProviderClient({ region }),
  secrets: new SecretsManagerClient({ region }),
};
const where = { region, prefix: 'lapau-contoh-dev' };
const rootSecret = {
  ARN: 'arn:root',
  Description: 'Lapau: root of every derived key',
  Tags: [{ Key: 'lapau', Value: 'lapau-contoh-dev' }],
};

beforeEach(() => {
  cognito.reset();
  secrets.reset();
  cognito
    .on(ListUserPoolsCommand)
    .resolvesOnce({ UserPools: [{ Id: 'p0', Name: 'lapau-lain-dev-staff' }], NextToken: 'more' })
    .resolves({ UserPools: [{ Id: 'p1', Name: 'lapau-contoh-dev-staff' }] });
});

it('finds table, pool, issuer and secret of a deployment by its name', async () => {
  const other = {
    ...rootSecret,
    ARN: 'arn:other',
    Tags: [{ Key: 'lapau', Value: 'lapau-contoh-development' }],
  };
  const origin = { ...rootSecret, ARN: 'arn:origin', Description: 'Lapau: shown by CloudFront to the API' };
  secrets.on(ListSecretsCommand).resolves({ SecretList: [other, origin, rootSecret] });
  expect(await discover(where, {}, clients)).toEqual({
    region,
    table: 'lapau-contoh-dev-cases',
    poolId: 'p1',
    issuer: 'https://cognito-idp.ap-southeast-3.amazonaws.com/p1',
    secretId: 'arn:root',
  });
});

it('asks nobody for what is given', async () => {
  const given = { table: 't', poolId: 'p', issuer: 'https://i.example', secretId: 's' };
  expect(await discover(where, given, clients)).toEqual({ region, ...given });
  expect(cognito.calls().length + secrets.calls().length).toBe(0);
});

it('stops when there is none, or more than one', async () => {
  secrets.on(ListSecretsCommand).resolves({ SecretList: [] });
  await expect(discover(where, {}, clients)).rejects.toThrow('--secret');
  secrets.on(ListSecretsCommand).resolves({ SecretList: [rootSecret, { ...rootSecret, ARN: 'arn:older' }] });
  await expect(discover(where, {}, clients)).rejects.toThrow('2 root secrets');
});

it('looks for what the templates make', () => {
  const stack = synth().getStackByName('lapau-padang-panjang-dev-data');
  // CloudFormation hands a stack's tags on to its resources.
  expect(stack.tags).toMatchObject({ lapau: 'lapau-padang-panjang-dev' });
  const { Resources: made } = stack.template as { Resources: Record<string, Resource> };
  const named = (type: string, property: string) =>
    Object.values(made).flatMap((r) => (r.Type === type ? [r.Properties[property]] : []));
  expect(named('AWS::DynamoDB::Table', 'TableName')).toContain('lapau-padang-panjang-dev-cases');
  expect(named('AWS::Cognito::UserPool', 'UserPoolName')).toContain('lapau-padang-panjang-dev-staff');
  expect(named('AWS::SecretsManager::Secret', 'Description')).toContain(rootSecret.Description);
});
