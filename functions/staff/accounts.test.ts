import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  TooManyRequestsException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { noAccounts, poolAccounts } from './accounts.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const issuer = 'https://pool.example';
const accounts = poolAccounts(
  new CognitoIdentityProviderClient({ region: 'ap-southeast-3' }),
  'pool',
  issuer,
);
const rina = { email: 'rina@kota.go.id', name: 'Rina' };
const failure = { message: '', $metadata: {} };
const created = (sub: string) => ({ User: { Attributes: [{ Name: 'sub', Value: sub }] } });
const there = (sub: string, Enabled: boolean) => ({
  Username: sub,
  Enabled,
  UserAttributes: [{ Name: 'sub', Value: sub }],
});
const never = async () => false;

beforeEach(() => cognito.reset());

it('makes an account with a verified address and has the pool write to it', async () => {
  cognito.on(AdminCreateUserCommand).resolves(created('s1'));
  expect(await accounts.open(rina, never)).toEqual({ issuer, subject: 's1' });
  expect(cognito.commandCalls(AdminCreateUserCommand)[0]?.args[0].input).toMatchObject({
    Username: rina.email,
    UserAttributes: expect.arrayContaining([{ Name: 'email_verified', Value: 'true' }]),
  });
});

it('takes up the account that an interrupted invitation left behind', async () => {
  cognito.on(AdminCreateUserCommand).rejects(new UsernameExistsException(failure));
  cognito.on(AdminGetUserCommand).resolves(there('s1', true));
  expect(await accounts.open(rina, never)).toEqual({ issuer, subject: 's1' });
  expect(cognito.commandCalls(AdminDeleteUserCommand)).toHaveLength(0);
});

it.each([
  ['served somebody', true, true],
  ['is disabled', false, false],
])('replaces an account that %s: password and second factor are another’s', async (_, enabled, served) => {
  cognito
    .on(AdminCreateUserCommand)
    .rejectsOnce(new UsernameExistsException(failure))
    .resolvesOnce(created('s2'));
  cognito.on(AdminGetUserCommand).resolves(there('s1', enabled));
  cognito.on(AdminDeleteUserCommand).resolves({});
  expect(await accounts.open(rina, async () => served)).toEqual({ issuer, subject: 's2' });
  expect(cognito.commandCalls(AdminDeleteUserCommand)[0]?.args[0].input.Username).toBe('s1');
});

it('passes on what the pool fails with, so that nothing is stored', async () => {
  cognito.on(AdminCreateUserCommand).rejects(new TooManyRequestsException(failure));
  await expect(accounts.open(rina, never)).rejects.toBeInstanceOf(TooManyRequestsException);
});

it('ends an account and its sessions by its subject, never by an address that may be another’s by now', async () => {
  cognito.on(AdminDisableUserCommand).resolves({});
  cognito.on(AdminUserGlobalSignOutCommand).resolves({});
  await accounts.close({ issuer, subject: 's1' });
  expect(cognito.calls().map(({ args }) => args[0].input)).toEqual([
    { UserPoolId: 'pool', Username: 's1' },
    { UserPoolId: 'pool', Username: 's1' },
  ]);
});

it('takes an account that is gone as ended and leaves a foreign one alone', async () => {
  cognito.on(AdminDisableUserCommand).rejects(new UserNotFoundException(failure));
  await accounts.close({ issuer, subject: 's1' });
  await accounts.close({ issuer: 'https://other.example', subject: 's1' });
  expect(cognito.calls()).toHaveLength(1);
});

it('keeps no accounts where staff sign in elsewhere', async () => {
  expect(await noAccounts.open(rina, never)).toBeUndefined();
});
