import { timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Who calls, for quotas: never stored in the clear, never logged. */
export type AddressOf = (event: APIGatewayProxyEventV2) => Promise<string>;

export const connectionAddress: AddressOf = async (event) => event.requestContext.http.sourceIp;

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/**
 * Behind CloudFront the connection is an edge's. The viewer is the second address from the right of
 * `X-Forwarded-For`, believed only when the request carries the secret that CloudFront alone knows; whoever calls
 * the gateway directly counts by the own connection.
 * @param secretId of the origin secret
 */
export const viewerAddress = (secretId: string): AddressOf => {
  const client = new SecretsManagerClient({});
  let secret: string | undefined;
  return async (event) => {
    const given = event.headers['x-lapau-origin'];
    if (given === undefined) return connectionAddress(event);
    secret ??= (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString ?? '';
    if (secret === '' || !same(given, secret)) return connectionAddress(event);
    const viewer = event.headers['x-forwarded-for']?.split(',').at(-2)?.trim();
    return viewer === undefined || viewer === '' ? connectionAddress(event) : viewer;
  };
};
