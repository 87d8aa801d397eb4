import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Names } from './backstage.ts';
import { Stop } from './stop.ts';

/** Pages of an account's pools or secrets that are looked through. */
const pages = 20;

/** What lib/data/keys.ts says of the root secret; its name is CloudFormation's own. */
const rootSecret = 'Lapau: root of every derived key';

export interface Clients {
  readonly cognito: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
}

const clientsIn = (region: string): Clients => ({
  cognito: new CognitoIdentityProviderClient({ region }),
  secrets: new SecretsManagerClient({ region }),
});

const poolNamed = async ({ cognito }: Clients, name: string): Promise<string> => {
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await cognito.send(
      new ListUserPoolsCommand({ MaxResults: 60, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    const found = answer.UserPools?.find((pool) => pool.Name === name)?.Id;
    if (found !== undefined) return found;
    token = answer.NextToken;
    if (token === undefined) break;
  }
  throw new Stop(`no user pool ${name}: deploy first, or name it with --pool`);
};

/** The root secret by the tag that every resource of the deployment carries. */
const secretOf = async ({ secrets }: Clients, prefix: string): Promise<string> => {
  const found: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await secrets.send(
      new ListSecretsCommand({
        Filters: [
          { Key: 'tag-key', Values: ['lapau'] },
          { Key: 'tag-value', Values: [prefix] },
        ],
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    for (const { ARN, Description, Tags } of answer.SecretList ?? []) {
      // The filters match prefixes.
      const own = Tags?.some((tag) => tag.Key === 'lapau' && tag.Value === prefix) ?? false;
      if (own && Description === rootSecret && ARN !== undefined) found.push(ARN);
    }
    token = answer.NextToken;
    if (token === undefined) break;
  }
  const [one, ...more] = found;
  if (one === undefined)
    throw new Stop(`no root secret of ${prefix}: deploy first, or name it with --secret`);
  if (more.length > 0) throw new Stop(`${found.length} root secrets of ${prefix}: name one with --secret`);
  return one;
};

/** Names of a deployment's table, pool and secret: given ones as they are, the others looked up in the account. */
export const discover = async (
  where: { readonly region: string; readonly prefix: string },
  given: Partial<Omit<Names, 'region'>>,
  clients: Clients = clientsIn(where.region),
): Promise<Names> => {
  const { region, prefix } = where;
  const poolId = given.poolId ?? (await poolNamed(clients, `${prefix}-staff`));
  return {
    region,
    table: given.table ?? `${prefix}-cases`,
    poolId,
    issuer: given.issuer ?? `https://cognito-idp.${region}.amazonaws.com/${poolId}`,
    secretId: given.secretId ?? (await secretOf(clients, prefix)),
  };
};
