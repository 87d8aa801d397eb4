import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Binding } from './store.ts';

/** Where staff sign in. A city whose staff sign in elsewhere keeps no accounts: `noAccounts`. */
export interface Accounts {
  /**
   * An account for an invited address: a new one, or the one that an interrupted attempt left behind. An account
   * that ever served somebody is replaced: its password and second factor are that person's.
   * @param served whether an account is bound to a person already
   * @returns undefined where accounts are kept elsewhere; such a person is bound at the first sign-in
   */
  readonly open: (
    who: { readonly email: string; readonly name: string },
    served: (account: Binding) => Promise<boolean>,
  ) => Promise<Binding | undefined>;
  /** Ends the account and its sessions; an account that is gone is ended. */
  readonly close: (account: Binding) => Promise<void>;
}

/** For a foreign issuer: it makes the accounts, Lapau binds them by verified email. */
export const noAccounts: Accounts = { open: async () => undefined, close: async () => {} };

const subjectOf = (attributes: readonly AttributeType[] | undefined): string => {
  const subject = attributes?.find((attribute) => attribute.Name === 'sub')?.Value;
  if (subject === undefined) throw new Error('the pool answered a user without sub');
  return subject;
};

/** Accounts in the city's own Cognito pool; the pool sends the invitation with a password for seven days. */
export const poolAccounts = (
  client: Pick<CognitoIdentityProviderClient, 'send'>,
  poolId: string,
  issuer: string,
): Accounts => {
  const create = async ({ email, name }: { readonly email: string; readonly name: string }) => {
    const { User: user } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: name },
        ],
      }),
    );
    return { issuer, subject: subjectOf(user?.Attributes) };
  };

  const unlessGone = async (send: () => Promise<unknown>): Promise<void> => {
    try {
      await send();
    } catch (e) {
      if (!(e instanceof UserNotFoundException)) throw e;
    }
  };

  return {
    open: async (who, served) => {
      try {
        return await create(who);
      } catch (e) {
        if (!(e instanceof UsernameExistsException)) throw e;
      }
      const there = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: who.email }));
      const account = { issuer, subject: subjectOf(there.UserAttributes) };
      if (there.Enabled !== false && !(await served(account))) return account;
      await unlessGone(() =>
        client.send(new AdminDeleteUserCommand({ UserPoolId: poolId, Username: account.subject })),
      );
      return create(who);
    },

    close: async ({ issuer: of, subject }) => {
      if (of !== issuer) return;
      await unlessGone(async () => {
        await client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: subject }));
        await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: subject }));
      });
    },
  };
};
